"""Decide which names are places here, and which of several places they name.

A name that could be an ordinary word, a person or a hamlet needs a witness: a
preposition, a class word, a neighbour that is a place, the headline, or a town
nearby that the text speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.rules.places.homographs import Homographs
from berufsbild.rules.places.mention import NOT, SURE, WEAK, WITH_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from berufsbild.layout import Layout
    from berufsbild.rules.places.gazetteer import Entry, Gazetteer
    from berufsbild.rules.places.mention import Mention

_REGION_KM: Final = 60.0
_VOTES: Final = 2
_BARE: Final = 0.05
"""What a water or mountain without an article is worth: in Gera, an der Gera."""


class Document:
    """The mentions of one text, judged together."""

    def __init__(self, layout: Layout, gazetteer: Gazetteer, mentions: list[Mention]) -> None:
        """Note what the headline says and which mentions stand side by side."""
        self._layout = layout
        self._gazetteer = gazetteer
        self._context = gazetteer.context
        self._homographs = Homographs(layout, gazetteer)
        self._mentions = mentions
        self._headline: Entry | None = None
        self._titles: set[str] = set()
        self._persons: set[str] = set()
        self._read_titles()
        self._join()

    def decide(self) -> Iterator[tuple[Mention, Entry]]:
        """Yield the mentions that are places, each with the place it names."""
        self._judge_all()
        if self._headline is None and self._found_headline():
            self._judge_all()
        self._settle_headline()
        sure = [self._choose(mention, []) for mention in self._mentions if mention.verdict == SURE]
        anchors = list({entry.place.id: entry for entry in sure}.values())
        names = {m.name for m in self._mentions if m.verdict == SURE and not m.adjective}
        for mention in self._mentions:
            if mention.verdict == WEAK and self._rescued(mention, anchors, names):
                mention.verdict = SURE
        for mention in self._mentions:
            if mention.verdict == SURE:
                yield mention, self._choose(mention, anchors)

    def _settle_headline(self) -> None:
        """Let Wettingen tell Baden in Aargau from Baden near Wien; names of one place vote."""
        headline = self._headline
        towns = [] if headline is None else self._gazetteer.named(headline.place.name)
        towns = [entry for entry in towns if entry.place.kind == "city"]
        if headline not in towns or len(towns) == 1:
            return
        voters = {
            mention.entries[0].place.id: mention.entries[0]
            for mention in self._mentions
            if mention.verdict != NOT and len(mention.entries) == 1
        }
        near = self._context.near_km
        votes = {
            entry.place.id: sum(entry.km(voter) <= near for voter in voters.values())
            for entry in towns
        }
        best = max(towns, key=lambda entry: (votes[entry.place.id], _size(entry)))
        if votes[best.place.id] >= _VOTES and votes[headline.place.id] == 0:
            self._headline = best

    def _judge_all(self) -> None:
        for mention in self._mentions:
            mention.verdict = self._judge(mention)

    def _found_headline(self) -> bool:
        """Take the first sure town of the title lines as the headline's."""
        lines = [line for line in self._layout.lines if line.kind == "title"]
        end = max((line.end for line in lines), default=0)
        starts = self._layout.tokens.starts
        for mention in self._mentions:
            towns = [entry for entry in mention.entries if entry.place.kind == "city"]
            sure = mention.verdict == SURE and not mention.adjective and towns
            if sure and starts[mention.first] < end:
                self._headline = max(towns, key=_size)
                self._titles.add(mention.name)
                return True
        return False

    def _read_titles(self) -> None:
        for title in self._layout.titles:
            if title.place is None:
                continue
            first, end = self._layout.token_range(*title.place)
            for mention in self._mentions:
                if mention.first == first and mention.last >= end - 1 and not mention.adjective:
                    if not title.strong and self._headline is not None:
                        continue
                    self._titles.add(mention.name)
                    if self._headline is None:
                        self._headline = max(mention.entries, key=_size)
                    self._add_short_form(first, mention)

    def _add_short_form(self, first: int, mention: Mention) -> None:
        """Let "Frankfurt" be the town after "Frankfurt am Main" stood in the title."""
        short = self._layout.tokens.words[first].text
        if any(entry in mention.entries for entry in self._gazetteer.named(short)):
            self._titles.add(short)

    def _join(self) -> None:
        """Link mentions with only a joining word between them: A, B und C."""
        words = self._layout.tokens.words
        for one, other in zip(self._mentions, self._mentions[1:], strict=False):
            between = words[one.last + 1 : other.first]
            if 0 < len(between) <= 2 and all(
                word.text in self._context.joining or word.text in self._context.firm_prepositions
                for word in between
            ):
                one.joined.append(other)
                other.joined.append(one)

    def _judge(self, mention: Mention) -> int:
        words = self._layout.tokens.words
        after = words[mention.last + 1].text if mention.last + 1 < len(words) else ""
        if self._adjacent(mention.last) and (after in self._context.streets or after.isdigit()):
            return NOT  # Leipziger Straße, Halle 3
        if mention.adjective and after in self._context.dishes:
            return NOT
        if self._layout.names_person(mention.first):
            return NOT
        return self._judge_adjective(mention) if mention.adjective else self._judge_name(mention)

    def _judge_name(self, mention: Mention) -> int:
        context = self._context
        words = self._layout.tokens.words
        before = words[mention.first - 1].text if mention.first else ""
        if not self._adjacent(mention.first - 1):
            before = ""
        articled = before in context.articles
        if mention.name in self._gazetteer.nicknames:
            return SURE if self._headline in mention.entries else WEAK
        if mention.name in self._titles:
            homograph = mention.name in self._gazetteer.homographs
            return NOT if homograph and self._homographs.is_word(mention, before) else SURE
        if before in context.class_words or self._in_title(mention):
            return SURE
        if mention.rule != "place.genitive" and self._names_person(mention, before):
            return NOT  # but die Malerin Hamburgs
        if mention.rule == "place.open":
            return SURE if before in context.open_before else WEAK
        strength = self._gazetteer.homographs.get(mention.name)
        if mention.rule == "place.genitive" and strength is None:
            strength = self._gazetteer.homographs.get(words[mention.first].text)
        kinds = {entry.place.kind for entry in mention.entries}
        if strength is not None:
            return self._homographs.judge(mention, strength, before, articled=articled)
        if kinds - {"city", "district"}:
            return SURE
        if kinds == {"district"}:
            return SURE if "-" in mention.name else WEAK
        if articled:
            return WEAK if "district" in kinds else NOT
        size = max(entry.population for entry in mention.entries)
        if size >= context.big or before in context.prepositions:
            return SURE
        return WEAK

    def _names_person(self, mention: Mention, before: str) -> bool:
        """Tell a person from the town: "Polier Schleswig", "sagte Emden", and Emden again."""
        context = self._context
        calling = before[:1].isupper() and (
            before in context.callings or before.endswith(context.calling_ends)
        )
        if calling or before in context.speaking:
            start = self._layout.tokens.starts[mention.first]
            if self._layout.line(start).kind == "title":
                return False
            self._persons.add(mention.name)
            return True
        return mention.name in self._persons and before not in context.prepositions

    def _judge_adjective(self, mention: Mention) -> int:
        if mention.name in self._titles:
            return SURE
        size = max(entry.population for entry in mention.entries)
        articled = any(entry.articled for entry in mention.entries)
        return SURE if size >= self._context.big_adjective or articled else WEAK

    def _rescued(self, mention: Mention, anchors: list[Entry], names: set[str]) -> bool:
        """Tell whether the rest of the text vouches for a weak mention."""
        if mention.name in names and mention.name not in self._gazetteer.homographs:
            return True
        if self._headline is not None:
            anchors = [self._headline, *anchors]
        strength = self._gazetteer.homographs.get(mention.name)
        near = self._context.near_km
        at_home = any(
            entry.km(anchor) <= near
            or entry.within == anchor.place.id
            or (entry.articled and entry.place.admin1 in (anchor.place.admin1, anchor.place.name))
            for entry in mention.entries
            for anchor in anchors
        )
        joined = any(other.verdict == SURE for other in mention.joined)
        if strength == "strong":
            return self._homographs.strongly_placed(mention, joined=joined, at_home=at_home)
        if mention.name in self._gazetteer.nicknames:
            return strength is None or at_home
        if strength is not None and self._articled(mention):
            return any(self._headline_has(entry) for entry in mention.entries)
        if strength is not None:
            return at_home or joined or self._bare_again(mention, names)
        kinds = {entry.place.kind for entry in mention.entries}
        inside = any(
            entry.within == anchor.place.id for entry in mention.entries for anchor in anchors
        )
        if self._articled(mention):
            return inside
        if kinds == {"district"}:
            placed = joined or self._before(mention) in self._context.firm_prepositions
            return inside or mention.rule == "place.hyphen" or (placed and at_home)
        if mention.rule == "place.open":
            return joined
        first = self._layout.starts_sentence(mention.first)
        return joined or (at_home and not first)

    def _bare_again(self, mention: Mention, names: set[str]) -> bool:
        """Tell "obwohl Essen nah ist" where the text has been in Essen already."""
        return mention.name in names and self._before(mention) in self._context.bare_before

    def _before(self, mention: Mention) -> str:
        """Give the word before a name, empty at the start of the text."""
        return self._layout.tokens.words[mention.first - 1].text if mention.first else ""

    def _articled(self, mention: Mention) -> bool:
        words = self._layout.tokens.words
        return bool(mention.first) and words[mention.first - 1].text in self._context.articles

    def _headline_has(self, entry: Entry) -> bool:
        return self._headline is not None and entry.within == self._headline.place.id

    def _choose(self, mention: Mention, anchors: list[Entry]) -> Entry:
        """Choose among places of one name by the headline, the others, and size."""
        if len(mention.entries) == 1:
            return mention.entries[0]
        if self._headline is not None:
            anchors = [self._headline, *anchors]

        big = max(entry.population for entry in mention.entries) >= self._context.big
        homes = anchors[:1] if big and self._headline is not None else anchors

        def fit(entry: Entry) -> tuple[bool, bool, bool, float]:  # the later, the weaker
            inside = any(entry.within == anchor.place.id for anchor in homes if entry.within)
            named = mention.name in self._titles and entry is self._headline
            classed = self._classed(mention, entry)
            nearest = min((entry.km(anchor) for anchor in anchors), default=0.0)
            if entry.articled:  # a region has no single point to measure from
                nearest = min(nearest, _REGION_KM)
            weight = (
                entry.weight
                * (1.0 if classed or not entry.natural else _BARE)
                / (1 + (nearest / 40) ** 2 / 20)
            )
            return named, inside, classed, weight

        return max(mention.entries, key=fit)

    def _classed(self, mention: Mention, entry: Entry) -> bool:
        """Tell whether a class word before the name calls for a region."""
        words = self._layout.tokens.words
        before = words[mention.first - 1].text if mention.first else ""
        return entry.articled and (before in self._context.class_words or before in WITH_ARTICLE)

    def _in_title(self, mention: Mention) -> bool:
        start = self._layout.tokens.starts[mention.first]
        return any(
            title.strong and title.place is not None and title.place[0] <= start < title.place[1]
            for title in self._layout.titles
        )

    def _adjacent(self, at: int) -> bool:
        """Tell whether only blanks on one line part a token from the next."""
        tokens = self._layout.tokens
        if at < 0 or at + 1 >= len(tokens.starts):
            return False
        return "\n" not in self._layout.text[tokens.ends[at] : tokens.starts[at + 1]]


def _size(entry: Entry) -> tuple[bool, int]:
    return entry.place.kind == "city", entry.population
