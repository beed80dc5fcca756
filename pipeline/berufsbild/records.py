"""Records in and out: one JSON object per text, and their JSON Schema."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from json.encoder import encode_basestring as _string
from typing import Any, Final

from berufsbild.extraction import Extraction, Failure, Problem, Profile, SkillCount, Source
from berufsbild.spans import Label, Span, Value
from berufsbild.values import About, EuroRange, Place, Role, Skill

SCHEMA_VERSION: Final = "1"
_MOST: Final = 20_000
"""Values, and spans apart from their offsets, whose JSON is remembered."""
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_CLASSES: Final[dict[Label, type[Value]]] = {
    Label.EURO_RANGE: EuroRange,
    Label.ROLE: Role,
    Label.PLACE: Place,
    Label.SKILL: Skill,
}
_FIELDS: Final = {kind: tuple([field.name for field in fields(kind)]) for kind in _CLASSES.values()}


def dumps(record: Extraction | Failure) -> str:
    """Write a record as one line of JSON, umlauts as they are."""
    if isinstance(record, Failure):
        return _ENCODE(asdict(record))
    spans = ", ".join([span_json(span) for span in record.spans])
    return (
        f'{{"id": {_string(record.id)}, "spans": [{spans}], '
        f'"profile": {profile_json(record.profile)}}}'
    )


def span_json(span: Span) -> str:
    """Write a span as JSON."""
    _, start, end, text, rule, value = span
    known = _SPANS.get((id(value), text, rule))
    if known is None or known[0] is not value:
        known = _write(span)
    return f'{known[1]}{start}, "end": {end}{known[2]}'


_SPANS: Final[dict[tuple[int, str, str], tuple[Value, str, str]]] = {}
"""What stands before and behind the offsets of spans, by the identity of their values.

A lexicon gives the same value for every mention; it is kept, so that the identity stays its own.
"""
_VALUES: Final[dict[int, tuple[Value, str]]] = {}
"""Values with their JSON, by identity."""


def _write(span: Span) -> tuple[Value, str, str]:
    """Write all of a span but its offsets, and remember it."""
    if len(_SPANS) >= _MOST:
        _SPANS.clear()
    value, rule = span.value, span.rule
    behind = f', "text": {_string(span.text)}, "rule": "{rule}", "value": {value_json(value)}}}'
    known = value, f'{{"label": "{span.label}", "start": ', behind
    _SPANS[id(value), span.text, rule] = known
    return known


def profile_json(profile: Profile) -> str:
    """Write a profile as JSON."""
    pay = ", ".join([value_json(value) for value in profile.pay])
    skills = ", ".join(
        [
            f'{{"id": "{skill.id}", "name": {_string(skill.name)}, '
            f'"kind": "{skill.kind}", "mentions": {skill.mentions}}}'
            for skill in profile.skills
        ]
    )
    role = "null" if profile.role is None else value_json(profile.role)
    place = "null" if profile.place is None else value_json(profile.place)
    return f'{{"role": {role}, "place": {place}, "pay": [{pay}], "skills": [{skills}]}}'


def value_json(value: Value) -> str:
    """Write a value as JSON; each value is rendered once."""
    known = _VALUES.get(id(value))
    if known is None or known[0] is not value:
        if len(_VALUES) >= _MOST:
            _VALUES.clear()
        known = _VALUES[id(value)] = (value, _ENCODE(value_dict(value)))
    return known[1]


def value_dict(value: Value) -> dict[str, Any]:
    """Give a value as plain JSON data, amounts as numbers."""
    found = {name: getattr(value, name) for name in _FIELDS[type(value)]}
    if isinstance(value, EuroRange):
        found["min"] = _number(value.min)
        found["max"] = _number(value.max)
        found["about"] = None if value.about is None else asdict(value.about)
    elif isinstance(value, Role) and value.members is not None:
        found["members"] = list(value.members)
    return found


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def span_from(data: Mapping[str, Any]) -> Span:
    """Make a span of its JSON data.

    Errors: KeyError or TypeError where the data is not a span's.
    """
    label = Label(data["label"])
    return Span(
        label, data["start"], data["end"], data["text"], data["rule"], _value(label, data["value"])
    )


def _value(label: Label, data: Mapping[str, Any]) -> Value:
    found = dict(data)
    if label is Label.EURO_RANGE:
        for end in ("min", "max"):
            found[end] = None if found[end] is None else Decimal(str(found[end]))
        found["about"] = None if found["about"] is None else About(**found["about"])
    elif label is Label.ROLE and found["members"] is not None:
        found["members"] = tuple(found["members"])
    return _CLASSES[label](**found)


def loads(line: str) -> Extraction | Failure:
    """Read a record from one line of JSON.

    Errors: ValueError where the line is not a record.
    """
    data = json.loads(line)
    try:
        if "error" in data:
            error = data["error"]
            source = Source(**error["source"])
            return Failure(data["id"], Problem(error["kind"], error["message"], source))
        return Extraction(
            data["id"], tuple(map(span_from, data["spans"])), _profile(data["profile"])
        )
    except (KeyError, TypeError) as error:
        message = f"record: expected an extraction, got {line[:80]!r} ({error})"
        raise ValueError(message) from error


def _profile(data: Mapping[str, Any]) -> Profile:
    role, place = data["role"], data["place"]
    return Profile(
        None if role is None else _value(Label.ROLE, role),  # type: ignore[arg-type]
        None if place is None else _value(Label.PLACE, place),  # type: ignore[arg-type]
        tuple(_value(Label.EURO_RANGE, pay) for pay in data["pay"]),  # type: ignore[misc]
        tuple(SkillCount(**skill) for skill in data["skills"]),
    )


def schema() -> dict[str, Any]:
    """Generate the JSON Schema of a record from the classes themselves."""
    from pydantic import TypeAdapter

    adapter: TypeAdapter[Extraction | Failure] = TypeAdapter(Extraction | Failure)
    found = adapter.json_schema(mode="serialization")
    _amounts_are_numbers(found)
    _spans_are_objects(found)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Berufsbild record",
        "version": SCHEMA_VERSION,
        **found,
    }


def _amounts_are_numbers(part: dict[str, Any]) -> None:
    """Say number where pydantic says string for a Decimal, as records have it."""
    euro = part["$defs"]["EuroRange"]["properties"]
    for end in ("min", "max"):
        title = euro[end].get("title")
        euro[end] = {"anyOf": [{"type": "number"}, {"type": "null"}], "title": title}


def _spans_are_objects(part: dict[str, Any]) -> None:
    """Say object where pydantic says array for a named tuple, as records have it."""
    span = part["$defs"]["Span"]
    properties = dict(zip(Span._fields, span.pop("prefixItems"), strict=True))
    for name, one in properties.items():
        if "$ref" not in one:
            one["title"] = name.title()
    del span["minItems"], span["maxItems"]
    span |= {
        "description": inspect.getdoc(Span),
        "properties": properties,
        "required": list(Span._fields),
        "title": "Span",
        "type": "object",
    }
