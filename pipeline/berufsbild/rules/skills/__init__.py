"""SKILL: what one knows, masters or brings along for the job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from berufsbild.rules.skills.lexicon import SkillLexicon
from berufsbild.rules.skills.rule import Skills

__all__ = ["SkillLexicon", "Skills", "load"]


def load(split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> Skills:
    """Load the rule with the rule data of this package and the user's own."""
    return Skills(SkillLexicon.load(split, overlays))
