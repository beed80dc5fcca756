"""The figures of a report: each a ratio of two sums of counts.

An undefined ratio is not a number here and null in reports, never 0 or 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from berufsbild.scoring.attributes import ATTRIBUTES
from berufsbild.scoring.slots import RIGHT_SLOTS
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Array = npt.NDArray[np.float64]

MODES = ("strict", "exact", "partial", "type")
RATIOS = ("precision", "recall", "f1")
LABELS = tuple(str(label) for label in Label)
_GOLD = {
    "strict": {"strict": 1.0},
    "exact": {"exact_gold": 1.0},
    "partial": {"exact_gold": 0.5, "overlap_gold": 0.5},
    "type": {"type": 1.0},
}
_PREDICTED = {
    "strict": {"strict": 1.0},
    "exact": {"exact_predicted": 1.0},
    "partial": {"exact_predicted": 0.5, "overlap_predicted": 0.5},
    "type": {"type": 1.0},
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A named ratio of two weighted sums of counts."""

    name: str
    above: Mapping[str, float]
    below: Mapping[str, float]


def span_ratios(variant: str, modes: Iterable[str] = MODES) -> list[Ratio]:
    """Name precision, recall and F1 of each label and of all, in each mode.

    F1 is (hits of gold + hits of predicted) / (possible + actual); with hits
    of the same label that is the usual 2 TP / (2 TP + FP + FN).
    """
    ratios = []
    for mode in modes:
        for scope in (*LABELS, "micro"):
            labels = LABELS if scope == "micro" else (scope,)
            gold = _sum(variant, labels, _GOLD[mode])
            predicted = _sum(variant, labels, _PREDICTED[mode])
            possible = _sum(variant, labels, {"possible": 1.0})
            actual = _sum(variant, labels, {"actual": 1.0})
            name = f"{variant}.{scope}.{mode}"
            ratios += [
                Ratio(f"{name}.precision", predicted, actual),
                Ratio(f"{name}.recall", gold, possible),
                Ratio(f"{name}.f1", _add(gold, predicted), {**possible, **actual}),
            ]
    return ratios


def _sum(variant: str, labels: Iterable[str], parts: Mapping[str, float]) -> dict[str, float]:
    return {
        f"{variant}.{label}.{part}": weight for label in labels for part, weight in parts.items()
    }


def _add(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {key: one.get(key, 0.0) + other.get(key, 0.0) for key in {**one, **other}}


def macro_names(variant: str, modes: Iterable[str] = MODES) -> dict[str, list[str]]:
    """Name the macro figures with the figures of the labels they average."""
    return {
        f"{variant}.macro.{mode}.{ratio}": [f"{variant}.{label}.{mode}.{ratio}" for label in LABELS]
        for mode in modes
        for ratio in RATIOS
    }


def value_ratios() -> list[Ratio]:
    """Name the accuracies of attributes and slots, and the skill set's scores."""
    names = [f"attribute.{label}.{name}" for label in LABELS for name in ATTRIBUTES[label]]
    names += [f"slot.{slot}" for slot in RIGHT_SLOTS]
    ratios = [
        Ratio(f"{name}.accuracy", {f"{name}.right": 1.0}, {f"{name}.total": 1.0}) for name in names
    ]
    correct, possible, actual = (
        {f"slot.skills.{part}": 1.0} for part in ("correct", "possible", "actual")
    )
    return [
        *ratios,
        Ratio("slot.skills.precision", correct, actual),
        Ratio("slot.skills.recall", correct, possible),
        Ratio("slot.skills.f1", {"slot.skills.correct": 2.0}, {**possible, **actual}),
    ]


def rule_ratios(keys: Iterable[str]) -> list[Ratio]:
    """Name the strict and the overlap precision of every rule that fired."""
    ratios = []
    for key in sorted(keys):
        if key.startswith("rule.") and key.endswith(".actual"):
            rule = key.removesuffix(".actual")
            ratios += [
                Ratio(f"{rule}.{mode}", {f"{rule}.{mode}": 1.0}, {key: 1.0})
                for mode in ("strict", "type")
            ]
    return ratios


def optional_ratios() -> list[Ratio]:
    """Name the share of optional spans among the gold of each label."""
    return [
        Ratio(
            f"optional.{label}.share",
            {f"required.{label}.optional": 1.0},
            {f"all.{label}.possible": 1.0},
        )
        for label in LABELS
    ]


@dataclass(frozen=True, slots=True)
class Figures:
    """A set of ratios, ready to be taken from many sums at once.

    Shape: `above` and `below` have a row for each count in `keys` and a column
        for each ratio; `macros` average columns.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    above: Array
    below: Array
    macros: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, ratios: list[Ratio], macros: Mapping[str, list[str]]) -> Figures:
        """Lay the ratios out as matrices over the counts that they need."""
        keys = sorted({key for ratio in ratios for key in (*ratio.above, *ratio.below)})
        row = {key: at for at, key in enumerate(keys)}
        above, below = np.zeros((2, len(keys), len(ratios)))
        for column, ratio in enumerate(ratios):
            for key, weight in ratio.above.items():
                above[row[key], column] = weight
            for key, weight in ratio.below.items():
                below[row[key], column] = weight
        place = {ratio.name: column for column, ratio in enumerate(ratios)}
        averaged = tuple(tuple(place[name] for name in names) for names in macros.values())
        return cls(tuple(keys), (*place, *macros), above, below, averaged)

    def take(self, sums: Array) -> Array:
        """Take all figures from sums of counts; undefined ones are nan.

        Shape: sums (draws, keys) in, figures (draws, names) out.
        """
        below = sums @ self.below
        plain = np.full(below.shape, np.nan)
        np.divide(sums @ self.above, below, out=plain, where=below > 0)
        columns = [plain]
        for members in self.macros:
            part = plain[:, list(members)]
            known = (~np.isnan(part)).sum(axis=1)
            mean = np.full(len(part), np.nan)
            np.divide(np.nansum(part, axis=1), known, out=mean, where=known > 0)
            columns.append(mean[:, None])
        return np.hstack(columns)
