"""The role rule against its case table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.layout import Layout
from berufsbild.params import Params
from berufsbild.rules import load_rule
from berufsbild.spans import Label, Span, Tokens
from tables import Case, compare, load_cases, parameters

if TYPE_CHECKING:
    from berufsbild.german.tokenizer import ChunkTokenizer
    from berufsbild.rules import Rule
    from berufsbild.values import Role

CASES = load_cases("roles.toml")


@cache
def reader() -> tuple[ChunkTokenizer, Rule]:
    tokenizer = make_tokenizer(Params().tokens)
    return tokenizer, load_rule(Label.ROLE, tokenizer.split)


def find(text: str) -> list[Span]:
    tokenizer, rule = reader()
    return rule.find(Layout(Tokens(text, *tokenizer(text))))


def told(value: Role, expected: dict[str, Any]) -> dict[str, Any]:
    """Tell the value as a table does, the members of an elision as a list."""
    told = {key: getattr(value, key) for key in expected if key != "reason"}
    if "members" in told:
        told["members"] = list(value.members or ())
    return told


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case) -> None:
    compare(case, [(span.start, span.end, span.value) for span in find(case.text)], told)


def test_the_table_is_large_enough() -> None:
    assert sum(case.kind == "role" for case in CASES) >= 500
    assert sum(case.kind == "none" for case in CASES) >= 270
    assert len({case.text for case in CASES}) == len(CASES)
