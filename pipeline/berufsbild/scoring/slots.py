"""Whether the profile of a text says what the gold says about the whole text.

A slot counts only where gold labels it: a text without a headline flag says
nothing about the headline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from berufsbild.german.normalise import slug
from berufsbild.scoring.attributes import same
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from berufsbild.corpus.gold import GoldSpan
    from berufsbild.scoring.match import Mention

RIGHT_SLOTS = ("role", "role_kldb", "place", "pay")
_PAY = ("min", "max", "bound", "period", "gross", "level")


def slot_counts(
    spans: Sequence[GoldSpan], profile: Mapping[str, Any], aside: Iterable[Mention]
) -> dict[str, int]:
    """Count the slots of one text.

    Shape: `slot.<name>.right` and `.total` for role, role_kldb, place and pay;
        `slot.skills.correct`, `.possible` and `.actual` for the skill set.
        `aside` are the predicted spans that optional gold keeps out of counts.
    """
    counts: dict[str, int] = {}
    for slot, label, key in (
        ("role", Label.ROLE, "id"),
        ("role_kldb", Label.ROLE, "kldb"),
        ("place", Label.PLACE, "id"),
    ):
        named = [span for span in spans if span.headline and span.label is label]
        if named and key in named[0].attributes:
            slot_value = profile.get(label.lower()) or {}
            got = slot_value.get(key)
            if slot == "role" and slot_value.get("name"):
                got = slug(slot_value["name"])
            counts[f"slot.{slot}.right"] = int(same(named[0].attributes[key], got))
            counts[f"slot.{slot}.total"] = 1
    ranges = [span for span in spans if span.label is Label.EURO_RANGE]
    if all("purpose" in span.attributes for span in ranges):
        counts["slot.pay.right"] = int(_same_pay(ranges, profile.get("pay") or []))
        counts["slot.pay.total"] = 1
    return counts | _skill_counts(spans, profile, aside)


def _same_pay(ranges: Iterable[GoldSpan], predicted: Sequence[Mapping[str, Any]]) -> bool:
    """Compare the pay lists as a whole; an optional range may be in or out."""
    reached = {0}
    for span in ranges:
        if span.attributes["purpose"] != "pay":
            continue
        labelled = {key: span.attributes[key] for key in _PAY if key in span.attributes}
        forward = {
            at + 1 for at in reached if at < len(predicted) and same(labelled, predicted[at])
        }
        reached = forward | reached if span.optional else forward
    return len(predicted) in reached


def _skill_counts(
    spans: Iterable[GoldSpan], profile: Mapping[str, Any], aside: Iterable[Mention]
) -> dict[str, int]:
    skills = [span for span in spans if span.label is Label.SKILL]
    required = {span.attributes.get("id") for span in skills if not span.optional}
    if None in required:
        return {}
    free = {span.attributes.get("id") for span in skills if span.optional}
    free |= {span.values.get("id") for span in aside if span.label == Label.SKILL}
    predicted = {skill.get("id") for skill in profile.get("skills") or []} - (free - required)
    return {
        "slot.skills.correct": len(required & predicted),
        "slot.skills.possible": len(required),
        "slot.skills.actual": len(predicted),
    }
