"""Time: runs taken in turns, medians of ratios, and fresh processes."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeAlias, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Run: TypeAlias = Callable[[Sequence[str]], object]
Times: TypeAlias = dict[str, list[float]]


def fresh(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function of a module in a new Python process, and give its result."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *args, **kwargs).result()


def seconds(run: Callable[[], object]) -> float:
    """Time one call."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def in_turns(runs: Mapping[str, Run], blocks: Iterable[Sequence[str]]) -> Times:
    """Give every block of texts to every run, the order turned round each time.

    Shape: for each run one time per block.
    Units: seconds.
    """
    times: Times = {name: [] for name in runs}
    names = list(runs)
    for block in blocks:
        for name in names:
            times[name].append(seconds(lambda run=runs[name], block=block: run(block)))
        names.reverse()
    return times


def ratio(times: Times, base: str, name: str) -> float:
    """Say how many times as fast as the base a run is: the median over the blocks."""
    return statistics.median(
        first / second for first, second in zip(times[base], times[name], strict=True)
    )


def total_ratio(times: Times, base: str, name: str) -> float:
    """Say how many times as fast as the base a run is, over all blocks together."""
    return sum(times[base]) / sum(times[name])
