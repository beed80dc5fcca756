"""German numbers, in digits and in words, read as exact decimals.

What may stand in a number is told here too, for grammars that look for one:
`DIGITS` is the notation in digits, `PIECES` are the parts of number words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_ONES: Final = {
    "ein": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9,
}  # fmt: skip
_TEENS: Final = {
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS: Final = {
    "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_ALONE: Final = {
    "null": 0, "eins": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zweien": 2, "dreien": 3,
}  # fmt: skip
_BELOW_HUNDRED: Final = {
    **_ONES,
    **_TEENS,
    **_TENS,
    **{
        f"{one}und{ten}": _ONES[one] + _TENS[ten]
        for one in _ONES
        for ten in _TENS
    },
}  # fmt: skip
_FRACTIONS: Final = {
    "anderthalb": Decimal("1.5"),
    "eine halbe": Decimal("0.5"),
    "einer halben": Decimal("0.5"),
    "eine viertel": Decimal("0.25"),
    "einer viertel": Decimal("0.25"),
    "eine dreiviertel": Decimal("0.75"),
}
_PLAIN: Final = str.maketrans({"-": "", " ": "", "\n": ""})
_ASCII: Final = (("fuenf", "fünf"), ("zwoelf", "zwölf"), ("dreissig", "dreißig"))

PIECES: Final = (
    *_ONES, *_TEENS, *_TENS, *_ALONE, *(word for word, _ in _ASCII),
    "sech", "sieb", "zig", "und", "hundert", "tausend", "einhalb", "anderthalb",
)  # fmt: skip
"""The parts that number words are made of, without millions and scales."""

FRACTION_PHRASES: Final = tuple(words for words in _FRACTIONS if " " in words)
"""Fractions of several words, which need a scale behind them ("eine halbe Million")."""

DIGITS: Final = (
    r"(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,3}(?:[ ]\d{3}){1,3}|\d{1,3}(?:['’‘´`]\d{3}){1,3}"
    r"|\d{1,3}(?:,\d{3}){1,3}|\d{1,9})"
    r"(?!\d)(?:[.,](?:\d{1,2}(?!\d)|[-–—]{1,2}(?!\s?\d)))?(?![.,'’]?\d)"
)
"""A number in digits: grouped or not, with cents or the dash that stands for them."""

_GROUPED: Final = re.compile(r"\d{1,3}(?:(?P<sign>[.,' ’‘´`])\d{3})(?:(?P=sign)\d{3}){0,2}")
_CENTS: Final = re.compile(r"[.,](?P<cents>\d{1,2}|[-–—]{1,2})$")


def read_digits(surface: str, *, scaled: bool = False) -> Decimal | None:
    """Read a number in digits: `3.500,50`, `3 500`, `12,5`, `3'500.-`.

    A comma before exactly three digits groups them ("3,500"), unless the number
    is `scaled`: then it is a decimal comma ("1,250 Mio.").
    """
    cents = _CENTS.search(surface)
    whole = surface[: cents.start()] if cents else surface
    if not whole.isdecimal():
        if not _GROUPED.fullmatch(whole):
            return None
        if scaled and whole.count(",") == 1 and not cents:
            return Decimal(whole.replace(",", "."))
        whole = re.sub(r"\D", "", whole)
    if cents and cents["cents"].isdecimal():
        return Decimal(f"{whole}.{cents['cents']}")
    return Decimal(whole)


def read_words(surface: str) -> Decimal | None:
    """Read a number word: `dreitausendfünfhundert`, `zweieinhalb`, `fünfzehnhundert`.

    Blanks and hyphens inside are passed over ("drei Tausend fünfhundert").
    Returns null for what is no number word.
    """
    lowered = surface.lower().strip()
    if lowered in _FRACTIONS:
        return _FRACTIONS[lowered]
    whole, comma, decimals = lowered.partition(" komma ")
    if comma:
        return _with_decimals(whole, decimals)
    word = lowered.translate(_PLAIN)
    for written, spelled in _ASCII:
        word = word.replace(written, spelled)
    if word in _ALONE:
        return Decimal(_ALONE[word])
    return _thousands(word)


def _with_decimals(whole: str, decimals: str) -> Decimal | None:
    before = read_words(whole)
    digits = [read_words(word) for word in decimals.split()]
    if before is None or not digits or any(digit is None or digit > 9 for digit in digits):
        return None
    return Decimal(f"{before}." + "".join(str(digit) for digit in digits))


def _thousands(word: str) -> Decimal | None:
    """Read below a million: what stands before and behind "tausend"."""
    head, tausend, tail = word.partition("tausend")
    if not tausend:
        return _hundreds(word)
    many = _hundreds(head) if head else Decimal(1)
    rest = _rest(tail, _hundreds(tail.removeprefix("und")))
    if many is None or rest is None or many >= 1000:
        return None
    return many * 1000 + rest


def _hundreds(word: str) -> Decimal | None:
    """Read below a thousand, and "fünfzehnhundert" as people say it."""
    head, hundert, tail = word.partition("hundert")
    if not hundert:
        return _small(word)
    many = _small(head) if head else Decimal(1)
    rest = _rest(tail, _below_hundred(tail.removeprefix("und")))
    if many is None or rest is None:
        return None
    return many * 100 + rest


def _rest(tail: str, read: Decimal | None) -> Decimal | None:
    return read if tail else Decimal(0)


def _small(word: str) -> Decimal | None:
    """Read below a hundred, with a half behind it ("zweieinhalb")."""
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    if word.endswith("einhalb"):
        many = _below_hundred(word.removesuffix("einhalb")) if word != "einhalb" else Decimal(1)
        return None if many is None else many + Decimal("0.5")
    return _below_hundred(word)


def _below_hundred(word: str) -> Decimal | None:
    """Read below a hundred; the last one may be inflected ("hunderteins")."""
    number = _BELOW_HUNDRED.get(word, _ALONE.get(word))
    return None if number is None else Decimal(number)
