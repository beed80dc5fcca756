"""Which of several places of one name is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import cos, hypot, radians
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.rules.places.gazetteer import Entry, Gazetteer
    from berufsbild.rules.places.mention import Name

_REGION_KM: Final = 60.0
_BARE: Final = 0.05
"""What a water or mountain without an article is worth: in Gera, an der Gera."""
_NORTH_KM: Final = 110.57
_EAST_KM: Final = 111.32
"""Kilometres of a degree of latitude, and of longitude at the equator."""
_NOWHERE: Final = 1e6
"""Kilometres to a place that has no point."""


class Anchors:
    """The places that a text is sure to speak of, the headline's first if it has one."""

    def __init__(self, headline: Entry | None, others: Iterable[Entry]) -> None:
        """Note what each choice asks of them."""
        entries = set(others)
        if headline is not None:
            entries.add(headline)
        self.headline = headline
        self.ids = {entry.place.id for entry in entries}
        self.home = self.ids if headline is None else {headline.place.id}
        self._entries = entries
        self._points = [entry.point for entry in entries if entry.point]

    def around(self, entries: Sequence[Entry], near: float) -> bool:
        """Tell whether one of the places lies near, in or around an anchor.

        Units: `near` in kilometres.
        """
        return any(
            entry.within in self.ids
            or (entry.articled and self._shares_state(entry))
            or self._least(entry, near) <= near
            for entry in entries
        )

    def _shares_state(self, region: Entry) -> bool:
        """Tell whether an anchor lies in the state of a region, or is that state."""
        state = region.place.admin1
        return any(state in {one.place.admin1, one.place.name} for one in self._entries)

    def has(self, entries: Sequence[Entry]) -> bool:
        """Tell whether one of the places is a district of an anchor."""
        return any(entry.within in self.ids for entry in entries)

    def km(self, entry: Entry) -> float:
        """Give the distance to the nearest anchor in kilometres, about; 0 without anchors."""
        return self._least(entry, 0.0) if self._entries else 0.0

    def _least(self, entry: Entry, enough: float) -> float:
        if entry in self._entries and entry.point:
            return 0.0
        return _least(entry.point, self._points, enough)


def _least(
    point: tuple[float, float] | None, others: Sequence[tuple[float, float]], enough: float
) -> float:
    """Give the least distance in kilometres; one up to `enough` will do."""
    least = _NOWHERE
    if point is None:
        return least
    lat, lon = point
    for other_lat, other_lon in others:
        north = (lat - other_lat) * _NORTH_KM
        if -least < north < least:
            east = (lon - other_lon) * _EAST_KM * cos(radians((lat + other_lat) / 2))
            least = min(least, hypot(east, north))
            if least <= enough:
                break
    return least


def km(one: Entry, other: Entry) -> float:
    """Give the distance between two places in kilometres, about; far where one has no point."""
    return _least(one.point, [other.point] if other.point else [], 0.0)


class Choice:
    """Chooses among the places of a name by the headline, the others, and size."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Start with nothing chosen; what was asked lately is remembered."""
        self._big = gazetteer.context.big
        self.first = lru_cache(maxsize=8_192)(self._first)
        self.rivals = lru_cache(maxsize=8_192)(gazetteer.rivals)

    def _first(self, name: Name, headline: Entry | None, *, titled: bool, classed: bool) -> Entry:
        """Choose by the headline alone; what was asked lately is remembered."""
        return self.among(name, Anchors(headline, ()), titled=titled, classed=classed)

    def among(self, name: Name, anchors: Anchors, *, titled: bool, classed: bool) -> Entry:
        """Choose by all anchors.

        Shape: `titled` where the name stands in the headline; `classed` where
            the word before calls for a region.
        """
        if titled and anchors.headline in name.entries:
            return anchors.headline
        rivals = name.entries
        if "district" in name.kinds:  # those of a town that the text speaks of come first
            homes = anchors.home if name.size >= self._big else anchors.ids
            rivals = tuple([entry for entry in rivals if entry.within in homes]) or rivals
        if classed:
            regions = tuple([entry for entry in rivals if entry.articled])
            if regions:
                return _heaviest(regions, anchors, classed=True)
        return _heaviest(rivals, anchors, classed=False)


def _heaviest(rivals: Sequence[Entry], anchors: Anchors, *, classed: bool) -> Entry:
    """Choose by size and by the distance to the nearest anchor; the first of equals."""
    heaviest, best = rivals[0], -1.0
    if len(rivals) == 1:
        return heaviest
    for entry in rivals:
        weight = entry.weight * (1.0 if classed or not entry.natural else _BARE)
        if weight <= best:  # at any distance
            continue
        nearest = anchors.km(entry)
        if entry.articled:  # a region has no single point to measure from
            nearest = min(nearest, _REGION_KM)
        weight /= 1 + (nearest / 40) ** 2 / 20
        if weight > best:
            heaviest, best = entry, weight
    return heaviest
