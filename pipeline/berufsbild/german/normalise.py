r"""A clean view of a text for the rules, with the way back to the original.

The view is NFC; soft hyphens, zero-width signs and byte order marks are out;
odd blanks are plain blanks, odd hyphens plain hyphens, odd line ends `\n`; breaks
that only keep lines short are blanks.
Spans found in the view are told in offsets of the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from berufsbild.errors import InputError
from berufsbild.german.wrapping import unwrapped

_BLANKS = "\t\v\f\x00\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_BLANKS += "\u202f\u205f\u3000\x1c\x1d\x1e\x1f"
_LINES = "\x85\u2028\u2029"
_HYPHENS = "\u2010\u2011\ufe63\uff0d"
_REMOVED = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f"

_PLAIN = (
    *((sign, " ") for sign in _BLANKS),
    *((sign, "\n") for sign in _LINES),
    *((sign, "-") for sign in _HYPHENS),
)
_SHRINKING = re.compile(f"[{_REMOVED}{_MARKS}]")
_PIECE = re.compile(f"[{_REMOVED}]+|[^{_REMOVED}{_MARKS}][{_MARKS}]+")
_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class View:
    """The clean text and where each of its characters came from.

    Shape: `begins` and `ends` have one entry for each character of `text`;
        both are null where the view is as long as the original.
    Units: offsets in code points of the original.
    """

    text: str
    begins: list[int] | None = None
    ends: list[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Carry a span of the view, which must not be empty, to the original."""
        if self.begins is None or self.ends is None:
            return start, end
        return self.begins[start], self.ends[end - 1]


def normalise(text: str) -> View:
    """Make the clean view of a text."""
    clean = text
    if "\r" in clean:
        clean = _RETURN.sub("\n", clean).replace("\r", " ")
    for sign, plain in _PLAIN:
        if sign in clean:
            clean = clean.replace(sign, plain)
    clean = unwrapped(clean)
    return _shrink(clean) if not clean.isascii() and _SHRINKING.search(clean) else View(clean)


def checked_view(text: object) -> View:
    """Make the clean view of what should be a text.

    Errors: InputError for what is no string, and for lone surrogates, which no
        file could hold.
    """
    if not isinstance(text, str):
        raise InputError("type", f"expected a string, got {type(text).__name__}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"expected text, got a lone surrogate at character {error.start}"
        raise InputError("surrogate", message) from error
    return normalise(text)


def _shrink(text: str) -> View:
    """Compose letters with their marks and drop what has no width."""
    parts: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    position = 0

    def keep(upto: int) -> None:
        parts.append(text[position:upto])
        begins.extend(range(position, upto))
        ends.extend(range(position + 1, upto + 1))

    for match in _PIECE.finditer(text):
        keep(match.start())
        position = match.end()
        if match.group()[0] not in _REMOVED:
            composed = unicodedata.normalize("NFC", match.group())
            parts.append(composed)
            begins.extend([match.start()] * len(composed))
            ends.extend([match.end()] * len(composed))
    keep(len(text))
    return View("".join(parts), begins, ends)


_SLUG = (("c++", "cpp"), ("c#", "csharp"), ("f#", "fsharp"), (".net", "dotnet"))
_SLUG_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


_NO_SLUG = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Make an id of a name: lower-case letters, digits and hyphens."""
    lower = unicodedata.normalize("NFC", name).lower()
    for written, spelled in _SLUG:
        lower = lower.replace(written, spelled)
    if not lower.isascii():
        plain = unicodedata.normalize("NFKD", lower.translate(_SLUG_LETTERS))
        lower = plain.encode("ascii", "ignore").decode()
    return lower if lower.isalpha() else _NO_SLUG.sub("-", lower).strip("-")
