"""Where amounts of euros stand: a grammar over characters, built from named atoms.

An atom is a number with what belongs to it (unit, scale, cents). Atoms that a
joiner connects make a pair. What the numbers mean is told in `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from berufsbild.german import numbers
from berufsbild.german.numbers import read_words
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon, Scale

_BEFORE: Final = 90
_BEHIND: Final = 60
_LABEL: Final = 48
_PARTS: Final = ("leading", "digits", "words", "tally", "scale", "unit", "cents")
_HALVES: Final = r"\d{1,3}[ ]?½|\d{1,2}[ ]1/2(?![\d/])"
_TORN: Final = r"\d{1,3}[ ]\.\d{3}(?!\d)"
"""A number that a scan tore before its dot: "3 .500 €"."""
_BARE_THOUSANDS: Final = (re.compile(r"k(?<=\dk)(?!\w)"), re.compile(r"K(?<=\dK)(?!\w)"))


@dataclass(frozen=True, slots=True)
class Amount:
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


def alternation(words: Iterable[str]) -> str:
    """Join words to the alternatives of a regex: longest first, escaped.

    A blank in a word stands for one or two blanks of the text.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(
        regex.escape(word, literal_spaces=True).replace(" ", r"[ \n]{1,2}") for word in ordered
    )


def shortest(words: Iterable[str]) -> tuple[str, ...]:
    """List strings one of which stands in every text, in lower case, that holds a word."""
    spelled = {word.strip().lower() for word in words}
    return tuple(
        sorted(
            word
            for word in spelled
            if not any(word != other and other in word for other in spelled)
        )
    )


def whole_words(words: Iterable[str]) -> str:
    """Join words like `alternation`; those that end in a letter end there."""
    listed = list(words)
    letters = alternation(word for word in listed if word[-1].isalnum())
    signs = alternation(word for word in listed if not word[-1].isalnum())
    return "|".join(part for part in (rf"(?:{letters})(?!\w)" if letters else "", signs) if part)


class Grammar:
    """The patterns of one lexicon, compiled."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Build the atoms from the lexicon's words."""
        self._anchors = _anchors(lexicon)
        self._begins = re.compile(_begin_pattern(lexicon))
        self._scaled = {word.lower() for scale in lexicon.leading_scale for word in scale.words}
        leading = {word.lower() for word in lexicon.leading} | self._scaled
        self._may_begin = lru_cache(maxsize=1 << 14)(
            lambda word: word.startswith(tuple(leading)) or read_words(word) is not None
        )
        self._amount = regex.compile(_amount_pattern(lexicon), regex.IGNORECASE)
        self._vague = frozenset(lexicon.vague)
        self._not_money = regex.compile(rf"(?i)-(?:{alternation(lexicon.not_money)})")
        units = alternation(lexicon.units)
        self._units = shortest(lexicon.units)
        self._labels = tuple(label.lower() for label in lexicon.labels)
        self._named = regex.compile(
            rf"(?ri)(?:(?<!\w)in[ ]|\()(?:{units})\)?(?:[ ][^\W\d]{{3,12}})?:?[ ]{{1,2}}"
        )

    def amounts(self, text: str) -> list[Amount]:
        """Find every number near a currency, with its unit if it has one.

        A text that names no currency costs a few substring searches.
        """
        found: list[Amount] = []
        for start, end in self._windows(text):
            at = start
            for begin in self._begins.finditer(text, start, end):
                word = begin["word"]
                if begin.start() < at or (word and not self._may_begin(word.lower())):
                    continue
                match = self._amount.match(text, begin.start(), end)
                amount = self._checked(text, match) if match else None
                if match and amount is not None:
                    found.append(amount)
                    at = match.end()
        return found

    def _windows(self, text: str) -> list[tuple[int, int]]:
        """Give the stretches around the anchors, merged, cut at blanks."""
        spots = {match.start() for k in _BARE_THOUSANDS for match in k.finditer(text)}
        for anchor, initials in self._anchors:
            at = text.find(anchor)
            while at >= 0:
                if not initials or text[at - 1 : at].lower() in initials:
                    spots.add(at)
                at = text.find(anchor, at + len(anchor))
        at = text.find(":")
        while at >= 0:
            before = text[max(0, at - _LABEL) : at].lower()
            if before[-1:] == ")":
                before = before.rpartition("(")[0].rstrip(" ")
            if before.endswith(self._labels):
                spots.add(at)
            at = text.find(":", at + 1)
        windows: list[tuple[int, int]] = []
        for spot in sorted(spots):
            start = max(0, spot - _BEFORE)
            end = min(len(text), spot + _BEHIND)
            end = max(end, text.find(" ", end, end + _BEHIND))
            if windows and start <= windows[-1][1]:
                windows[-1] = (windows[-1][0], end)
            else:
                windows.append((start, end))
        return windows

    def _checked(self, text: str, match: regex.Match[str]) -> Amount | None:
        """Make an amount of a match, unless it only looks like one."""
        leading, digits, words, tally, scale, unit_word, cents = match.group(*_PARTS)
        start, end = match.span()
        number = digits or words
        unit = bool(unit_word or tally or leading) or self._is_named(text, start)
        at = match.start("number")
        before = text[max(0, at - 16) : at] if text[max(0, at - 1) : at].isspace() else ""
        if not self._vague.isdisjoint(before.lower().rsplit(None, 1)[-1:]):
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


def _like_a_year_or_class(number: str) -> bool:
    """Tell "Euro 6" and "EURO 2024" from "Euro 3.200"."""
    if not number.isdecimal():
        return not any(sign.isdigit() for sign in number)
    return len(number) < 3 or 1980 <= int(number) <= 2049


def _anchors(lexicon: EuroLexicon) -> list[tuple[str, str]]:
    """List strings one of which every amount has near it, and what must stand before each.

    The first letter of a word is left out, so that one search finds "Euro" and
    "euro"; what stands before it tells "Mille" from "Wille".
    """
    words = {*lexicon.units, *lexicon.leading, *lexicon.net_and_gross}
    words |= {word for tally in lexicon.tally for word in tally.words}
    whole = {word for word in words if word.upper() == word}
    tails: dict[str, set[str]] = {}
    for word in words - whole:
        tails.setdefault(word[1:].lower(), set()).add(word[0].lower())
    tails = {
        tail: initials
        for tail, initials in tails.items()
        if not any(tail != other and tail.startswith(other) for other in tails)
    }
    lower = [(f" {word.lower()}", "") for word in sorted(whole) if word.isalpha()]
    return (
        [(word, "") for word in sorted(whole)]
        + lower
        + [(tail, "".join(sorted(initials))) for tail, initials in sorted(tails.items())]
    )


def _begin_pattern(lexicon: EuroLexicon) -> str:
    """Build the cheap pattern of where an amount may begin."""
    leading = _leading(lexicon)
    words = [*numbers.PIECES, *(word.lower() for word in leading if word.isalpha())]
    spelled = "|".join(
        "".join(f"[{letter}{letter.upper()}]" for letter in letters)
        for letters in sorted({word[:3] for word in words} - {"und"})
    )
    signs = "|".join(re.escape(word) for word in leading if not word.isalpha())
    return rf"(?<![\w§])(?:\d|{signs}|(?P<word>(?:{spelled})[^\W\d_]{{0,60}}))"


def _leading(lexicon: EuroLexicon) -> list[str]:
    """List what may stand before a number, with a factor in it or not."""
    return [*lexicon.leading, *(word for scale in lexicon.leading_scale for word in scale.words)]


def _amount_pattern(lexicon: EuroLexicon) -> str:
    """Put the atoms of one amount together."""
    word = rf"(?!und\b)(?:{alternation(numbers.PIECES)}){{1,14}}"
    words = (
        rf"(?:{word}[ ]komma(?:[ ](?!tausend|hundert){word}){{1,2}}"
        rf"|{word}[ ]tausend[ ]{word}|{word}tausend[ ]{word}"
        rf"|{alternation(numbers.FRACTION_PHRASES)}(?=[ ])|{word})(?![\w])"
    )
    glued_words = rf"(?:{word})(?=-)"
    units = rf"(?:{alternation(lexicon.units)})(?![\w])"
    scales = "|".join(_scale_pattern(scale, units) for scale in lexicon.scale)
    tallies = alternation(word for tally in lexicon.tally for word in tally.words)
    behind = r"(?=[.,;:!?)](?!\d)|$|[ ](?:pro|die|je|brutto|netto|in|im)\b)"
    return rf"""(?x)
        (?<![\w§]) (?<!\d[.,'’]) (?<!\d[ ]\.)
        (?: (?P<leading>{_spaced(alternation(_leading(lexicon)))}) [ ]? )?
        (?P<number> (?P<digits>{_TORN}|{_HALVES}|{_spaced(numbers.DIGITS)})
                  | (?P<words>{_spaced(words)}|{_spaced(glued_words)}) )
        (?:
            [ -]? (?P<tally>{_spaced(tallies)}) (?!\w)
          | (?: [ -]? (?P<scale>{_spaced(scales)}) )?
            (?: (?:[ -]|[ ]?\+[ ]?)? (?P<unit>{_spaced(units)})
                (?: [ ] (?: (?:und[ ])? (?P<cents>\d\d|{word}) [ ]Cent\b
                          | (?P<cents>\d\d|(?!ein(?:s|e[mnr]?)?\b){word}) {_spaced(behind)} ) )?
            )?
        )
        (?! \w | \s?%% | [ ]?(?:Prozent|Promille)\b )
    """.replace("%%", "%")


def _spaced(pattern: str) -> str:
    """Keep the blanks of a pattern within one that is spread over lines."""
    return regex.sub(r"(?<!\[)(?<!\\) (?!\])", "[ ]", pattern) if " " in pattern else pattern


def _scale_pattern(scale: Scale, units: str) -> str:
    words = alternation(scale.words)
    behind = rf"(?:(?!\w)|(?={units}))"
    if scale.needs_unit:
        other = rf"[ ]?(?:[-–—]|bis)[ ]?\d{{1,3}}(?:,\d)?[ ]?(?:{words})[ ]?"
        behind = rf"(?=(?:{other}|[ ]?)(?:{units}))"
    flags = "(?-i:" if scale.case_sensitive else "(?:"
    return rf"{flags}{words}){behind}"
