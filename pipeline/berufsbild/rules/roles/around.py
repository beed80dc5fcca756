"""Single tokens of a text and their neighbours, across its sentences.

What is asked about a few tokens need not join those of all sentences.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout

_FIRST: Final = attrgetter("first")
_START: Final = attrgetter("start")


def words_between(layout: Layout, first: int, end: int) -> list[Word]:
    """Give the words of the tokens from `first` to before `end`, as far as there are any."""
    parts = layout.parts
    found: list[Word] = []
    number = max(0, bisect_right(parts, first, key=_FIRST) - 1)
    while number < len(parts) and parts[number].first < end:
        sentence, _, at = parts[number]
        found += sentence.tokens.words[max(0, first - at) : end - at]
        number += 1
    return found


def token_at(layout: Layout, offset: int) -> int:
    """Give the first token that starts at an offset of the text or behind it."""
    number = bisect_right(layout.parts, offset, key=_START) - 1
    if number < 0:
        return 0
    sentence, start, first = layout.parts[number]
    return first + bisect_left(sentence.tokens.starts, offset - start)


def offsets(layout: Layout, first: int, last: int) -> tuple[int, int]:
    """Give where the token `first` starts and `last` ends, as offsets of the text."""
    one, other = layout.part(first), layout.part(last)
    return (
        one.start + one.sentence.tokens.starts[first - one.first],
        other.start + other.sentence.tokens.ends[last - other.first],
    )


__all__ = ["offsets", "token_at", "words_between"]
