"""The words of titles, as they stand in lexicon/roles/titles.toml."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class NotAfter(BaseModel):
    """A word that is no role behind certain others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    head: str
    words: frozenset[str]


class OtherSense(BaseModel):
    """Words that are no occupation near others: beginnings of those, in lower case."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: frozenset[str]
    near: tuple[str, ...]


class PersonSense(BaseModel):
    """Things that are occupations where the words around them say so.

    Shape: `words` are base forms with their codes, `before` stand right before them, `near` are
        beginnings of words close by, all in lower case.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: dict[str, str]
    before: frozenset[str]
    near: tuple[str, ...]


class ByArea(BaseModel):
    """Occupations whose code depends on the headline's, by the first digits of that one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: frozenset[str]
    areas: dict[str, str]


class TitleGrammar(BaseModel):
    """The words of lexicon/roles/titles.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    before: frozenset[str]
    adjectives: frozenset[str]
    participles: frozenset[str]
    tails_for: frozenset[str]
    tails_for_fields: frozenset[str]
    only_with_tail: frozenset[str]
    prepositions: frozenset[str]
    tails_in: frozenset[str]
    in_words: frozenset[str]
    in_fields: frozenset[str]
    tails_bare: tuple[str, ...]
    bare_endings: tuple[str, ...]
    bare_words: frozenset[str]
    bare_compounds: tuple[str, ...]
    foreign_ends: frozenset[str]
    not_for: tuple[str, ...]
    genitive_heads: tuple[str, ...]
    genitive_endings: tuple[str, ...]
    of_heads: frozenset[str]
    not_after: tuple[NotAfter, ...] = ()
    other_sense: tuple[OtherSense, ...] = ()
    person_sense: PersonSense
    by_area: tuple[ByArea, ...] = ()
    grades: frozenset[str]
    branch_words: frozenset[str]
    supervisors: frozenset[str]
    journeymen: frozenset[str]
    pictures: frozenset[str]
    picture_words: frozenset[str]
    picture_company: frozenset[str]
    strong_picture_words: frozenset[str]
    hyphenated_names: tuple[str, ...]
    joints: tuple[str, ...]
    abstract: dict[str, str]


__all__ = ["ByArea", "NotAfter", "OtherSense", "PersonSense", "TitleGrammar"]
