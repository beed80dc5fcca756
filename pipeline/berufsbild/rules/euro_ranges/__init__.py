"""Euro ranges: every way Germans write pay and other money, as one exact value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from berufsbild.layout import Layout, Part
from berufsbild.rules.euro_ranges.accounts import Accounts, Group
from berufsbild.rules.euro_ranges.across import Across, Said
from berufsbild.rules.euro_ranges.attributes import Attributes
from berufsbild.rules.euro_ranges.leads import Leads
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon, load_lexicon
from berufsbild.spans import Label, Span

__all__ = ["EuroLexicon", "EuroRanges", "load", "load_lexicon"]

_MOST_STATING = 64
"""Amounts with a stated period that others are compared with; a price list has thousands."""
_NONE: frozenset[str] = frozenset()


def load(_split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> EuroRanges:
    """Load the rule with the rule data of this package and the user's own.

    Other rules index their words by the tokens that `split` gives; this one
    reads characters.
    """
    return EuroRanges(load_lexicon(overlays))


class EuroRanges:
    """Finds the euro ranges of a text and tells what each of them is."""

    label = Label.EURO_RANGE

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Compile the grammar and the vocabulary of one lexicon."""
        self._attributes = Attributes(lexicon)
        self._accounts = Accounts(lexicon, self._attributes)
        self._across = Across(lexicon)
        self._leads = Leads(self._attributes.vocabulary)

    def find(self, layout: Layout) -> list[Span]:
        """Find every euro range, in text order, without overlaps.

        What a sentence says of its amounts is remembered with it; a text only weighs
        what leads to the sentence, its title and the other amounts.
        """
        said = self._said(layout)
        if not said:
            return []
        across = self._across
        stating = [one for one in said if one[1].period and one[1].purpose == "pay"][:_MOST_STATING]
        text = layout.text
        spans = []
        for (offset, one), level in zip(said, across.levels(said), strict=True):
            period = one.period or across.period(offset, one, stating)
            start, end = one.surface
            start += offset
            end += offset
            value = one.value(level, period)
            spans.append(Span(Label.EURO_RANGE, start, end, text[start:end], one.rule, value))
        return spans

    def _said(self, layout: Layout) -> Said:
        """List what the sentences say of their amounts, each with the offset of its passage."""
        said = []
        title: frozenset[str] | None = None
        parts = layout.parts
        for at, account in self._accounts.of(layout):
            offset = parts[at].start
            for group in account.groups:
                if group.occupations and title is None:
                    title = _title_words(layout)
                lead = self._leads.to(layout, _part(parts, at, group), offset + group.start)
                statements = group.statements(self._attributes, self._across, lead, title or _NONE)
                said += [(offset, one) for one in statements]
        return said


def _part(parts: Sequence[Part], at: int, group: Group) -> int:
    """Give the sentence in which a group of the passage begins that begins with the one `at`."""
    start = parts[at].start + group.start
    while group.start and at + 1 < len(parts) and parts[at + 1].start <= start:
        at += 1
    return at


def _title_words(layout: Layout) -> frozenset[str]:
    """Give the words of the roles that the title lines name, in lower case."""
    slots = [line.role for line in layout.titles if line.role]
    return frozenset(
        word.lower()
        for start, end in slots
        for word in layout.text[start:end].replace("-", " ").split()
    )
