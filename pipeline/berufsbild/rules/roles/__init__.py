"""ROLE: occupations, positions and functions, as words for those who hold them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from berufsbild.rules.roles.lexicon import RoleLexicon
from berufsbild.rules.roles.rule import Roles

__all__ = ["RoleLexicon", "Roles", "load"]


def load(split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> Roles:
    """Load the rule with the rule data of this package and the user's own."""
    return Roles(RoleLexicon.load(split, overlays))
