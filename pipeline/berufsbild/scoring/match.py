"""Which labelled span goes with which predicted one.

Spans are half-open, so neighbours do not touch; they may overlap and nest.
One maximum matching for each text carries all four SemEval-2013 modes:

- `strict`: same borders, same label
- `exact`: same borders, any label
- `type`: some overlap, same label
- `partial`: some overlap, any label; half a point unless the borders agree

Both sides are treated alike and in sorted order, so the order of input changes
nothing and swapping the sides gives the same pairs, swapped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from berufsbild.scoring.assignment import assign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(slots=True, eq=False)
class Mention:
    """One span of either side, as the scorer sees it.

    Shape: `values` has the labelled attributes of gold, or a predicted value.
    """

    label: str
    start: int
    end: int
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    optional: bool = False
    rule: str = ""

    def key(self) -> tuple[int, int, str]:
        """Say what makes two mentions the same to the strict mode."""
        return (self.start, self.end, self.label)


@dataclass(slots=True)
class Alignment:
    """The matching of one text.

    Shape: `pairs` of (gold, predicted) by gold start; `missed` and `spurious`
        are alone; `gold_aside` and `predicted_aside` are in no count because
        of optional spans.
    """

    pairs: list[tuple[Mention, Mention]] = field(default_factory=list)
    missed: list[Mention] = field(default_factory=list)
    spurious: list[Mention] = field(default_factory=list)
    gold_aside: list[Mention] = field(default_factory=list)
    predicted_aside: list[Mention] = field(default_factory=list)


def align(
    gold: Iterable[Mention], predicted: Iterable[Mention], *, optional_counts: bool = False
) -> Alignment:
    """Match the spans of one text so that as many as possible agree.

    The matching has as many strict pairs as there can be, then as many of one
    label, then of the same borders, then of any overlap; then the longest
    overlap in sum. Optional spans are set aside together with each span whose
    best overlap is with one, unless `optional_counts`.
    """
    found = Alignment()
    for left, right in _clusters(gold, predicted):
        if not optional_counts:
            _set_aside(left, right, found)
        if len(left) == 1 == len(right) and _overlap(left[0], right[0]):
            found.pairs.append((left[0], right[0]))
        elif left and right:
            _match(left, right, found)
        else:
            found.missed += left
            found.spurious += right
    return found


def _clusters(
    gold: Iterable[Mention], predicted: Iterable[Mention]
) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """Cut both sides where no span of either crosses."""
    items = [(span.start, span.end, span.label, 0, span) for span in gold]
    items += [(span.start, span.end, span.label, 1, span) for span in predicted]
    items.sort(key=itemgetter(0, 1, 2, 3))
    sides: tuple[list[Mention], list[Mention]] = ([], [])
    reach = -1
    for start, end, _, side, span in items:
        if start >= reach and (sides[0] or sides[1]):
            yield sides
            sides = ([], [])
        sides[side].append(span)
        reach = max(reach, end)
    if sides[0] or sides[1]:
        yield sides


def _overlap(one: Mention, other: Mention) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _set_aside(left: list[Mention], right: list[Mention], found: Alignment) -> None:
    if not any(span.optional for span in left) and not any(span.optional for span in right):
        return
    gold = [span for span in left if span.optional or _is_beside_optional(span, right)]
    predicted = [span for span in right if span.optional or _is_beside_optional(span, left)]
    gone = {id(span) for span in (*gold, *predicted)}
    left[:] = [span for span in left if id(span) not in gone]
    right[:] = [span for span in right if id(span) not in gone]
    found.gold_aside += gold
    found.predicted_aside += predicted


def _is_beside_optional(span: Mention, others: Sequence[Mention]) -> bool:
    best = max(others, key=lambda other: _closeness(span, other), default=None)
    return best is not None and best.optional and _overlap(span, best) > 0


def _closeness(span: Mention, other: Mention) -> tuple[int, int, bool, bool]:
    """Rank overlaps: characters, then the tighter one, then same and required."""
    common = _overlap(span, other)
    union = max(span.end, other.end) - min(span.start, other.start)
    return (common, -union, span.label == other.label, not other.optional)


def _match(left: list[Mention], right: list[Mention], found: Alignment) -> None:
    """Match a cluster, always from the same side, however it is called."""
    swapped = _rank(right) < _rank(left)
    rows, columns = (right, left) if swapped else (left, right)
    base = len(rows) + 1
    reach = 1 + sum(span.end - span.start for span in rows)
    weights = [[_weight(one, other, base, reach) for other in columns] for one in rows]
    paired: set[int] = set()
    for at, to in enumerate(assign(weights)):
        if to is not None and weights[at][to]:
            pair = (columns[to], rows[at]) if swapped else (rows[at], columns[to])
            found.pairs.append(pair)
            paired.update(map(id, pair))
    found.missed += [span for span in left if id(span) not in paired]
    found.spurious += [span for span in right if id(span) not in paired]


def _rank(side: list[Mention]) -> tuple[int, list[tuple[int, int, str]]]:
    return (len(side), [span.key() for span in side])


def _weight(one: Mention, other: Mention, base: int, reach: int) -> int:
    common = _overlap(one, other)
    if not common:
        return 0
    borders = one.start == other.start and one.end == other.end
    label = one.label == other.label
    agreement = (((borders and label) * base + label) * base + borders) * base + 1
    return agreement * reach + common
