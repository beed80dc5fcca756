"""Find skills: known terms, open compounds, and the nouns of telling frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from berufsbild.german.normalise import slug
from berufsbild.german.words import PerType
from berufsbild.lexicon.index import phrase_at
from berufsbild.rules.skills.frames import Frames
from berufsbild.spans import Label, Span
from berufsbild.values import Skill

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.lexicon.index import Element
    from berufsbild.rules.skills.lexicon import Known, SkillLexicon
    from berufsbild.spans import Tokens

_JOINING: Final = frozenset({"und", "oder", "bzw.", "sowie", "/", "&"})
_ADJECTIVE_ENDINGS: Final = ("es", "er", "en", "em", "e")


@dataclass(slots=True)
class _Type:
    """What a word type can begin or be."""

    known: list[Known]
    phrases: list[tuple[tuple[Element, ...], Known]]
    adjective: bool
    frame: bool


@dataclass(slots=True)
class Candidate:
    """A skill over the tokens `first` to `last`, both included."""

    first: int
    last: int
    known: Known
    firm: bool


class Skills:
    """The rule of the label SKILL."""

    label = Label.SKILL

    def __init__(self, lexicon: SkillLexicon) -> None:
        """Keep the lexicon; word types are looked at when they are met."""
        self._lexicon = lexicon
        self._frames = Frames(lexicon.grammar)
        self._types = PerType(self._look)
        adjectives = lexicon.grammar.adjectives
        self._nouns = {
            **dict.fromkeys(adjectives.soft, "soft"),
            **dict.fromkeys(adjectives.knowledge, "knowledge"),
        }

    def find(self, layout: Layout) -> list[Span]:
        """Find the skills of a text."""
        candidates, frames = self._candidates(layout)
        chosen = self._frames.choose(layout, candidates, frames)
        return [_span(layout.tokens, one) for one in chosen]

    def _candidates(self, layout: Layout) -> tuple[list[Candidate], list[int]]:
        """List what could be a skill, and the tokens that a frame begins with."""
        found: list[Candidate] = []
        frames: list[int] = []
        taken = -1
        for at, known in self._types.of(layout.tokens.words):
            if known.frame:
                frames.append(at)
            if at <= taken:
                continue
            candidate = self._at(layout, at, known)
            if candidate is not None:
                found.append(candidate)
                taken = candidate.last
        return found, frames

    def _look(self, word: Word) -> _Type | None:
        known = self._lexicon.read(word) if word.letters else []
        phrases = self._lexicon.index.phrases(word)
        adjective = not word.capital and self._adjective(word) is not None
        frame = word.key in self._lexicon.grammar.frames.nouns
        if not known and not phrases and not adjective and not frame:
            return None
        return _Type(known, phrases, adjective, frame)

    def _adjective(self, word: Word) -> str | None:
        adjectives = self._lexicon.grammar.adjectives
        for ending in _ADJECTIVE_ENDINGS:
            if word.key.endswith(ending):
                stem = word.key[: -len(ending)]
                return stem if stem in adjectives.stems else None
        return None

    def _at(self, layout: Layout, at: int, known: _Type) -> Candidate | None:
        tokens = layout.tokens
        for elements, entry in known.phrases:
            if phrase_at(tokens, at, elements):
                last = at + len(elements) - 1
                return Candidate(at, last, entry, entry.firm)
        if known.adjective:
            pair = self._pair(layout, at)
            if pair is not None:
                return pair
        if not known.known:
            return None
        entry = known.known[0]
        return _elided(layout, Candidate(at, at, entry, entry.firm))

    def _pair(self, layout: Layout, at: int) -> Candidate | None:
        """Read an adjective and a noun that name a strength together."""
        from berufsbild.rules.skills.lexicon import Known

        words = layout.tokens.words
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


def _elided(layout: Layout, one: Candidate) -> Candidate:
    """Take in elided parts: "Test- und Qualitätsmanagement", "… und -montage"."""
    tokens = layout.tokens
    words = tokens.words
    first, last = one.first, one.last
    while (
        first >= 2
        and words[first - 1].text in (_JOINING if first == one.first else {","})
        and words[first - 2].text[-1] == "-"
        and words[first - 2].capital
        and len(words[first - 2].text) > 2
    ):
        first -= 2
    if (
        last + 2 < len(words)
        and words[last + 1].text in _JOINING
        and words[last + 2].text[0] == "-"
        and words[last + 2].text[1:].isalpha()
    ):
        last += 2
    if (first, last) == (one.first, one.last):
        return one
    from berufsbild.rules.skills.lexicon import Known

    name = layout.text[tokens.starts[first] : tokens.ends[last]]
    skill = Skill(slug(name), name, one.known.skill.kind)
    return Candidate(first, last, Known(skill, one.firm, "skill.elision"), one.firm)


def _span(tokens: Tokens, one: Candidate) -> Span:
    start, end = tokens.starts[one.first], tokens.ends[one.last]
    known = one.known
    return Span(Label.SKILL, start, end, tokens.text[start:end], known.rule, known.skill)
