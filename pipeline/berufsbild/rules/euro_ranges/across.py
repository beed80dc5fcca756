"""What the amounts of a text say of each other: training goes on, periods are lent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeAlias

from berufsbild.rules.euro_ranges.attributes import Told, fits
from berufsbild.rules.euro_ranges.levels import DEARER, NEAR_BY, training_like
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon
from berufsbild.rules.euro_ranges.scope import Found
from berufsbild.values import EuroRange, Level, Period, Purpose

_ARTICLE: Final = re.compile(r"einer?[ \n](?=halbe|viertel|dreiviertel)", re.IGNORECASE)
_NO_CENTS: Final = re.compile(r"[.,][-–—]{1,2}$")
_SAME_KIND: Final = 4
"""How many times as large an amount may be as the one that lends it the period."""


@dataclass(slots=True)
class Statement:
    """All that a sentence says of one amount of its own, to be asked cheaply.

    Units: half-open offsets in what was looked at; `surface` is what is shown of
        the amount, without an article and the dash for cents. `period` is null where it is
        not stated, then `guess` is the one for this size. `small` where the
        amount goes on speaking of training if the one before it does, `now`
        where it does so if it is near and not much more.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    middle: Decimal
    surface: tuple[int, int]
    rule: str
    told: Told
    purpose: Purpose
    level: Level | None
    period: Period | None
    guess: Period
    small: bool
    now: bool
    _values: dict[tuple[Level | None, Period], EuroRange] = field(default_factory=dict)

    def value(self, level: Level | None, period: Period) -> EuroRange:
        """Give the value, made once for each level and period."""
        value = self._values.get((level, period))
        if value is None:
            value = self._values[level, period] = EuroRange(
                min=self.low,
                max=self.high,
                bound=self.told.bound,
                period=period,
                period_stated=self.period is not None,
                gross=self.told.gross,
                level=level,
                purpose=self.purpose,
            )
        return value


Said: TypeAlias = Sequence[tuple[int, Statement]]
"""Statements in text order, each with the offset that its own offsets count from."""


class Across:
    """Weighs what the sentences of a text say, with the bands of one lexicon."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Keep the sizes of amounts that are paid for a period."""
        self._bands = {band.value: band for band in lexicon.band}

    def statement(self, told: Told) -> Statement:
        """Make the statement of one sentence about one amount."""
        found = told.scope.found
        middle = told.scope.middle
        unsaid = told.purpose == "pay" and told.level in {None, "entry"}
        small = now = False
        if unsaid and told.period in {None, "month"}:
            small, now = training_like(told.scope, net=told.gross is False)
        return Statement(
            found.start,
            found.end,
            None if told.bound == "at_most" else found.low,
            None if told.bound == "at_least" else found.high,
            middle,
            _surface(told.scope.text, found),
            found.rule,
            told,
            told.purpose,
            told.level,
            told.period,
            "once" if told.purpose == "other" else self._guess(middle),
            small,
            now,
        )

    def _guess(self, amount: Decimal) -> Period:
        """Guess a period by the size of an amount."""
        for band in self._bands.values():
            if band.from_ <= amount < band.below:
                return band.value
        return "once"

    def levels(self, said: Said) -> list[Level | None]:
        """Tell the levels, training carried on to small pay in a later sentence."""
        levels: list[Level | None] = []
        before: tuple[int, Statement] | None = None
        level: Level | None = None
        for offset, one in said:
            if level == "training" and before is not None and (one.small or one.now):
                goes_on = one.small or _goes_on(offset, one, *before)
                level = "training" if goes_on else one.level
            else:
                level = one.level
            levels.append(level)
            before = offset, one
        return levels

    def period(self, offset: int, told: Statement, stating: Said) -> Period:
        """Infer a period: from an amount that states one for such a size, else from the size."""
        if told.purpose == "other":
            return "once"
        middle = told.middle
        start = offset + told.start
        nearest: Period | None = None
        least = 0
        for at, other in stating:
            if middle > _SAME_KIND * other.middle or not fits(self._bands, other.period, middle):
                continue
            if other.period == told.guess:
                return told.guess
            apart = abs(at + other.start - start)
            if nearest is None or apart < least:
                nearest, least = other.period, apart
        return nearest or told.guess


def _goes_on(offset: int, one: Statement, before_offset: int, before: Statement) -> bool:
    apart = offset + one.start - before_offset - before.end
    return 0 < apart < NEAR_BY and one.middle <= DEARER * before.middle


def _surface(text: str, found: Found) -> tuple[int, int]:
    surface = text[found.start : found.end]
    article = _ARTICLE.match(surface)
    no_cents = _NO_CENTS.search(surface) if surface[-1] in "-–—" else None
    start = found.start + (article.end() if article else 0)
    return start, found.start + (no_cents.start() if no_cents else len(surface))
