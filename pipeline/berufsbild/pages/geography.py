"""A small map of Germany, Austria and Switzerland with the places of a text."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from berufsbild.values import Place

_WEST, _EAST, _SOUTH, _NORTH = 5.7, 17.4, 45.6, 55.1
_SCALE: Final = 34.0
_NARROWER: Final = math.cos(math.radians(50.3))
WIDTH: Final = round((_EAST - _WEST) * _NARROWER * _SCALE)
HEIGHT: Final = round((_NORTH - _SOUTH) * _SCALE)
_LETTER, _LINE = 6.2, 12.0
_NAMED: Final = 12
_TOWNS: Final = ("city", "district")


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map.

    Units: `x`, `y` and `radius` in the map's own units; `label_x` and
        `label_y` are null where there was no room for its name.
    """

    name: str
    mentions: int
    is_town: bool
    is_headline: bool
    x: float
    y: float
    radius: float
    label_x: float | None = None
    label_y: float | None = None
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Map:
    """The places of a text.

    Shape: `elsewhere` are names without a point or outside the map.
    """

    points: Sequence[Point]
    elsewhere: Sequence[tuple[str, int]]


def project(lon: float, lat: float) -> tuple[float, float]:
    """Lay a point of the earth on the map."""
    return (
        round((lon - _WEST) * _NARROWER * _SCALE, 1),
        round((_NORTH - lat) * _SCALE, 1),
    )


@cache
def outlines() -> dict[str, tuple[tuple[float, float], ...]]:
    """Read the border of each country as longitude and latitude."""
    source = files("berufsbild.pages").joinpath("map.toml").read_text(encoding="utf-8")
    return {
        code: tuple((lon, lat) for lon, lat in country["points"])
        for code, country in tomllib.loads(source).items()
    }


@cache
def paths() -> tuple[tuple[str, str], ...]:
    """Draw the countries as paths of an SVG."""
    return tuple(
        (code, "M" + "L".join(f"{x:g} {y:g}" for x, y in (project(*point) for point in border)))
        for code, border in outlines().items()
    )


def draw(places: Iterable[tuple[Place, int]], headline: Place | None) -> Map:
    """Put places on the map, the most mentioned first, named where there is room."""
    points: list[Point] = []
    elsewhere: list[tuple[str, int]] = []
    for place, mentions in sorted(places, key=lambda one: (-one[1], one[0].name, one[0].id)):
        at = _inside(place)
        if at is None:
            elsewhere.append((place.name, mentions))
            continue
        first = headline is not None and place.id == headline.id
        radius = round(2.6 + min(math.sqrt(mentions), 5.0) * 0.8, 1)
        points.append(
            Point(place.name, mentions, place.kind in _TOWNS, first, *project(*at), radius)
        )
    points.sort(key=lambda point: not point.is_headline)
    return Map(_named(points), elsewhere)


def _inside(place: Place) -> tuple[float, float] | None:
    if place.lat is None or place.lon is None or place.kind == "continent":
        return None
    inside = _WEST <= place.lon <= _EAST and _SOUTH <= place.lat <= _NORTH
    return (place.lon, place.lat) if inside else None


def _named(points: Sequence[Point]) -> list[Point]:
    """Place names beside points so that none lies over another."""
    taken = [_box(point.x, point.y, 2 * point.radius, 2 * point.radius) for point in points]
    found: list[Point] = []
    for number, point in enumerate(points):
        # Nothing keeps the name of the text's own town away: it comes first.
        around = [] if point.is_headline else taken
        spot = _spot(point, around) if number < _NAMED else None
        if spot is None:
            found.append(point)
            continue
        x, y, anchor, box = spot
        taken.append(box)
        found.append(
            Point(
                point.name, point.mentions, point.is_town, point.is_headline,
                point.x, point.y, point.radius, x, y, anchor,
            )
        )  # fmt: skip
    return found


_Box = tuple[float, float, float, float]


def _spot(point: Point, taken: Sequence[_Box]) -> tuple[float, float, str, _Box] | None:
    width = len(point.name) * _LETTER * (1.1 if point.is_headline else 1.0)
    beside, over = point.radius + 2, point.radius + 8
    for x, y, anchor in (
        (point.x + beside, point.y, "start"),
        (point.x - beside, point.y, "end"),
        (point.x, point.y - over, "middle"),
        (point.x, point.y + over, "middle"),
    ):
        middle = {"start": x + width / 2, "end": x - width / 2, "middle": x}[anchor]
        box = _box(middle, y, width, _LINE)
        fits = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if fits and not any(_cross(box, other) for other in taken):
            return round(x, 1), round(y + _LINE / 3, 1), anchor, box
    return None


def _box(x: float, y: float, width: float, height: float) -> _Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _cross(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
