"""Short ways to write gold, records and random spans for the scorer's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from berufsbild.corpus import Gold, GoldSpan, GoldText
from berufsbild.scoring.match import Mention
from berufsbild.spans import Label

if TYPE_CHECKING:
    import random

    from berufsbild.scoring import Report

LABELS = tuple(Label)
SHORT = {"E": Label.EURO_RANGE, "R": Label.ROLE, "P": Label.PLACE, "S": Label.SKILL}


def mentions(*written: str) -> list[Mention]:
    """Read `R 0 5` as a required ROLE and `R? 0 5` as an optional one."""
    found = []
    for one in written:
        label, start, end = one.split()
        found.append(Mention(SHORT[label[0]], int(start), int(end), optional=label.endswith("?")))
    return found


def gold_text(
    one: str, *written: str, split: str | None = None, length: int = 200, **values: Any
) -> GoldText:
    """Build a gold text from `R 0 5` and `R? 0 5`; `R0={…}` are attributes."""
    text = "".join(chr(97 + at % 26) if at % 7 else " " for at in range(length))
    spans = []
    for mention in mentions(*written):
        attributes = values.get(f"{mention.label[0]}{mention.start}", {})
        surface = text[mention.start : mention.end]
        label = Label(mention.label)
        spans.append(
            GoldSpan(label, mention.start, mention.end, surface, attributes, mention.optional)
        )
    return GoldText(one, text, Gold(tuple(spans)), split)


def record(one: str, *written: str, **values: Any) -> dict[str, Any]:
    """Build a predicted record from `R 0 5` or `R 0 5 rule.name`."""
    spans = []
    for text in written:
        label, start, end, *rule = text.split()
        spans.append(
            {
                "label": str(SHORT[label]),
                "start": int(start),
                "end": int(end),
                "text": "",
                "rule": rule[0] if rule else "some.rule",
                "value": values.get(f"{label}{start}", {}),
            }
        )
    return {"id": one, "spans": spans, "profile": values.get("profile", {})}


def random_mentions(
    draw: random.Random, *, apart: bool, most: int = 4, optional: float = 0.0
) -> list[Mention]:
    """Draw a few short mentions; `apart` keeps them from overlapping."""
    found: list[Mention] = []
    at = 0
    for _ in range(draw.randint(0, most)):
        start = at + draw.randint(0, 3) if apart else draw.randint(0, 9)
        end = start + draw.randint(1, 5)
        at = end
        found.append(Mention(draw.choice(LABELS), start, end, optional=draw.random() < optional))
    return found


def value(report: Report, name: str, group: str = "all") -> float | None:
    """Look a figure up."""
    return report.estimates[group][name].value


def as_text(one: str, spans: list[Mention], split: str | None = None) -> GoldText:
    """Make spans the gold of a text."""
    gold = Gold(tuple(GoldSpan(Label(s.label), s.start, s.end, "", {}, s.optional) for s in spans))
    return GoldText(one, "x" * 40, gold, split)


def as_prediction(one: str, spans: list[Mention]) -> dict[str, Any]:
    """Make spans the record of a text."""
    return {
        "id": one,
        "spans": [{"label": s.label, "start": s.start, "end": s.end} for s in spans],
    }
