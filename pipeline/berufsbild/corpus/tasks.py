"""Texts as labelling tools give them back, and the gold that they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from berufsbild.corpus.brat import Problem, parse_ann, write_ann
from berufsbild.corpus.gold import Gold, GoldSpan
from berufsbild.corpus.offsets import Spot, plain, settle, tables, whole_words
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Key: TypeAlias = tuple[int, int, str]
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Imported:
    """What a tool's file holds.

    Shape: `golds` by text id; `problems` as `path:line: expected …, got …`;
        `unlabelled` are the ids of texts that nobody has labelled yet.
    """

    golds: dict[str, Gold]
    problems: list[str]
    unlabelled: tuple[str, ...]


@dataclass(slots=True)
class Mark:
    """A span as a tool gives it.

    Units: `spot` in whatever the tool counts; `surface` is null where it tells
        none; `carried` has the attributes that came with it, if any.
    """

    label: str
    spot: Spot
    line: int
    key: str = ""
    surface: str | None = None
    carried: GoldSpan | None = None


@dataclass(slots=True)
class Task:
    """A text as a tool gives it.

    Shape: `marks` is null where nobody has labelled it; `carried` has the spans
        that once went out with it, by place and label. What an amount is about
        stands in `relations`, pairs of the keys of marks, or in `about`, pairs
        of carried spans; both are null where the tool says nothing of it.
    """

    line: int
    id: str
    text: str
    marks: list[Mark] | None = field(default_factory=list)
    carried: dict[Key, GoldSpan] = field(default_factory=dict)
    relations: list[tuple[str, str]] | None = None
    about: list[tuple[Key, Key]] | None = None


def take_in(
    where: str,
    tasks: Iterable[Task],
    problems: list[Problem],
    texts: Mapping[str, str],
    known: Mapping[str, Gold],
) -> Imported:
    """Make gold of a tool's tasks, and collect every problem.

    A task belongs to the text of its id, else to the one with the same words.
    """
    golds: dict[str, Gold] = {}
    unlabelled: list[str] = []
    by_words = {plain(text): one for one, text in texts.items()}
    for task in tasks:
        given = plain(task.text)
        one = task.id if task.id in texts else None
        if one is None or plain(texts[one]) != given:
            one = by_words.get(given, one)
        if one is None:
            problems.append((task.line, "the id or the words of a text", repr(task.id)))
        elif task.marks is None:
            unlabelled.append(one)
        elif one in golds:
            problems.append((task.line, f"{one!r} once", "a second time"))
        elif given != plain(texts[one]):
            problems.append((task.line, f"the text of {one}", _difference(task.text, texts[one])))
        else:
            golds[one], found = _gold(task, task.marks, texts[one], known.get(one, Gold()))
            problems += found
    told = [
        f"{where}:{line}: expected {wanted}, got {got}" for line, wanted, got in sorted(problems)
    ]
    return Imported(golds, told, tuple(sorted(unlabelled)))


def _difference(given: str, stored: str) -> str:
    one, other = plain(given), plain(stored)
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
    return f"{one[at : at + _AROUND]!r} at {at} instead of {other[at : at + _AROUND]!r}"


def _gold(task: Task, marks: list[Mark], text: str, known: Gold) -> tuple[Gold, list[Problem]]:
    before: dict[Key, GoldSpan] = {
        (span.start, span.end, str(span.label)): _alone(span) for span in known.spans
    }
    ways = tables(task.text, text)

    def fits(number: int, start: int, end: int) -> bool:
        mark = marks[number]
        if mark.surface is not None:
            return plain(text[start:end]) == plain(mark.surface)
        key = (start, end, mark.label)
        same = key in task.carried or key in before
        return len(ways) == 1 or same or whole_words(text, start, end)

    problems: list[Problem] = []
    spans: dict[Key, GoldSpan] = {}
    places: dict[str, Key] = {}
    for mark, spot in zip(marks, settle([mark.spot for mark in marks], ways, fits), strict=True):
        if mark.label not in Label.__members__:
            problems.append((mark.line, "one of " + ", ".join(Label), repr(mark.label)))
        elif spot is None:
            problems.append((mark.line, *_unplaced(mark, task.text)))
        else:
            key = (*spot, mark.label)
            span = mark.carried or task.carried.get(key)
            spans[key] = _span(key, text, span, before.get(key))
            places[mark.key] = key
    pairs = _pairs(task, places, known)
    return _finished(task.line, spans, pairs, problems)


def _alone(span: GoldSpan) -> GoldSpan:
    values = {name: value for name, value in span.attributes.items() if name != "about"}
    return replace(span, attributes=values)


def _span(key: Key, text: str, carried: GoldSpan | None, before: GoldSpan | None) -> GoldSpan:
    """Take what came along, else what was there; the same value stays as it was written."""
    start, end, label = key
    bare = GoldSpan(Label(label), start, end, text[start:end])
    if carried is None:
        return before or bare
    given = replace(
        bare,
        attributes=carried.attributes,
        optional=carried.optional,
        headline=carried.headline,
    )
    return before if before == given else given


def _unplaced(mark: Mark, text: str) -> tuple[str, str]:
    start, end = mark.spot
    wanted = "a span of whole words" if mark.surface is None else f"{mark.surface!r}"
    return f"{wanted} at {start} {end}", repr(text[start:end])


def _pairs(task: Task, places: Mapping[str, Key], known: Gold) -> list[tuple[Key, Key]]:
    if task.relations is not None:
        return [
            (places[one], places[other])
            for one, other in task.relations
            if one in places and other in places
        ]
    if task.about is not None:
        return task.about
    keys: list[Key] = [(span.start, span.end, str(span.label)) for span in known.spans]
    return [(keys[euro], keys[target]) for euro, target in known.about]


def _finished(
    line: int,
    spans: Mapping[Key, GoldSpan],
    pairs: Iterable[tuple[Key, Key]],
    problems: list[Problem],
) -> tuple[Gold, list[Problem]]:
    """Number the spans, tie the amounts, and let the reader of brat judge the rest."""
    numbers = {key: number for number, key in enumerate(sorted(spans))}
    about = [
        sorted((one, other), key=lambda key: key[2] != Label.EURO_RANGE)
        for one, other in pairs
        if one in numbers and other in numbers
    ]
    ordered = tuple(spans[key] for key in sorted(spans))
    written = Gold(ordered, tuple((numbers[euro], numbers[target]) for euro, target in about))
    gold, malformed = parse_ann(write_ann(written))
    problems += [(line, wanted, got) for _, wanted, got in malformed]
    return gold, problems
