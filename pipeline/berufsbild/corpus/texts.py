"""Texts, gold files and splits from disk, and the corpus that they make."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from berufsbild.corpus.brat import Problem, parse_ann
from berufsbild.corpus.gold import Attribute, Gold, GoldSpan, GoldText
from berufsbild.errors import DataError, InputError
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GOLD_SUFFIXES = (".ann", ".jsonl")
META = ("state", "voice")


@dataclass(frozen=True, slots=True)
class Splits:
    """Which text is in which split, and what else is known about a text.

    Shape: `of` maps a text's id to its split's name; `meta` a text's id to
        its slices.
    """

    of: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_text(path: Path) -> str:
    """Read a text exactly as stored: UTF-8, line ends and all signs kept.

    Errors: InputError of kind `unreadable` or `encoding`.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(
            "unreadable", f"cannot be read: {error.strerror}", path=str(path)
        ) from None
    except UnicodeDecodeError as error:
        message = f"expected UTF-8, got byte {error.object[error.start]:#04x} at {error.start}"
        raise InputError("encoding", message, path=str(path)) from None


def load_gold(path: Path) -> Gold:
    """Load the gold of one text, brat standoff or JSONL by the suffix.

    Errors: DataError with every malformed line.
    """
    gold, problems = parse_gold(path)
    if problems:
        raise DataError(render_problems(path, problems))
    return gold


def parse_gold(path: Path) -> tuple[Gold, list[Problem]]:
    """Read a gold file, and collect its malformed lines instead of stopping."""
    try:
        source = read_text(path)
    except InputError as error:
        return Gold(), [(1, "a UTF-8 file", error.message)]
    return parse_jsonl(source) if path.suffix == ".jsonl" else parse_ann(source)


def render_problems(path: Path, problems: list[Problem]) -> list[str]:
    """Say each problem as `path:line: expected …, got …`."""
    return [f"{path}:{line}: expected {wanted}, got {got}" for line, wanted, got in problems]


def parse_jsonl(source: str) -> tuple[Gold, list[Problem]]:
    """Read gold with one JSON object for each span.

    An object has `label`, `start`, `end`, `text` and perhaps `optional`,
    `headline` and `value`; of the value only the keys that stand there count.
    """
    spans: list[GoldSpan] = []
    problems: list[Problem] = []
    for number, line in enumerate(source.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line, parse_int=Decimal, parse_float=Decimal)
            spans.append(read_span(item, number))
        except (json.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
            wanted = "a JSON object with label, start, end and text"
            problems.append((number, wanted, repr(line[:80])))
    spans.sort(key=lambda span: (span.start, span.end, span.label))
    return Gold(tuple(spans)), problems


def read_span(item: Mapping[str, Any], number: int = 0) -> GoldSpan:
    """Read a span from JSON data, numbers as `Decimal`; `number` is its line.

    Errors: KeyError, TypeError, ValueError or AttributeError for what is none.
    """
    value = item.get("value") or {}
    start, end = int(item["start"]), int(item["end"])
    if not 0 <= start < end:
        raise ValueError("start before end")
    return GoldSpan(
        label=Label(item["label"]),
        start=start,
        end=end,
        text=str(item["text"]),
        attributes={key: _attribute(part) for key, part in value.items() if key != "currency"},
        optional=bool(item.get("optional", False)),
        headline=bool(item.get("headline", False)),
        line=number,
    )


def _attribute(part: Any) -> Attribute:  # noqa: ANN401 - any JSON value
    if isinstance(part, list):
        return tuple(str(member) for member in part)
    if isinstance(part, dict):
        return {str(key): str(value) for key, value in part.items() if value is not None}
    if part is None or isinstance(part, str | bool | Decimal):
        return part
    raise TypeError(type(part).__name__)


def load_splits(path: Path) -> Splits:
    """Load `splits.toml`: `[splits]` with id lists, `[texts.<id>]` with slices.

    Errors: DataError with every problem of the file.
    """
    splits, problems = parse_splits(path)
    if problems:
        raise DataError(render_problems(path, problems))
    return splits


def parse_splits(path: Path) -> tuple[Splits, list[Problem]]:
    """Read the splits, and collect what is wrong with them."""
    try:
        source = read_text(path)
        data = tomllib.loads(source)
    except InputError as error:
        return Splits(), [(1, "a readable file", error.message)]
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else source.rstrip("\n").count("\n") + 1
        return Splits(), [(line, "TOML", str(error))]
    problems: list[Problem] = [
        (find_line(source, key), "only the tables splits and texts", repr(key))
        for key in data
        if key not in ("splits", "texts")
    ]
    of: dict[str, str] = {}
    for name, ids in sorted(_table(data, "splits", problems).items()):
        if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
            problems.append((find_line(source, name), f"a list of text ids for {name}", repr(ids)))
            continue
        for one in ids:
            if one in of:
                wanted = f"{one!r} in one split"
                problems.append((find_line(source, one), wanted, f"{of[one]} and {name}"))
            of[one] = name
    meta: dict[str, dict[str, str]] = {}
    for one, table in sorted(_table(data, "texts", problems).items()):
        if not isinstance(table, dict) or not all(
            key in META and isinstance(value, str) for key, value in table.items()
        ):
            wanted = "strings for " + " and ".join(META)
            problems.append((find_line(source, one), wanted, repr(table)))
            continue
        meta[one] = dict(table)
    return Splits(of, meta), problems


def _table(data: Mapping[str, Any], name: str, problems: list[Problem]) -> Mapping[str, Any]:
    table = data.get(name, {})
    if isinstance(table, dict):
        return table
    problems.append((1, f"a table {name}", repr(table)))
    return {}


def find_line(source: str, word: str) -> int:
    """Find the first line that has the word, best in quotes; 1 where none has."""
    for form in (f'"{word}"', word):
        at = source.find(form)
        if at >= 0:
            return source.count("\n", 0, at) + 1
    return 1


def gold_files(folder: Path) -> dict[str, Path]:
    """List the gold files of a folder by text id, brat before JSONL."""
    found: dict[str, Path] = {}
    for suffix in GOLD_SUFFIXES:
        for path in sorted(folder.glob(f"*{suffix}")):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def load_corpus(
    folder: Path, *, gold: Path | None = None, splits: Path | None = None
) -> list[GoldText]:
    """Load all texts that have gold, sorted by id.

    A corpus folder has `profiles/`, `gold/` and perhaps `splits.toml`. Where
    `gold` is given, `folder` is the folder of the texts itself.

    Errors: DataError with every problem of the gold files and the splits.
    """
    profiles = folder if gold else folder / "profiles"
    labels = gold or folder / "gold"
    table = splits or (None if gold else folder / "splits.toml")
    problems: list[str] = []
    known = Splits()
    if table is not None and (splits is not None or table.is_file()):
        known, found = parse_splits(table)
        problems += render_problems(table, found)
    texts: list[GoldText] = []
    for one, path in gold_files(labels).items():
        parsed, found = parse_gold(path)
        problems += render_problems(path, found)
        try:
            text = read_text(profiles / f"{one}.txt")
        except InputError as error:
            problems.append(
                f"{error.path}:1: expected the text of {path.name}, got {error.message}"
            )
            continue
        texts.append(GoldText(one, text, parsed, known.of.get(one), known.meta.get(one, {})))
    if problems:
        raise DataError(problems)
    return texts
