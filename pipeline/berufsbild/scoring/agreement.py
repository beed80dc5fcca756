"""How far two people who labelled the same texts agree.

The ceiling of every score: where two careful readers agree at 0.9, no rule
earns more than that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from berufsbild.errors import DataError
from berufsbild.scoring.attributes import compare_pairs
from berufsbild.scoring.figures import LABELS
from berufsbild.scoring.match import Alignment, Mention, align
from berufsbild.scoring.mistakes import Mistake, find_mistakes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from berufsbild.corpus.gold import GoldSpan, GoldText

_NONE = "none"


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two labellings over the texts that both have.

    Shape: `strict` and `overlap` map each label and `micro` to a pairwise F1;
        `spans` maps each label to the spans of the first and of the second;
        `attributes` maps `<label>.<name>` to (equal, compared) on spans that
        overlap; `kappa` is Cohen's, over the union of spans with "none" as a
        label; `alone` are the ids that only one of them labelled. In
        `disagreements`, gold stands for the first, predicted for the second.
        Undefined figures are null.
    """

    texts: int
    spans: dict[str, tuple[int, int]]
    strict: dict[str, float | None]
    overlap: dict[str, float | None]
    attributes: dict[str, tuple[int, int]]
    kappa: float | None
    disagreements: tuple[Mistake, ...]
    alone: tuple[str, ...]


def agreement(first: Iterable[GoldText], second: Iterable[GoldText]) -> Agreement:
    """Compare two labellings; optional spans of either are set aside.

    Errors: DataError where the two labelled different versions of a text.
    """
    one = {text.id: text for text in first}
    other = {text.id: text for text in second}
    common = sorted(set(one) & set(other))
    differing = [key for key in common if one[key].text != other[key].text]
    if differing:
        raise DataError(
            [f"{key}: expected the same text in both labellings, got two" for key in differing]
        )
    counts: Counter[tuple[str, str]] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    disagreements: list[Mistake] = []
    for key in common:
        found = align(_mentions(one[key]), _mentions(other[key]))
        verdicts = compare_pairs(found, both=True)
        _count(found, verdicts, counts, cells)
        disagreements += find_mistakes(key, one[key].split, found, verdicts)
    return Agreement(
        texts=len(common),
        spans={label: (counts[label, "first"], counts[label, "second"]) for label in LABELS},
        strict=_f1(counts, "strict"),
        overlap=_f1(counts, "type"),
        attributes=_attributes(counts),
        kappa=kappa(cells),
        disagreements=tuple(disagreements),
        alone=tuple(sorted(set(one) ^ set(other))),
    )


def _mentions(text: GoldText) -> list[Mention]:
    return [_mention(span) for span in text.gold.spans]


def _mention(span: GoldSpan) -> Mention:
    return Mention(str(span.label), span.start, span.end, span.text, span.attributes, span.optional)


def _count(
    found: Alignment,
    verdicts: Iterable[Mapping[str, bool]],
    counts: Counter[tuple[str, str]],
    cells: Counter[tuple[str, str]],
) -> None:
    for (left, right), verdict in zip(found.pairs, verdicts, strict=True):
        cells[left.label, right.label] += 1
        counts[left.label, "first"] += 1
        counts[right.label, "second"] += 1
        if left.label == right.label:
            counts[left.label, "type"] += 1
            counts[left.label, "strict"] += left.key() == right.key()
            for name, equal in verdict.items():
                counts[f"{left.label}.{name}", "compared"] += 1
                counts[f"{left.label}.{name}", "equal"] += equal
    for span in found.missed:
        cells[span.label, _NONE] += 1
        counts[span.label, "first"] += 1
    for span in found.spurious:
        cells[_NONE, span.label] += 1
        counts[span.label, "second"] += 1


def _f1(counts: Counter[tuple[str, str]], mode: str) -> dict[str, float | None]:
    scores: dict[str, float | None] = {}
    for scope in (*LABELS, "micro"):
        labels = LABELS if scope == "micro" else (scope,)
        both = sum(counts[label, "first"] + counts[label, "second"] for label in labels)
        agreed = sum(counts[label, mode] for label in labels)
        scores[scope] = round(2 * agreed / both, 4) if both else None
    return scores


def _attributes(counts: Counter[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    return {
        name: (counts[name, "equal"], compared)
        for (name, what), compared in sorted(counts.items())
        if what == "compared"
    }


def kappa(cells: Counter[tuple[str, str]]) -> float | None:
    """Take Cohen's kappa from counts of (first label, second label).

    Shape: null where there is nothing to agree on or only one label.
    """
    total = sum(cells.values())
    if not total:
        return None
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (left, right), times in cells.items():
        first[left] += times
        second[right] += times
    agreed = sum(times for (left, right), times in cells.items() if left == right) / total
    chance = sum(first[label] * second[label] for label in first) / total**2
    return None if chance == 1 else round((agreed - chance) / (1 - chance), 4)
