"""The names in a sentence, and what the words around each say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.german.memory import FEW
from berufsbild.german.words import PerType
from berufsbild.rules.places.homographs import Homographs
from berufsbild.rules.places.mention import NOT, SURE, WEAK, Candidate
from berufsbild.rules.places.names import PAIRING, Names
from berufsbild.rules.places.spot import BorderError, Spot

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Sentence, Stretch
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


class Nearby:
    """Finds names, and judges each as far as the words around it can."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer and what is known about words."""
        self._context = gazetteer.context
        self.linking = self._context.joining | self._context.firm_prepositions
        self._neighbours = PerType(self._look, FEW)
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
        words, neighbours = tokens.words, self._neighbours
        before = behind = _SILENT
        if first and (not whole or not tokens.broken(first - 1, first)):
            before = neighbours[words[first - 1]] or _SILENT
        if last + 1 < len(words) and (not whole or not tokens.broken(last, last + 1)):
            behind = neighbours[words[last + 1]] or _SILENT
        street = behind.street or (name.adjective and behind.dish)  # Leipziger Straße, Halle 3
        never = street or stretch.names_person(first)
        verdict: int | None = NOT
        if before.classed and not name.adjective:
            verdict = SURE
        elif name.verdict is not None:
            verdict = name.verdict
        elif name.rule == "place.open":
            verdict = SURE if before.opening else WEAK
        elif name.strength is not None:
            joined = follows or leads
            verdict = self._homograph(Spot(stretch, name, first, last, joined=joined, whole=whole))
        elif not before.articled:
            surely = name.size >= self._context.big or before.preposition
            verdict = SURE if surely else WEAK
        elif "district" in name.kinds:
            verdict = WEAK
        genitive = name.rule == "place.genitive"  # die Malerin Hamburgs
        start, end = tokens.starts[first], tokens.ends[last]
        return Candidate(
            name,
            first,
            last,
            start,
            tokens.text[start:end],
            follows,
            follows or leads,
            never,
            before.classed,
            before.called and not genitive,
            not (genitive or before.preposition),
            verdict,
            verdict == WEAK and stretch.starts_sentence(first),
        )

    def _homograph(self, spot: Spot) -> int | None:
        """Judge what may be an ordinary word; null where its sentence is not enough."""
        try:
            return self.homographs.judge(spot)
        except BorderError:
            return None

    def _look(self, word: Word) -> Neighbour | None:
        text = word.text
        context = self._context
        calling = word.capital and (
            text in context.callings or text.endswith(context.calling_ends)
        )  # Polier Schleswig
        said = Neighbour(
            articled=text in context.articles,
            classed=text in context.class_words,
            preposition=text in context.prepositions,
            opening=text in context.open_before,
            called=calling or text in context.speaking,  # sagte Emden
            street=text in context.streets or text.isdigit(),
            dish=text in context.dishes,
        )
        return None if said == _SILENT else said
