"""Where amounts of euros stand: a grammar over characters, built from named atoms.

An atom is a number with what belongs to it (unit, scale, cents). Atoms that a
joiner connects make a pair. What the numbers mean is told in `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from berufsbild.german.numbers import read_words
from berufsbild.rules.euro_ranges.atoms import (
    alone_pattern,
    alternation,
    amount_pattern,
    anchors,
    begin_pattern,
    plain_pattern,
    shortest,
)
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon

_BEFORE: Final = 90
_BEHIND: Final = 60
_LABEL: Final = 48
_PARTS: Final = ("leading", "digits", "words", "tally", "scale", "unit", "cents")
_BARE_THOUSANDS: Final = (re.compile(r"k(?<=\dk)(?!\w)"), re.compile(r"K(?<=\dK)(?!\w)"))


class Amount(NamedTuple):
    """One number with its unit and scale, as written.

    Units: half-open offsets in the text; `number`, `scale` and `cents` are
        surfaces, empty where there is none. `digits` tells their notation.
    """

    start: int
    end: int
    number: str
    digits: bool
    scale: str = ""
    cents: str = ""
    unit: bool = False
    leading: bool = False
    grouped: bool = False


class Grammar:
    """The patterns of one lexicon, compiled."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Build the atoms from the lexicon's words."""
        self._anchors = anchors(lexicon)
        self._first = tuple(anchor[1:] for anchor, _ in self._anchors if anchor[0] == " ")
        self._begins = re.compile(begin_pattern(lexicon))
        self._scaled = {word.lower() for scale in lexicon.leading_scale for word in scale.words}
        self._leading = tuple({word.lower() for word in lexicon.leading} | self._scaled)
        self._may_begin = lru_cache(maxsize=1 << 14)(
            lambda word: word.startswith(self._leading) or read_words(word) is not None
        )
        self._amount = regex.compile(amount_pattern(lexicon), regex.IGNORECASE)
        self._plain = re.compile(plain_pattern(lexicon), re.IGNORECASE)
        self._alone = re.compile(alone_pattern(lexicon), re.IGNORECASE)
        self._vague = frozenset(lexicon.vague)
        self._not_money = regex.compile(rf"(?i)-(?:{alternation(lexicon.not_money)})")
        units = alternation(lexicon.units)
        self._units = shortest(lexicon.units)
        self._labels = tuple(label.lower() for label in lexicon.labels)
        self._named = regex.compile(
            rf"(?ri)(?:(?<!\w)in[ ]|\()(?:{units})\)?(?:[ ][^\W\d]{{3,12}})?:?[ ]{{1,2}}"
        )

    def first_number(self, text: str, end: int) -> int | None:
        """Give where the first number of a text begins, null where none begins before an offset."""
        return next((start for start, _ in self._begin(text, 0, end)), None)

    def last_number_word(self, text: str) -> int | None:
        """Give where the last number word of a text ends, null where there is none."""
        begins = self._begin(text, 0, len(text))
        return max((end for start, end in begins if text[start].isalpha()), default=None)

    def amounts(self, text: str, spots: Sequence[int]) -> list[Amount]:
        """Find every number near the anchors of a text, with its unit if it has one."""
        found: list[Amount] = []
        for start, end in _windows(text, spots):
            at = start
            for begin, stop in self._begin(text, start, end):
                if begin < at:
                    continue
                plain = self._plain.match(text, begin, end)
                if plain is not None:
                    amount = self._simple(text, plain)
                elif self._is_lone_word(text, begin, stop, end):
                    amount = self._lone_word(text, begin, stop)
                else:
                    match = self._amount.match(text, begin, end)
                    amount = self._checked(text, match) if match else None
                if amount is not None:
                    found.append(amount)
                    at = amount.end
        return found

    def _begin(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give where amounts may begin, each with the end of its first digit or word."""
        for begin in self._begins.finditer(text, start, end):
            word = begin.group()
            if len(word) < 3 or not word.isalpha() or self._may_begin(word.lower()):
                yield begin.span()

    def _simple(self, text: str, match: re.Match[str]) -> Amount | None:
        """Make an amount of digits with a unit behind them, or nothing that belongs to them."""
        start, end = match.span()
        number, scale, unit = match.groups()
        if self._is_vague(text, start):
            return None
        if unit and text[end : end + 1] == "-" and self._not_money.match(text, end):
            return None
        named = unit is not None or self._is_named(text, start)
        grouped = "." in number or "'" in number
        return Amount(start, end, number, True, scale or "", "", named, False, grouped)

    def _is_lone_word(self, text: str, start: int, stop: int, end: int) -> bool:
        """Tell a number word to which nothing more belongs from other beginnings."""
        if not text[start].isalpha() or not self._alone.match(text, stop, end):
            return False
        word = text[start:stop].lower()
        parted = start == 0 or text[start - 1].isspace()
        return parted and "tausend" not in word and not word.startswith(self._leading)

    def _lone_word(self, text: str, start: int, end: int) -> Amount | None:
        """Make an amount of a number word by itself."""
        if self._is_vague(text, start):
            return None
        return Amount(start, end, text[start:end], False, unit=self._is_named(text, start))

    def _is_vague(self, text: str, at: int) -> bool:
        """Tell "ein paar tausend Euro" from "tausend Euro"."""
        before = text[max(0, at - 16) : at]
        if not before[-1:].isspace():
            return False
        return not self._vague.isdisjoint(before.lower().rsplit(None, 1)[-1:])

    def spots(self, text: str) -> Sequence[int]:
        """Find the anchors of a text, in order: amounts stand only near one.

        A text that names no currency costs a few substring searches.
        """
        spots: list[int] = []
        for anchor, initials in self._anchors:
            if anchor in text:
                spots += _places(text, anchor, initials)
        if self.begins(text):
            spots.append(0)
        for thousands in _BARE_THOUSANDS:
            spots += [match.start() for match in thousands.finditer(text)]
        if ":" in text:
            spots += [at for at in _places(text, ":") if self._is_labelled(text, at)]
        if len(spots) > 1:
            spots.sort()
        return spots

    def begins(self, text: str) -> bool:
        """Tell whether a text begins with an anchor that elsewhere has a blank before it."""
        return text.startswith(self._first)

    def _is_labelled(self, text: str, at: int) -> bool:
        """Tell whether a label stands before a colon: "Gehalt: ab 3.200"."""
        before = text[max(0, at - _LABEL) : at].lower()
        if before[-1:] == ")":
            before = before.rpartition("(")[0].rstrip(" ")
        return before.endswith(self._labels)

    def _checked(self, text: str, match: regex.Match[str]) -> Amount | None:
        """Make an amount of a match, unless it only looks like one."""
        leading, digits, words, tally, scale, unit_word, cents = match.group(*_PARTS)
        start, end = match.span()
        number = digits or words
        unit = bool(unit_word or tally or leading) or self._is_named(text, start)
        at = match.start("number")
        if self._is_vague(text, at):
            return None
        if unit and self._not_money.match(text, end):
            return None
        scale = scale or tally
        if leading:
            if unit_word:
                start = at
            elif leading.lower() in self._scaled:
                if scale or not digits:
                    return None
                scale = leading
            elif (leading.lower() == "euro" and _like_a_year_or_class(number)) or (
                leading != "€" and not digits
            ):
                return None
        return Amount(
            start,
            end,
            number,
            bool(digits),
            scale or "",
            cents or "",
            unit,
            bool(leading) and not unit_word,
            any(sign in number for sign in ".'’ "),
        )

    def _is_named(self, text: str, start: int) -> bool:
        """Tell whether the words before name the currency: "Gehalt in Euro: 3.200"."""
        before = text[max(0, start - 28) : start].lower()
        if before[-1:] != " " or not any(unit in before for unit in self._units):
            return False
        return self._named.match(text, 0, start) is not None


def _places(text: str, anchor: str, initials: str = "") -> list[int]:
    """List where an anchor stands behind one of its initials, behind anything if it has none."""
    places = []
    at = text.find(anchor)
    while at >= 0:
        if not initials or text[at - 1 : at].lower() in initials:
            places.append(at)
        at = text.find(anchor, at + len(anchor))
    return places


def _windows(text: str, spots: Sequence[int]) -> list[tuple[int, int]]:
    """Give the stretches around the anchors, merged, cut at blanks."""
    windows: list[tuple[int, int]] = []
    for spot in spots:
        start = max(0, spot - _BEFORE)
        end = min(len(text), spot + _BEHIND)
        end = max(end, text.find(" ", end, end + _BEHIND))
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _like_a_year_or_class(number: str) -> bool:
    """Tell "Euro 6" and "EURO 2024" from "Euro 3.200"."""
    if not number.isdecimal():
        return not any(sign.isdigit() for sign in number)
    return len(number) < 3 or 1980 <= int(number) <= 2049
