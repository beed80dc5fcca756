"""Find skills: known terms, open compounds, and the nouns of telling frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from berufsbild.german.normalise import slug
from berufsbild.german.words import PerType, Word
from berufsbild.lexicon.index import phrase_at
from berufsbild.rules.skills.candidates import ADJECTIVE_ENDINGS, Candidate
from berufsbild.rules.skills.context import Context
from berufsbild.rules.skills.extents import STANDARDS, elided, licence, standard, trimmed
from berufsbild.rules.skills.lexicon import Known
from berufsbild.spans import Label, Span
from berufsbild.values import Skill

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.lexicon.index import Element
    from berufsbild.rules.skills.lexicon import SkillLexicon
    from berufsbild.spans import Tokens

_SECOND: Final = frozenset(
    {"Management", "Marketing", "Engineering", "Design", "Testing", "Controlling", "Development"}
)
"""English second parts that are often written apart."""


@dataclass(slots=True)
class _Type:
    """What a word type can begin or be.

    Shape: `seconds` are the keys of the second words of its phrases, `lettered`
        the phrases that end in a single letter; `cut` is 1 where the word is
        known without its full stop; `opens` where it only begins phrases.
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
    second: bool


class Skills:
    """The rule of the label SKILL."""

    label = Label.SKILL

    def __init__(self, lexicon: SkillLexicon) -> None:
        """Keep the lexicon; word types are looked at when they are met."""
        self._lexicon = lexicon
        self._context = Context(lexicon.context)
        self._types = PerType(self._look)
        adjectives = lexicon.grammar.adjectives
        self._nouns = {
            **dict.fromkeys(adjectives.soft, "soft"),
            **dict.fromkeys(adjectives.knowledge, "knowledge"),
        }

    def find(self, layout: Layout) -> list[Span]:
        """Find the skills of a text."""
        candidates, frames = self._candidates(layout)
        chosen = self._context.choose(layout, candidates, frames)
        return [_span(layout.tokens, one) for one in chosen]

    def _candidates(self, layout: Layout) -> tuple[list[Candidate], list[int]]:
        """List what could be a skill, and the tokens that a frame begins with."""
        found: list[Candidate] = []
        frames: list[int] = []
        taken = -1
        words = layout.tokens.words
        final = len(words) - 1
        for at, known in self._types.of(words):
            if known.frame:
                frames.append(at)
            if at <= taken or (
                known.opens and (at == final or known.seconds.isdisjoint(words[at + 1].bases))
            ):
                continue
            candidate = self._joined(layout, at, taken) if known.second else None
            candidate = candidate or self._at(layout, at, known)
            if candidate is not None:
                found.append(candidate)
                taken = candidate.last
        return found, frames

    def _joined(self, layout: Layout, at: int, taken: int) -> Candidate | None:
        """Read a compound written as two words: "Test Management"."""
        words = layout.tokens.words
        if at == 0 or at - 1 <= taken or not words[at - 1].capital:
            return None
        for known in self._lexicon.read(Word(words[at - 1].text + words[at].text.lower())):
            if known.firm and known.rule == "skill.lexicon":
                return Candidate(at - 1, at, known, firm=True)
        return None

    def _look(self, word: Word) -> _Type | None:
        known = self._lexicon.read(word) if word.letters else []
        cut = 0
        if not known and word.letters and len(word.text) > 1 and word.text[-1] == ".":
            known = self._lexicon.read(Word(word.text[:-1]))
            cut = 1
        phrases = self._lexicon.index.phrases(word)
        adjective = not word.capital and self._adjective(word) is not None
        frame = word.key in self._lexicon.context.frames.nouns
        numbered = word.text in STANDARDS
        if not (known or phrases or adjective or frame or numbered or word.text in _SECOND):
            return None
        lettered = [one for one in phrases if len(one[0][-1].key) == 1]
        opens = not (known or adjective or numbered or lettered)
        second = word.text in _SECOND
        seconds = frozenset(elements[1].key for elements, _ in phrases)
        return _Type(
            known, phrases, adjective, frame, seconds, lettered, numbered, cut, opens, second
        )

    def _adjective(self, word: Word) -> str | None:
        adjectives = self._lexicon.grammar.adjectives
        for ending in ADJECTIVE_ENDINGS:
            if word.key.endswith(ending):
                stem = word.key[: -len(ending)]
                return stem if stem in adjectives.stems else None
        return None

    def _at(self, layout: Layout, at: int, known: _Type) -> Candidate | None:
        if known.phrases and (found := self._phrase(layout, at, known)) is not None:
            return found
        if known.adjective and (found := self._pair(layout, at)) is not None:
            return found
        if known.standard and (found := standard(layout, at)) is not None:
            return found
        if not known.known:
            return None
        entry = known.known[0]
        one = Candidate(at, at, entry, entry.firm, cut=known.cut)
        return licence(layout, elided(layout, one))

    def _phrase(self, layout: Layout, at: int, known: _Type) -> Candidate | None:
        """Read the longest phrase that stands at a token."""
        tokens = layout.tokens
        if at + 1 >= len(tokens.words):
            return None
        for elements, entry in known.lettered:
            if _stopped(tokens, at, elements):
                return Candidate(at, at + len(elements) - 1, entry, entry.firm, cut=1)
        if known.seconds.isdisjoint(tokens.words[at + 1].bases):
            return None
        for elements, entry in known.phrases:
            if not phrase_at(tokens, at, elements):
                continue
            if known.adjective and entry.skill.kind == "knowledge":
                pair = self._pair(layout, at)
                if pair is not None and pair.known.skill.kind == "soft":
                    return pair
            return self._whole(layout, Candidate(at, at + len(elements) - 1, entry, entry.firm))
        return None

    def _whole(self, layout: Layout, one: Candidate) -> Candidate:
        """Take a phrase as it stands, or its first skill where two are joined by "und"."""
        words = layout.tokens.words
        if one.last == one.first + 2 and words[one.first + 1].text == "und":
            ends = self._types[words[one.first]], self._types[words[one.last]]
            if all(end is not None and end.known for end in ends):
                first = ends[0].known[0] if ends[0] else one.known
                return Candidate(one.first, one.first, first, one.firm)
        return licence(layout, trimmed(layout.tokens, one))

    def _pair(self, layout: Layout, at: int) -> Candidate | None:
        """Read an adjective and a noun that name a strength together."""
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


def _span(tokens: Tokens, one: Candidate) -> Span:
    start, end = tokens.starts[one.first], tokens.ends[one.last] - one.cut
    known = one.known
    return Span(Label.SKILL, start, end, tokens.text[start:end], known.rule, known.skill)
