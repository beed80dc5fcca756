"""What in a text could name a skill: known words and phrases, pairs, standards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.german.normalise import slug
from berufsbild.german.words import PerType, Word
from berufsbild.lexicon.index import phrase_at
from berufsbild.rules.skills.candidates import ADJECTIVE_ENDINGS, Candidate
from berufsbild.rules.skills.extents import (
    LICENCES,
    STANDARDS,
    elided,
    licence,
    standard,
    trimmed,
)
from berufsbild.rules.skills.lexicon import Known
from berufsbild.values import Skill

if TYPE_CHECKING:
    from berufsbild.lexicon.index import Element
    from berufsbild.rules.skills.lexicon import SkillLexicon
    from berufsbild.spans import Tokens

_SECOND: Final = frozenset(
    {"Management", "Marketing", "Engineering", "Design", "Testing", "Controlling", "Development"}
)
"""English second parts that are often written apart."""
_WRITTEN: Final = STANDARDS | _SECOND
"""Words that the lexicon does not hold."""


class Mentioned(NamedTuple):
    """What stands in a stretch of text.

    Shape: `frames` are the tokens that a frame begins with, `owners` things and
        firms that have traits.
    """

    candidates: list[Candidate]
    frames: list[int]
    owners: list[int]


NOTHING: Final = Mentioned([], [], [])


@dataclass(slots=True)
class Type:
    """What a word type can begin or be.

    Shape: `seconds` are the keys of the second words of its phrases, `lettered`
        the phrases that end in a single letter; `cut` is 1 where the word is
        known without its full stop; `opens` where it only begins phrases, whose
        second words begin with `initials`.
    """

    known: list[Known]
    phrases: list[tuple[tuple[Element, ...], Known]]
    adjective: bool
    frame: bool
    seconds: frozenset[str]
    lettered: list[tuple[tuple[Element, ...], Known]]
    standard: bool
    cut: int
    opens: bool
    initials: frozenset[str]
    owner: bool
    second: bool
    licence: bool


class Mentions:
    """Lists the candidates of a stretch of text."""

    def __init__(self, lexicon: SkillLexicon) -> None:
        """Keep the lexicon; word types are looked at when they are met."""
        self._lexicon = lexicon
        self._strange = lexicon.outlines.strange
        self.types = PerType(self._look)
        adjectives = lexicon.grammar.adjectives
        self._nouns = {
            **dict.fromkeys(adjectives.soft, "soft"),
            **dict.fromkeys(adjectives.knowledge, "knowledge"),
        }

    def of(self, tokens: Tokens, begin: int, end: int) -> Mentioned:
        """List what could be a skill, and what could say something of it.

        Units: `begin` and `end` are tokens, half-open.
        """
        words = tokens.words
        final = len(words) - 1
        typed = self.types.of(words[begin:end] if end - begin <= final else words)
        if not typed:
            return NOTHING
        found: list[Candidate] = []
        frames: list[int] = []
        owners: list[int] = []
        taken = -1
        for number, known in typed:
            at = begin + number
            if known.opens and (at == final or words[at + 1].text[0] not in known.initials):
                continue
            if known.frame:
                frames.append(at)
            if known.owner:
                owners.append(at)
            if at <= taken:
                continue
            candidate = self._joined(words, at, taken) if known.second else None
            candidate = candidate or self._at(tokens, at, known)
            if candidate is not None:
                found.append(candidate)
                taken = candidate.last
        return Mentioned(found, frames, owners) if found or frames else NOTHING

    def _joined(self, words: list[Word], at: int, taken: int) -> Candidate | None:
        """Read a compound written as two words: "Test Management"."""
        if at == 0 or at - 1 <= taken or not words[at - 1].capital:
            return None
        for known in self._lexicon.read(Word(words[at - 1].text + words[at].text.lower())):
            if known.firm and known.rule == "skill.lexicon":
                return Candidate(at - 1, at, known, firm=True)
        return None

    def _look(self, word: Word) -> Type | None:
        text = word.text
        if self._strange(word) and text not in _WRITTEN and text[-1] != ".":
            return None
        known = self._lexicon.read(word) if word.letters else []
        cut = 0
        if not known and word.letters and len(word.text) > 1 and word.text[-1] == ".":
            known = self._lexicon.read(Word(word.text[:-1]))
            cut = 1
        phrases = self._lexicon.phrases(word)
        adjective = not word.capital and self._adjective(word) is not None
        frame = word.key in self._lexicon.context.frames.nouns
        numbered = word.text in STANDARDS
        second = word.text in _SECOND
        owner = word.key in self._lexicon.context.owners.nouns
        if not (known or phrases or adjective or frame or numbered or second or owner):
            return None
        lettered = [one for one in phrases if len(one[0][-1].key) == 1]
        seconds = frozenset(elements[1].key for elements, _ in phrases)
        return Type(
            known,
            phrases,
            adjective,
            frame,
            seconds,
            lettered,
            numbered,
            cut,
            opens=not (known or adjective or frame or numbered or lettered or second or owner),
            initials=_initials(seconds),
            owner=owner,
            second=second,
            licence=word.key.endswith(LICENCES),
        )

    def _adjective(self, word: Word) -> str | None:
        adjectives = self._lexicon.grammar.adjectives
        for ending in ADJECTIVE_ENDINGS:
            if word.key.endswith(ending):
                stem = word.key[: -len(ending)]
                return stem if stem in adjectives.stems else None
        return None

    def _at(self, tokens: Tokens, at: int, known: Type) -> Candidate | None:
        words = tokens.words
        if known.phrases and at + 1 < len(words):
            likely = known.lettered or words[at + 1].text[0] in known.initials
            if likely and (found := self._phrase(tokens, at, known)) is not None:
                return found
        if known.adjective and (found := self._pair(words, at)) is not None:
            return found
        if known.standard and (found := standard(tokens, at)) is not None:
            return found
        if not known.known:
            return None
        entry = known.known[0]
        one = elided(tokens, Candidate(at, at, entry, entry.firm, known.cut))
        return licence(words, one) if known.licence or one.last > one.first else one

    def _phrase(self, tokens: Tokens, at: int, known: Type) -> Candidate | None:
        """Read the longest phrase that stands at a token."""
        for elements, entry in known.lettered:
            if _stopped(tokens, at, elements):
                return Candidate(at, at + len(elements) - 1, entry, entry.firm, cut=1)
        bases = tokens.words[at + 1].bases
        if bases.keys().isdisjoint(known.seconds):
            return None
        for elements, entry in known.phrases:
            second = elements[1]
            if second.key not in bases and second.exact is None:
                continue
            if not phrase_at(tokens, at, elements):
                continue
            if known.adjective and entry.skill.kind == "knowledge":
                pair = self._pair(tokens.words, at)
                if pair is not None and pair.known.skill.kind == "soft":
                    return pair
            return self._whole(tokens, Candidate(at, at + len(elements) - 1, entry, entry.firm))
        return None

    def _whole(self, tokens: Tokens, one: Candidate) -> Candidate:
        """Take a phrase as it stands, or its first skill where two are joined by "und"."""
        words = tokens.words
        if one.last == one.first + 2 and words[one.first + 1].text == "und":
            ends = self.types[words[one.first]], self.types[words[one.last]]
            if all(end is not None and end.known for end in ends):
                first = ends[0].known[0] if ends[0] else one.known
                return Candidate(one.first, one.first, first, one.firm)
        return licence(words, trimmed(tokens, one))

    def _pair(self, words: list[Word], at: int) -> Candidate | None:
        """Read an adjective and a noun that name a strength together."""
        if at + 1 >= len(words) or not words[at + 1].capital:
            return None
        noun = words[at + 1]
        kind = self._nouns.get(noun.key) or self._nouns.get(noun.key.removesuffix("s"))
        stem = self._adjective(words[at])
        if kind is None or stem is None or stem in self._lexicon.grammar.adjectives.judging:
            return None
        name = f"{stem} {noun.text}"
        skill = Skill(slug(name), name, "soft" if kind == "soft" else "knowledge")
        return Candidate(at, at + 1, Known(skill, True, "skill.adjective"), True)


def _initials(keys: Iterable[str]) -> frozenset[str]:
    """Give the letters that words may begin with whose base is one of these keys."""
    found = {"-"}
    for key in keys:
        for letter in {"a": "aä", "o": "oö", "u": "uü", "'": "'’", "s": "sß"}.get(key[0], key[0]):
            found |= {letter, letter.upper()}
    return frozenset(found)


def _stopped(tokens: Tokens, at: int, elements: tuple[Element, ...]) -> bool:
    """Tell a phrase whose last letter has the full stop of its sentence: Klasse B."""
    last = at + len(elements) - 1
    words = tokens.words
    if last >= len(words):
        return False
    exact = elements[-1].exact
    if exact is None or words[last].text != exact + ".":
        return False
    return all(one.fits(words[at + number]) for number, one in enumerate(elements[:-1]))
