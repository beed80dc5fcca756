"""The agreement of two labellers to read: tables, and each disagreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from berufsbild.scoring.figures import LABELS
from berufsbild.scoring.listing import marked, say
from berufsbild.scoring.render import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from berufsbild.scoring.agreement import Agreement

_MEANING = {
    "missed": "only the first",
    "spurious": "only the second",
    "boundary": "other borders",
    "type": "other label",
    "value": "other value",
}


def render(found: Agreement) -> str:
    """Render the agreement as Markdown, optional spans of either set aside."""
    rows = [
        [scope, *_sizes(found, scope), _digits(found.strict[scope]), _digits(found.overlap[scope])]
        for scope in (*LABELS, "micro")
    ]
    values = [
        [*name.split(".", 1), str(compared), _digits(equal / compared if compared else None)]
        for name, (equal, compared) in found.attributes.items()
    ]
    head = (
        f"{found.texts} texts labelled by both; spans that either marks as optional are set aside. "
        f"Cohen's kappa over the union of spans: {_digits(found.kappa)}."
    )
    parts = [
        head,
        table(["label", "spans of the first", "of the second", "strict F1", "overlap F1"], rows),
    ]
    if values:
        parts.append(table(["label", "attribute", "compared", "agreement"], values))
    return "\n\n".join(parts)


def _sizes(found: Agreement, scope: str) -> list[str]:
    labels = LABELS if scope == "micro" else (scope,)
    return [str(sum(found.spans[label][side] for label in labels)) for side in (0, 1)]


def _digits(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def disagreements(found: Agreement, texts: Mapping[str, str]) -> list[str]:
    """Show each disagreement in its sentence: ⟦the first⟧, ⟨the second⟩.

    Shape: one string of two or more lines for each, by text and place.
    """
    shown = []
    for one in found.disagreements:
        label = one.label
        if one.predicted and one.predicted.label != label:
            label += f" → {one.predicted.label}"
        lines = [f"{one.text_id}:{one.start} {label}, {_MEANING[one.kind]}"]
        lines.append(f"  {marked(texts[one.text_id], one)}")
        lines += [f"  {name}: {say(first)} → {say(second)}" for name, first, second in one.values]
        shown.append("\n".join(lines))
    return shown
