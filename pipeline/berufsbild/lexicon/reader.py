"""The one reader of rule data: TSV tables and TOML files, checked on load.

Every problem of a file is reported at once as `path:line: expected …, got …`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from berufsbild.errors import DataError, explain

M = TypeVar("M", bound=BaseModel)

ROOT = Path(__file__).parent
"""Where the rule data of this package lies."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    path: Path
    line: int
    cells: tuple[str, ...]
    columns: dict[str, int]

    def __getitem__(self, column: str) -> str:
        """Give the cell of a column."""
        return self.cells[self.columns[column]]

    def many(self, column: str) -> list[str]:
        """Give the entries of a cell that lists several, separated by `|`."""
        cell = self[column]
        return cell.split("|") if cell else []

    def problem(self, expected: str, got: str) -> str:
        """Tell what is wrong with the line."""
        return f"{self.path}:{self.line}: expected {expected}, got {got!r}"


LABEL_FOLDERS: Final = ("euro_ranges", "roles", "skills", "places")


def checked_overlays(overlays: Sequence[Path]) -> tuple[Path, ...]:
    """Give the folders of own words back when they are there and shaped as they must be.

    Errors: DataError for folders that are missing, and for folders in them that
        no label reads.
    """
    problems = []
    for overlay in overlays:
        if not overlay.is_dir():
            problems.append(f"{overlay}: expected a folder of own words, got none of that name")
            continue
        problems += [
            f"{inside}: expected one of {', '.join(LABEL_FOLDERS)}, got {inside.name!r}"
            for inside in sorted(overlay.iterdir())
            if inside.is_dir() and inside.name not in LABEL_FOLDERS
        ]
    if problems:
        raise DataError(problems)
    return tuple(overlays)


def lexicon_files(folder: str, pattern: str, overlays: Sequence[Path] = ()) -> list[Path]:
    """List the files of one label's folder, then those of the user's own lexicons."""
    roots = [ROOT, *overlays]
    return [path for root in roots for path in sorted((root / folder).glob(pattern))]


def read_text(path: Path) -> str:
    """Read a UTF-8 file in NFC, its line ends made plain.

    Errors: DataError with the line of the first wrong byte or of every line
        that is not NFC.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start : error.start + 1]
        raise DataError([f"{path}:{line}: expected UTF-8, got {byte!r}"]) from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not unicodedata.is_normalized("NFC", text):
        raise DataError(
            [
                f"{path}:{number}: expected NFC, got {line!r}"
                for number, line in enumerate(text.split("\n"), 1)
                if not unicodedata.is_normalized("NFC", line)
            ]
        )
    return text


def read_table(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """Read a TSV table: whole-line `# ` comments, a header, then the rows.

    Errors: DataError for a wrong header and for every line with another number
        of cells or with blanks around one.
    """
    places = {column: number for number, column in enumerate(columns)}
    return [Row(path, number, cells, places) for number, cells in _lines(path, columns)]


def read_cells(path: Path, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Read a TSV table as bare tuples, for tables of many thousand lines.

    Errors: as `read_table`.
    """
    return [cells for _, cells in _lines(path, columns)]


def _lines(path: Path, columns: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    problems: list[str] = []
    header: tuple[str, ...] | None = None
    width = len(columns)
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line or line.startswith("# ") or line == "#":
            continue
        cells = tuple(line.split("\t"))
        if header is None:
            header = cells
            if header != columns:
                raise DataError([f"{path}:{number}: expected columns {columns}, got {header}"])
        elif len(cells) != width:
            problems.append(f"{path}:{number}: expected {width} cells, got {len(cells)}")
        elif "\t " in line or " \t" in line or line[0] == " " or line[-1] == " ":
            problems.append(f"{path}:{number}: expected no blanks around cells, got {line!r}")
        else:
            rows.append((number, cells))
    if header is None:
        problems.append(f"{path}:1: expected columns {columns}, got an empty table")
    if problems:
        raise DataError(problems)
    return rows


def read_toml(path: Path, model: type[M]) -> M:
    """Read a TOML file into a pydantic model.

    Errors: DataError with the line of every wrong or unknown key.
    """
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found.group(1) if found else "1"
        raise DataError([f"{path}:{line}: expected TOML, got {error}"]) from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise DataError(list(_told(error, path, text))) from error


def _told(error: ValidationError, path: Path, text: str) -> Iterator[str]:
    lines = text.split("\n")
    for problem in error.errors():
        names = [str(part) for part in problem["loc"] if isinstance(part, str)]
        yield f"{path}:{_line_of(names, lines)}: {explain(problem)}"


def _line_of(names: list[str], lines: list[str]) -> int:
    """Find the line of a key: each name is looked for below the one before."""
    at = 0
    for name in names:
        pattern = re.compile(
            rf"""^\s*(?:\[+(?:[\w.-]+\.)?)?["']?{re.escape(name)}["']?\s*[=\]:.]"""
        )
        for number in range(at, len(lines)):
            if pattern.match(lines[number]):
                at = number
                break
    return at + 1


def digest(overlays: Sequence[Path] = ()) -> str:
    """Give the SHA-256 of all rule data, so that a run can say what it used."""
    seen = hashlib.sha256()
    for root in (ROOT, *overlays):
        for path in sorted(root.rglob("*")):
            if path.suffix in {".toml", ".tsv"}:
                seen.update(path.relative_to(root).as_posix().encode())
                seen.update(b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()
