"""How far a skill reaches: elided parts, licence classes, numbers of standards."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from berufsbild.german.normalise import slug
from berufsbild.rules.skills.candidates import Candidate
from berufsbild.rules.skills.lexicon import Known
from berufsbild.values import Skill

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.spans import Tokens

JOINING: Final = frozenset({"und", "oder", "bzw.", "sowie", "/", "&"})
_COMMA: Final = frozenset({","})
_JUDGING: Final = frozenset({"gute", "guter", "gutes", "guten", "gutem", "feines", "feinem"})
_CONTAINERS: Final = frozenset({"grundlagen", "kenntnisse", "grundkenntnisse"})
_LEADING: Final = frozenset({"der", "des", "in", "im"})
LICENCES: Final = ("führerschein", "führerscheine", "führerausweis", "fahrerlaubnis")
CLASS_WORDS: Final = frozenset({"Klasse", "Klassen", "Kategorie", "Kategorien"})
_CLASS: Final = re.compile(r"(AM|[ABCDFGLMT][12]?E?|B96)\.?")
STANDARDS: Final = frozenset(
    {"DIN", "ISO", "EN", "IEC", "VDE", "VDI", "TRGS", "TRBS", "DGUV", "IEEE", "SIA", "IATF", "ASTM"}
)
_NUMBER: Final = re.compile(r"\d{1,6}(?:-\d{1,4})?\.?")
_LONGEST_STANDARD: Final = 5


def elided(tokens: Tokens, one: Candidate) -> Candidate:
    """Take in elided parts: "Test- und Qualitätsmanagement", "… und -montage"."""
    words = tokens.words
    first, last = one.first, one.last
    joining = JOINING
    while first >= 2 and words[first - 1].text in joining and _is_cut(words[first - 2]):
        first -= 2
        joining = _COMMA
    if (
        last + 2 < len(words)
        and words[last + 1].text in JOINING
        and words[last + 2].text[0] == "-"
        and words[last + 2].text[1:].isalpha()
    ):
        last += 2
    if first == one.first and last == one.last:
        return one
    name = tokens.text[tokens.starts[first] : tokens.ends[last]]
    skill = Skill(slug(name), name, one.known.skill.kind)
    return Candidate(first, last, Known(skill, one.firm, "skill.elision"), one.firm)


def _is_cut(word: Word) -> bool:
    """Tell the first part of an elision: Test-."""
    return word.capital and word.text[-1] == "-" and len(word.text) > 2


def trimmed(tokens: Tokens, one: Candidate) -> Candidate:
    """Leave a judging adjective and a verb outside: "gutes ⟦Gehör⟧", "⟦Ruhe⟧ bewahren"."""
    words = tokens.words
    if one.known.skill.kind == "soft" and words[one.first].text.lower() in _JUDGING:
        return replace(one, first=one.first + 1)
    if words[one.first].folded in _CONTAINERS and words[one.first + 1].text in _LEADING:
        return replace(one, first=min(one.first + 2, one.last))
    final = words[one.last]
    if one.last == one.first + 1 and words[one.first].capital and _infinitive(final.text):
        return replace(one, last=one.first)
    return one


def _infinitive(text: str) -> bool:
    return text.islower() and text.endswith(("en", "ern", "eln"))


def licence(words: list[Word], one: Candidate) -> Candidate:
    """Take in the classes of a licence: "Führerausweis der Kategorie B"."""
    if not words[one.last].key.endswith(LICENCES) and one.last == one.first:
        return one
    at = one.last + 1
    if one.last == one.first:
        if at < len(words) and words[at].text == "der":
            at += 1
        if at + 1 >= len(words) or words[at].text not in CLASS_WORDS:
            return one
        at += 1
        if not _CLASS.fullmatch(words[at].text):
            return one
    elif not words[one.first].key.endswith(LICENCES) or not _CLASS.fullmatch(words[at - 1].text):
        return one
    else:
        at -= 1
    name = "Führerschein Klasse " + words[at].text.rstrip(".")
    while at + 2 < len(words) and words[at + 1].text in JOINING:
        if not _CLASS.fullmatch(words[at + 2].text):
            break
        at += 2
    if at == one.last:
        return one
    skill = one.known.skill if one.last > one.first else Skill(slug(name), name, "certificate")
    cut = int(words[at].text.endswith("."))
    return Candidate(one.first, at, Known(skill, True, "skill.licence"), True, cut)


def standard(tokens: Tokens, at: int) -> Candidate | None:
    """Read a standard by its body and number: "DIN EN ISO 9606-1"."""
    words = tokens.words
    if words[at].text not in STANDARDS:
        return None
    last = at + 1
    while last < len(words) and last < at + _LONGEST_STANDARD and words[last].text in STANDARDS:
        last += 1
    if last >= len(words) or not _NUMBER.fullmatch(words[last].text):
        return None
    cut = int(words[last].text.endswith("."))
    name = tokens.text[tokens.starts[at] : tokens.ends[last] - cut]
    skill = Skill(slug(name), name, "knowledge")
    return Candidate(at, last, Known(skill, True, "skill.standard"), True, cut)
