"""What a span means: one immutable value class for each label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Bound: TypeAlias = Literal["closed", "at_least", "at_most", "approximate", "exact"]
Period: TypeAlias = Literal["hour", "day", "week", "month", "year", "once"]
Level: TypeAlias = Literal["training", "entry", "experienced", "senior"]
Purpose: TypeAlias = Literal["pay", "other"]
SkillKind: TypeAlias = Literal["knowledge", "tool", "certificate", "soft"]
PlaceKind: TypeAlias = Literal[
    "city", "district", "region", "state", "country", "continent", "water", "mountain"
]


@dataclass(frozen=True, slots=True)
class About:
    """The role and town that an amount is paid for, by their ids.

    Both are null where the text speaks of the headline's role and town.
    """

    role: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class EuroRange:
    """An amount of euros or a range of them.

    Units: `min` and `max` in euros per `period`; one of them is null for an
        open range, both are equal for a single amount. `period_stated` is
        false where the period was inferred. Unsaid things are null.
    """

    min: Decimal | None
    max: Decimal | None
    bound: Bound
    period: Period
    period_stated: bool
    gross: bool | None = None
    level: Level | None = None
    purpose: Purpose = "pay"
    about: About | None = None
    currency: Literal["EUR"] = "EUR"

    def in_words(self, write: Callable[[Decimal | None], str]) -> str:
        """Say the bounds in a few words: "up to 5200"; `write` writes the numbers."""
        if self.bound == "at_least":
            return f"from {write(self.min)}"
        if self.bound == "at_most":
            return f"up to {write(self.max)}"
        if self.min == self.max:
            return f"{'about ' if self.bound == 'approximate' else ''}{write(self.min)}"
        return f"{write(self.min)}–{write(self.max)}"


@dataclass(frozen=True, slots=True)
class Role:
    """An occupation, position or function.

    Units: `kldb` is a four-digit code of the Klassifikation der Berufe 2010,
        null where only an open-ended head was recognised. `head` is the base
        form of the word that carries the title. `members` names each
        occupation of an elision ("Alten- oder Kinderkrankenpfleger").
    """

    id: str
    name: str
    kldb: str | None
    head: str
    members: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """Something one knows, masters or brings along for the job."""

    id: str
    name: str
    kind: SkillKind


@dataclass(frozen=True, slots=True)
class Place:
    """A name on the map.

    Units: `lat` and `lon` in degrees (WGS 84), null where the place has no
        single point in the data; `country` is an ISO 3166-1 alpha-2 code,
        null for continents and for regions of several countries; `admin1` is
        the state's name. `adjective` is true for the form in -er.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    adjective: bool = False
