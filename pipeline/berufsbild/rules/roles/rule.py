"""Find roles: single words first, then the title that grows around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from berufsbild.german.normalise import slug
from berufsbild.german.words import PerType
from berufsbild.lexicon.index import phrase_at
from berufsbild.rules.roles.found import Found
from berufsbild.rules.roles.headlines import Headlines
from berufsbild.rules.roles.pictures import Pictures
from berufsbild.rules.roles.senses import Senses
from berufsbild.rules.roles.tails import Tails
from berufsbild.rules.roles.trades import Trades
from berufsbild.spans import Label, Span
from berufsbild.values import Role

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.lexicon.index import Element
    from berufsbild.rules.roles.lexicon import Reading, RoleLexicon
    from berufsbild.spans import Tokens

_FEMININE: Final = ("in", "innen")
_SISTER: Final = "schwester"
_JOINING: Final = frozenset({"und", "oder", "bzw.", "sowie", "wie", "/", "&", "beziehungsweise"})


@dataclass(slots=True)
class _Type:
    """What a word type can begin or be.

    Shape: `phrases` are those that it begins, under the key of their second word.
    """

    reading: Reading | None
    phrases: dict[str, list[tuple[tuple[Element, ...], Role]]]
    opens: bool


class Roles:
    """The rule of the label ROLE."""

    label = Label.ROLE

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the lexicon; word types are looked at when they are met."""
        self._lexicon = lexicon
        self._tails = Tails(lexicon.grammar)
        self._pictures = Pictures(lexicon)
        self._senses = Senses(lexicon)
        self._trades = Trades(lexicon)
        self._headlines = Headlines(lexicon)
        self._types = PerType(self._look)
        self._not_after = {one.head: one.words for one in lexicon.grammar.not_after}

    def find(self, layout: Layout) -> list[Span]:
        """Find the roles of a text."""
        tokens = layout.tokens
        found: list[Found] = []
        taken = -1
        for at, known in self._types.of(tokens.words):
            if at <= taken:
                continue
            hit = self._at(layout, at, known)
            if hit is None:
                continue
            if hit.first == taken + 1 and _surname(tokens, hit):  # Bäcker Müller
                continue
            found.append(hit)
            taken = hit.last
        found = self._headlines.followed(layout, found)
        found = self._senses.without(layout, self._pictures.without(layout, found))
        found = self._trades.coded(layout, found)
        return [_span(tokens, one) for one in found]

    def _look(self, word: Word) -> _Type | None:
        if not word.letters:
            return None
        reading = self._lexicon.read(word)
        phrases: dict[str, list[tuple[tuple[Element, ...], Role]]] = {}
        for phrase in self._lexicon.index.phrases(word):
            phrases.setdefault(phrase[0][1].key, []).append(phrase)
        opens = word.text.lower() in self._lexicon.grammar.of_heads or self._tails.adjective(word)
        if reading is None and not phrases and not opens:
            return None
        return _Type(reading, phrases, opens)

    def _at(self, layout: Layout, at: int, known: _Type) -> Found | None:
        tokens = layout.tokens
        for elements, role in _possible(tokens, at, known):
            if phrase_at(tokens, at, elements) and not _named(layout, at):
                last = at + len(elements) - 1
                found = self._grown(layout, Found(at, last, role, "role.lexicon", at))
                tail = self._tails.behind_phrase(layout, last, role)
                return found if tail is None else self._with_tail(layout, found, last, tail)
        if known.reading is None:
            return self._of_title(layout, at) if known.opens else None
        if _named(layout, at):
            return None
        reading = known.reading
        if self._ordinary(layout, at, reading):
            return None
        found = Found(at, at, reading.role, reading.rule, at)
        tail = self._tails.after(layout, at, {reading.head, reading.key})
        if tail is not None:
            return self._with_tail(layout, self._grown(layout, found), at, tail)
        if not reading.alone:
            return None
        found = self._elided(layout, found, reading)
        return self._grown(layout, found)

    def _ordinary(self, layout: Layout, at: int, reading: Reading) -> bool:
        """Tell whether the word before says that no role is meant: meine Schwester."""
        words = layout.tokens.words
        if reading.thing and not self._senses.names_person(layout, at):
            return True
        text = words[at].text
        if "-" in text and text.endswith(self._lexicon.grammar.hyphenated_names):
            return True  # Reifen-Wagner
        forbidden = self._not_after.get(reading.key)
        if forbidden is None or at == 0:
            return False
        form = words[at].key == reading.key or reading.key == _SISTER
        return form and words[at - 1].text.lower() in forbidden

    def _with_tail(self, layout: Layout, found: Found, at: int, last: int) -> Found:
        tokens = layout.tokens
        tail = layout.text[tokens.ends[at] : tokens.ends[last]].strip()
        if tail in self._lexicon.grammar.grades:  # Uhrmacherin EFZ
            return replace(found, last=last, rule="role.tail")
        name = f"{found.role.name} {tail}"
        craft = tokens.words[last].key.removesuffix("handwerk")
        trade = self._lexicon.by_key.get(craft)  # Restaurator im Zimmererhandwerk
        kldb = trade.kldb if trade is not None else found.role.kldb
        role = Role(slug(name), name, kldb, found.role.head)
        return replace(found, last=last, role=role, rule="role.tail")

    def _of_title(self, layout: Layout, at: int) -> Found | None:
        last = self._tails.of(layout, at)
        if last is None:
            return None
        tokens = layout.tokens
        name = layout.text[tokens.starts[at] : tokens.ends[last]]
        role = Role(slug(name), name, None, tokens.words[at].text)
        return Found(at, last, role, "role.tail", at)

    def _grown(self, layout: Layout, found: Found) -> Found:
        """Take in what belongs to the title in front: IT, Senior, Technischer."""
        first = self._tails.before(layout, found.first)
        if first == found.first:
            return found
        tokens = layout.tokens
        front = [tokens.words[at] for at in range(first, found.first)]
        if front[0].text[0].isupper() and not self._tails.adjective(front[0]):
            name = "-".join([*(word.text for word in front), found.role.name])
            key = "".join(word.key for word in front) + found.role.name.lower().replace("-", "")
            known = self._lexicon.by_key.get(key)
        else:
            name = f"{front[0].text} {found.role.name}"
            known = None
        role = known or replace(found.role, id=slug(name), name=name)
        return replace(found, first=first, role=role, rule="role.title_words")

    def _elided(self, layout: Layout, found: Found, reading: Reading) -> Found:
        """Take in elided parts: "Alten- oder Kinderkrankenpfleger", "… und -männer"."""
        tokens = layout.tokens
        words = tokens.words
        first = found.first
        members: list[str] = []
        while (
            reading.compound
            and first >= 2
            and words[first - 1].text in (_JOINING if first == found.first else {","})
            and words[first - 2].text[-1] == "-"
            and words[first - 2].capital
            and len(words[first - 2].text) > 2
            and "\n" not in layout.text[tokens.starts[first - 2] : tokens.starts[first]]
        ):
            first -= 2
            members.insert(0, self._lexicon.member(words[first].text, reading))
        last = found.last
        if (
            reading.compound
            and last + 2 < len(words)
            and words[last + 1].text in _JOINING
            and words[last + 2].text[0] == "-"
            and words[last + 2].text[1:].isalpha()
        ):
            last += 2
        if (first, last) == (found.first, found.last):
            return found
        role = found.role
        if members:
            role = replace(role, members=(*members, role.name))
        return replace(found, first=first, last=last, role=role, rule="role.elision")


def _possible(tokens: Tokens, at: int, known: _Type) -> list[tuple[tuple[Element, ...], Role]]:
    """List the phrases that the next word allows, the longest first."""
    if not known.phrases or at + 1 >= len(tokens.words):
        return []
    bases = tokens.words[at + 1].bases
    found = [phrase for base in bases for phrase in known.phrases.get(base, ())]
    return sorted(found, key=lambda phrase: -len(phrase[0])) if len(found) > 1 else found


def _named(layout: Layout, at: int) -> bool:
    """Tell whether a word is a person's name; no surname is a feminine title."""
    return not layout.tokens.words[at].key.endswith(_FEMININE) and layout.names_person(at)


def _surname(tokens: Tokens, one: Found) -> bool:
    """Tell whether a role of one word right behind another one is that one's name."""
    first = one.first
    return (
        first > 0
        and one.last == first
        and not tokens.words[first].key.endswith(_FEMININE)
        and tokens.text[tokens.ends[first - 1] : tokens.starts[first]] == " "
    )


def _span(tokens: Tokens, one: Found) -> Span:
    start, end = tokens.starts[one.first], tokens.ends[one.last]
    return Span(Label.ROLE, start, end, tokens.text[start:end], one.rule, one.role)
