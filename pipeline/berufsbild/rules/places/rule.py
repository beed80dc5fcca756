"""Find places: every name of the gazetteer, then what speaks for and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.rules.places.choice import Choice
from berufsbild.rules.places.evidence import Document
from berufsbild.rules.places.mention import Mention
from berufsbild.rules.places.nearby import Nearby
from berufsbild.spans import Label, Span

if TYPE_CHECKING:
    from berufsbild.layout import Layout, Part
    from berufsbild.rules.places.gazetteer import Entry, Gazetteer
    from berufsbild.rules.places.nearby import Found

_LONGEST: Final = 12
"""Words of the longest name that is looked for across the borders of sentences."""


class Places:
    """The rule of the label PLACE."""

    label = Label.PLACE

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer; words and sentences are looked at when they are met."""
        self._gazetteer = gazetteer
        self._nearby = Nearby(gazetteer)
        self._choice = Choice(gazetteer)

    def find(self, layout: Layout) -> list[Span]:
        """Find the places of a text."""
        return self._spans(layout, self._mentions(layout))

    def _spans(self, layout: Layout, mentions: list[Mention]) -> list[Span]:
        if not mentions:
            return []
        document = Document(layout, self._gazetteer, self._nearby, self._choice, mentions)
        return [_span(mention, entry) for mention, entry in document.decide()]

    def _mentions(self, layout: Layout) -> list[Mention]:
        """Take the names from the sentences, and look again where one crosses a border."""
        mentions: list[Mention] = []
        founds = layout.known(self, self._nearby.in_sentence)
        parts = layout.parts
        taken = 0
        for number, found in enumerate(founds):
            part = parts[number]
            sentence, start, first = part
            if first >= taken:
                if found is None:
                    continue
                if not (found.halved or found.open) or not self._crosses(parts, number, found):
                    for one in found.candidates:
                        at, last = first + one.first, first + one.last
                        offset = start + one.start
                        mentions.append(Mention(one, at, last, offset, one.verdict, part))
                    continue
            end = first + len(sentence.tokens)
            for one in self._nearby.in_text(layout, max(taken, first), end):
                mentions.append(Mention(one, one.first, one.last, one.start, one.verdict))
                taken = one.last + 1
        return mentions

    def _crosses(self, parts: list[Part], number: int, found: Found) -> bool:
        """Tell whether a name begins in the sentence before or ends in one behind."""
        words = parts[number].sentence.tokens.words
        if found.halved and number:
            at = found.candidates[0].first
            row = []
            for before in parts[max(0, number - 2) : number]:
                row += before.sentence.tokens.words[-2:]
            if self._nearby.names.halved(row + words[: at + 1], len(row) + at):
                return True
        for at, known in found.open:
            row = words[at:]
            for behind in parts[number + 1 : number + _LONGEST]:
                row = row + behind.sentence.tokens.words[:_LONGEST]
            if self._nearby.names.goes_on(row, len(words) - at, known):
                return True
        return False


def _span(mention: Mention, entry: Entry) -> Span:
    found, start = mention.found, mention.start
    value = entry.adjective if found.name.adjective else entry.place
    end = start + len(found.surface)
    return Span(Label.PLACE, start, end, found.surface, found.name.rule, value)
