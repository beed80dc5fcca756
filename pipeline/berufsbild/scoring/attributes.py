"""Whether the value of a predicted span is the labelled one, part by part.

Only what gold labels is compared: a key that is missing in it says nothing, a
null says that the text leaves it open, and then a value is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from berufsbild.spans import Label

if TYPE_CHECKING:
    from berufsbild.scoring.match import Alignment

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    Label.EURO_RANGE: (
        "min",
        "max",
        "bound",
        "period",
        "period_stated",
        "gross",
        "level",
        "purpose",
        "about",
    ),
    Label.ROLE: ("id", "kldb_4", "kldb_3", "kldb_2", "members"),
    Label.PLACE: ("id", "adjective"),
    Label.SKILL: ("id", "kind"),
}
_DIGITS = {"kldb_4": 4, "kldb_3": 3, "kldb_2": 2}


def compare(
    label: str, labelled: Mapping[str, Any], value: Mapping[str, Any], *, both: bool = False
) -> dict[str, bool]:
    """Tell for each labelled attribute whether the value has it right.

    With `both`, an attribute counts only where both sides have the key.

    Shape: a subset of the label's `ATTRIBUTES`, in their order.
    """
    if not labelled:
        return {}
    verdicts: dict[str, bool] = {}
    for name in ATTRIBUTES.get(label, ()):
        digits = _DIGITS.get(name)
        key = "kldb" if digits else name
        if key in labelled and (not both or key in value):
            expected, got = labelled[key], value.get(key)
            if digits:
                verdicts[name] = same(_head(expected, digits), _head(got, digits))
            else:
                verdicts[name] = same(expected, got)
    return verdicts


def compare_pairs(found: Alignment, *, both: bool = False) -> list[dict[str, bool]]:
    """Compare each pair of one label in what both sides say of it.

    A role that an amount is about is right where the text's own word for it
    has that id: a lexicon gives the synonyms of an occupation one id, labels
    have each under its own.

    Shape: one result of `compare` for each pair, empty where labels differ.
    """
    own = {
        (mention.values.get("concept"), mention.values.get("id"))
        for mention in (*(predicted for _, predicted in found.pairs), *found.spurious)
        if mention.label == Label.ROLE
    }
    return [
        compare(gold.label, gold.values, _reworded(gold.values, predicted.values, own), both=both)
        if gold.label == predicted.label
        else {}
        for gold, predicted in found.pairs
    ]


def _reworded(
    labelled: Mapping[str, Any], value: Mapping[str, Any], own: AbstractSet[tuple[object, object]]
) -> Mapping[str, Any]:
    """Give a value with the role it is about under the id that the label uses."""
    expected, got = labelled.get("about"), value.get("about")
    if not isinstance(expected, Mapping) or not isinstance(got, Mapping):
        return value
    if (got.get("role"), expected.get("role")) not in own:
        return value
    return {**value, "about": {**got, "role": expected["role"]}}


def _head(code: object, digits: int) -> object:
    return code[:digits] if isinstance(code, str) else code


def same(expected: Any, got: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Compare two attribute values: numbers by amount, truth values apart.

    Of a mapping only the expected keys count.
    """
    if isinstance(expected, str):
        return bool(expected == got)
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and all(
            same(part, got.get(key)) for key, part in expected.items()
        )
    if isinstance(expected, tuple | list):
        return isinstance(got, tuple | list) and list(expected) == list(got)
    return bool(_exact(expected) == _exact(got))


def _exact(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return Decimal(repr(value)) if isinstance(value, float) else value
