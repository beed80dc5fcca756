"""The words that the euro rule knows, read from lexicon/euro_ranges/*.toml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from berufsbild.errors import DataError
from berufsbild.lexicon.reader import lexicon_files, read_text, read_toml
from berufsbild.values import Bound, Level, Period, Purpose

JoinerKind: TypeAlias = Literal["to", "and", "on", "or", "peak"]
Words: TypeAlias = tuple[str, ...]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scale(_Model):
    """Words for a factor behind a number ("Tsd.", "Mio.", "Mille")."""

    factor: Decimal
    words: Words
    case_sensitive: bool = False
    needs_unit: bool = False


class Joiner(_Model):
    """What stands between the two amounts of a range.

    `after` names the words one of which must stand before the first amount.
    """

    kind: JoinerKind
    words: Words
    after: Words = ()


class Opener(_Model):
    """What stands before one amount; with `far` a preposition may come between."""

    bound: Bound
    words: Words
    far: bool = False


class BoundWords(_Model):
    """Words that give an amount its bound from behind or from its clause."""

    bound: Bound
    words: Words


class PeriodWords(_Model):
    """Words for a period; those of `none` only look like one."""

    value: Period | Literal["none"]
    words: Words


class Band(_Model):
    """The sizes of amounts paid for one period.

    Units: euros. `from` and `below` bound the amounts that are taken for this
        period by size alone; `at_least` and `at_most` those that may take it
        over from a neighbour. `reason` tells why.
    """

    value: Period
    from_: Decimal = Field(alias="from")
    below: Decimal
    at_least: Decimal
    at_most: Decimal
    reason: str


class GrossWords(_Model):
    """Words for gross (true) and net (false) pay."""

    value: bool | Literal["none"]
    words: Words


class LevelWords(_Model):
    """Words for a stage of a career.

    A word counts only where none of a lower `rank` stands in the clause: 0 names
    the stage, 1 is an occupation too, 2 only tells of a rise.
    """

    value: Level | Literal["next", "year", "none"]
    words: Words
    rank: int = 0


class Particle(_Model):
    """A separable verb that tells of an amount: "steigt mit 2.800 Euro ein".

    It names a stage or the kind of money ("setzt 60.000 Euro um").
    """

    verbs: Words
    particle: str
    level: Level | None = None
    purpose: Purpose | None = None


class PurposeWords(_Model):
    """Words for pay or other money.

    `along` where it is often named beside pay, `near` where it counts only in
    the clause of the amount.
    """

    value: Purpose | Literal["none"]
    words: Words
    along: bool = False
    near: bool = False


class EuroLexicon(_Model):
    """Everything the euro rule knows; each TOML file holds some of its parts."""

    units: Words = ()
    leading: Words = ()
    leading_scale: tuple[Scale, ...] = ()
    labels: Words = ()
    not_money: Words = ()
    foreign: Words = ()
    net_and_gross: Words = ()
    vague: Words = ()
    verbs_behind: Words = ()
    offers: Words = ()
    compared: Words = ()
    bargains: Words = ()
    not_for: Words = ()
    counted_before: Words = ()
    scale: tuple[Scale, ...] = ()
    tally: tuple[Scale, ...] = ()
    joiner: tuple[Joiner, ...] = ()
    opener: tuple[Opener, ...] = ()
    near: Words = ()
    far: Words = ()
    over_nouns: Words = ()
    follower: tuple[BoundWords, ...] = ()
    in_clause: tuple[BoundWords, ...] = ()
    bei: tuple[BoundWords, ...] = ()
    thresholds: Words = ()
    cracks: Words = ()
    period: tuple[PeriodWords, ...] = ()
    band: tuple[Band, ...] = ()
    gross: tuple[GrossWords, ...] = ()
    level: tuple[LevelWords, ...] = ()
    particle: tuple[Particle, ...] = ()
    mutes_level: Words = ()
    purpose: tuple[PurposeWords, ...] = ()
    pay_heads: Words = ()
    differences: Words = ()
    changes: Words = ()
    now: Words = ()
    mutes_purpose: Words = ()
    mutes_purpose_behind: Words = ()
    ends_at: Words = ()
    turns: Words = ()
    links: Words = ()
    noun_links: Words = ()
    amount_links: Words = ()
    spanning: Words = ()
    climbing: Words = ()
    relatives: Words = ()
    sharing: Words = ()
    for_price: Words = ()
    for_all: Words = ()


def load_lexicon(overlays: Sequence[Path] = ()) -> EuroLexicon:
    """Load the euro words of the package and of the user's own folders.

    Errors: DataError for a wrong or unknown key and for every surface that
        stands twice in one part or under two meanings of it.
    """
    parts: dict[str, list[Any]] = {name: [] for name in EuroLexicon.model_fields}
    problems: list[str] = []
    seen: set[tuple[str, str]] = set()
    for path in lexicon_files("euro_ranges", "*.toml", overlays):
        part = read_toml(path, EuroLexicon)
        for name in part.model_fields_set:
            entries = getattr(part, name)
            parts[name].extend(entries)
            problems.extend(_repeated(path, name, entries, seen))
    if problems:
        raise DataError(problems)
    return EuroLexicon.model_construct(
        _fields_set=None, **{name: tuple(found) for name, found in parts.items()}
    )


def _repeated(
    path: Path, name: str, entries: Sequence[Any], seen: set[tuple[str, str]]
) -> Iterator[str]:
    """Tell every surface that stands twice in one part of the lexicon."""
    if name in {"joiner", "band", "particle"}:
        return
    surfaces = [
        surface
        for entry in entries
        for surface in ([entry] if isinstance(entry, str) else entry.words)
    ]
    counts = Counter(surfaces)
    text = ""
    for surface, count in counts.items():
        if count > 1 or (name, surface) in seen:
            text = text or read_text(path)
            lines = [m.start() for m in re.finditer(re.escape(f'"{surface}"'), text)]
            line = text.count("\n", 0, lines[-1]) + 1 if lines else 1
            yield f"{path}:{line}: expected each surface once in `{name}`, got {surface!r} again"
        seen.add((name, surface))
