"""Growth: ten times every lexicon, and the time that each rule then takes.

Run with `make bench`. Lays nine made-up words over the rule data for every one
that is there (towns, occupations, skills) and times the rules on the corpus
texts with and without them, in one process, turn by turn.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from berufsbild.german.normalise import normalise
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.layout import Layout
from berufsbild.lexicon.reader import ROOT
from berufsbild.params import Params
from berufsbild.rules import PACKAGES, load_rule
from berufsbild.spans import Label, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

PROFILES = Path("corpus/profiles")
TIMES = 9
ROUNDS = 5
ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "k",
    "kl",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pf",
    "r",
    "s",
    "sch",
    "schr",
    "st",
    "t",
    "tr",
    "w",
    "z",
]
VOWELS = ["a", "e", "i", "o", "u", "ä", "ö", "ü", "au", "ei", "eu"]
CODAS = ["", "l", "m", "n", "r", "s", "t", "ck", "ff", "ng", "nz", "rk", "rt"]
LINES = {
    Label.ROLE: "{slug}\t{name}er\t2510\t",
    Label.PLACE: "own:{slug}\t{name}\tcity\tDE\tBayern\t49.0\t11.0\t900\t\t",
    Label.SKILL: "{slug}\t{name}ik\tknowledge\t",
}
FILES = {
    Label.ROLE: ("occupations*.tsv", "occupations-made-up.tsv"),
    Label.PLACE: ("*.tsv", "towns-made-up.tsv"),
    Label.SKILL: ("*.tsv", "made-up.tsv"),
}


def names() -> Iterator[str]:
    """Make words that sound German and mean nothing, none twice."""
    draw = random.Random(2010)
    seen: set[str] = set()
    while True:
        parts = [draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(3)]
        name = "".join(parts).capitalize()
        if name not in seen:
            seen.add(name)
            yield name


def overlay(label: Label, folder: Path) -> int:
    """Write the made-up words of one label, and tell how many there are."""
    package = ROOT / PACKAGES[label]
    pattern, file = FILES[label]
    tables = [path.read_text(encoding="utf-8").splitlines() for path in package.glob(pattern)]
    lines = [[line for line in table if not line.startswith("#")] for table in tables]
    number = TIMES * sum(len(table) - 1 for table in lines)
    columns = LINES[label].count("\t") + 1
    header = next(table[0] for table in lines if table[0].count("\t") + 1 == columns)
    made = (
        LINES[label].format(slug=f"made-up-{at}", name=name)
        for at, name in zip(range(number), names(), strict=False)
    )
    target = folder / PACKAGES[label]
    target.mkdir(parents=True)
    (target / file).write_text("\n".join([header, *made]) + "\n", encoding="utf-8")
    return number


def main() -> None:
    """Print a line for each label."""
    tokenizer = make_tokenizer(Params().tokens)
    texts = [path.read_text(encoding="utf-8") for path in sorted(PROFILES.glob("*.txt"))]
    clean = [normalise(text).text for text in texts]
    tokens = [Tokens(text, *tokenizer(text)) for text in clean]
    print("| label | entries added | time with ten times the lexicon |\n|---|---|---|")
    for label in LINES:
        with tempfile.TemporaryDirectory() as folder:
            number = overlay(label, Path(folder))
            rules = [
                load_rule(label, tokenizer.split),
                load_rule(label, tokenizer.split, [Path(folder)]),
            ]
        spent: list[list[float]] = [[], []]
        for turn in range(ROUNDS + 1):
            for rule, times in zip(rules, spent, strict=True):
                begin = time.perf_counter()
                for one in tokens:
                    rule.find(Layout(one))
                if turn:  # the first turn warms the caches
                    times.append(time.perf_counter() - begin)
        plain, grown = (statistics.median(times) for times in spent)
        print(f"| {label} | {number:,} | {grown / plain:.2f} × |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
