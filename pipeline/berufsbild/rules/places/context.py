"""The words that tell places from other things."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Context(BaseModel):
    """The words of lexicon/places/context.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    prepositions: frozenset[str]
    firm_prepositions: frozenset[str]
    class_words: frozenset[str]
    articles: frozenset[str]
    joining: frozenset[str]
    streets: frozenset[str]
    street_ends: tuple[str, ...]
    parts: frozenset[str]
    not_adjectives: frozenset[str]
    scents: tuple[str, ...]
    surroundings: frozenset[str]
    flows: tuple[str, ...]
    bare_before: frozenset[str]
    speaking: frozenset[str]
    callings: frozenset[str]
    calling_ends: tuple[str, ...]
    dishes: frozenset[str]
    mass_before: frozenset[str]
    no_verbs: frozenset[str]
    subjects: frozenset[str]
    open_endings: tuple[str, ...]
    open_stop: tuple[str, ...]
    open_before: frozenset[str]
    big: int
    big_adjective: int
    near_km: float
