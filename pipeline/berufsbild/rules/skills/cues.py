"""What in the clause vouches for a skill: verbs, frames, and the words before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.rules.skills.candidates import ADJECTIVE_ENDINGS, LIST_SIGNS

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.rules.skills.candidates import Candidate
    from berufsbild.rules.skills.grammar import SkillContext

_NEGATING: Final = frozenset(
    {"kein", "keine", "keinen", "keiner", "keinem", "nicht", "statt", "weniger"}
)
_ARTICLES: Final = frozenset(
    {"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "jede",
     "jeder", "jedem", "jeden", "diese", "dieser", "ihre", "ihrer", "ihrem", "seine", "seiner",
     "seinem", "unsere", "unserer", "unserem", "sein", "ihr", "mein", "meine", "meiner", "etwas",
     "viel", "mehr", "wenig", "allem"}
)  # fmt: skip
_OPENING: Final = frozenset({"in", "im", "mit", "zu", "zum", "zur", "über", "von", "vom", "um"})
"""Prepositions that lead to a skill where a cue stands before them: fit in …"""
_CLOSING: Final = frozenset(
    {"für", "an", "am", "aus", "bei", "beim", "nach", "vor", "vorm", "auf", "unter", "während",
     "gegen", "trotz", "wegen", "hinter", "zwischen", "durch", "samt", "bis", "als",
     "seit", "ab", "fürs", "ins", "ans", "aufs", "gegenüber", "wie", "je", "per"}
)  # fmt: skip
"""Prepositions whose noun is where, why or for whom, not what is needed."""
_SMALL: Final = _OPENING | _CLOSING | {"kommen", "kommt", "gehören", "werden", "sowie"}
_PERSONS: Final = frozenset({"man", "sie", "er", "es", "wir", "ich", "du", "ihr", "wer", "jeder"})
_ABLE: Final = frozenset({"kann", "können", "konnte", "kannst"})
_NAMED_IN: Final = frozenset({"in", "In", "mit", "Mit", "unter", "Unter"})
_CLAUSE = 40
"""Words of a clause on each side that may make a pair: one without marks has thousands."""
_BEFORE, _BEHIND = 8, 7
"""How many words a cue may stand away in the same clause."""


class Cues:
    """Asks what stands around a candidate."""

    def __init__(self, context: SkillContext) -> None:
        """Keep the words."""
        self._words = context.cues
        self._frames = context.frames
        self._paired = frozenset[str]().union(*context.cues.pairs)

    def negated(self, layout: Layout, one: Candidate) -> bool:
        """Tell whether the text says that it is not needed."""
        words = layout.tokens.words
        return one.first > 0 and words[one.first - 1].text.lower() in _NEGATING

    def vouch(self, layout: Layout, one: Candidate) -> str | None:
        """Name the rule by which the context vouches for a candidate, if one does."""
        words = layout.tokens.words
        if words[one.last].key in self._words.containers or self._material(layout, one):
            return None
        start = layout.tokens.starts[one.first]
        first, last = layout.token_range(*layout.clause(start))
        head = self._head(words, one.first, first)
        before = words[head - 1].text.lower() if head > first else ""
        if before == "ohne":
            return "skill.without"
        if self._able(words, one, last):
            return "skill.able"
        if self._secret(words, head):
            return "skill.cued"
        if self._admits(words, one, head, first) and not self._asks(words, one, head, last):
            around = range(max(first, one.first - _BEFORE), min(last, one.last + _BEHIND + 1))
            keys = {words[at].folded for at in around if at < one.first or at > one.last}
            if not self._words.words.isdisjoint(keys):
                return "skill.cued"
            clause = words[max(first, one.first - _CLAUSE) : min(last, one.last + _CLAUSE)]
            paired = self._paired.intersection([word.folded for word in clause])
            if len(paired) > 1 and any(pair <= paired for pair in self._words.pairs):
                return "skill.cued"
        if layout.line(start).kind == "item" and self._under_heading(layout, start):
            return "skill.cued"
        return None

    def named_in(self, layout: Layout, one: Candidate) -> bool:
        """Tell whether a tool stands right behind "in" or "mit", as names do."""
        words = layout.tokens.words
        return (
            one.known.skill.kind == "tool"
            and one.first > 0
            and words[one.first - 1].text in _NAMED_IN
        )

    def _head(self, words: list[Word], at: int, first: int) -> int:
        """Give the first token of the noun phrase that ends in a candidate."""
        while at > first:
            word = words[at - 1]
            if word.text.lower() not in _ARTICLES and not self._adjective(word):
                break
            at -= 1
        return at

    def _adjective(self, word: Word) -> bool:
        """Tell an adjective from a verb or a cue that ends like one."""
        return (
            not word.capital
            and word.key.endswith(ADJECTIVE_ENDINGS)
            and word.folded not in self._words.words
            and word.text not in _SMALL
        )

    def _admits(self, words: list[Word], one: Candidate, head: int, first: int) -> bool:
        """Tell whether the word before the noun phrase leaves it open to a cue."""
        if head == first:
            return True
        before = words[head - 1].text.lower()
        if before in _CLOSING:
            return False
        if words[head].text in {"der", "des"} and words[head - 1].capital:
            return False
        if before not in _OPENING:
            return True
        if head - 1 == first or before in {"um", "von", "vom"} or one.known.skill.kind == "tool":
            return True
        ahead = words[head - 2].folded
        return ahead in self._words.words or ahead in self._frames.nouns

    def _secret(self, words: list[Word], head: int) -> bool:
        """Tell the genitive of "die Kniffe der Kalkulation"."""
        if head == 0 or words[head].text not in {"der", "des"}:
            return False
        return words[head - 1].folded in self._words.secrets

    def asks(self, layout: Layout, one: Candidate) -> bool:
        """Tell a course or an office that asks for skills from a skill."""
        words = layout.tokens.words
        at = one.last + 1
        if at >= len(words) or words[at].text not in self._words.active:
            return False
        first, last = layout.token_range(*layout.clause(layout.tokens.starts[one.first]))
        return self._asks(words, one, self._head(words, one.first, first), last)

    def _asks(self, words: list[Word], one: Candidate, head: int, last: int) -> bool:
        """Tell the one who asks: "Die Redaktion verlangt Recherche"."""
        at = one.last + 1
        if at + 1 >= last or words[at].text not in self._words.active or head == one.first:
            return False
        return words[at + 1].text.lower() not in _PERSONS | _ARTICLES

    def _able(self, words: list[Word], one: Candidate, last: int) -> bool:
        """Tell "wer Trockenbau kann" from "wer Trockenbau lernen kann"."""
        at = one.last + 1
        if at >= last:
            return False
        if words[at].text in _ABLE and at + 1 == last:
            return True
        ending = last - 1
        while ending > at and not words[ending].letters:
            ending -= 1
        if words[ending].text in _ABLE:
            return not words[ending - 1].key.endswith("n") and one.last + 4 > ending
        return words[at].text in _ABLE and not any(
            not word.capital and word.key.endswith("en") and len(word.key) > 3
            for word in words[at + 1 : last]
        )

    def _material(self, layout: Layout, one: Candidate) -> bool:
        """Tell "Mauern aus Stein" from the craft."""
        words = layout.tokens.words
        at = one.last + 1
        return at + 1 < len(words) and words[at].text == "aus" and words[at + 1].capital

    def _under_heading(self, layout: Layout, offset: int) -> bool:
        heading = layout.heading(offset).lower()
        return any(word.strip("?!:.,") in self._words.headings for word in heading.split())


def preposition(words: list[Word], one: Candidate) -> str:
    """Give the preposition before a candidate in its plain form, or nothing."""
    for at in range(one.first - 1, max(-1, one.first - 4), -1):
        text = words[at].text.lower()
        if text in _OPENING or text in _CLOSING:
            return _PLAIN.get(text, text)
        if text in LIST_SIGNS or words[at].capital:
            break
    return ""


_PLAIN: Final = {
    "im": "in", "mit": "in", "zum": "zu", "zur": "zu", "vom": "von", "am": "an", "ans": "an",
    "beim": "bei", "fürs": "für", "ins": "in",
}  # fmt: skip
