"""The pay of a text as a chart: ranges by level, one scale for each period."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from berufsbild.spans import Span
from berufsbild.values import EuroRange

WIDTH: Final = 340
_LEFT, _RIGHT = 8.0, 332.0
_ROW: Final = 34
_TOP: Final = 4
_AXIS: Final = 22
_OPEN: Final = 0.15
_MAX_TICKS: Final = 6
_STEPS: Final = (0.25, 0.5, 1, 2, 2.5, 5)
_LEVELS: Final = ("training", "entry", "experienced", "senior", None)
_PERIODS: Final = ("hour", "day", "week", "month", "year", "once")
_THIN: Final = "\u202f"


@dataclass(frozen=True, slots=True)
class Bar:
    """One range of the chart.

    Units: `left` and `right` in the chart's own units, equal for one amount;
        `open_left` and `open_right` tell an end that the text leaves open.
    """

    said: str
    level: str
    y: int
    left: float
    right: float
    open_left: bool
    open_right: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The ranges of one period.

    Shape: `ticks` are a place and an amount in words.
    """

    period: str
    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, str]]
    height: int
    said: str


def charts(spans: Iterable[Span]) -> list[Chart]:
    """Draw the pay of a text, the shortest period first.

    Shape: spans of euro ranges in; those that are no pay are left out, and of
        the same range at the same level the first is shown.
    """
    periods: dict[str, dict[tuple[object, ...], tuple[Span, EuroRange]]] = {}
    for span in spans:
        value = span.value
        if isinstance(value, EuroRange) and value.purpose == "pay":
            key = (value.level, value.min, value.max, value.bound, value.gross)
            periods.setdefault(value.period, {}).setdefault(key, (span, value))
    return [_chart(one, list(periods[one].values())) for one in _PERIODS if one in periods]


def _chart(period: str, found: list[tuple[Span, EuroRange]]) -> Chart:
    found.sort(key=lambda one: (_LEVELS.index(one[1].level), one[0].start))
    ends = [float(end) for _, value in found for end in (value.min, value.max) if end is not None]
    ticks = _ticks(min(ends), max(ends))
    low, high = ticks[0], ticks[-1]

    def place(amount: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (amount - low) / (high - low), 1)

    reach = (high - low) * _OPEN
    bars = []
    for row, (span, value) in enumerate(found):
        least = float(value.min) if value.min is not None else None
        most = float(value.max) if value.max is not None else None
        left = place(least if least is not None else max(low, (most or 0.0) - reach))
        right = place(most if most is not None else min(high, (least or 0.0) + reach))
        y = _TOP + row * _ROW
        bars.append(
            Bar(
                amount(value), value.level or "any level", y, left, right,
                least is None, most is None, span.start, span.end,
            )
        )  # fmt: skip
    height = _TOP + len(bars) * _ROW + _AXIS
    said = "; ".join(f"{bar.level} {bar.said}" for bar in bars)
    scale = [(place(tick), number(Decimal(str(tick)))) for tick in ticks]
    return Chart(period, bars, scale, height, said)


def _ticks(low: float, high: float) -> list[float]:
    """Choose round amounts that hold all ranges between the first and the last."""
    low = 0.0 if low < high * 0.3 or low == high else low
    wide = max(high - low, high * 0.1, 1.0)
    step = 10.0 ** math.floor(math.log10(wide))
    step *= next(times for times in _STEPS if wide / (step * times) <= _MAX_TICKS - 1)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return [round(at * step, 2) for at in range(first, last + 1)]


def amount(value: EuroRange) -> str:
    """Say a range in a few words: 4 200–5 200 €, gross."""
    gross = {True: ", gross", False: ", net", None: ""}[value.gross]
    return f"{value.in_words(number)} €{gross}"


def number(value: Decimal | None) -> str:
    """Say an amount with thin blanks between thousands."""
    if value is None:
        return "?"
    whole = value == value.to_integral_value()
    return f"{value:,.0f}".replace(",", _THIN) if whole else f"{value:,.2f}".replace(",", _THIN)
