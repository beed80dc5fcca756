"""Find roles: single words first, then the title that grows around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.german.normalise import slug
from berufsbild.lexicon.index import phrase_at
from berufsbild.rules.roles.around import words_between
from berufsbild.rules.roles.found import Found, Mention
from berufsbild.rules.roles.headlines import Headlines
from berufsbild.rules.roles.pictures import Pictures
from berufsbild.rules.roles.senses import Senses
from berufsbild.rules.roles.tails import Tails
from berufsbild.rules.roles.trades import Trades
from berufsbild.rules.roles.types import FEMININE, Types
from berufsbild.spans import Label, Span
from berufsbild.values import Role

if TYPE_CHECKING:
    from berufsbild.layout import Layout, Sentence, Stretch
    from berufsbild.lexicon.index import Element
    from berufsbild.rules.roles.lexicon import Reading, RoleLexicon
    from berufsbild.rules.roles.types import Phrases, Type
    from berufsbild.spans import Tokens

_JOINING: Final = frozenset({"und", "oder", "bzw.", "sowie", "wie", "/", "&", "beziehungsweise"})
_GOING_ON: Final = _JOINING | {"of"}
"""What continues the title that the line before ends with."""


class _Local(NamedTuple):
    """What a sentence says by itself, and where those around it could change that.

    Shape: `found` in offsets of the sentence; `begins` where the word before it could forbid its
        first role ("eine / Leiter"); `open` where no mark ends it, so that a title could go on
        in the next line, and `asks_on` where its last word wants that ("Fachkraft für").
    """

    found: tuple[Mention, ...]
    begins: bool
    open: bool
    asks_on: bool


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
        self._types = Types(lexicon)

    def find(self, layout: Layout) -> list[Span]:
        """Find the roles of a text."""
        found = self._headlines.followed(layout, self._in_text(layout))
        found = self._senses.without(layout, self._pictures.without(layout, found))
        return [one.span() for one in self._trades.coded(layout, found)]

    def _in_text(self, layout: Layout) -> list[Mention]:
        """Find the roles of all sentences, those anew whose neighbours matter."""
        found: list[Mention] = []
        taken = -1
        for part, here in zip(layout.parts, layout.known(self, self._in_sentence), strict=True):
            if here is None:
                continue
            sentence, _, first = part
            local, begins, is_open, asks_on = here
            if (
                taken >= first
                or (begins and first > 0)
                or asks_on
                or (is_open and _goes_on(layout, first + len(sentence.tokens)))
            ):
                known = [(first + at, one) for at, one in self._types.of(sentence.tokens.words)]
                more = [Mention.of(layout, one) for one in self._roles(layout, known, taken)]
            else:
                more = [one.within(part) for one in local]
            if more:
                found += more
                taken = more[-1].last
        return found

    def _in_sentence(self, sentence: Sentence) -> _Local | None:
        """Find the roles of a sentence by itself, null where none could ever be in it."""
        words = sentence.tokens.words
        known = self._types.of(words)
        if not known:
            return None
        found = tuple([Mention.of(sentence, one) for one in self._roles(sentence, known, -1)])
        first, candidate = known[0]
        begins = first == 0 and bool(candidate.forbidden)
        last = words[-1]
        is_open = (last.letters or last.text in _JOINING or last.text == ",") and (
            bool(found) or any(one.reading is not None or one.opens for _, one in known)
        )
        asks_on = is_open and (last.text in _JOINING or self._tails.asks_on(words))
        return _Local(found, begins, is_open, asks_on) if found or begins or is_open else None

    def _roles(self, stretch: Stretch, known: list[tuple[int, Type]], taken: int) -> list[Found]:
        """Find roles at the words that are known for something, behind the token `taken`."""
        words = stretch.tokens.words
        end = len(words) - 1
        found: list[Found] = []
        for at, one in known:
            if at <= taken:
                continue
            hit = None
            if at < end and words[at + 1].key[:1] in one.initials:
                hit = self._phrase(stretch, at, one)
            if hit is None and one.reading is not None:
                hit = self._single(stretch, at, one, one.reading)
            elif hit is None and one.opens:
                hit = self._of_title(stretch, at)
            if hit is None:
                continue
            if hit.first == taken + 1 and _surname(stretch.tokens, hit):  # Bäcker Müller
                continue
            found.append(hit)
            taken = hit.last
        return found

    def _single(self, stretch: Stretch, at: int, known: Type, reading: Reading) -> Found | None:
        """Find an occupation of one word, with all that belongs to it."""
        if known.nameable and stretch.names_person(at):
            return None
        if reading.thing and not self._senses.names_person(stretch, at):
            return None
        if known.forbidden and at and stretch.tokens.words[at - 1].text.lower() in known.forbidden:
            return None
        found = Found(at, at, reading.role, reading.rule, at)
        tail = self._tails.after(stretch, at, reading.head, reading.key)
        if tail is not None:
            return self._with_tail(stretch, self._grown(stretch, found), at, tail)
        if not reading.alone:
            return None
        if reading.compound:
            found = self._elided(stretch, found, reading)
        return self._grown(stretch, found)

    def _phrase(self, stretch: Stretch, at: int, known: Type) -> Found | None:
        """Find an occupation of several words, with its tail."""
        tokens = stretch.tokens
        for elements, role in _possible(tokens, at, known.phrases):
            if phrase_at(tokens, at, elements):
                if known.nameable and stretch.names_person(at):
                    return None
                last = at + len(elements) - 1
                found = self._grown(stretch, Found(at, last, role, "role.lexicon", at))
                tail = self._tails.behind_phrase(stretch, last, role)
                return found if tail is None else self._with_tail(stretch, found, last, tail)
        return None

    def _with_tail(self, stretch: Stretch, found: Found, at: int, last: int) -> Found:
        tokens = stretch.tokens
        tail = stretch.text[tokens.ends[at] : tokens.ends[last]].strip()
        if tail in self._lexicon.grammar.grades:  # Uhrmacherin EFZ
            return Found(found.first, last, found.role, "role.tail", found.head)
        name = f"{found.role.name} {tail}"
        craft = tokens.words[last].key.removesuffix("handwerk")
        trade = self._lexicon.by_key.get(craft)  # Restaurator im Zimmererhandwerk
        kldb = trade.kldb if trade is not None else found.role.kldb
        role = Role(slug(name), name, kldb, found.role.head)
        return Found(found.first, last, role, "role.tail", found.head)

    def _of_title(self, stretch: Stretch, at: int) -> Found | None:
        last = self._tails.of(stretch, at)
        if last is None:
            return None
        tokens = stretch.tokens
        name = stretch.text[tokens.starts[at] : tokens.ends[last]]
        role = Role(slug(name), name, None, tokens.words[at].text)
        return Found(at, last, role, "role.tail", at)

    def _grown(self, stretch: Stretch, found: Found) -> Found:
        """Take in what belongs to the title in front: IT, Senior, Technischer."""
        first = self._tails.before(stretch, found.first)
        if first == found.first:
            return found
        tokens = stretch.tokens
        front = [tokens.words[at] for at in range(first, found.first)]
        if front[0].text[0].isupper() and not self._tails.adjective(front[0]):
            name = "-".join([*(word.text for word in front), found.role.name])
            key = "".join(word.key for word in front) + found.role.name.lower().replace("-", "")
            known = self._lexicon.by_key.get(key)
        else:
            name = f"{front[0].text} {found.role.name}"
            known = None
        old = found.role
        role = known or Role(slug(name), name, old.kldb, old.head, old.members)
        return Found(first, found.last, role, "role.title_words", found.head)

    def _elided(self, stretch: Stretch, found: Found, reading: Reading) -> Found:
        """Take in elided parts: "Alten- oder Kinderkrankenpfleger", "… und -männer"."""
        tokens = stretch.tokens
        words = tokens.words
        first = found.first
        members: list[str] = []
        while (
            first >= 2
            and words[first - 1].text in (_JOINING if first == found.first else {","})
            and words[first - 2].text[-1] == "-"
            and words[first - 2].capital
            and len(words[first - 2].text) > 2
            and not tokens.broken(first - 2, first)
        ):
            first -= 2
            members.insert(0, self._lexicon.member(words[first].text, reading))
        last = found.last
        if (
            last + 2 < len(words)
            and words[last + 1].text in _JOINING
            and words[last + 2].text[0] == "-"
            and words[last + 2].text[1:].isalpha()
        ):
            last += 2
        if (first, last) == (found.first, found.last):
            return found
        role = found.role
        if members:
            role = Role(role.id, role.name, role.kldb, role.head, (*members, role.name))
        return Found(first, last, role, "role.elision", found.head)


def _possible(tokens: Tokens, at: int, phrases: Phrases) -> list[tuple[tuple[Element, ...], Role]]:
    """List the phrases that the next word allows, the longest first."""
    found = [phrase for base in tokens.words[at + 1].bases for phrase in phrases.get(base, ())]
    return sorted(found, key=lambda phrase: -len(phrase[0])) if len(found) > 1 else found


def _surname(tokens: Tokens, one: Found) -> bool:
    """Tell whether a role of one word right behind another one is that one's name."""
    first = one.first
    return (
        first > 0
        and one.last == first
        and not tokens.words[first].key.endswith(FEMININE)
        and tokens.apart(first - 1)
    )


def _goes_on(layout: Layout, at: int) -> bool:
    """Tell whether a title could go on with the token that begins the next sentence."""
    following = words_between(layout, at, at + 1)
    return bool(following) and following[0].text in _GOING_ON
