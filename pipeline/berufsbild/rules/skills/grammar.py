"""The shape of lexicon/skills/grammar.toml and context.toml."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SkillHeads(_Strict):
    """Last parts of compounds that name a skill, by kind."""

    knowledge: frozenset[str]
    tool: frozenset[str]
    certificate: frozenset[str]
    soft: frozenset[str]


class WeakHeads(_Strict):
    """Heads that need a witness, and those that an acronym in front vouches for."""

    keys: frozenset[str]
    with_acronym: frozenset[str]
    of_first_part: frozenset[str]


class Keys(_Strict):
    """A plain set of keys."""

    keys: frozenset[str]


class SkillAdjectives(_Strict):
    """Adjectives and the nouns with which they name a skill."""

    stems: frozenset[str]
    soft: frozenset[str]
    knowledge: frozenset[str]
    judging: frozenset[str]


class SkillGrammar(_Strict):
    """The content of lexicon/skills/grammar.toml."""

    heads: SkillHeads
    weak_heads: WeakHeads
    stop: Keys
    adjectives: SkillAdjectives


class Cues(_Strict):
    """Words that speak for a skill in their clause, or in their section.

    Shape: each of `pairs` is a set of words that must stand in one clause.
    """

    words: frozenset[str]
    pairs: tuple[frozenset[str], ...]
    headings: frozenset[str]
    active: frozenset[str]
    secrets: frozenset[str]
    containers: frozenset[str]


class Frames(_Strict):
    """Nouns and prepositions that a list of skills follows."""

    nouns: frozenset[str]
    prepositions: frozenset[str]
    not_framed: frozenset[str]


class Members(_Strict):
    """Endings of nouns that a list of skills makes skills."""

    endings: frozenset[str]
    stop: frozenset[str]


class Owners(_Strict):
    """Who or what has traits that are no worker's, and what is only talked about."""

    nouns: frozenset[str]
    needing: frozenset[str]
    talking: frozenset[str]


class SkillContext(_Strict):
    """The content of lexicon/skills/context.toml."""

    cues: Cues
    frames: Frames
    members: Members
    owners: Owners
