"""The rules: one package for each label, none importing another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from berufsbild.lexicon.reader import checked_overlays
from berufsbild.spans import Label, Span

if TYPE_CHECKING:
    from berufsbild.layout import Layout

PACKAGES: Final = {
    Label.EURO_RANGE: "euro_ranges",
    Label.ROLE: "roles",
    Label.PLACE: "places",
    Label.SKILL: "skills",
}
"""The package of each label, under rules/ and lexicon/."""


class Rule(Protocol):
    """What every rule is: it finds the spans of one label in one text."""

    label: Label

    def find(self, layout: Layout) -> list[Span]:
        """Find the spans; offsets are those of the clean view."""


def load_rule(
    label: Label, split: Callable[[str], list[str]], overlays: Sequence[Path] = ()
) -> Rule:
    """Load one label's rule and its rule data, and nothing of the others.

    Errors: DataError with every problem of the rule data.
    """
    package = import_module(f"{__name__}.{PACKAGES[label]}")
    return cast("Rule", package.load(split, checked_overlays(overlays)))
