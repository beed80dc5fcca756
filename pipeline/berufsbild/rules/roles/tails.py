"""The grammar of titles: what may stand before and behind an occupation."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.german.memory import FEW
from berufsbild.german.words import PerType, fold, joined

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Stretch
    from berufsbild.rules.roles.grammar import TitleGrammar
    from berufsbild.values import Role

_ADJECTIVE_ENDINGS: Final = ("e", "er", "en", "es", "em")
_LONGEST_TAIL: Final = 6
_LONGEST_FRONT: Final = 3
_SHORTEST_FRONT: Final = 3
_LONG: Final = 12
"""Letters of a word that is surely a compound: Windenergieanlagen."""
_GENITIVE: Final = frozenset({"der", "des"})
_AND: Final = frozenset({"und", "&"})
_OF: Final = "of"


class Takes(NamedTuple):
    """Which tails an occupation takes.

    Shape: "für" before `any_noun` or only before `fields`, `within` ("im Einzelhandel"), `helper`
        of somebody ("der Geschäftsführung"), a `bare` field ("Controlling").
    """

    any_noun: bool
    fields: bool
    within: bool
    helper: bool
    bare: bool


class _Front(NamedTuple):
    """What a word type can be in front of an occupation.

    Shape: `joins` it, by itself or as an `adjective`, else before a participle alone.
    """

    joins: bool
    adjective: bool


class Tails:
    """Which neighbours belong to a title, by the words of the grammar."""

    def __init__(self, grammar: TitleGrammar) -> None:
        """Keep the grammar."""
        self._grammar = grammar
        self._adjectives = frozenset(
            word.replace("-", "") for word in grammar.adjectives | grammar.participles
        )
        self._participles = grammar.participles
        self._fronts: PerType[_Front] = PerType(self._front_of, FEW)
        self._joints = (
            {*grammar.grades, *grammar.branch_words, *grammar.prepositions, *grammar.in_words}
            | _GENITIVE
            | _AND
            | {_OF}
        )
        self._takes = lru_cache(maxsize=1 << 12)(self._takes_of)

    def _takes_of(self, *keys: str) -> Takes:
        """Tell the tails of an occupation, by its key and that of its head."""
        grammar = self._grammar
        heads = {*keys, *(key + "r" for key in keys)}  # beauftragte, beauftragter
        return Takes(
            any_noun=not heads.isdisjoint(grammar.tails_for),
            fields=not heads.isdisjoint(grammar.tails_for_fields),
            within=not heads.isdisjoint(grammar.tails_in),
            helper=any(key.endswith(grammar.genitive_heads) for key in heads),
            bare=any(key.endswith(grammar.tails_bare) for key in heads),
        )

    def _front_of(self, word: Word) -> _Front | None:
        adjective = self._is_adjective(word)
        joins = adjective or word.text in self._grammar.before or _acronym(word.text)
        return _Front(joins, adjective) if joins or word.key in self._adjectives else None

    def _is_adjective(self, word: Word) -> bool:
        key = word.key
        return any(
            key.endswith(ending) and key[: -len(ending)] in self._adjectives
            for ending in _ADJECTIVE_ENDINGS
        ) or (key in self._adjectives and not word.capital)

    def adjective(self, word: Word) -> bool:
        """Tell whether a word is an adjective that belongs to titles, in any form."""
        front = self._fronts[word]
        return front is not None and front.adjective

    def before(self, stretch: Stretch, at: int) -> int:
        """Give the first token of the title that ends with the occupation at `at`."""
        words = stretch.tokens.words
        first = at
        while first > 0 and at - first < _LONGEST_FRONT:
            front = self._fronts[words[first - 1]]
            if front is None or not stretch.tokens.apart(first - 1):
                break
            if front.joins or self._participle(words[first]):
                first -= 1  # Staatlich geprüfte Technikerin
            else:
                break
        while first < at and not words[first].capital and not self.adjective(words[first]):
            first += 1
        return first

    def _participle(self, word: Word) -> bool:
        return not word.capital and any(base in self._participles for base in word.bases)

    def after(self, stretch: Stretch, at: int, *keys: str) -> int | None:
        """Give the last token of a tail behind an occupation, null where there is none.

        Shape: `keys` are those of the occupation and of its head.
        """
        following = self._following(stretch, at)
        if following is None or not stretch.tokens.apart(at):
            return None
        words, grammar = stretch.tokens.words, self._grammar
        takes = self._takes(*keys)
        if following.text in grammar.grades:
            further = at + 2
            if (
                further < len(words)
                and stretch.tokens.apart(at + 1)
                and self._field(words[further])
            ):
                return further
            return at + 1
        if following.text in grammar.branch_words and at + 2 < len(words):
            return at + 2 if words[at + 2].capital and stretch.tokens.apart(at + 1) else None
        if following.text in grammar.prepositions:
            if takes.any_noun or takes.fields:
                return self._noun_phrase(stretch, at + 2, any_noun=takes.any_noun)
        elif following.text in grammar.in_words and takes.within:
            return self._in_field(stretch, at + 2)
        elif following.text in _GENITIVE:
            return self._genitive(stretch, at + 2) if takes.helper else None
        elif following.capital and takes.bare:
            return self._bare(stretch, at + 1)
        return None

    def _following(self, stretch: Stretch, at: int) -> Word | None:
        """Give the word behind an occupation, null where it can begin no tail."""
        following = stretch.tokens.words[at + 1 : at + 2]
        if following and (following[0].capital or following[0].text in self._joints):
            return following[0]
        return None

    def behind_phrase(self, stretch: Stretch, at: int, role: Role) -> int | None:
        """Give the last token of a tail behind an occupation of several words."""
        if self._following(stretch, at) is None:
            return None
        joined_field = self._joined(stretch, at, role)
        if joined_field is not None or not role.name.endswith(role.head):
            return joined_field
        if role.name.lower() in self._grammar.of_heads:
            last = self.of(stretch, at)
            if last is not None:
                return last
        return self.after(stretch, at, joined(fold(role.name.replace(" ", ""))), fold(role.head))

    def asks_on(self, words: list[Word]) -> bool:
        """Tell whether a title could go on in the line behind these words: Fachkraft für."""
        last = words[-1].text
        if last in self._joints or last[-1] == "-":
            return True
        late = [word.text for word in words[-1 - _LONGEST_TAIL :]]
        return not self._grammar.prepositions.isdisjoint(late)

    def _joined(self, stretch: Stretch, at: int, role: Role) -> int | None:
        """Read a second field behind a listed title: Leiter Einkauf und Logistik."""
        words = stretch.tokens.words
        front, _, field = role.name.partition(" ")
        bare = " " not in field and fold(front).endswith(self._grammar.tails_bare)
        if not bare or at + 2 >= len(words) or words[at + 1].text not in _AND:
            return None
        return at + 2 if self._field(words[at]) and self._field(words[at + 2]) else None

    def _bare(self, stretch: Stretch, at: int) -> int | None:
        """Read a field that follows without a preposition: Controlling, Wein- und Obstbau."""
        words = stretch.tokens.words
        last = at
        if words[at].text.endswith("-"):
            if at + 2 >= len(words) or words[at + 1].text not in _AND:
                return None
            last = at + 2
        elif (
            at + 1 < len(words)
            and words[at + 1].text in self._grammar.foreign_ends
            and stretch.tokens.apart(at)
        ):
            return at + 1  # Regulatory Affairs
        if not self._field(words[last]):
            return None
        further = last + 2
        if further < len(words) and words[last + 1].text in _AND and self._field(words[further]):
            return further
        return last

    def _genitive(self, stretch: Stretch, at: int) -> int | None:
        """Read whom an assistant works for: der Geschäftsführung."""
        words = stretch.tokens.words
        if at < len(words) and words[at].key.endswith(self._grammar.genitive_endings):
            return at
        return None

    def of(self, stretch: Stretch, at: int) -> int | None:
        """Give the last token of an English title: Head of Sales."""
        words = stretch.tokens.words
        if at + 2 >= len(words) or words[at + 1].text != _OF or not words[at + 2].capital:
            return None
        last = at + 2
        while last + 1 < len(words) and last - at < 4 and stretch.tokens.apart(last):
            if not words[last + 1].capital:
                break
            last += 1
        return last

    def _field(self, word: Word) -> bool:
        return word.capital and (
            word.text in self._grammar.bare_words
            or (word.text[1:].islower() and word.key.endswith(self._grammar.bare_endings))
            or self._compound_field(word)
        )

    def _compound_field(self, word: Word) -> bool:
        """Tell a compound that names a field: Verpackungsentwicklung, not Entwicklung."""
        return word.capital and word.key[_SHORTEST_FRONT:].endswith(self._grammar.bare_compounds)

    def _in_field(self, stretch: Stretch, at: int) -> int | None:
        words = stretch.tokens.words
        last = at
        while last < len(words) and (words[last].text.endswith("-") or words[last].text in _AND):
            last += 1
        if last < len(words) and last - at <= 2 and words[last].capital:
            key = words[last].key
            fields = self._grammar.in_fields
            if key in fields or key.rstrip("s") in fields or key.endswith("handwerk"):
                return last
        return None

    def _noun_phrase(self, stretch: Stretch, at: int, *, any_noun: bool) -> int | None:
        """Read adjectives, a noun, and more nouns joined to it."""
        words = stretch.tokens.words
        last: int | None = None
        position = at
        while position < len(words) and position - at < _LONGEST_TAIL:
            word = words[position]
            if word.text.endswith("-") and word.capital:
                position += 1
                continue
            if last is None and not word.capital and word.key.endswith(_ADJECTIVE_ENDINGS[:3]):
                if not self._adjective_like(word):
                    return None
                position += 1
                continue
            if word.text in _AND or (word.text == "," and last is None):
                position += 1
                continue
            if not word.capital or (last is not None and words[position - 1].text not in _AND):
                break
            if not any_noun and not self._names_field(word):
                double = position + 1 < len(words) and self._names_field(words[position + 1])
                if not (double and words[position + 1].capital and stretch.tokens.apart(position)):
                    break
                position += 1  # Facility Management
            if last is not None and not words[last].text.endswith("-") and position - last != 2:
                break
            last = position
            position += 1
            if position < len(words) and words[position].text not in _AND:
                break
        return last

    def _adjective_like(self, word: Word) -> bool:
        return len(word.key) > 5 and word.key not in {"unsere", "unseren", "keinen", "ihren"}

    def _names_field(self, word: Word) -> bool:
        return (
            word.text in self._grammar.bare_words
            or word.key.endswith(
                (*self._grammar.bare_endings, "ung", "ik", "ion", "heit", "sicherheit", "medizin")
            )
            or (len(word.key) >= _LONG and not word.key.endswith(self._grammar.not_for))
        )


def _acronym(text: str) -> bool:
    return 2 <= len(text) <= 4 and text.isalpha() and text.isupper()
