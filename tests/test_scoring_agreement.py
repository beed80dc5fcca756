"""Agreement of two labellings, by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from berufsbild.errors import DataError
from berufsbild.scoring import agreement
from berufsbild.scoring.agreement import kappa
from scoring_builders import gold_text

KOCH = {"id": "koch", "kldb": "2930"}
CHEF = {"id": "koch", "kldb": "2939"}


def test_by_hand() -> None:
    first = gold_text("a", "R 0 5", "R 10 15", "S 20 25", "S 30 35", "S? 40 45", R0=KOCH, R10=KOCH)
    second = gold_text(
        "a", "R 0 5", "R 10 14", "S 20 25", "P 30 35", "P 50 55", R0=CHEF, R10={"kldb": "2930"}
    )
    found = agreement([first], [second])
    assert found.texts == 1
    assert found.spans["SKILL"] == (2, 1)
    assert found.strict == {
        "EURO_RANGE": None,
        "ROLE": 0.5,
        "PLACE": 0.0,
        "SKILL": round(2 / 3, 4),
        "micro": round(4 / 9, 4),
    }
    assert found.overlap["ROLE"] == 1.0
    assert found.attributes == {
        "ROLE.id": (1, 1),
        "ROLE.kldb_2": (2, 2),
        "ROLE.kldb_3": (2, 2),
        "ROLE.kldb_4": (1, 2),
    }
    # Five units: ROLE twice and SKILL once agreed, SKILL/PLACE and none/PLACE not.
    # First: R 2, S 2, none 1; second: R 2, S 1, P 2.
    chance = (2 * 2 + 2 * 1) / 25
    assert found.kappa == round((3 / 5 - chance) / (1 - chance), 4)
    kinds = [(one.kind, one.label) for one in found.disagreements]
    assert kinds == [
        ("value", "ROLE"),
        ("boundary", "ROLE"),
        ("type", "SKILL"),
        ("spurious", "PLACE"),
    ]


def test_optional_in_either_labelling_is_set_aside() -> None:
    first = gold_text("a", "R 0 5", "S? 10 15", "S 20 25")
    second = gold_text("a", "R 0 5", "S 10 15", "S? 20 25", "S? 30 35")
    for one, other in ((first, second), (second, first)):
        found = agreement([one], [other])
        assert found.strict["SKILL"] is None
        assert found.strict["micro"] == 1.0
        assert found.disagreements == ()


def test_it_does_not_matter_who_is_first() -> None:
    first = gold_text("a", "R 0 5", "R 10 15", "S 20 25")
    second = gold_text("a", "R 0 5", "S 10 15")
    there, back = agreement([first], [second]), agreement([second], [first])
    assert (there.strict, there.overlap, there.kappa) == (back.strict, back.overlap, back.kappa)


def test_texts_that_only_one_labelled() -> None:
    found = agreement([gold_text("a"), gold_text("b")], [gold_text("b"), gold_text("c")])
    assert (found.texts, found.alone) == (1, ("a", "c"))
    assert found.kappa is None


def test_two_versions_of_a_text_are_refused() -> None:
    text = gold_text("a", "R 0 5")
    with pytest.raises(DataError, match="a: expected the same text"):
        agreement([text], [replace(text, text="anders")])


def test_kappa() -> None:
    # Cohen 1960: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no -> 0.4
    cells = Counter({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15})
    assert kappa(cells) == 0.4
    assert kappa(Counter({("y", "y"): 3})) is None
    assert kappa(Counter()) is None
