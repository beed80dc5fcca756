"""Streams of texts over worker processes: order kept, nothing lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from berufsbild.extraction import Extraction, Failure, Problem, Source

if TYPE_CHECKING:
    from berufsbild.extractor import Extractor

Item: TypeAlias = tuple[str, object, object]
Result: TypeAlias = Extraction | Failure
_Pair: TypeAlias = tuple[str, object]

_AHEAD = 3
_worker: Extractor | None = None


def stream(
    extractor: Extractor, items: Iterable[Item], *, workers: int, batch: int
) -> Iterator[tuple[object, Result]]:
    """Yield context and result of each item (id, text, context) in order.

    Units: `workers` processes; up to `workers + 3` batches are under way, so a
        slow consumer does not fill memory.
    """
    if workers <= 1:
        for id_, text, context in items:
            yield context, extractor.extract(id_, text)
        return
    pool = _Pool(extractor, workers)
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    source = iter(items)
    try:
        while True:
            while len(waiting) < workers + _AHEAD and (lot := list(islice(source, batch))):
                waiting.append((lot, pool.submit(_pairs(lot))))
            if not waiting:
                return
            lot, future = waiting.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                results = pool.again(_pairs(lot))
                waiting = deque((later, pool.submit(_pairs(later))) for later, _ in waiting)
            for (_, _, context), result in zip(lot, results, strict=True):
                yield context, result
    finally:
        pool.close()


class _Pool:
    """A process pool that is replaced when a worker dies."""

    def __init__(self, extractor: Extractor, workers: int) -> None:
        self._extractor = extractor
        self._workers = workers
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        from multiprocessing import get_context

        return ProcessPoolExecutor(
            self._workers,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(self._extractor,),
        )

    def submit(self, pairs: Sequence[_Pair]) -> Future[list[Result]]:
        try:
            return self._pool.submit(_work, pairs)
        except BrokenProcessPool:
            self._pool = self._new()
            return self._pool.submit(_work, pairs)

    def again(self, pairs: Sequence[_Pair]) -> list[Result]:
        """Try a batch once more; halve it until the text that kills is alone."""
        self.close()
        self._pool = self._new()
        try:
            return self._pool.submit(_work, pairs).result()
        except BrokenProcessPool:
            if len(pairs) == 1:
                problem = Problem("worker_died", "the worker died on this text twice", Source())
                self.close()
                self._pool = self._new()
                return [Failure(pairs[0][0], problem)]
        half = len(pairs) // 2
        return [*self.again(pairs[:half]), *self.again(pairs[half:])]

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _pairs(lot: Sequence[Item]) -> list[_Pair]:
    return [(id_, text) for id_, text, _ in lot]


def _start(extractor: Extractor) -> None:
    global _worker  # noqa: PLW0603 - a worker process has one extractor
    _worker = extractor


def _work(pairs: Sequence[_Pair]) -> list[Result]:
    if _worker is None:
        raise RuntimeError("worker: expected an extractor, got none")
    return [_worker.extract(id_, text) for id_, text in pairs]
