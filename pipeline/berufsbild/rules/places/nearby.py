"""The names in a sentence, and what the words around each say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.rules.places.homographs import Homographs
from berufsbild.rules.places.mention import NOT, SURE, WEAK, Candidate
from berufsbild.rules.places.names import PAIRING, Names
from berufsbild.rules.places.spot import BorderError, Spot

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Sentence, Stretch
    from berufsbild.rules.places.context import Context
    from berufsbild.rules.places.gazetteer import Gazetteer
    from berufsbild.rules.places.mention import Name
    from berufsbild.rules.places.names import Known


class Found(NamedTuple):
    """The names in a sentence alone.

    Shape: `open` are tokens at the end whose name may go on in the next
        sentence; `halved` tells whether the first may be the second half of a
        pair that the sentence before begins ("Nord- | und Süddeutschland").
    """

    candidates: tuple[Candidate, ...]
    open: tuple[tuple[int, Known], ...]
    halved: bool


class Neighbour(NamedTuple):
    """What a word says of the name before it (`street`, `dish`) or behind it (the others).

    Before "Straße" a name is a street's; behind "Stadt" it is a place's.
    """

    articled: bool = False
    classed: bool = False
    preposition: bool = False
    opening: bool = False
    called: bool = False
    street: bool = False
    dish: bool = False


_SILENT: Final = Neighbour()
_NUMBER: Final = Neighbour(street=True)
_CALLING: Final = Neighbour(called=True)


class Nearby:
    """Finds names, and judges each as far as the words around it can."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer and what is known about words."""
        self._context = gazetteer.context
        self.linking = self._context.joining | self._context.firm_prepositions
        self._neighbours = _neighbours(self._context)
        self.names = Names(gazetteer)
        self.homographs = Homographs(gazetteer)

    def in_sentence(self, sentence: Sentence) -> Found | None:
        """Find the names in a sentence, whatever stands around it; null where there is none."""
        words = sentence.tokens.words
        hits = self.names.of(words)
        if not hits:
            return None
        candidates = self._candidates(sentence, hits, whole=False)
        going_on = [hit for hit in hits if hit[1].phrases and self.names.runs_on(words, *hit)]
        if not candidates and not going_on:
            return None
        first = candidates[0].last if candidates else 2
        halved = first == 0 or (first == 1 and words[0].text in PAIRING)
        return Found(candidates, tuple(going_on), halved)

    def in_text(self, layout: Stretch, begin: int, end: int) -> tuple[Candidate, ...]:
        """Find the names that begin in a range of the tokens of a text."""
        hits = self.names.of(layout.tokens.words[begin:end])
        return self._candidates(layout, [(begin + at, known) for at, known in hits], whole=True)

    def _candidates(
        self, stretch: Stretch, hits: list[tuple[int, Known]], *, whole: bool
    ) -> tuple[Candidate, ...]:
        tokens = stretch.tokens
        found: list[tuple[Name, int, int]] = []
        taken = -1
        for at, known in hits:
            name = self.names.at(tokens, at, known) if at > taken else None
            if name is not None:
                found.append(name)
                taken = name[2]
        candidates: list[Candidate] = []
        follows = False
        for number, place in enumerate(found, 1):
            leads = number < len(found) and self.linked(stretch, place[2], found[number][1])
            candidates.append(self._candidate(stretch, place, (follows, leads), whole=whole))
            follows = leads
        return tuple(candidates)

    def linked(self, stretch: Stretch, last: int, first: int) -> bool:
        """Tell whether only a joining word stands between two tokens: A, B und C."""
        if not 1 < first - last <= 3:
            return False
        between = stretch.tokens.words[last + 1 : first]
        return all(word.text in self.linking for word in between)

    def _candidate(
        self,
        stretch: Stretch,
        place: tuple[Name, int, int],
        links: tuple[bool, bool],
        *,
        whole: bool,
    ) -> Candidate:
        """Say what the words around a name say."""
        name, first, last = place
        follows, leads = links
        tokens = stretch.tokens
        words = tokens.words
        before = behind = _SILENT
        spelt = words[first - 1].text if first else ""
        if first and (not whole or not tokens.broken(first - 1, first)):
            before = self._neighbour(words[first - 1])
        if last + 1 < len(words) and (not whole or not tokens.broken(last, last + 1)):
            behind = self._neighbour(words[last + 1])
        street = behind.street or (name.adjective and behind.dish)  # Leipziger Straße, Halle 3
        never = street or stretch.names_person(first)
        joined = follows or leads
        verdict: int | None = NOT
        if not never:
            verdict = self._verdict(stretch, place, before, joined=joined, whole=whole)
        genitive = name.rule == "place.genitive"  # die Malerin Hamburgs
        called = before.called and not genitive
        start, end = tokens.starts[first], tokens.ends[last]
        return Candidate(
            name,
            first,
            last,
            start,
            tokens.text[start:end],
            spelt,
            follows,
            joined,
            never,
            before.classed,
            called,
            not (genitive or before.preposition),
            verdict,
            verdict == WEAK and stretch.starts_sentence(first),
            never or not (verdict is None or called or name.nickname),
        )

    def _verdict(
        self,
        stretch: Stretch,
        place: tuple[Name, int, int],
        before: Neighbour,
        *,
        joined: bool,
        whole: bool,
    ) -> int | None:
        """Say what the words around a name say; null where its sentence is not enough."""
        name = place[0]
        if before.classed and not name.adjective:
            return SURE
        if name.verdict is not None:
            return name.verdict
        if name.rule == "place.open":
            return SURE if before.opening else WEAK
        if name.strength is not None:
            try:
                return self.homographs.judge(Spot(stretch, *place, joined=joined, whole=whole))
            except BorderError:
                return None
        if before.articled:
            return WEAK if "district" in name.kinds else NOT
        surely = name.size >= self._context.big or before.preposition
        return SURE if surely else WEAK

    def _neighbour(self, word: Word) -> Neighbour:
        text = word.text
        said = self._neighbours.get(text)
        if said is not None:
            return said
        if word.capital:
            return _CALLING if text.endswith(self._context.calling_ends) else _SILENT
        return _NUMBER if text.isdigit() else _SILENT  # Halle 3


def _neighbours(context: Context) -> dict[str, Neighbour]:
    """Say of every word with a meaning beside a name what it means there."""
    listed = (
        context.articles,
        context.class_words,
        context.prepositions,
        context.open_before,
        context.callings | context.speaking,  # Polier Schleswig, sagte Emden
        context.streets,
        context.dishes,
    )
    return {
        word: Neighbour(*[word in words for words in listed])
        for word in frozenset[str]().union(*listed)
    }
