"""What a passage says of its amounts, found out once and remembered with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from berufsbild.rules.euro_ranges.across import Across, Statement
from berufsbild.rules.euro_ranges.attributes import Attributes
from berufsbild.rules.euro_ranges.grammar import Grammar
from berufsbild.rules.euro_ranges.levels import occupations
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon
from berufsbild.rules.euro_ranges.passages import Borders, Passage, has_grouped_number
from berufsbild.rules.euro_ranges.ranges import Ranges
from berufsbild.rules.euro_ranges.scope import Scope, Scopes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from berufsbild.layout import Layout, Part, Sentence
    from berufsbild.rules.euro_ranges.cues import Lead

_NEAR: Final = 90
"""Letters before an anchor within which all numbers are looked at."""
_UNENDED: Final = 24
_STOPS: Final = ".!?:;"
_MOST_WAYS: Final = 16
"""Ways to read one sentence, by what leads to it and by the text's title, that are kept."""
_MOST_PASSAGES: Final = 1_024
_LONGEST: Final = 4_000
"""Characters of the longest passage of several sentences that is kept."""


class Group:
    """The amounts that share the words of one sentence.

    Units: `start` is the offset of the sentence in its passage. `occupations`
        are the words that speak of a stage unless the title has them.
    """

    __slots__ = ("_ways", "occupations", "scopes", "start")

    def __init__(self, scopes: Sequence[Scope]) -> None:
        """Keep the amounts with their words."""
        self.start = scopes[0].sentence[0]
        self.scopes = scopes
        self.occupations = occupations(scopes)
        self._ways: dict[tuple[Lead, frozenset[str]], tuple[Statement, ...]] = {}

    def statements(
        self, attributes: Attributes, across: Across, lead: Lead, title: frozenset[str]
    ) -> tuple[Statement, ...]:
        """Tell what the sentence says of its amounts, by what leads to it and the title."""
        way = (lead, title & self.occupations if title else title)
        known = self._ways.get(way)
        if known is None:
            if len(self._ways) >= _MOST_WAYS:
                self._ways.clear()
            told = attributes.tell(self.scopes, *way)
            known = self._ways[way] = tuple(map(across.statement, told))
        return known


class Account(NamedTuple):
    """The amounts of a passage, by sentence.

    `named` where one of them names its currency itself; `borrows` where a number
    would be an amount if the sentence before spoke of such ones. `number` is the
    offset of the first amount, null where others may stand before it; `unended`
    where the last one stands at the end, without a full stop.
    """

    groups: Sequence[Group]
    named: bool
    borrows: bool
    number: int | None
    unended: bool


Sighting: TypeAlias = Account | Literal[False] | None
"""What is known of a sentence: its account, false where it has none, null where not looked at."""


class Accounts:
    """Finds the amounts of sentences, and of passages where amounts stretch over several."""

    def __init__(self, lexicon: EuroLexicon, attributes: Attributes) -> None:
        """Compile the grammar of one lexicon."""
        self._grammar = Grammar(lexicon)
        self._ranges = Ranges(lexicon, attributes.vocabulary)
        self._borders = Borders(lexicon, self._grammar, self._ranges.joints, attributes.vocabulary)
        self._scopes = Scopes(attributes.vocabulary, lexicon.turns)
        self._passages: dict[tuple[str, tuple[tuple[int, int], ...]], Account] = {}

    def of(self, layout: Layout) -> Iterator[tuple[int, Account]]:
        """Give the accounts of a text, each with the first sentence of its passage."""
        parts = layout.parts
        accounts: list[Sighting] = layout.noted(self)
        if None in accounts:
            self._look(layout.text, parts, accounts)
        runs: list[tuple[int, int]] = []
        for at, account in enumerate(accounts):
            if not account:
                continue
            first, behind = self._run(layout.text, parts, accounts, at)
            while runs and first < runs[-1][1]:
                first = min(first, runs.pop()[0])
            runs.append((first, behind))
        for first, behind in runs:
            alone = accounts[first] if behind - first == 1 else None
            account = alone or self._in_passage(layout.text, parts[first:behind])
            if account.groups:
                yield first, account

    def _look(self, text: str, parts: Sequence[Part], accounts: list[Sighting]) -> None:
        """Look at the sentences not met before; the whole text is asked first: most have none."""
        grammar = self._grammar
        starts = [part.start for part in parts]
        near: dict[int, list[int]] = {}
        for spot in grammar.spots(text):
            at = bisect_right(starts, spot) - 1
            near.setdefault(at, []).append(spot - starts[at])
        for at, part in enumerate(parts):
            if accounts[at] is None:
                sentence = part.sentence
                spots: Sequence[int] = near.get(at, ())
                if grammar.begins(sentence.text):
                    spots = grammar.spots(sentence.text)
                accounts[at] = bool(spots) and self._account(_alone(sentence.text), spots)
                sentence.facts[self] = accounts[at]

    def _run(
        self, text: str, parts: Sequence[Part], accounts: Sequence[Sighting], at: int
    ) -> tuple[int, int]:
        """Give the sentences that the amounts of one of them may touch, half-open.

        Behind it only those that name no currency: the others look back themselves.
        """
        first, behind = at, at + 1
        while first and (touched := self._touched(text, parts, accounts, first - 1)) < first:
            first = touched
        while (
            behind < len(parts)
            and not accounts[behind]
            and self._touched(text, parts, accounts, behind - 1) < behind
        ):
            behind += 1
        return first, behind

    def _touched(
        self, text: str, parts: Sequence[Part], accounts: Sequence[Sighting], at: int
    ) -> int:
        """Give the first sentence that the one behind `at` may touch, else that one itself."""
        before, behind, borders = accounts[at], accounts[at + 1], self._borders
        if before and before.named:
            sentence = parts[at + 1].sentence
            borrows = (
                behind.borrows if behind else sentence.known(has_grouped_number, has_grouped_number)
            )
            if borrows and parts[at].sentence.known(self._lends, self._lends):
                return at
        if before and before.unended and borders.period_goes_over(text, parts, at):
            return at
        return borders.touched(text, parts, at, behind.number if behind else None)

    def _lends(self, sentence: Sentence) -> bool:
        return self._ranges.bare.lends(sentence.text, 0, len(sentence.text))

    def _in_passage(self, text: str, parts: Sequence[Part]) -> Account:
        start = parts[0].start
        borders = tuple(
            (one.start - start, one.start - start + len(one.sentence.text)) for one in parts
        )
        text = text[start : start + borders[-1][1]]
        account = self._passages.get((text, borders))
        if account is None:
            account = self._account(Passage(text, borders), self._grammar.spots(text))
            if len(self._passages) >= _MOST_PASSAGES:
                self._passages.clear()
            if len(text) <= _LONGEST:
                self._passages[text, borders] = account
        return account

    def _account(self, passage: Passage, spots: Sequence[int]) -> Account:
        amounts = self._grammar.amounts(passage.text, spots)
        money = self._ranges.find(passage, amounts)
        groups = tuple(map(Group, self._scopes.of(passage, money.found)))
        text = passage.text
        number = amounts[0].start if amounts and spots[0] <= _NEAR else None
        unended = (
            bool(amounts) and len(text) - amounts[-1].end < _UNENDED and text[-1] not in _STOPS
        )
        return Account(groups, money.named, money.borrows, number, unended)


def _alone(text: str) -> Passage:
    return Passage(text, ((0, len(text)),))
