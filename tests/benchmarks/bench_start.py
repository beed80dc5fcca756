"""How long a start takes: `berufsbild extract` on one short text, beside `import spacy`.

Run it with `python tests/benchmarks/bench_start.py [rounds]`. The two take
turns, each in a process of its own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from clock import seconds

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Start:
    """The medians of both, and of what a start takes beyond `import spacy`.

    Units: seconds.
    """

    extract: float
    spacy: float
    beyond: float


def start(rounds: int = ROUNDS) -> Start:
    """Measure; a first round that fills the disk's cache is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "koch.txt"
        path.write_text("Beruf Koch in Bochum: 2.500 Euro im Monat.", encoding="utf-8")
        commands = (
            [sys.executable, "-m", "berufsbild.cli", "extract", str(path)],
            [sys.executable, "-c", "import spacy"],
        )
        times = [
            [seconds(lambda command=command: _run(command)) for command in commands]
            for _ in range(rounds + 1)
        ][1:]
    extract, spacy = zip(*times, strict=True)
    return Start(
        statistics.median(extract),
        statistics.median(spacy),
        statistics.median(ours - theirs for ours, theirs in times),
    )


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def main(rounds: int = ROUNDS) -> None:
    """Measure and print."""
    found = start(rounds)
    print(
        f"berufsbild extract {found.extract:.2f} s, import spacy {found.spacy:.2f} s, "
        f"beyond it {found.beyond:.2f} s (medians of {rounds} rounds)"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
