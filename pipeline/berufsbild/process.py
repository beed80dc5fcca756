"""The parent's end of a worker process."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Hashable, Sequence
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any, Final

from berufsbild.errors import BerufsbildError
from berufsbild.worker import Pair, Render, received

if TYPE_CHECKING:
    from berufsbild.extractor import Extractor

# The worker finds what the parent finds, and never runs the parent's own script again.
_BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from berufsbild.worker import serve; serve(int(sys.argv[2]), int(sys.argv[3]))"
)
_LOOK: Final = 0.1


class DiedError(BerufsbildError):
    """The worker process is gone."""


class StartError(BerufsbildError):
    """No worker process comes up."""


class SlowError(BerufsbildError):
    """A text took longer than it may; `at` is its number in the batch."""

    def __init__(self, at: int, seconds: float) -> None:
        """Keep the number of the text."""
        self.at = at
        super().__init__(f"expected a text done within {seconds:g} seconds, got a longer one")


class Worker:
    """A process that extracts batches.

    It stands in its own process group: Ctrl-C in the terminal reaches the
    parent alone, which then ends its workers.
    """

    def __init__(self, extractor: Extractor, render: Render | None, seconds: float | None) -> None:
        """Start the process; `wait_ready` waits until it has loaded the rules."""
        self._render = render
        self._values: list[Hashable] = []
        self._seconds = seconds
        self._pipe, far = Pipe()
        self._ticks, ticks = os.pipe()
        os.set_blocking(self._ticks, False)
        with far:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
                    [
                        sys.executable,
                        "-c",
                        _BOOT,
                        json.dumps(sys.path),
                        str(far.fileno()),
                        str(ticks),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(far.fileno(), ticks),
                    process_group=0,
                )
            finally:
                os.close(ticks)
        self._start = pickle.dumps((extractor, render, seconds is not None))

    @property
    def pid(self) -> int:
        """Give the process id."""
        return self._process.pid

    def wait_ready(self) -> None:
        """Wait until the process has loaded the rules.

        Errors: DiedError where it ends instead.
        """
        self._send(self._start)
        self._receive()

    def exchange(self, pairs: Sequence[Pair]) -> list[Any]:
        """Send a batch and wait for its results.

        Errors: DiedError; SlowError where a text exceeds its time, the process
            is then of no use any more.
        """
        self._send(pickle.dumps(list(pairs), pickle.HIGHEST_PROTOCOL))
        if self._seconds is not None:
            self._watch(self._seconds)
        batch = pickle.loads(self._receive())  # noqa: S301 - our own worker's
        return received(pairs, batch, self._render, self._values)

    def _watch(self, seconds: float) -> None:
        """Wait for the answer as long as each text comes within its time."""
        done, since = self._drain(), time.monotonic()
        while not self._pipe.poll(_LOOK):
            if more := self._drain():
                done, since = done + more, time.monotonic()
            elif time.monotonic() - since > seconds:
                raise SlowError(done, seconds)
        self._drain()

    def _drain(self) -> int:
        """Count the texts that were done since the last look."""
        try:
            return len(os.read(self._ticks, 65_536))
        except BlockingIOError:
            return 0

    def _send(self, data: bytes) -> None:
        try:
            self._pipe.send_bytes(data)
        except OSError as error:
            raise DiedError("worker: expected a process that reads, got none") from error

    def _receive(self) -> bytes:
        try:
            return self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise DiedError("worker: expected a process that answers, got none") from error

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Close the parent's ends of the pipes; for the thread that uses them."""
        if not self._pipe.closed:
            self._pipe.close()
            os.close(self._ticks)
