"""What an amount or a pair of amounts means: surfaces to numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from berufsbild.german.numbers import read_digits, read_words
from berufsbild.rules.euro_ranges.grammar import Amount
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon

_HALF: Final = Decimal("0.5")
_WIDEST: Final = 12
_WIDEST_FROM_HUNDRED: Final = 60
"""How many times the lower end the upper end may be where one unit serves both."""


class Reader:
    """Reads numbers with the scales of one lexicon."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Keep the factors."""
        self._factors = {
            word.lower(): scale.factor
            for scale in (*lexicon.scale, *lexicon.tally, *lexicon.leading_scale)
            for word in scale.words
        }
        self._read = lru_cache(maxsize=1 << 12)(self._read_new)

    def amount(self, amount: Amount) -> Decimal | None:
        """Read one amount in euros, null where the number is none."""
        return self._read(amount.number, amount.scale, amount.cents)

    def _read_new(self, surface: str, scale: str, written_cents: str) -> Decimal | None:
        number = _number(surface, scaled=bool(scale))
        if number is None:
            return None
        if scale:
            number *= self._factors[scale.lower()]
        if written_cents:
            cents = (
                read_digits(written_cents)
                if written_cents.isdecimal()
                else read_words(written_cents)
            )
            if cents is None or cents >= 100:
                return None
            number += cents / 100
        return plain(number)

    def _factor(self, amount: Amount) -> Decimal:
        return self._factors[amount.scale.lower()] if amount.scale else Decimal(1)

    def pair(self, first: Amount, second: Amount) -> tuple[Decimal, Decimal] | None:
        """Read a range, the lower end first; null where the two make none.

        The scale of the second serves the first too ("40–48 T€", "drei- bis
        viertausend"), also where it is only spoken ("3 bis 4.000 Euro").
        """
        low, high = self.amount(first), self.amount(second)
        if low is None or high is None:
            return None
        if first.scale and not second.scale and high < 1000 < low:
            high *= self._factor(first)
        if not first.scale and (not first.unit or first.leading):
            low = self._shared(low, high, second)
        if low == high or min(low, high) == 0:
            return None
        widest = _WIDEST if min(low, high) < 100 else _WIDEST_FROM_HUNDRED
        if not (first.unit and second.unit) and max(low, high) > widest * min(low, high):
            return None
        return plain(min(low, high)), plain(max(low, high))

    def _shared(self, low: Decimal, high: Decimal, second: Amount) -> Decimal:
        """Lift the lower end by a factor that the upper one carries for both."""
        if low >= 1000 or low >= high:
            return low
        factor = self._factor(second)
        if factor > 1:
            return low * factor if low * factor < high else low
        if high >= 1000 and low * 1000 < high and high >= _WIDEST * low:
            return low * 1000
        return low


def _number(surface: str, *, scaled: bool) -> Decimal | None:
    if not surface[0].isdecimal():
        return read_words(surface)
    whole, half, _ = surface.replace("1/2", "½").partition("½")
    number = read_digits(whole.strip().replace(" .", "."), scaled=scaled)
    return number + _HALF if half and number is not None else number


def plain(number: Decimal) -> Decimal:
    """Write a number without needless zeros or exponent: 2500, not 2500.0 or 2.5E+3."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
