"""Refuse a run that is worse than what is pinned, and pin a better one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from berufsbild.scoring.figures import LABELS

if TYPE_CHECKING:
    from berufsbild.scoring.report import Report

UPDATE: Final = "berufsbild gate --update"
ALLOW: Final = f"{UPDATE} --allow-regression"
_OTHERS: Final = (
    "gate: expected records of the texts that have gold, got only others; set input: "
    "corpus/profiles in params.yaml and run 'dvc repro'"
)
TOLERANCE: Final = 0.002


class Gold(BaseModel):
    """What the floors were measured on: a digest of the labels, and counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    digest: str
    texts: int
    spans: dict[str, int]


class Pinned(BaseModel):
    """The content of reports/floors.json.

    Shape: `floors` maps a split to the strict F1 of each label.
    Units: `tolerance` is how far an F1 may fall below its floor.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    gold: Gold
    tolerance: float = Field(default=TOLERANCE, ge=0, le=1)
    floors: dict[str, dict[str, float | None]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run breaks, and the command that mends or accepts it."""

    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Tell whether nothing is broken."""
        return not self.problems


def judge(report: Report | None, pinned: Pinned | None) -> Verdict:
    """Compare a run with what is pinned."""
    if report is None or not report.texts:
        return Verdict(("gate: expected scored texts, got none; run 'dvc repro'",))
    if len(report.unpredicted) == len(report.texts):
        return Verdict((_OTHERS,))
    if pinned is None:
        return Verdict((f"gate: expected pinned floors, got none; run '{UPDATE}'",))
    gold = gold_of(report)
    problems = []
    if gold != pinned.gold:
        problems.append(
            f"gate: expected gold {_said(pinned.gold)}, got {_said(gold)}; "
            f"if the gold was meant to change, run '{UPDATE}'"
        )
    problems += _fallen(floors_of(report), pinned)
    return Verdict(tuple(problems))


def _said(gold: Gold) -> str:
    return f"{gold.digest} ({gold.texts} texts, {sum(gold.spans.values())} spans)"


def _fallen(now: dict[str, dict[str, float | None]], pinned: Pinned) -> list[str]:
    problems = []
    for split, floors in pinned.floors.items():
        for label, floor in floors.items():
            if floor is None:
                continue
            value = now.get(split, {}).get(label)
            if value is None or value < floor - pinned.tolerance:
                got = "nothing" if value is None else f"{value:.4f}"
                problems.append(
                    f"gate: {split} {label}: expected strict F1 of {floor:.4f} (less "
                    f"{pinned.tolerance}), got {got}; mend the rules, or accept it with '{ALLOW}'"
                )
    return problems


def pin(report: Report, pinned: Pinned | None, *, allow_regression: bool = False) -> Pinned:
    """Pin a run: floors rise with it and fall only where that is allowed."""
    now = floors_of(report)
    if pinned is None or allow_regression:
        tolerance = TOLERANCE if pinned is None else pinned.tolerance
        return Pinned(gold=gold_of(report), tolerance=tolerance, floors=now)
    raised = {
        split: {
            label: _higher(value, pinned.floors.get(split, {}).get(label))
            for label, value in values.items()
        }
        for split, values in now.items()
    }
    return Pinned(gold=gold_of(report), tolerance=pinned.tolerance, floors=raised)


def _higher(one: float | None, other: float | None) -> float | None:
    return max((value for value in (one, other) if value is not None), default=None)


def floors_of(report: Report) -> dict[str, dict[str, float | None]]:
    """Give the strict F1 of each label in each split, or over all texts without splits."""
    splits = [group for group in sorted(report.groups) if group.startswith("split:")] or ["all"]
    return {
        group.removeprefix("split:"): {
            label: report.estimates[group][f"required.{label}.strict.f1"].value for label in LABELS
        }
        for group in splits
    }


def gold_of(report: Report) -> Gold:
    """Describe the gold that a run was scored on."""
    seen = hashlib.sha256()
    for text in report.texts:
        seen.update(f"{text.id} {text.split} {text.gold}\n".encode())
    total = report.totals["all"]
    spans = {
        label: total.get(f"required.{label}.possible", 0)
        + total.get(f"required.{label}.optional", 0)
        for label in LABELS
    }
    return Gold(digest=seen.hexdigest()[:16], texts=len(report.texts), spans=spans)


def as_json(pinned: Pinned) -> dict[str, Any]:
    """Give the content of floors.json."""
    return pinned.model_dump(mode="json")
