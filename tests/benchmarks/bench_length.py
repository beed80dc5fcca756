"""Growth with the length of one text: linear up to 5 MB, also of texts made to choke.

Run it with `python tests/benchmarks/bench_length.py [characters]`. Prose is one
text of corpus sentences, whose length doubles up to the whole; the shapes are
one unit repeated. Prints nanoseconds per character of the whole extraction and
how many times as long a character takes in the longest text as in the shortest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from clock import fresh, seconds
from composed import Composer, whole_texts

from berufsbild import Extractor, Params
from berufsbild.housekeeping import settle

LONGEST = 5_000_000
_DOUBLINGS = 3
_SHARE = 10
_ROUNDS = 3
PROSE = "prose"
_PATIENCE = 5.0
_SHORTEST = 10_000
SHAPES = {
    "digits": "7",
    "dots": ".",
    "dashes": "–",
    "blanks": " ",
    "empty lines": "\n",
    "short lines": "Kochen\n",
    "list items": "- Sorgfalt,\n",
    "open brackets": "(",
    "one word": "Lehrer",
    "words of one line": "Lehrer ",
    "hyphened": "Bad-",
    "gender signs": "Lehrer:innen ",
    "commas": "Python, ",
    "titles": "Koch in Bochum ",
    "numbers and dots": "3.",
    "numbers and dashes": "3-",
    "grouped digits": ".000",
    "currency signs": "€",
    "repeated amounts": "3.000 € ",
    "amounts and dashes": "3 € - ",
    "amounts and slashes": "3.000/",
    "openers": "rund ",
    "joiners": "bis ",
    "number words": "tausend",
    "labels": "Lohn: ",
}


@dataclass(frozen=True, slots=True)
class Growth:
    """What a character takes in texts of several lengths, the shortest first.

    Units: characters; nanoseconds per character.
    """

    lengths: tuple[int, ...]
    nanoseconds: tuple[float, ...]

    @property
    def factor(self) -> float:
        """How many times as long a character takes in the longest text: 1 is linear."""
        return self.nanoseconds[-1] / self.nanoseconds[0]


def growth(extract: Callable[[str], object], rounds: Iterable[Sequence[str]]) -> Growth:
    """Time texts of growing length, in turns; of each length the best round.

    Shape: every round has texts of the same lengths, give or take a word. No
        line of a text stands in another one, for known lines cost less.
    """
    lengths: tuple[int, ...] = ()
    best: list[float] = []
    for texts in rounds:
        lengths = tuple(map(len, texts))
        times = [seconds(partial(extract, text)) for text in texts]
        best = list(map(min, best, times)) if best else times
    per = tuple(1e9 * time / length for time, length in zip(best, lengths, strict=True))
    return Growth(lengths, per)


def measure(longest: int = LONGEST) -> dict[str, Growth]:
    """Time prose up to the longest text, and every shape up to a tenth of it.

    A shape of which a quarter takes longer than five seconds is shortened.
    """
    extractor = Extractor(Params())
    settle()

    def extract(text: str) -> str:
        return extractor(text).to_json()

    composer = Composer(whole_texts())
    prose = (
        [composer.long(longest >> by) for by in range(_DOUBLINGS, -1, -1)] for _ in range(_ROUNDS)
    )
    found = {PROSE: growth(extract, prose)}
    for name, unit in SHAPES.items():
        length = longest // _SHARE
        short = _shape(unit, length // 4)
        while (spent := seconds(partial(extract, short))) > _PATIENCE and length > _SHORTEST:
            length //= 4
            short = _shape(unit, length // 4)
        texts = [short, _shape(unit, length)]
        found[name] = growth(extract, _rounds(texts, _ROUNDS if spent < _PATIENCE / 10 else 1))
    return found


def _rounds(texts: Sequence[str], number: int) -> Iterator[list[str]]:
    """Yield texts again and again, each time with another word before them."""
    for turn in range(number):
        yield [f"Runde{turn}{at} {text}" for at, text in enumerate(texts)]


def _shape(unit: str, length: int) -> str:
    return unit * (length // len(unit)) + " 3.000 bis 3.500 €"


def main(longest: int = LONGEST) -> None:
    """Measure in a fresh process, and print."""
    for name, one in fresh(measure, longest).items():
        cells = ", ".join(
            f"{length:,}: {time:.0f}"
            for length, time in zip(one.lengths, one.nanoseconds, strict=True)
        )
        print(f"{name:20} {one.factor:5.2f} ×  (ns per character at {cells})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
