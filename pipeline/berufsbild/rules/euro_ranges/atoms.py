"""The patterns that amounts are found with, built from the lexicon's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import regex

from berufsbild.german import numbers
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon, Scale

_HALVES: Final = r"\d{1,3}[ ]?½|\d{1,2}[ ]1/2(?![\d/])"
_TORN: Final = r"\d{1,3}[ ]\.\d{3}(?!\d)"
"""A number that a scan tore before its dot: "3 .500 €"."""


def _beginnings(words: Iterable[str]) -> list[str]:
    """List the first three letters of words, without "und"."""
    return sorted({word[:3] for word in words} - {"und"})


BEGINNINGS: Final = frozenset(_beginnings(numbers.PIECES))
"""The first three letters of all number words."""


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


def anchors(lexicon: EuroLexicon) -> list[tuple[str, str]]:
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


def begin_pattern(lexicon: EuroLexicon) -> str:
    """Build the cheap pattern of where an amount may begin."""
    ahead = leading(lexicon)
    signs = sorted(word for word in ahead if not word.isalpha())
    by_first: dict[str, list[str]] = {}
    for word in _beginnings([*numbers.PIECES, *(one.lower() for one in ahead if one.isalpha())]):
        by_first.setdefault(word[0], []).append("".join(map(_either, word[1:])))
    letters = {letter for first in by_first for letter in (first, first.upper())}
    chars = "".join(re.escape(char) for char in sorted(letters.union(sign[0] for sign in signs)))
    spelled = "|".join(
        f"(?<={_either(first)})(?:{'|'.join(rest)})" for first, rest in by_first.items()
    )
    marks = "|".join(f"(?<={re.escape(word[0])}){re.escape(word[1:])}" for word in signs)
    return rf"[\d{chars}](?<![\w§].)(?:(?<=\d)|{marks}|(?:{spelled})[^\W\d_]{{0,60}})"


def _either(letter: str) -> str:
    return f"[{letter}{letter.upper()}]"


def plain_pattern(lexicon: EuroLexicon) -> str:
    """Build the pattern of most amounts: digits with a scale and a unit, or those by themselves.

    Where more may belong to them ("3 Euro zwanzig", "30 %") it does not fit.
    """
    units = rf"(?:{alternation(lexicon.units)})"
    scales = "|".join(_scale_pattern(scale, units) for scale in lexicon.scale)
    more = rf"\d|(?:{'|'.join(sorted(BEGINNINGS))})"
    end = rf"(?!\w|\s?%|[ ]?(?:Prozent|Promille)|[ ](?:und[ ])?(?:{more}))"
    whole = r"(?:\d{1,3}(?:\.\d{3}){1,2}|\d{1,3}(?:'\d{3}){1,2}|\d{1,6})"
    number = rf"(?<!\d[.,'’])(?<!\d[ ]\.)({whole}(?:,\d\d?)?)"
    alone = rf"(?={alone_pattern(lexicon)}|[ ]?[–—][ ]?\d)"
    return rf"{number}(?:(?:[ ]?({scales}))?[ ]?({units}){end}|{alone})"


def alone_pattern(lexicon: EuroLexicon) -> str:
    """Build the pattern of what stands behind a number to which nothing more belongs."""
    units = alternation(lexicon.units)
    measures = [word for scale in (*lexicon.scale, *lexicon.tally) for word in scale.words]
    measure = rf"(?:{alternation(measures)})(?:(?!\w)|(?={units}))|{units}"
    parts = [word.partition(" ")[2] for word in numbers.FRACTION_PHRASES]
    more = rf"\d|[½%+.-]|Prozent|Promille|komma|{alternation(parts)}|{measure}"
    return rf"[ ](?!{more})|[.,;:!?)](?:\s|\Z)"


def leading(lexicon: EuroLexicon) -> list[str]:
    """List what may stand before a number, with a factor in it or not."""
    return [*lexicon.leading, *(word for scale in lexicon.leading_scale for word in scale.words)]


def amount_pattern(lexicon: EuroLexicon) -> str:
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
        (?: (?P<leading>{_spaced(alternation(leading(lexicon)))}) [ ]? )?
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
