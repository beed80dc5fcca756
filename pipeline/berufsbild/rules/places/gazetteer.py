"""The gazetteer: names to the places that bear them, with forms and homographs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, Self, TypeAlias, cast

from berufsbild.errors import DataError
from berufsbild.german.normalise import slug
from berufsbild.lexicon.reader import Row, lexicon_files, read_cells, read_table, read_toml
from berufsbild.rules.places.context import Context
from berufsbild.values import Place, PlaceKind

PLACES: Final = (
    "id", "name", "kind", "country", "admin1", "lat", "lon", "population", "within", "names",
)  # fmt: skip
HOMOGRAPHS: Final = ("name", "class", "strength", "note")
ADJECTIVES: Final = ("adjective", "id", "note")
NICKNAMES: Final = ("name", "id")
_TABLES: Final = (
    "towns*.tsv", "districts*.tsv", "states*.tsv", "countries*.tsv", "regions*.tsv", "waters*.tsv",
    "world*.tsv",
)  # fmt: skip
_SHORTEST_OPEN: Final = 7
_WORDS: Final = re.compile(r"[\w.'’-]+|[()/,]")
_WEIGHTS: Final = {
    "continent": 2e7, "country": 1e7, "state": 5e6, "region": 3e5, "water": 2e5, "mountain": 2e5,
}  # fmt: skip
"""What a kind of place is worth in inhabitants where several share a name."""
ARTICLED: Final = {"region", "water", "mountain", "state", "country", "continent"}
_NATURAL: Final = {"water", "mountain"}
_ADJECTIVE: Final = re.compile(r"([A-ZÄÖÜ][\w-]{2,}?)(?:er|es|en|em|e)")
_ENDINGS: Final = ("e", "er", "es", "en", "em")
_NOTE: Final = re.compile(r"\w+")
_RIVER: Final = re.compile(r"(.+?) (am|an der|im|in der|ob der|bei|an) (.+)")
_SHORT: Final = {"am": "a.", "an der": "a. d.", "im": "i.", "in der": "i. d.", "ob der": "o. d."}

Strength: TypeAlias = Literal["strong", "medium"]


@dataclass(slots=True, eq=False)
class Entry:
    """One place of the gazetteer.

    Units: `population` in inhabitants, 0 where unknown; `within` the id of the
        town that a district belongs to, else empty.
    """

    place: Place
    population: int
    within: str
    articled: bool
    """The name may carry an article: das Ruhrgebiet, die Elbe."""
    natural: bool
    """It is a water or a mountain."""
    weight: float
    """How likely the name means this place where nothing else tells."""
    point: tuple[float, float] | None
    """Latitude and longitude in degrees, null where the place has no point."""
    _adjective: Place | None = None

    @property
    def adjective(self) -> Place:
        """The place as an adjective names it."""
        if self._adjective is None:
            self._adjective = replace(self.place, adjective=True)
        return self._adjective


Cells: TypeAlias = tuple[str, ...]
Phrase: TypeAlias = tuple[tuple[str, ...], Entry]


def _entry(cells: Cells) -> Entry:
    id_, name, kind, country, admin1, lat, lon, population, within, _ = cells
    values = (
        id_, name, cast("PlaceKind", kind), country or None, admin1 or None,
        float(lat) if lat else None, float(lon) if lon else None,
    )  # fmt: skip
    inhabitants = int(population or 0)
    return Entry(
        Place(*values),
        inhabitants,
        within,
        articled=kind in ARTICLED,
        natural=kind in _NATURAL,
        weight=max(float(inhabitants), _WEIGHTS.get(kind, 0.0)),
        point=(float(lat), float(lon)) if lat and lon else None,
    )


class Gazetteer:
    """Every name with its places, looked up by exact spelling."""

    def __init__(
        self,
        rows: Iterable[tuple[str, ...]],
        homographs: Sequence[Row],
        adjectives: Sequence[Row],
        nicknames: Sequence[Row],
        context: Context,
    ) -> None:
        """Index the rows; a place is made when it is first asked for.

        Errors: DataError for nicknames and adjectives of unknown places.
        """
        self.context = context
        self._names: dict[str, list[Cells]] = {}
        self._phrases: dict[str, list[tuple[str, Cells]]] = {}
        self._cells: dict[str, Cells] = {}
        self._entries: dict[Cells, Entry] = {}
        for cells in rows:
            self._add(cells)
        problems = [
            row.problem("an id of the place tables", row["id"])
            for row in (*nicknames, *adjectives)
            if row["id"] not in self._cells
        ]
        if problems:
            raise DataError(problems)
        self.nicknames = frozenset(row["name"] for row in nicknames)
        for row in nicknames:
            self._name(row["name"], self._cells[row["id"]])
        self.homographs: dict[str, Strength] = {
            row["name"]: cast("Strength", row["strength"]) for row in homographs
        }
        self.surnames = frozenset(
            row["name"]
            for row in homographs
            if row["class"] == "name" and row["strength"] == "medium"
        )
        self.notes = {row["name"]: frozenset(_NOTE.findall(row["note"])) for row in homographs}
        self._tail = min(map(len, context.open_endings))
        self._tails = frozenset(ending[-self._tail :] for ending in context.open_endings)
        self._adjectives: dict[str, list[Cells]] = {}
        for row in adjectives:
            self._adjectives.setdefault(row["adjective"], []).append(self._cells[row["id"]])

    @classmethod
    def load(cls, overlays: Sequence[Path] = ()) -> Self:
        """Load the rule data of this package, with the user's own on top."""
        (context,) = lexicon_files("places", "context.toml")

        def table(pattern: str, columns: tuple[str, ...]) -> list[Row]:
            paths = lexicon_files("places", pattern, overlays)
            return [row for path in paths for row in read_table(path, columns)]

        return cls(
            (
                cells
                for pattern in _TABLES
                for path in lexicon_files("places", pattern, overlays)
                for cells in read_cells(path, PLACES)
            ),
            table("homographs*.tsv", HOMOGRAPHS),
            table("adjectives*.tsv", ADJECTIVES),
            table("nicknames*.tsv", NICKNAMES),
            read_toml(context, Context),
        )

    def _add(self, cells: Cells) -> None:
        name, names = cells[1], cells[-1]
        self._cells.setdefault(cells[0], cells)
        self._name(name, cells)
        if names:
            for other in names.split("|"):
                self._name(other, cells)

    def _name(self, name: str, cells: Cells) -> None:
        if " " not in name and "(" not in name and "/" not in name:
            self._names.setdefault(name, []).append(cells)
            return
        found = _WORDS.search(name)
        first = found.group() if found else name
        inflects = cells[2] in ARTICLED or cells[2] == "district"
        match = _ADJECTIVE.fullmatch(first) if inflects else None
        for form in [match.group(1) + ending for ending in _ENDINGS] if match else [first]:
            self._phrases.setdefault(form, []).append((name, cells))

    def entry(self, id: str) -> Entry | None:
        """Give the place of an id."""
        cells = self._cells.get(id)
        return None if cells is None else self._entry(cells)

    def may_name(self, text: str) -> bool:
        """Tell whether a word could name anything or begin a name: most words could not."""
        names = self._names
        if text in names or text in self._phrases or text[-self._tail :] in self._tails:
            return True
        stem = text
        if text[-1] == "s":
            stem = text[:-1]
            if stem.rstrip("'’") in names or text[:-2] in names:
                return True
        elif text[-1] == "n" and text[:-1] in names:  # aus den Niederlanden
            return True
        if stem[-2:] == "er" and (
            stem in self._adjectives or not names.keys().isdisjoint(_towns(stem))
        ):
            return True
        if "-" in text and text.partition("-")[0] in names:
            return True
        return text.isupper() and text.title() in names

    def named(self, name: str) -> list[Entry]:
        """Give the places that bear a name of one word."""
        found = self._names.get(name)
        return [self._entry(cells) for cells in dict.fromkeys(found)] if found else []

    def rivals(self, town: Entry) -> list[Entry]:
        """Give the towns of a town's name, itself among them; none where it is the only one."""
        towns = [entry for entry in self.named(town.place.name) if entry.place.kind == "city"]
        return towns if town in towns and len(towns) > 1 else []

    def open(self, text: str) -> list[Entry]:
        """Make a place of an unknown word that ends like the name of a village."""
        key = text.lower()
        context = self.context
        if len(text) < _SHORTEST_OPEN or not text.isalpha() or not text[1:].islower():
            return []
        if not key.endswith(context.open_endings) or key.endswith(context.open_stop):
            return []
        return [_entry((f"own:{slug(text)}", text, "city", "", "", "", "", "", "", ""))]

    def phrases(self, first: str) -> list[Phrase]:
        """Give the names of several words that begin with a word, the longest first."""
        found = [
            ((first, *_WORDS.findall(spelling)[1:]), self._entry(cells))
            for name, cells in self._phrases.get(first, ())
            for spelling in _spellings(name)
        ]
        found.sort(key=lambda phrase: -len(phrase[0]))
        return found

    def _entry(self, cells: Cells) -> Entry:
        known = self._entries.get(cells)
        if known is None:
            known = self._entries[cells] = _entry(cells)
        return known

    def of_adjective(self, text: str) -> list[Entry]:
        """Give the places whose -er adjective a word could be.

        Source: the irregular ones of adjectives.tsv, else the regular ways:
            Bochum-er, Karlsruhe-r, Brem(en)-er.
        """
        if text in self.context.not_adjectives or not text.endswith("er"):
            return []
        known = self._adjectives.get(text)
        if known is not None:
            return [self._entry(cells) for cells in known]
        for base in _towns(text):
            found = self.named(base)
            if found:
                return found
        return []


def _towns(adjective: str) -> tuple[str, ...]:
    """Give the names that an adjective in -er could be made of."""
    stem = adjective[:-2]
    return stem, adjective[:-1], stem + "en", stem + "e"


def _spellings(name: str) -> Iterator[str]:
    """Yield a name of several words and its other spellings: Frankfurt/Oder, Frankfurt a. d. O."""
    yield name
    river = _RIVER.fullmatch(name)
    if river is not None:
        town, preposition, water = river.groups()
        yield f"{town}/{water}"
        yield f"{town} ({water})"
        if preposition in _SHORT:
            short = f"{_SHORT[preposition]} {water[0]}."
            yield f"{town} {short}"
            yield f"{town} {short.replace(' ', '')}"
    elif name.endswith(")"):
        town, _, water = name[:-1].partition(" (")
        yield f"{town}/{water}"
        yield f"{town} an der {water}"
