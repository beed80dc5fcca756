"""The whole benchmark: every measure, the report, and the aims on the terminal.

`make bench` runs it. The report is no output of the pipeline: its figures
differ from run to run.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench_extract import Sizes
from composed import PROFILES
from measures import Plan, take
from report import benchmark, summary

from berufsbild.outputs import whole_file

REPORT = Path("reports/benchmark.md")
QUICK = {
    "workers": 2_000,
    "workers_rounds": 1,
    "memory": 20_000,
    "longest": 500_000,
    "lexicon": 200,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, write the report, print the aims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=PROFILES, help="the real texts, a folder")
    parser.add_argument("--output", type=Path, default=REPORT)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, for a look")
    given = parser.parse_args(arguments)
    plan = Plan(texts=given.texts)
    if given.quick:
        plan = Plan(texts=given.texts, sizes=Sizes(stream=2_000, new=500, rounds=2), **QUICK)
    found = take(plan)
    with whole_file(given.output) as file:
        file.write(benchmark(found))
    print(summary(found))
    print(f"{given.output}: written")


if __name__ == "__main__":
    main()
