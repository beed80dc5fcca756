"""Lists over lines: what the items of one list say of each other."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from berufsbild.layout import Layout

_BULLET: Final = 4
"""Characters of a line that its bullet may take."""


class Item(NamedTuple):
    """A candidate that may fill an item of a list alone.

    Units: half-open offsets in the clean view.
    """

    start: int
    end: int
    firm: bool


def filling(layout: Layout, items: Iterable[Item]) -> frozenset[int]:
    """Give where those start that fill a line each of a list with firm ones.

    In "Aufgaben: - Lohnabrechnung - Personalplanung" one line vouches for the next.
    """
    text = layout.text
    lists: dict[str, list[Item]] = {}
    for one in items:
        start = one.start
        if start < _BULLET or text[start - 1] != " " or text[start - 2].isalnum():
            continue
        line = layout.line(start)
        alone = start - line.start <= _BULLET and one.end >= line.end - 1
        if alone and line.kind == "item":
            lists.setdefault(layout.heading(start), []).append(one)
    return frozenset(
        one.start
        for members in lists.values()
        if any(one.firm for one in members)
        for one in members
    )


def under_heading(layout: Layout, headings: AbstractSet[str], offset: int) -> bool:
    """Tell whether the heading above an offset says that skills follow."""
    heading = layout.heading(offset).lower()
    return any(word.strip("?!:.,") in headings for word in heading.split())
