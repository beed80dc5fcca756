"""Decide which names are places here, and which of several places they name.

A name that could be an ordinary word, a person or a hamlet needs a witness: a
preposition, a class word, a neighbour that is a place, the headline, or a town
nearby that the text speaks of.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from berufsbild.rules.places.choice import Anchors, km
from berufsbild.rules.places.gazetteer import ARTICLED
from berufsbild.rules.places.mention import NOT, SURE, WEAK, WITH_ARTICLE
from berufsbild.rules.places.spot import asked

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.places.choice import Choice
    from berufsbild.rules.places.gazetteer import Entry, Gazetteer
    from berufsbild.rules.places.mention import Mention
    from berufsbild.rules.places.nearby import Nearby

_VOTES: Final = 2


class Document:
    """The mentions of one text, judged together."""

    def __init__(
        self,
        layout: Layout,
        gazetteer: Gazetteer,
        nearby: Nearby,
        choice: Choice,
        mentions: list[Mention],
    ) -> None:
        """Note what the headline says and which mentions stand side by side."""
        self._layout = layout
        self._gazetteer = gazetteer
        self._context = gazetteer.context
        self._nearby = nearby
        self._choice = choice
        self._mentions = mentions
        self._headline: Entry | None = None
        self._titles: set[str] = set()
        self._persons: set[str] = set()
        self._slots = [
            title.place for title in layout.titles if title.strong and title.place is not None
        ]
        # tokens that nobody has asked for are not marked by a base model either
        self._marked = layout.marked
        self._read_titles()
        self._join()

    def decide(self) -> list[tuple[Mention, Entry]]:
        """List the mentions that are places, each with the place it names."""
        mentions = self._mentions
        self._judge_all()
        if self._headline is None and self._found_headline():
            self._judge_all()
        self._settle_headline()
        sure = [mention for mention in mentions if mention.verdict == SURE]
        anchors = Anchors(self._headline, map(self._choose, sure))
        weak = [at for at, mention in enumerate(mentions) if mention.verdict == WEAK]
        if weak:
            names = {one.found.name.text for one in sure if not one.found.name.adjective}
            for at in weak:
                if self._rescued(at, mentions[at], anchors, names):
                    mentions[at].verdict = SURE
            sure = [mention for mention in mentions if mention.verdict == SURE]
        return [(one, self._choose(one, anchors)) for one in sure]

    def _settle_headline(self) -> None:
        """Let Wettingen tell Baden in Aargau from Baden near Wien; names of one place vote."""
        headline = self._headline
        towns = [] if headline is None else self._choice.rivals(headline)
        if headline is None or not towns:
            return
        single = [
            mention.found.name.entries[0]
            for mention in self._mentions
            if mention.verdict != NOT and len(mention.found.name.entries) == 1
        ]
        voters = {entry.place.id: entry for entry in single}.values()
        near = self._context.near_km
        votes = {
            entry.place.id: sum(km(entry, voter) <= near for voter in voters) for entry in towns
        }
        best = max(towns, key=lambda entry: (votes[entry.place.id], _size(entry)))
        if votes[best.place.id] >= _VOTES and votes[headline.place.id] == 0:
            self._headline = best

    def _found_headline(self) -> bool:
        """Take the first sure town of the title lines as the headline's."""
        end = 0
        for line in self._layout.lines:
            if line.kind != "title":
                break
            end = line.end
        for mention in self._mentions:
            if mention.start >= end:
                break
            name = mention.found.name
            towns = [entry for entry in name.entries if entry.place.kind == "city"]
            if mention.verdict == SURE and not name.adjective and towns:
                self._headline = max(towns, key=_size)
                self._titles.add(name.text)
                return True
        return False

    def _read_titles(self) -> None:
        for title in self._layout.titles:
            if title.place is None:
                continue
            for mention in self._mentions:
                if mention.start >= title.place[1]:
                    break
                if mention.start < title.place[0] or not self._fills(mention, *title.place):
                    continue
                name = mention.found.name
                if not title.strong and self._headline is not None:
                    continue
                self._titles.add(name.text)
                if self._headline is None:
                    self._headline = max(name.entries, key=_size)
                self._add_short_form(mention)

    def _fills(self, mention: Mention, start: int, end: int) -> bool:
        """Tell whether a name begins with the place of a title and is no shorter."""
        if mention.found.name.adjective:
            return False
        sentence, offset, before = mention.part or self._layout.part(mention.first)
        if end > offset + len(sentence.text):
            first, behind = self._layout.token_range(start, end)
        else:
            first, behind = sentence.token_range(start - offset, end - offset)
            first, behind = before + first, before + behind
        return mention.first == first and mention.last >= behind - 1

    def _add_short_form(self, mention: Mention) -> None:
        """Let "Frankfurt" be the town after "Frankfurt am Main" stood in the title."""
        name, part = mention.found.name, mention.part or self._layout.part(mention.first)
        short = part.sentence.tokens.words[mention.first - part.first].text
        if short != name.text and any(
            entry in name.entries for entry in self._gazetteer.named(short)
        ):
            self._titles.add(short)

    def _join(self) -> None:
        """Link mentions with only a joining word between them: A, B und C."""
        for one, other in pairwise(self._mentions):
            linked = other.found.follows
            if not linked and 1 < other.first - one.last <= 3:
                linked = self._across(one, other)
            if linked:
                one.leads = other.follows = True

    def _across(self, one: Mention, other: Mention) -> bool:
        """Tell whether only a joining word stands between mentions of different sentences."""
        linking = self._nearby.linking
        if one.part is not None:
            words, behind = one.part.sentence.tokens.words, one.found.last + 1
            if one.part is other.part or (
                behind < len(words) and words[behind].text not in linking
            ):
                return False
        return all(self._word(at) in linking for at in range(one.last + 1, other.first))

    def _judge_all(self) -> None:
        """Judge each mention that its own sentence leaves open or the text may overrule."""
        titles, persons = self._titles, self._persons
        slots_end = max((end for _, end in self._slots), default=0)
        for mention in self._mentions:
            found = mention.found
            text = found.name.text
            if (
                not found.settled
                or mention.start < slots_end
                or text in titles
                or text in persons
                or ((mention.leads or mention.follows) and not found.joined)
                or self._marked
            ):
                mention.verdict = self._judge(mention)

    def _judge(self, mention: Mention) -> int:
        found = mention.found
        if found.never:
            return NOT
        name = found.name
        titled = name.text in self._titles
        if name.adjective:
            return SURE if titled else found.verdict or WEAK
        if name.nickname:
            return SURE if self._headline in name.entries else WEAK
        if titled:
            is_word = self._nearby.homographs.is_word
            word = name.homograph is not None and asked(self._layout, mention, is_word)
            return NOT if word else SURE
        if found.classed or self._in_title(mention):
            return SURE
        if (found.called or name.text in self._persons) and self._names_person(mention):
            return NOT  # but die Malerin Hamburgs
        return self._judge_words(mention) if name.strength is not None else found.verdict or NOT

    def _judge_words(self, mention: Mention) -> int:
        """Judge what may be an ordinary word, by what stands beside its sentence too."""
        found = mention.found
        homographs = self._nearby.homographs
        verdict = found.verdict
        if verdict is None or ((mention.leads or mention.follows) and not found.joined):
            verdict = asked(self._layout, mention, homographs.judge)
        strength = found.name.strength
        if not self._marked or strength is None:
            return verdict
        tokens = self._layout.tokens
        tag = tokens.tags[mention.first] if tokens.tags else ""
        entity = tokens.entities[mention.first] if tokens.entities else ""
        return homographs.with_model(strength, verdict, tag, entity)

    def _names_person(self, mention: Mention) -> bool:
        """Tell a person from the town: "Polier Schleswig", "sagte Emden", and Emden again."""
        name = mention.found.name
        if not mention.found.called:
            return mention.found.alone and name.text in self._persons
        if self._layout.line(mention.start).kind == "title":
            return False
        self._persons.add(name.text)
        return True

    def _rescued(self, at: int, mention: Mention, anchors: Anchors, names: set[str]) -> bool:
        """Tell whether the rest of the text vouches for a weak mention."""
        name = mention.found.name
        homograph = name.homograph
        if name.text in names and homograph is None:
            return True
        joined = mention.follows and self._mentions[at - 1].verdict == SURE
        joined = joined or (mention.leads and self._mentions[at + 1].verdict == SURE)
        if homograph == "strong":
            at_home = partial(self._at_home, mention, anchors)
            judge = self._nearby.homographs.strongly_placed
            return asked(self._layout, mention, partial(judge, joined=joined, at_home=at_home))
        if name.nickname:
            return homograph is None or self._at_home(mention, anchors)
        before = self._before(mention)
        articled = before in self._context.articles
        if homograph is not None:
            if articled:
                return any(self._headline_has(entry) for entry in name.entries)
            again = name.text in names and before in self._context.bare_before
            return joined or again or self._at_home(mention, anchors)
        if articled:
            return anchors.has(name.entries)
        if name.kinds == {"district"}:
            if name.rule == "place.hyphen" or anchors.has(name.entries):
                return True
            placed = joined or before in self._context.firm_prepositions
            return placed and self._at_home(mention, anchors)
        if joined or name.rule == "place.open":
            return joined
        return not mention.found.opens and self._at_home(mention, anchors)

    def _at_home(self, mention: Mention, anchors: Anchors) -> bool:
        return anchors.around(mention.found.name.entries, self._context.near_km)

    def _before(self, mention: Mention) -> str:
        """Give the word before a name, empty at the start of the text."""
        before = mention.found.before
        return before or (self._word(mention.first - 1) if mention.first else "")

    def _word(self, at: int) -> str:
        sentence, _, first = self._layout.part(at)
        return sentence.tokens.words[at - first].text

    def _headline_has(self, entry: Entry) -> bool:
        return self._headline is not None and entry.within == self._headline.place.id

    def _choose(self, mention: Mention, anchors: Anchors | None = None) -> Entry:
        """Choose among places of one name, by the headline alone or by all anchors."""
        name = mention.found.name
        if len(name.entries) == 1:
            return name.entries[0]
        classed = not name.kinds.isdisjoint(ARTICLED) and self._calls_for_region(mention)
        titled = name.text in self._titles
        if anchors is None:
            return self._choice.first(name, self._headline, titled=titled, classed=classed)
        return self._choice.among(name, anchors, titled=titled, classed=classed)

    def _calls_for_region(self, mention: Mention) -> bool:
        before = self._before(mention)
        return before in self._context.class_words or before in WITH_ARTICLE

    def _in_title(self, mention: Mention) -> bool:
        return any(start <= mention.start < end for start, end in self._slots)


def _size(entry: Entry) -> tuple[bool, int]:
    return entry.place.kind == "city", entry.population
