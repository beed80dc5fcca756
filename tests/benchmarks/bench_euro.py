"""Time the euro rule on texts that a grammar over characters might choke on.

Run it with `python tests/benchmarks/bench_euro.py [characters]`. Prints
milliseconds for a quarter, a half and the whole of each text, and how many times
as long the whole takes as the half: about 2 where the time is linear.
"""

from __future__ import annotations

import sys
import time

from bench_length import SHAPES

from berufsbild.layout import Layout
from berufsbild.rules.euro_ranges import EuroRanges, load_lexicon
from berufsbild.spans import Tokens

_ROUNDS = 3


def seconds(rule: EuroRanges, text: str) -> float:
    """Time the rule on one text, the best of some rounds."""
    times = []
    for _ in range(_ROUNDS):
        layout = Layout.of(Tokens(text, [], [], []))
        begin = time.perf_counter()
        rule.find(layout)
        times.append(time.perf_counter() - begin)
    return min(times)


def main(characters: int = 100_000) -> None:
    """Print one row for each shape of text, an amount at its end."""
    rule = EuroRanges(load_lexicon())
    lengths = [characters // 4, characters // 2, characters]
    print(f"{'':22}" + "".join(f"{length:>12,}" for length in lengths) + f"{'ratio':>8}")
    for name, unit in SHAPES.items():
        times = [
            seconds(rule, unit * (length // len(unit)) + " 3.000 bis 3.500 €") for length in lengths
        ]
        cells = "".join(f"{1000 * time:9.1f} ms" for time in times)
        print(f"{name:22}{cells}{times[2] / times[1]:8.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
