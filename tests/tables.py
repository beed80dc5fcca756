"""Case tables: what a rule must find, as TOML with the spans marked by ⟦ and ⟧.

A table's name says what is expected ("range", "role", …; "none" for a sentence
that must yield nothing). Its keys are the expected values, except for
`sentences`, `reason` and `known_gap`; where a sentence has several spans with
different values, `spans` lists what differs, in order.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from berufsbild.corpus.lists import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One sentence with the spans that a rule must find in it.

    Shape: `expected` has one entry per span: start, end and expected values.
    """

    name: str
    kind: str
    text: str
    expected: tuple[tuple[int, int, Mapping[str, Any]], ...]
    known_gap: str | None

    def surfaces(self) -> list[str]:
        """List the marked surfaces."""
        return [self.text[start:end] for start, end, _ in self.expected]


def load_cases(name: str) -> list[Case]:
    """Load one table of tests/cases, one case per sentence."""
    with (CASES / name).open("rb") as file:
        tables = tomllib.load(file)
    return [
        case for kind, blocks in tables.items() for block in blocks for case in _cases(kind, block)
    ]


def _cases(kind: str, block: dict[str, Any]) -> Iterator[Case]:
    for sentence in block["sentences"]:
        one = marked(kind, block, sentence)
        yield Case(f"{kind}: {sentence}", kind, one.text, one.spans, block.get("known_gap"))


def parameters(cases: list[Case]) -> list[Any]:
    """Make pytest parameters; a known gap must fail, else it is to be taken off the table."""
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(strict=True, reason=case.known_gap)] if case.known_gap else [],
        )
        for case in cases
    ]


def compare(
    case: Case,
    found: list[tuple[int, int, Any]],
    told: Callable[[Any, dict[str, Any]], dict[str, Any]],
) -> None:
    """Check the spans of a case and the values that it expects.

    `told` gives of a found value what is to be compared with the expected one.
    """
    got = [(case.text[start:end], start) for start, end, _ in found]
    assert got == [(case.text[start:end], start) for start, end, _ in case.expected]
    for (_, _, value), (_, _, expected) in zip(found, case.expected, strict=True):
        compared = told(value, expected)
        assert compared == {key: expected.get(key) for key in compared}
