"""Two workers against one through the stream, and how long they take to start.

Run it with `python tests/benchmarks/bench_workers.py [texts]`. One worker is
this process, two are processes of their own; both start with empty caches. The
first batches, up to the first result, are the start-up and are not counted in
the rate.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Final, TypeAlias

from clock import fresh
from composed import Composer, whole_texts

from berufsbild import Extractor, Params
from berufsbild.parallel import stream
from berufsbild.records import dumps

ROUNDS: Final = 3
_BATCH: Final = 32
Way: TypeAlias = Callable[[Extractor, Iterable[str], int], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Workers:
    """Two workers against one, in one way of calling.

    Units: `ratio` is the median over the rounds of how many times as fast two
        are once they run, `ready` seconds to the first result with two.
    """

    ratio: float
    ready: float
    rates: tuple[float, float]


def by_pipe(extractor: Extractor, texts: Iterable[str], workers: int) -> Iterator[str]:
    """Call `pipe`; the JSON is written where the results arrive."""
    with closing(extractor.pipe(texts, workers=workers)) as found:  # type: ignore[type-var]
        for result in found:
            yield result.to_json()


def by_command(extractor: Extractor, texts: Iterable[str], workers: int) -> Iterator[str]:
    """Do what `berufsbild extract` does; the JSON is written where the work is done."""
    items = ((str(number), text, None) for number, text in enumerate(texts))
    with closing(stream(extractor, items, workers=workers, batch=_BATCH, render=dumps)) as found:
        for _, record in found:
            yield str(record)


WAYS: Final[dict[str, Way]] = {
    "`pipe`, JSON in the caller": by_pipe,
    "`berufsbild extract`": by_command,
}


def one_run(way: Way, texts: list[str], workers: int) -> tuple[float, float]:
    """Run the stream with new caches; give seconds to the first result, and texts per second after."""
    extractor = Extractor(Params())
    begin = time.perf_counter()
    results = way(extractor, texts, workers)
    next(results)
    ready = time.perf_counter()
    number = sum(1 for _ in itertools.islice(results, len(texts)))
    return ready - begin, number / (time.perf_counter() - ready)


def measure(number: int, rounds: int = ROUNDS) -> dict[str, dict[str, object]]:
    """Time each way with one worker and with two, in turns, as plain data."""
    texts = list(Composer(whole_texts()).stream(number))
    found: dict[str, dict[str, object]] = {}
    for name, way in WAYS.items():
        runs = {workers: list[tuple[float, float]]() for workers in (1, 2)}
        for turn in range(rounds):
            for workers in (1, 2) if turn % 2 == 0 else (2, 1):
                runs[workers].append(one_run(way, texts, workers))
        one, two = ([rate for _, rate in runs[workers]] for workers in (1, 2))
        ratios = [second / first for first, second in zip(one, two, strict=True)]
        ready = statistics.median(ready for ready, _ in runs[2])
        rates = (statistics.median(one), statistics.median(two))
        found[name] = asdict(Workers(statistics.median(ratios), ready, rates))
    return found


def workers(number: int, rounds: int = ROUNDS) -> dict[str, Workers]:
    """Measure in a fresh process."""
    found = fresh(measure, number, rounds)
    return {name: Workers(**one) for name, one in found.items()}  # type: ignore[arg-type]


def main(number: int = 4_000) -> None:
    """Measure and print."""
    for name, one in workers(number).items():
        print(f"{name}: {one.ratio:.2f} × one worker, {one.ready:.2f} s to the first result")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
