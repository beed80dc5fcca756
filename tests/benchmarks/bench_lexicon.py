"""Growth with the lexicons: ten times every one of them, and the time it then takes.

Run it with `python tests/benchmarks/bench_lexicon.py [texts]`. Lays nine
made-up words over the rule data for every one that is there: towns,
occupations, skills, and every list of words of the euro rule. Times the whole
extraction and each rule alone with and without them, in one process and in
turns, on the corpus texts repeated and on texts with ever new words.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from clock import Run, fresh, in_turns, ratio
from composed import PROFILES, Composer, NewWords, blocks, whole_texts

from berufsbild import Extractor, Label, Params
from berufsbild.lexicon.reader import ROOT
from berufsbild.rules import PACKAGES

TIMES: Final = 9
_APART: Final = 100_000_000
"""The stems of the made-up entries begin here: texts of new words have other ones."""
ROUNDS: Final = 5
ALL: Final = "all labels"
_SPELLED = re.compile(r"[^\W\d_]{2,}")
_LINES: Final = {
    Label.ROLE: "{slug}\t{name}er\t2510\t",
    Label.PLACE: "own:{slug}\t{name}\tcity\tDE\tBayern\t49.0\t11.0\t900\t\t",
    Label.SKILL: "{slug}\t{name}ik\tknowledge\t",
}
_FILES: Final = {
    Label.ROLE: ("occupations*.tsv", "occupations-made-up.tsv"),
    Label.PLACE: ("*.tsv", "towns-made-up.tsv"),
    Label.SKILL: ("*.tsv", "made-up.tsv"),
}


@dataclass(frozen=True, slots=True)
class Tenfold:
    """What ten times the lexicons of some labels cost.

    Units: made-up entries; times as long as without them, on the corpus texts
        repeated and on texts with ever new words; seconds to load.
    """

    entries: int
    repeated: float
    new: float
    load: tuple[float, float]


def overlay(label: Label, folder: Path) -> int:
    """Write the made-up words of one label, and tell how many there are."""
    target = folder / PACKAGES[label]
    target.mkdir(parents=True)
    names = _names(label)
    if label is Label.EURO_RANGE:
        return _euro_words(target, names)
    package = ROOT / PACKAGES[label]
    pattern, file = _FILES[label]
    tables = [path.read_text(encoding="utf-8").splitlines() for path in package.glob(pattern)]
    lines = [[line for line in table if not line.startswith("#")] for table in tables]
    number = TIMES * sum(len(table) - 1 for table in lines)
    columns = _LINES[label].count("\t") + 1
    header = next(table[0] for table in lines if table[0].count("\t") + 1 == columns)
    made = (
        _LINES[label].format(slug=f"made-up-{at}", name=name.capitalize())
        for at, name in zip(range(number), names, strict=False)
    )
    (target / file).write_text("\n".join([header, *made]) + "\n", encoding="utf-8")
    return number


def _names(label: Label) -> Iterator[str]:
    """Make words that sound German and mean nothing, none twice."""
    stems = NewWords(share=0, first=_APART)
    while True:
        yield stems.stem() + {Label.PLACE: "au", Label.ROLE: "l"}.get(label, "")


def _euro_words(target: Path, names: Iterator[str]) -> int:
    """Write nine made-up patterns of the same form for each of the euro rule."""
    number = 0

    def nine(words: Sequence[str]) -> str:
        nonlocal number
        made = [
            _SPELLED.sub(lambda _: next(names), word)
            for word in words
            if _SPELLED.search(word)
            for _ in range(TIMES)
        ]
        number += len(made)
        return json.dumps(made, ensure_ascii=False)

    for path in sorted((ROOT / "euro_ranges").glob("*.toml")):
        parts: list[str] = []
        tables: list[str] = []
        for name, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if value and isinstance(value[0], str):
                parts.append(f"{name} = {nine(value)}")
            for entry in value if isinstance(value[0], dict) else ():
                if "words" in entry:
                    tables += _table(name, {**entry, "words": nine(entry["words"])})
        (target / path.name).write_text("\n".join([*parts, *tables]) + "\n", encoding="utf-8")
    return number


def _table(name: str, entry: dict[str, Any]) -> list[str]:
    lines = [f"[[{name}]]"]
    for key, value in entry.items():
        said = value if key == "words" else json.dumps(value, ensure_ascii=False)
        lines.append(f"{key} = {said}")
    return lines


def tenfold(
    labels: Sequence[Label], folder: str, texts: int, rounds: int = ROUNDS
) -> dict[str, object]:
    """Time an extraction of some labels with ten times their lexicons, as plain data."""
    with tempfile.TemporaryDirectory() as words:
        entries = sum(overlay(label, Path(words)) for label in labels)
        loads: list[float] = []
        runs: dict[str, Run] = {}
        for name, overlays in (("plain", ()), ("grown", (Path(words),))):
            begin = time.perf_counter()
            runs[name] = _run(Extractor(Params(lexicon=overlays), labels=labels))
            loads.append(time.perf_counter() - begin)
    real = whole_texts(Path(folder))
    made = map(NewWords().renewed, Composer(whole_texts()).stream(3 * texts))
    # fills the caches, and takes the words apart that are put aside until they are asked for
    in_turns(runs, [real, list(islice(made, 2 * texts))])
    repeated = ratio(in_turns(runs, [real] * rounds), "grown", "plain")
    times = in_turns(runs, blocks(made, max(1, texts // (2 * rounds))))
    new = ratio(times, "grown", "plain")
    return asdict(Tenfold(entries, repeated, new, (loads[0], loads[1])))


def _run(extractor: Extractor) -> Run:
    def run(texts: Sequence[str]) -> None:
        for text in texts:
            extractor(text).to_json()

    return run


def lexicons(
    texts: int,
    rounds: int = ROUNDS,
    folder: str = str(PROFILES),
    labels: Sequence[Label] = tuple(Label),
) -> dict[str, Tenfold]:
    """Measure all labels together and each alone, each in a fresh process."""
    cases = {ALL: tuple(labels), **{str(label): (label,) for label in labels}}
    return {
        name: Tenfold(**fresh(tenfold, case, folder, texts, rounds))  # type: ignore[arg-type]
        for name, case in cases.items()
    }


def main(texts: int = 1_000) -> None:
    """Print a line for each label."""
    for name, one in lexicons(texts).items():
        print(
            f"{name:12} {one.entries:>8,} entries more: {one.repeated:.2f} × the time on texts "
            f"repeated, {one.new:.2f} × with new words; {one.load[0]:.2f} s to load, then "
            f"{one.load[1]:.2f} s"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
