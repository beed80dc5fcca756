"""How far a long run has come, on one line of the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from berufsbild.inputs import Meter

_EVERY: Final = 0.5


class Progress:
    """Shows texts done, their rate and the time left; silent where nobody looks.

    Units: texts per second over the whole run; the time left follows from the
        bytes that were read and those that are still to come.
    """

    def __init__(
        self, stream: TextIO, meter: Meter, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Look whether the stream is a terminal."""
        self._stream = stream if stream.isatty() else None
        self._meter = meter
        self._clock = clock
        self._begin = self._shown = clock()
        self._before = meter.done
        self._texts = 0

    def skipped(self) -> None:
        """Start counting here: what was read so far is an earlier run's work."""
        self._begin, self._before = self._clock(), self._meter.done

    def step(self) -> None:
        """Count one text, and show the line anew twice a second."""
        self._texts += 1
        if self._stream is not None and self._clock() - self._shown >= _EVERY:
            self._shown = self._clock()
            self._stream.write(f"\r\x1b[K{self.line()}")
            self._stream.flush()

    def line(self) -> str:
        """Say how far the run is."""
        seconds = max(self._clock() - self._begin, 1e-6)
        line = f"{self._texts} texts, {self._texts / seconds:.0f}/s"
        done = self._meter.done - self._before
        if done > 0 and self._meter.total:
            left = seconds * max(self._meter.total - self._meter.done, 0) / done
            line += f", {_duration(left)} left"
        return line

    def end(self) -> None:
        """Clear the line."""
        if self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
