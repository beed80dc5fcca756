"""How fast: ratios to spaCy's bare German tokenizer, measured in one process.

Run it with `python tests/benchmarks/bench_extract.py [--set NAME] [--texts DIR]`.
Each set of texts goes through the bare tokenizer, our tokenizer alone and the
whole extraction with its JSON, block by block in turns, in a fresh process:
cold is the first pass, warm what comes behind it. Absolute figures are the
machine's, ratios are the program's.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from clock import Run, Times, fresh, in_turns, ratio, total_ratio
from composed import PROFILES, Composer, NewWords, blocks, whole_texts
from systems import BARE, FULL, LIMIT, Bare, full, limit, step_seconds

from berufsbild import Extractor, Label, Params
from berufsbild.housekeeping import settle

SetName: TypeAlias = Literal["real", "stream", "new"]
Phase: TypeAlias = Literal["cold", "warm"]
SETS: Final[dict[SetName, str]] = {
    "real": "real texts repeated",
    "stream": "stream of composed texts",
    "new": "30 % never-seen words",
}
NO_RULE: Final = "no rule"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured.

    Units: texts per pass of a set, texts per block, warm passes of a set.
    """

    stream: int = 20_000
    new: int = 2_000
    block: int = 500
    rounds: int = 5
    real_rounds: int = 25
    steps_stream: int = 2_000


@dataclass(frozen=True, slots=True)
class Pass:
    """What one phase of a set took.

    Units: seconds, one entry per block; `tokens` are those of bare spaCy.
    """

    texts: int
    tokens: int
    times: Times

    def ratio(self, name: str, *, phase: Phase) -> float:
        """Say how many times as fast as bare spaCy: of the sums cold, the median warm."""
        return (total_ratio if phase == "cold" else ratio)(self.times, BARE, name)

    def share(self, name: str) -> float:
        """Give the time of a run as a multiple of bare spaCy's."""
        return sum(self.times[name]) / sum(self.times[BARE])

    def rate(self, name: str) -> float:
        """Give the texts per second."""
        return self.texts / sum(self.times[name])


Passes: TypeAlias = dict[Phase, Pass]


def passes(name: SetName, folder: Path, sizes: Sizes) -> Iterator[tuple[Phase, list[list[str]]]]:
    """Yield the blocks of each pass of a set.

    The real texts and the stream are the same in every pass; of the texts with
    new words none comes twice.
    """
    if name == "real":
        real = whole_texts(folder)
        yield "cold", [real]
        yield from (("warm", [real]) for _ in range(sizes.real_rounds))
        return
    composer = Composer(whole_texts())
    if name == "stream":
        stream = list(blocks(composer.stream(sizes.stream), sizes.block))
        yield "cold", stream
        yield "warm", stream
        return
    new = NewWords()
    for number in range(sizes.rounds + 1):
        texts = map(new.renewed, composer.stream(sizes.new))
        yield ("warm" if number else "cold"), list(blocks(texts, sizes.block))


def timed(runs: Mapping[str, Run], source: Iterable[tuple[Phase, list[list[str]]]]) -> Passes:
    """Time the runs beside bare spaCy over the passes of a set, as `berufsbild extract` runs."""
    bare = Bare()
    settle()
    every: dict[str, Run] = {BARE: bare, **runs}
    found: Passes = {}
    for phase, lots in source:
        before = bare.tokens
        times = in_turns(every, lots)
        known = found.get(phase) or Pass(0, 0, {what: [] for what in every})
        found[phase] = Pass(
            known.texts + sum(map(len, lots)),
            known.tokens + bare.tokens - before,
            {what: known.times[what] + times[what] for what in every},
        )
    return found


def speed(name: SetName, folder: str, sizes: Sizes) -> Passes:
    """Time our tokenizer and the whole extraction on a set."""
    return timed({LIMIT: limit(), FULL: full()}, passes(name, Path(folder), sizes))


def alone(name: SetName, folder: str, sizes: Sizes) -> Passes:
    """Time an extraction without rules, and with each rule alone."""
    runs = {NO_RULE: full(()), **{str(label): full((label,)) for label in Label}}
    return timed(runs, passes(name, Path(folder), smaller(sizes)))


def steps(name: SetName, folder: str, sizes: Sizes) -> Passes:
    """Time every step of the extraction on a set.

    Shape: as of the other measures, a step in the place of a run.
    """
    extractor = Extractor(Params())
    bare = Bare()
    settle()
    found: Passes = {}
    for phase, lots in passes(name, Path(folder), smaller(sizes)):
        for lot in lots:
            before = bare.tokens
            times = in_turns({BARE: bare}, [lot])
            times |= {step: [spent] for step, spent in step_seconds(extractor, lot).items()}
            known = found.get(phase) or Pass(0, 0, {what: [] for what in times})
            found[phase] = Pass(
                known.texts + len(lot),
                known.tokens + bare.tokens - before,
                {what: known.times[what] + times[what] for what in times},
            )
    return found


def smaller(sizes: Sizes) -> Sizes:
    """Give the sizes for the measures that only compare parts with each other."""
    return Sizes(
        stream=min(sizes.stream, sizes.steps_stream),
        new=min(sizes.new, sizes.steps_stream // 2),
        block=sizes.block,
        rounds=min(sizes.rounds, 2),
        real_rounds=min(sizes.real_rounds, 5),
    )


def speed_rows(found: Passes) -> list[str]:
    """Render the table rows of one set."""
    rows = []
    for what in (BARE, LIMIT, FULL):
        cells = [f"{one.rate(what):,.0f}" for one in found.values()]
        cells += [f"{one.ratio(what, phase=phase):.2f} ×" for phase, one in found.items()]
        to_limit = [f"{sum(one.times[LIMIT]) / sum(one.times[what]):.2f}" for one in found.values()]
        rows.append(f"| {' | '.join([what, *cells, *to_limit])} |")
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sets, each in a fresh process, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, action="append", help="only this set")
    parser.add_argument("--texts", type=Path, default=PROFILES, help="the real texts, a folder")
    parser.add_argument("--stream", type=int, default=Sizes().stream, help="texts of the stream")
    given = parser.parse_args(arguments)
    sizes = Sizes(stream=given.stream)
    for name in given.set or SETS:
        found = fresh(speed, name, str(given.texts), sizes)
        print(
            f"{SETS[name]}: {', '.join(f'{one.texts} texts {phase}' for phase, one in found.items())}"
        )
        for phase, one in found.items():
            for what in (LIMIT, FULL):
                print(f"  {what}, {phase}: {one.ratio(what, phase=phase):.2f} × bare spaCy")


if __name__ == "__main__":
    main()
