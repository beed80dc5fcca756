"""What a corpus is made of, as Markdown tables for its data sheet."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

from berufsbild.corpus.gold import GoldSpan, GoldText
from berufsbild.corpus.sentences import words
from berufsbild.errors import DataError
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BEGIN, END = "<!-- stats:begin -->", "<!-- stats:end -->"
Columns: TypeAlias = "dict[str, list[GoldText]]"

AREAS = {
    "0": "armed forces",
    "1": "farming, forestry, gardening",
    "2": "production and manufacturing",
    "3": "building, architecture, building services",
    "4": "natural sciences, geography, computing",
    "5": "traffic, logistics, safety and security",
    "6": "trade, sales, hotels and tourism",
    "7": "business organisation, accounting, law, administration",
    "8": "health, social work, teaching",
    "9": "humanities, media, art, culture, design",
}
_STATES = {
    "DE": (
        "Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|"
        "Niedersachsen|Nordrhein-Westfalen|Rheinland-Pfalz|Saarland|Sachsen|Sachsen-Anhalt|"
        "Schleswig-Holstein|Thüringen"
    ),
    "AT": (
        "Burgenland|Kärnten|Niederösterreich|Oberösterreich|Salzburg|Steiermark|Tirol|Vorarlberg|Wien"
    ),
    "CH": (
        "Aargau|Appenzell Ausserrhoden|Appenzell Innerrhoden|Basel-Landschaft|Basel-Stadt|Bern|"
        "Freiburg|Genf|Glarus|Graubünden|Jura|Luzern|Neuenburg|Nidwalden|Obwalden|Schaffhausen|"
        "Schwyz|Solothurn|St. Gallen|Tessin|Thurgau|Uri|Waadt|Wallis|Zug|Zürich"
    ),
}
_COUNTRY = {state: country for country, states in _STATES.items() for state in states.split("|")}
_EURO = ("bound", "period", "period_stated", "gross", "level", "purpose")
_NONE = "–"


def composition(texts: Sequence[GoldText]) -> str:
    """Render the composition of a corpus: texts, areas, states, voices and labels.

    Shape: Markdown with a heading of third level for each table; a column for
        all texts and one for each split.
    """
    columns: Columns = {"all": list(texts)}
    for text in sorted(texts, key=lambda text: text.split or _NONE):
        columns.setdefault(text.split or _NONE, []).append(text)
    sections = [
        ("Texts", _values(columns, _TEXT_FIGURES)),
        ("Areas of the headline's occupation (KldB 2010)", _areas(columns)),
        ("States", _states(columns)),
        ("Voices", _slices("voice", columns, lambda text: text.meta.get("voice", _NONE))),
        ("Spans", _spans(columns)),
        ("Attributes of EURO_RANGE", _attributes(columns)),
        ("Values", _values(columns, _VALUE_FIGURES)),
    ]
    return "\n\n".join(f"### {title}\n\n{body}" for title, body in sections)


def replaced(source: str, where: str, tables: str) -> str:
    """Put tables between the markers of a page, in place of what stands there.

    Errors: DataError where the page does not have both markers once, in order.
    """
    before, begin, rest = source.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in before + after:
        got = ", ".join(f"{source.count(sign)} × {sign}" for sign in (BEGIN, END))
        raise DataError([f"{where}:1: expected {BEGIN} and then {END}, each once, got {got}"])
    return f"{before}{BEGIN}\n\n{tables.strip()}\n\n{END}{after}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    names = [name.strip() for name in head]
    signs = ["---" if name in _TEXTUAL else "---:" for name in names]
    return "\n".join("| " + " | ".join(line) + " |" for line in (names, signs, *rows))


_TEXTUAL = frozenset(
    {"", "area", "country", "state", "voice", "label", "attribute", "value", "figure"}
)


def _values(columns: Columns, figures: dict[str, Callable[[list[GoldText]], str]]) -> str:
    rows = [
        [name, *(figure(texts) for texts in columns.values())] for name, figure in figures.items()
    ]
    return _table(["figure", *columns], rows)


def _slices(name: str, columns: Columns, of: Callable[[GoldText], str]) -> str:
    counts = {column: Counter(map(of, texts)) for column, texts in columns.items()}
    rows = [
        [one, *(str(counts[column][one]) for column in columns)] for one in sorted(counts["all"])
    ]
    return _table([name, *columns], rows)


def _areas(columns: Columns) -> str:
    def area(text: GoldText) -> str:
        code = _code(_headline(text, Label.ROLE))
        return f"{code[0]} {AREAS[code[0]]}" if code else _NONE

    return _slices("area", columns, area)


def _states(columns: Columns) -> str:
    def counts(of: Callable[[GoldText], str | None], one: str) -> list[str]:
        return [str(sum(of(text) == one for text in texts)) for texts in columns.values()]

    rows: list[list[str]] = []
    states = {_state(text) for text in columns["all"]}
    for country in [*_STATES, _NONE]:
        own = sorted(state for state in states if _COUNTRY.get(state, _NONE) == country)
        if own:
            rows.append([country, f"all {len(own)}", *counts(_country, country)])
            rows += [["", state, *counts(_state, state)] for state in own]
    return _table(["country", "state", *columns], rows)


def _state(text: GoldText) -> str:
    return text.meta.get("state", _NONE).removeprefix("Kanton ")


def _country(text: GoldText) -> str:
    return _COUNTRY.get(_state(text), _NONE)


def _spans(columns: Columns) -> str:
    head = ["label"]
    for column in columns:
        head += [column, "optional"]
    rows = []
    for label in (*Label, None):
        row = ["all" if label is None else str(label)]
        for texts in columns.values():
            flags = [span.optional for span in _all(texts, label)]
            row += [str(len(flags)), _share(sum(flags), len(flags))]
        rate = 1000 * len(_all(columns["all"], label)) / max(1, _words(columns["all"]))
        rows.append([*row, f"{rate:.1f}"])
    return _table([*head, "per 1,000 words"], rows)


def _attributes(columns: Columns) -> str:
    rows: list[list[str]] = []
    for name in _EURO:
        counts = {
            column: Counter(_said(span, name) for span in _all(texts, Label.EURO_RANGE))
            for column, texts in columns.items()
        }
        ordered = sorted(counts["all"].items(), key=lambda item: (-item[1], item[0]))
        for number, (value, _) in enumerate(ordered):
            cells = [str(counts[column][value]) for column in columns]
            rows.append(["" if number else name, value, *cells])
    return _table(["attribute", "value", *columns], rows)


def _said(span: GoldSpan, name: str) -> str:
    if name not in span.attributes:
        return "not labelled"
    value = span.attributes[name]
    if value is None:
        return "not said"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else _NONE


def _all(texts: Iterable[GoldText], label: Label | None = None) -> list[GoldSpan]:
    return [span for text in texts for span in text.gold.spans if label in (None, span.label)]


def _words(texts: Iterable[GoldText]) -> int:
    return sum(len(words(text.text)) for text in texts)


def _headline(text: GoldText, label: Label) -> GoldSpan | None:
    return next((span for span in text.gold.spans if span.headline and span.label is label), None)


def _code(span: GoldSpan | None) -> str:
    return str(span.attributes.get("kldb", "")) if span else ""


def _headlines(texts: Iterable[GoldText], label: Label, name: str) -> str:
    spans = (_headline(text, label) for text in texts)
    return str(len({span.attributes[name] for span in spans if span and name in span.attributes}))


def _distinct(
    label: Label, name: str, wanted: Callable[[GoldSpan], bool] = lambda _: True
) -> Callable[[list[GoldText]], str]:
    def count(texts: list[GoldText]) -> str:
        spans = (span for span in _all(texts, label) if name in span.attributes and wanted(span))
        return str(len({span.attributes[name] for span in spans}))

    return count


def _mentions(label: Label, wanted: Callable[[GoldSpan], bool]) -> Callable[[list[GoldText]], str]:
    return lambda texts: str(sum(map(wanted, _all(texts, label))))


def _kind(name: str) -> Callable[[GoldSpan], bool]:
    return lambda span: span.attributes.get("kind") == name


def _scheme(name: str) -> Callable[[GoldSpan], bool]:
    return lambda span: str(span.attributes.get("id", "")).startswith(f"{name}:")


def _spread(texts: list[GoldText]) -> str:
    sizes = [_words([text]) for text in texts]
    return f"{min(sizes)} / {median(sizes):.0f} / {max(sizes)}" if sizes else _NONE


_TEXT_FIGURES: dict[str, Callable[[list[GoldText]], str]] = {
    "texts": lambda texts: str(len(texts)),
    "words": lambda texts: str(_words(texts)),
    "words of a text (least / median / most)": _spread,
    "occupations in the headline": lambda texts: _headlines(texts, Label.ROLE, "id"),
    "KldB codes in the headline": lambda texts: _headlines(texts, Label.ROLE, "kldb"),
    "places in the headline": lambda texts: _headlines(texts, Label.PLACE, "id"),
}
_VALUE_FIGURES: dict[str, Callable[[list[GoldText]], str]] = {
    "EURO_RANGE: about another role or place": _mentions(
        Label.EURO_RANGE, lambda span: "about" in span.attributes
    ),
    "ROLE: distinct KldB codes": _distinct(Label.ROLE, "kldb"),
    "ROLE: distinct titles": _distinct(Label.ROLE, "name"),
    "ROLE: elisions with members": _mentions(Label.ROLE, lambda span: "members" in span.attributes),
    "SKILL: distinct names": _distinct(Label.SKILL, "name"),
    **{
        f"SKILL: {kind}, {what}": figure
        for kind in ("knowledge", "tool", "certificate", "soft")
        for what, figure in (
            ("mentions", _mentions(Label.SKILL, _kind(kind))),
            ("distinct names", _distinct(Label.SKILL, "name", _kind(kind))),
        )
    },
    "PLACE: distinct ids": _distinct(Label.PLACE, "id"),
    **{
        f"PLACE: {scheme}, {what}": figure
        for scheme in ("geonames", "own")
        for what, figure in (
            ("mentions", _mentions(Label.PLACE, _scheme(scheme))),
            ("distinct ids", _distinct(Label.PLACE, "id", _scheme(scheme))),
        )
    },
    "PLACE: adjectives": _mentions(
        Label.PLACE, lambda span: bool(span.attributes.get("adjective"))
    ),
}
