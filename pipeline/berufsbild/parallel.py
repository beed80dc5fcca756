"""Streams of texts over worker processes: order kept, nothing lost."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from berufsbild.errors import BerufsbildError
from berufsbild.extraction import Failure, Problem, Source
from berufsbild.process import DiedError, SlowError, StartError, Worker
from berufsbild.worker import Pair, Render

if TYPE_CHECKING:
    from berufsbild.extractor import Extractor

Item: TypeAlias = tuple[str, object, object]

AHEAD: Final = 3
_LONGEST_BATCH: Final = 500_000


def stream(
    extractor: Extractor,
    items: Iterable[Item],
    *,
    workers: int,
    batch: int,
    render: Render | None = None,
    seconds: float | None = None,
) -> Generator[tuple[object, Any], None, None]:
    """Yield context and result of each item (id, text, context) in order.

    A result is a `Failure`, or the extraction as `render` gives it (itself
    without one); rendering is done where the extraction is.

    Units: `workers` processes; up to `workers + 3` batches are under way, so a
        slow consumer does not fill memory; `seconds` is the longest time for
        one text and needs a process of its own even for one worker.
    """
    if workers <= 1 and seconds is None:
        for id_, text, context in items:
            result = extractor.extract(id_, text)
            if render is None or isinstance(result, Failure):
                yield context, result
            else:
                yield context, render(result)
        return
    pool = _Pool(extractor, workers, render, seconds)
    try:
        yield from _ordered(pool, _Lots(items, batch), workers + AHEAD)
    finally:
        pool.close()


def _ordered(pool: _Pool, lots: _Lots, ahead: int) -> Iterator[tuple[object, Any]]:
    """Keep `ahead` batches under way and give their results in order."""
    waiting: deque[tuple[list[Item], Future[list[Any]]]] = deque()
    while True:
        while len(waiting) < ahead and (lot := lots.next()):
            waiting.append((lot, pool.submit([(id_, text) for id_, text, _ in lot])))
        if not waiting:
            break
        lot, future = waiting.popleft()
        for (_, _, context), result in zip(lot, future.result(), strict=True):
            yield context, result
        del lot, future  # else the last batch lives while the next one is waited for
    if lots.error is not None:
        raise lots.error


class _Lots:
    """Cuts items into batches; an error of their source waits until they are done."""

    def __init__(self, items: Iterable[Item], batch: int) -> None:
        self.error: Exception | None = None
        self._items = iter(items)
        self._batch = batch

    def next(self) -> list[Item]:
        """Give the next batch, an empty one at the end."""
        lot: list[Item] = []
        length = 0
        while self.error is None and len(lot) < self._batch and length < _LONGEST_BATCH:
            try:
                item = next(self._items)
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 - raised again behind the last result
                self.error = error
                break
            lot.append(item)
            length += len(item[1]) if isinstance(item[1], str) else 0
        return lot


class _Pool:
    """Worker processes, each talked to by one thread at a time.

    A worker that dies is replaced and its batch tried once more; a batch that
    kills twice is halved until the text that does it is alone.
    """

    def __init__(
        self, extractor: Extractor, workers: int, render: Render | None, seconds: float | None
    ) -> None:
        self._job = (extractor, render, seconds)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="berufsbild")
        self._idle: SimpleQueue[Worker | None] = SimpleQueue()
        self._alive: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(workers):
            self._idle.put(None)

    def submit(self, pairs: Sequence[Pair]) -> Future[list[Any]]:
        """Have a batch extracted."""
        return self._threads.submit(self._results, pairs, 2)

    def _results(self, pairs: Sequence[Pair], tries: int) -> list[Any]:
        for _ in range(tries):
            try:
                return self._exchange(pairs)
            except SlowError as slow:
                before, after = pairs[: slow.at], pairs[slow.at + 1 :]
                failed = _failure(pairs[slow.at], "too_slow", str(slow))
                return [*self._again(before), failed, *self._again(after)]
            except DiedError:
                continue
        if len(pairs) == 1:
            return [_failure(pairs[0], "worker_died", "the worker died on this text twice")]
        half = len(pairs) // 2
        return [*self._again(pairs[:half]), *self._again(pairs[half:])]

    def _again(self, pairs: Sequence[Pair]) -> list[Any]:
        return self._results(pairs, 2 if len(pairs) == 1 else 1) if pairs else []

    def _exchange(self, pairs: Sequence[Pair]) -> list[Any]:
        worker = self._idle.get()
        try:
            if worker is None:
                worker = self._start()
            return worker.exchange(pairs)
        except BaseException:
            if worker is not None:
                self._bury(worker)
                worker = None
            raise
        finally:
            self._idle.put(worker)

    def _start(self) -> Worker:
        for _ in range(3):
            with self._lock:
                if self._closed:
                    raise BerufsbildError("pool: expected an open pool, got a closed one")
                worker = Worker(*self._job)
                self._alive.add(worker)
            try:
                worker.wait_ready()
            except DiedError:
                self._bury(worker)
            else:
                return worker
        raise StartError("worker: expected a process that starts, got three that died")

    def _bury(self, worker: Worker) -> None:
        worker.kill()
        worker.close()
        with self._lock:
            self._alive.discard(worker)

    def close(self) -> None:
        """Kill the workers, whatever they are doing, and wait for the threads."""
        with self._lock:
            self._closed = True
            alive = list(self._alive)
        for worker in alive:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in alive:
            worker.close()


def _failure(pair: Pair, kind: str, message: str) -> Failure:
    return Failure(pair[0], Problem(kind, message, Source()))
