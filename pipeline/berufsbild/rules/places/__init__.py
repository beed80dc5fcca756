"""PLACE: names on the map, and never the food in the canteen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from berufsbild.rules.places.gazetteer import Gazetteer
from berufsbild.rules.places.rule import Places

__all__ = ["Gazetteer", "Places", "load"]


def load(_split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> Places:
    """Load the rule with the rule data of this package and the user's own."""
    return Places(Gazetteer.load(overlays))
