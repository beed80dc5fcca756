"""Spans laid over a text, where those of two sides may cross."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from berufsbild.pages.page import exact


@dataclass(frozen=True, slots=True)
class Mark:
    """One span as it is shown: its style, and what to say of it.

    Units: `errors` are the numbers of the errors that it belongs to, `note`
        the number of what is said of it otherwise, null where nothing is.
    """

    start: int
    end: int
    style: str
    errors: tuple[int, ...] = ()
    note: int | None = None


Opening = Callable[[Sequence[Mark], int, int], Markup]


class Notes:
    """The distinct things said of spans; each is written once in a page."""

    def __init__(self) -> None:
        """Begin without any."""
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, *lines: str) -> int:
        """Give the number of what these lines say."""
        return self._numbers.setdefault(lines, len(self._numbers))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Give them in the order of their numbers."""
        return iter(self._numbers)


def overlay(text: str, marks: Iterable[Mark], opening: Opening) -> Markup:
    """Write a text with its marks; the written text reads exactly as given.

    `opening` writes the attributes of a group of crossing marks.
    """
    parts: list[Markup] = []
    at = 0
    for group in _groups(mark for mark in marks if mark.start < len(text)):
        start, end = group[0].start, min(max(mark.end for mark in group), len(text))
        parts += [exact(text[at:start]), _group(text, group, start, end, opening)]
        at = end
    parts.append(exact(text[at:]))
    return Markup().join(parts)


def _groups(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    group: list[Mark] = []
    reach = -1
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.style)):
        if group and mark.start >= reach:
            yield group
            group = []
        reach = mark.end if not group else max(reach, mark.end)
        group.append(mark)
    if group:
        yield group


def _group(text: str, group: list[Mark], start: int, end: int, opening: Opening) -> Markup:
    borders = sorted(
        {start, end, *(min(at, end) for mark in group for at in (mark.start, mark.end))}
    )
    attributes = opening(group, start, end)
    if len(borders) == 2:
        return Markup('<mark class="{}"{}>{}</mark>').format(
            _styles(group), attributes, exact(text[start:end])
        )
    inner = Markup().join(
        Markup('<span class="{}">{}</span>').format(
            _styles(mark for mark in group if mark.start < right and left < mark.end),
            exact(text[left:right]),
        )
        for left, right in pairwise(borders)
    )
    return Markup("<mark{}>{}</mark>").format(attributes, inner)


def _styles(marks: Iterable[Mark]) -> str:
    return " ".join(sorted({mark.style for mark in marks if mark.style}))
