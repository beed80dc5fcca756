"""Every measure of the benchmark, small or large, and the aims they are held against."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import spacy
from bench_extract import SETS, Pass, Passes, SetName, Sizes, alone, speed, steps
from bench_length import LONGEST, PROSE, Growth
from bench_length import measure as lengths
from bench_lexicon import ALL, Tenfold, lexicons
from bench_memory import Memory
from bench_memory import measure as memory
from bench_start import ROUNDS as START_ROUNDS
from bench_start import Start, start
from bench_workers import Workers, workers
from clock import fresh
from composed import PROFILES
from systems import FULL

from berufsbild import Label

_LINEAR: Final = 1.2
_SHAPES: Final = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, and how much of it.

    Units: texts, rounds, characters.
    """

    texts: Path = PROFILES
    sizes: Sizes = field(default_factory=Sizes)
    workers: int = 20_000
    workers_rounds: int = 3
    starts: int = START_ROUNDS
    memory: int = 500_000
    longest: int = LONGEST
    lexicon: int = 1_000
    lexicon_rounds: int = 5
    labels: tuple[Label, ...] = tuple(Label)


@dataclass(frozen=True, slots=True)
class Machine:
    """What the figures were taken on."""

    cores: int
    python: str
    spacy: str
    system: str


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of every measure."""

    machine: Machine
    speed: dict[SetName, Passes]
    steps: dict[SetName, Passes]
    alone: dict[SetName, Passes]
    workers: dict[str, Workers]
    start: Start
    memory: Memory
    lengths: dict[str, Growth]
    lexicons: dict[str, Tenfold]


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim, the figure that stands for it, and whether it is met."""

    name: str
    wanted: str
    figure: str
    met: bool


def machine() -> Machine:
    """Tell the machine, without its name."""
    return Machine(
        os.cpu_count() or 1,
        platform.python_version(),
        spacy.__version__,
        f"{platform.system()} {platform.machine()}",
    )


def take(plan: Plan) -> Found:
    """Take every measure, each in a fresh process, one behind the other."""
    folder = str(plan.texts)
    return Found(
        machine(),
        {name: fresh(speed, name, folder, plan.sizes) for name in SETS},
        {name: fresh(steps, name, folder, plan.sizes) for name in SETS},
        {name: fresh(alone, name, folder, plan.sizes) for name in SETS},
        workers(plan.workers, plan.workers_rounds),
        start(plan.starts),
        Memory(**fresh(memory, plan.memory)),  # type: ignore[arg-type]
        fresh(lengths, plan.longest),
        lexicons(plan.lexicon, plan.lexicon_rounds, folder, plan.labels),
    )


def aims(found: Found) -> list[Aim]:
    """Hold the figures against the aims.

    The stream and the new words count cold, as a first and only pass; of the
    ways to call two workers the slower counts, of the shapes the worst (2 where
    4 would be quadratic: the times are short), of the two kinds of texts for
    ten times the lexicons the slower.
    """
    real = found.speed["real"]["warm"].ratio(FULL, phase="warm")
    stream = _cold(found.speed["stream"]["cold"])
    new = _cold(found.speed["new"]["cold"])
    two = min(one.ratio for one in found.workers.values())
    prose = found.lengths[PROSE]
    shapes = {name: one.factor for name, one in found.lengths.items() if name != PROSE}
    worst = max(shapes, key=shapes.__getitem__)
    tenfold = max(found.lexicons[ALL].repeated, found.lexicons[ALL].new)
    memory_ = found.memory
    return [
        Aim("real texts repeated, warm", "≥ 5 × bare", f"{real:.2f} ×", real >= 5),
        Aim("stream, first pass", "≥ 2 × bare", f"{stream:.2f} ×", stream >= 2),
        Aim("never-seen words, first pass", "≥ 1 × bare", f"{new:.2f} ×", new >= 1),
        Aim("two workers", "≥ 1.5 × one", f"{two:.2f} ×", two >= 1.5),
        Aim(
            "start-up beyond `import spacy`",
            "≤ 1.0 s",
            f"{found.start.beyond:.2f} s",
            found.start.beyond <= 1.0,
        ),
        Aim(
            f"memory over {memory_.texts:,} texts",
            "≤ 400 MB",
            f"{memory_.peak:.0f} MB",
            memory_.peak <= 400,
        ),
        Aim("ten times every lexicon", "≤ 1.2 ×", f"{tenfold:.2f} ×", tenfold <= 1.2),
        Aim(
            f"a character in {prose.lengths[-1]:,} of prose",
            f"≤ {_LINEAR} × one in {prose.lengths[0]:,}",
            f"{prose.factor:.2f} ×",
            prose.factor <= _LINEAR,
        ),
        Aim(
            "a character in four times as much of one shape",
            f"≤ {_SHAPES:.0f} ×",
            f"{shapes[worst]:.2f} × ({worst})",
            shapes[worst] <= _SHAPES,
        ),
    ]


def _cold(one: Pass) -> float:
    return one.ratio(FULL, phase="cold")
