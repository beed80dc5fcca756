"""What a hand-labelled text is: spans, and of each value what was labelled.

Gold knows less than a rule: a place in brat has an id, a name and perhaps the
flag `adjective`, but no coordinates. So a gold span keeps `attributes`, a
mapping with the keys of the record's value, and only those that the labeller
decided; the scorer compares those and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from berufsbild.spans import Label

Attribute: TypeAlias = str | bool | Decimal | tuple[str, ...] | Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One labelled mention.

    Units: `start` and `end` are half-open offsets in code points of the text
        as stored. `attributes` has only what is labelled; a null in it means
        "the text does not say". `line` is the line of the gold file, 0 where
        there is none.
    """

    label: Label
    start: int
    end: int
    text: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    optional: bool = False
    headline: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Gold:
    """The labels of one text.

    Shape: `spans` sorted by start; `about` has pairs of indices into `spans`,
        a euro range and the role or place that it is paid for.
    """

    spans: tuple[GoldSpan, ...] = ()
    about: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its gold and what is known about the text as a whole.

    `split` is the name of its split, null where there are no splits; `meta`
    holds further slices such as `voice` or `state`.
    """

    id: str
    text: str
    gold: Gold = field(default_factory=Gold)
    split: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


def as_record(text: GoldText) -> dict[str, Any]:
    """Turn gold into a record, so that a labelling can be scored as a system.

    Shape: the JSON object of an extraction; values hold what is labelled.
    """
    spans = text.gold.spans
    return {
        "id": text.id,
        "spans": [
            {
                "label": str(span.label),
                "start": span.start,
                "end": span.end,
                "text": span.text,
                "rule": "gold",
                "value": _value(span),
            }
            for span in spans
        ],
        "profile": {
            "role": _headline(spans, Label.ROLE),
            "place": _headline(spans, Label.PLACE),
            "pay": [
                _value(span)
                for span in spans
                if span.label is Label.EURO_RANGE and span.attributes.get("purpose") == "pay"
            ],
            "skills": _concepts(spans),
        },
    }


def as_item(span: GoldSpan) -> dict[str, Any]:
    """Turn a span into JSON data, the form that gold has as JSON lines.

    What it is `about` is left out: that is a relation to another span.
    """
    item: dict[str, Any] = {
        "label": str(span.label),
        "start": span.start,
        "end": span.end,
        "text": span.text,
    }
    flags = {"optional": span.optional, "headline": span.headline}
    item |= {name: True for name, is_set in flags.items() if is_set}
    if value := {name: part for name, part in _value(span).items() if name != "about"}:
        item["value"] = value
    return item


def _value(span: GoldSpan) -> dict[str, Any]:
    return {name: _plain(value) for name, value in span.attributes.items()}


def _plain(value: Attribute) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _headline(spans: tuple[GoldSpan, ...], label: Label) -> dict[str, Any] | None:
    named = [span for span in spans if span.headline and span.label is label]
    return _value(named[0]) if named else None


def _concepts(spans: tuple[GoldSpan, ...]) -> list[dict[str, Any]]:
    concepts: dict[object, dict[str, Any]] = {}
    for span in spans:
        if span.label is Label.SKILL and "id" in span.attributes:
            concept = concepts.setdefault(span.attributes["id"], {**_value(span), "mentions": 0})
            concept["mentions"] += 1
    return list(concepts.values())
