"""Memory over a long stream of short texts with ever new words.

Run it with `python tests/benchmarks/bench_memory.py [--texts N]`. Every text
has three sentences and 30 % of its words were never seen before, so every
cache of the extractor fills up and starts anew many times. Prints the resident
memory of the process over time, its peak, and its slope over the second half.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from clock import fresh
from composed import PROFILES, Composer, NewWords, whole_texts

import berufsbild

SAMPLES = 100
_MB = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """How the memory of one process went.

    Units: megabytes of resident memory; `start` is with the rules loaded and
        before the first text; `slope` in megabytes per 100,000 texts over the
        second half; `seconds` for the whole stream.
    """

    texts: int
    start: float
    peak: float
    slope: float
    seconds: float
    over_time: list[tuple[int, float]]


def resident() -> float:
    """Give the resident memory of this process in megabytes."""
    return _status("VmRSS") or peak()


def peak() -> float:
    """Give the highest resident memory that this process has had, in megabytes.

    The kernel's figure for this program alone; where there is none, the one of
    `getrusage`, which may count what stood in the process before it.
    """
    found = _status("VmHWM")
    if found:
        return found
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (_MB * _MB if sys.platform == "darwin" else _MB)


def _status(name: str) -> float:
    path = Path("/proc/self/status")
    if not path.exists():
        return 0.0
    line = next(line for line in path.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / _MB


def stream(texts: int, folder: str = str(PROFILES), cache: int | None = None) -> Memory:
    """Extract a stream of texts with ever new words, and look at the memory."""
    params = berufsbild.Params()
    if cache is not None:
        params = params.model_copy(
            update={"tokens": params.tokens.model_copy(update={"cache": cache})}
        )
    extract = berufsbild.load(params)
    composer, new = Composer(whole_texts(Path(folder))), NewWords()
    gc.collect()
    start = resident()
    over_time: list[tuple[int, float]] = []
    every = max(1, texts // SAMPLES)
    begin = time.perf_counter()
    for number in range(1, texts + 1):
        extract(new.renewed(composer.paragraph(3))).to_json()
        if number % every == 0:
            over_time.append((number, resident()))
    seconds = time.perf_counter() - begin
    return Memory(texts, start, peak(), slope(over_time), seconds, over_time)


def slope(over_time: list[tuple[int, float]]) -> float:
    """Give the growth over the second half, in megabytes per 100,000 texts."""
    half = over_time[len(over_time) // 2 :]
    if len(half) < 2:
        return 0.0
    at, memory = zip(*half, strict=True)
    return statistics.linear_regression(at, memory).slope * 100_000


def main() -> None:
    """Measure in a fresh process, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=500_000)
    parser.add_argument("--cache", type=int, help="word types remembered, instead of the default")
    arguments = parser.parse_args()
    found = Memory(**fresh(measure, arguments.texts, str(PROFILES), arguments.cache))
    for number, memory in found.over_time[:: max(1, len(found.over_time) // 20)]:
        print(f"{number:>9,} texts {memory:8.0f} MB")
    print(
        f"start {found.start:.0f} MB, peak {found.peak:.0f} MB, {found.slope:+.1f} MB per 100,000"
        f" texts in the second half, {found.texts / found.seconds:.0f} texts/s"
    )


def measure(texts: int, folder: str = str(PROFILES), cache: int | None = None) -> dict[str, object]:
    """Measure, as plain data."""
    return asdict(stream(texts, folder, cache))


if __name__ == "__main__":
    main()
