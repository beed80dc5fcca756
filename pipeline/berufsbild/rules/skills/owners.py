"""Whose trait it is, and what is only talked about: both are no skill of the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.skills.candidates import Candidate
    from berufsbild.rules.skills.grammar import Owners

_GENITIVE: Final = frozenset(
    {"der", "des", "dieser", "dieses", "eines", "einer", "seiner", "ihrer"}
)
_DEFINITE: Final = frozenset({"Der", "Die", "Das", "der", "die", "das"})
_ABOUT: Final = frozenset({"Über", "über", "Vom", "vom", "Von", "von", "Um", "um"})
_FEMININE: Final = ("keit", "heit", "ung", "schaft", "ität", "enz", "anz", "uld", "sein")
_OWNER_REACH: Final = 3
_SUBJECT_REACH: Final = 10
_ADJECTIVE: Final = 5
_PRONOUNS: Final = frozenset({"Unserer", "Dieser", "Welcher", "Solcher", "Jeglicher", "Großer"})


def owned(layout: Layout, owners: Owners, one: Candidate) -> bool:
    """Tell whether the text gives the trait to a thing, a town or a firm."""
    return _with_genitive(layout, one) or _of_town(layout, one) or _of_subject(layout, owners, one)


def talked_about(layout: Layout, owners: Owners, one: Candidate) -> bool:
    """Tell whether somebody only talks about it: "Über KI stritt der Rat"."""
    words = layout.tokens.words
    if one.first == 0 or words[one.first - 1].text not in _ABOUT:
        return False
    return not owners.talking.isdisjoint(_clause_keys(layout, one))


def borrowed(layout: Layout, one: Candidate) -> bool:
    """Tell "das Englisch der Speisekarte" from the language somebody speaks."""
    words = layout.tokens.words
    if one.first == 0 or words[one.first - 1].text not in {"das", "Das", "dem"}:
        return False
    if one.known.skill.kind != "tool" and not words[one.last].key.endswith("isch"):
        return False
    return _with_genitive(layout, one)


def _with_genitive(layout: Layout, one: Candidate) -> bool:
    """Tell "die Belastbarkeit des Seils" from a strength that stands alone."""
    words = layout.tokens.words
    at = one.last + 1
    if at + 1 >= len(words) or words[at].text not in _GENITIVE:
        return False
    return words[at + 1].capital or (at + 2 < len(words) and words[at + 2].capital)


def _of_town(layout: Layout, one: Candidate) -> bool:
    """Tell "Leipziger Herzlichkeit" from "Trockener Humor"."""
    if one.first == 0:
        return False
    before = layout.tokens.words[one.first - 1]
    if not before.capital or not before.text.endswith("er") or not before.text.isalpha():
        return False
    if len(before.text) <= _ADJECTIVE or before.text in _PRONOUNS:
        return False
    if layout.starts_sentence(one.first - 1):
        return layout.tokens.words[one.last].key.endswith(_FEMININE)
    return True


def _of_subject(layout: Layout, owners: Owners, one: Candidate) -> bool:
    """Tell a clause about a firm or thing that nobody asks anything in."""
    tokens = layout.tokens
    ahead = tokens.words[max(0, one.first - _SUBJECT_REACH) : one.first]
    if owners.nouns.isdisjoint(word.key for word in ahead):
        return False
    begin, end = layout.clause(tokens.starts[one.first])
    first, last = layout.token_range(begin, end)
    words = tokens.words
    if last - first < _OWNER_REACH or words[first].text not in _DEFINITE:
        return False
    if one.first <= first + 1 or words[first + 1].key not in owners.nouns:
        return False
    return owners.needing.isdisjoint(word.folded for word in words[first:last])


def _clause_keys(layout: Layout, one: Candidate) -> set[str]:
    begin, end = layout.clause(layout.tokens.starts[one.first])
    first, last = layout.token_range(begin, end)
    return {word.folded for word in layout.tokens.words[first:last]}
