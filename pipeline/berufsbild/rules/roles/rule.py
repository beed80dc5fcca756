"""Find roles: single words first, then the title that grows around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from berufsbild.german.normalise import slug
from berufsbild.german.words import PerType
from berufsbild.lexicon.index import phrase_at
from berufsbild.rules.roles.found import Found
from berufsbild.rules.roles.pictures import Pictures
from berufsbild.rules.roles.senses import Senses
from berufsbild.rules.roles.tails import Tails
from berufsbild.rules.roles.trades import Trades
from berufsbild.spans import Label, Span
from berufsbild.values import Role

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout, Title
    from berufsbild.lexicon.index import Element
    from berufsbild.rules.roles.lexicon import Reading, RoleLexicon
    from berufsbild.spans import Tokens

_FEMININE: Final = ("in", "innen")
_JOINING: Final = frozenset({"und", "oder", "bzw.", "sowie", "/", "&", "beziehungsweise"})


@dataclass(slots=True)
class _Type:
    """What a word type can begin or be."""

    reading: Reading | None
    phrases: list[tuple[tuple[Element, ...], Role]]
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
        found = self._with_titles(layout, found)
        found = self._senses.without(layout, self._pictures.without(layout, found))
        found = self._trades.coded(layout, found)
        return [_span(tokens, one) for one in found]

    def _look(self, word: Word) -> _Type | None:
        if not word.letters:
            return None
        reading = self._lexicon.read(word)
        phrases = self._lexicon.index.phrases(word)
        opens = word.text.lower() in self._lexicon.grammar.of_heads or self._tails.adjective(word)
        if reading is None and not phrases and not opens:
            return None
        return _Type(reading, phrases, opens)

    def _at(self, layout: Layout, at: int, known: _Type) -> Found | None:
        tokens = layout.tokens
        for elements, role in known.phrases:
            if phrase_at(tokens, at, elements) and not _named(layout, at):
                last = at + len(elements) - 1
                found = Found(at, last, role, "role.lexicon", at)
                return self._grown(layout, found)
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
            return self._with_tail(layout, self._grown(layout, found), reading, tail)
        if not reading.alone:
            return None
        found = self._elided(layout, found, reading)
        return self._grown(layout, found)

    def _ordinary(self, layout: Layout, at: int, reading: Reading) -> bool:
        """Tell whether the word before says that no role is meant: meine Schwester."""
        forbidden = self._not_after.get(reading.key)
        if forbidden is None or at == 0:
            return False
        words = layout.tokens.words
        singular = words[at].key == reading.key
        return singular and words[at - 1].text.lower() in forbidden

    def _with_tail(self, layout: Layout, found: Found, reading: Reading, last: int) -> Found:
        tokens = layout.tokens
        tail = layout.text[tokens.ends[found.head] : tokens.ends[last]].strip()
        name = f"{found.role.name} {tail}"
        role = Role(slug(name), name, found.role.kldb or reading.role.kldb, found.role.head)
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

    def _with_titles(self, layout: Layout, found: list[Found]) -> list[Found]:
        """Add what the title lines say the text is about, wherever it stands."""
        titles = [title for title in layout.titles if title.strong and title.role is not None]
        if not titles:
            return found
        tokens = layout.tokens
        for title in titles:
            found = self._with_title(layout, found, title)
        found.sort(key=lambda one: one.first)
        return [one for one in found if tokens.starts[one.first] < tokens.ends[one.last]]

    def _with_title(self, layout: Layout, found: list[Found], title: Title) -> list[Found]:
        if title.role is None:
            return found
        first, end = layout.token_range(*title.role)
        words = layout.tokens.words[first:end]
        if not words or len(words) > 8:
            return found
        inside = [one for one in found if first <= one.first and one.last < end]
        role = max((one.role for one in inside), key=lambda role: len(role.name), default=None)
        if len(inside) == 1 and (inside[0].first, inside[0].last) == (first, end - 1):
            return found
        name = " ".join(word.text for word in words)
        whole = Role(
            slug(name), name, role.kldb if role else None, role.head if role else words[0].text
        )
        keys = [set(word.bases) for word in words]
        added = list(_places_of(layout.tokens, keys, whole))
        return [
            one
            for one in found
            if not any(new.first <= one.last and one.first <= new.last for new in added)
        ] + added


def _places_of(tokens: Tokens, keys: list[set[str]], role: Role) -> list[Found]:
    """Find every place where the words of a title stand in some form."""
    words = tokens.words
    found = []
    last = -1
    for at in range(len(words) - len(keys) + 1):
        if at <= last or not words[at].capital:
            continue
        if all(
            key & words[at + number].bases.keys() and len(words[at + number].key) > 1
            for number, key in enumerate(keys)
        ):
            last = at + len(keys) - 1
            found.append(Found(at, last, role, "role.title_line", at))
    return found


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
