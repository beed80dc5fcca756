"""Texts to read: .txt files, folders, JSON lines, Parquet, standard input.

Every item comes out exactly once, as a text or as what is wrong with it. A
path with a protocol (s3://, gs://, file://) is read through fsspec.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from berufsbild.errors import DataError, InputError

SUFFIXES: Final = (".txt", ".jsonl", ".jsonl.gz", ".parquet")
STDIN: Final = "-"
_ROWS: Final = 256


@dataclass(frozen=True, slots=True)
class Item:
    """One input text, or why it cannot be read: exactly one of the two is set.

    `id` is the file's name without suffix, or what the JSON line or the row
    says; null where nothing says it. `line` is a row's number in Parquet.
    """

    id: str | None
    text: str | None = None
    error: InputError | None = None
    path: str | None = None
    line: int | None = None


@dataclass(slots=True)
class Meter:
    """How far the reading has come.

    Units: bytes as they lie on the disk; `total` is 0 where nobody knows it.
    """

    total: int = 0
    done: int = 0


def is_remote(path: str) -> bool:
    """Tell paths with a protocol from files on this machine."""
    return "://" in path


def remote(path: str) -> tuple[Any, str]:
    """Give the file system of a path with a protocol, and the path on it.

    Errors: DataError where fsspec is missing, or what speaks the protocol.
    """
    try:
        from fsspec.core import url_to_fs

        found: tuple[Any, str] = url_to_fs(path)
    except (ImportError, ValueError) as error:
        message = f"{path}: expected fsspec and what speaks this protocol, got {error}"
        raise DataError([f"{message}; pip install 'berufsbild[remote]'"]) from error
    return found


def find_paths(paths: Iterable[str]) -> list[str]:
    """List the files that the arguments name, a folder's in the order of their names.

    Errors: DataError for paths that are not there or of an unknown kind.
    """
    found: list[str] = []
    problems: list[str] = []
    for name in paths:
        if name == STDIN:
            found.append(name)
            continue
        kind, inside = _looked_up(name)
        if kind == "folder":
            if not inside:
                problems.append(f"{name}: expected a folder with {_kinds()} files, got none")
            found += inside
        elif kind == "nothing":
            problems.append(f"{name}: expected a file or folder, got nothing of that name")
        elif not name.endswith(SUFFIXES):
            suffix = Path(name).suffix or "no suffix"
            problems.append(f"{name}: expected {_kinds()}, got {suffix!r}")
        else:
            found.append(name)
    if problems:
        raise DataError(problems)
    return found


def _looked_up(name: str) -> tuple[str, list[str]]:
    """Say what stands under a name: a file, nothing, or a folder and its files."""
    if is_remote(name):
        system, path = remote(name)
        if system.isdir(path):
            inside = [one["name"] for one in system.ls(path, detail=True) if one["type"] == "file"]
            return "folder", sorted(
                system.unstrip_protocol(one) for one in inside if one.endswith(SUFFIXES)
            )
        return ("file" if system.exists(path) else "nothing"), []
    local = Path(name)
    if local.is_dir():
        files = (one for one in local.iterdir() if one.is_file() and one.name.endswith(SUFFIXES))
        return "folder", sorted(map(str, files))
    return ("file" if local.exists() else "nothing"), []


def _kinds() -> str:
    return ", ".join(SUFFIXES)


def size(paths: Iterable[str]) -> int:
    """Sum the bytes of the files; 0 where one of them does not tell."""
    sizes = []
    for path in paths:
        if path == STDIN:
            return 0
        if is_remote(path):
            system, inside = remote(path)
            sizes.append(system.size(inside) or 0)
        else:
            sizes.append(Path(path).stat().st_size)
    return sum(sizes) if all(sizes) else 0


def read_items(paths: Iterable[str], meter: Meter | None = None) -> Iterator[Item]:
    """Read every text of the files; an id that was there before is an error.

    Units: the ids so far take some 10 MB of memory, however many they are.
    """
    meter = Meter() if meter is None else meter
    with closing(_Ids()) as ids:
        for path in paths:
            for item in _items(path, meter):
                if item.id is None or item.error is not None or ids.add(item.id):
                    yield item
                    continue
                message = f"expected a new id, got {item.id!r} a second time"
                error = InputError("duplicate_id", message, path=path, line=item.line)
                yield Item(item.id, error=error)


class _Ids:
    """The ids so far, in a database of SQLite that lies on the disk when it grows.

    Units: a million ids take 4 seconds and 9 MB of memory (a set: 2 seconds and
        90 to 120 MB).
    """

    def __init__(self) -> None:
        """Start empty; the file has no name and goes with the connection."""
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"
            "CREATE TABLE ids (id BLOB PRIMARY KEY) WITHOUT ROWID; BEGIN"
        )

    def add(self, id_: str) -> bool:
        """Take in an id; tell whether it is new."""
        raw = id_.encode("utf-8", "surrogatepass")
        return self._database.execute("INSERT OR IGNORE INTO ids VALUES (?)", (raw,)).rowcount == 1

    def close(self) -> None:
        """Drop the database."""
        self._database.close()


def _items(path: str, meter: Meter) -> Iterator[Item]:
    before = meter.done
    if path.endswith(".txt"):
        item, length = _text_item(path)
        meter.done = before + length
        yield item
        return
    number = 0
    try:
        with _opened(path) as raw:
            read = _rows if path.endswith(".parquet") else _lines
            for number, item in read(path, raw):  # noqa: B007 - an unreadable line has it
                meter.done = max(meter.done, before + _position(raw))
                yield item
    except (OSError, EOFError, zlib.error) as error:
        message = f"expected a readable file, got {error}"
        yield Item(None, error=InputError("unreadable", message, path=path, line=number + 1))


def _position(raw: BinaryIO) -> int:
    try:
        return raw.tell()
    except (OSError, ValueError):
        return 0


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path == STDIN:
        yield sys.stdin.buffer
        return
    if is_remote(path):
        system, inside = remote(path)
        with system.open(inside, "rb") as file:
            yield file
        return
    with Path(path).open("rb") as file:
        yield file


def _text_item(path: str) -> tuple[Item, int]:
    id_ = os.path.basename(path).removesuffix(".txt")  # noqa: PTH119 - a Path would mend "://"
    try:
        with _opened(path) as file:
            raw = file.read()
    except OSError as error:
        message = f"expected a readable file, got {error.strerror or error}"
        return Item(id_, error=InputError("unreadable", message, path=path)), 0
    try:
        return Item(id_, raw.decode("utf-8"), path=path), len(raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = (
            f"expected UTF-8, got byte 0x{raw[error.start]:02x} at offset {error.start}; "
            "convert it first, as with iconv -f latin1 -t utf-8"
        )
        return Item(id_, error=InputError("encoding", message, path=path, line=line)), len(raw)


def _lines(path: str, raw: BinaryIO) -> Iterator[tuple[int, Item]]:
    file = cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb")) if path.endswith(".gz") else raw
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, _line_item(line, path, number)


def _line_item(line: bytes, path: str, number: int) -> Item:
    def wrong(kind: str, message: str) -> Item:
        return Item(None, error=InputError(kind, message, path=path, line=number))

    try:
        data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return wrong("encoding", f"expected UTF-8, got a wrong byte at column {error.start + 1}")
    except (json.JSONDecodeError, RecursionError) as error:
        return wrong("json", f"expected a JSON object with id and text on the line ({error})")
    if not isinstance(data, dict):
        return wrong("json", f"expected a JSON object, got {type(data).__name__}")
    return _named_item(data, path, number)


def _named_item(data: dict[str, object], path: str, number: int) -> Item:
    """Make an item of what a line or a row says under `id` and `text`."""

    def wrong(name: str, id_: str | None = None) -> Item:
        said = repr(data[name]) if name in data else "no such key"
        message = f"expected a string «{name}», got {said}"
        return Item(id_, error=InputError("missing_field", message, path=path, line=number))

    id_, text = data.get("id"), data.get("text")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    if not isinstance(id_, str) or not id_:
        return wrong("id")
    if not isinstance(text, str):
        return wrong("text", id_)
    return Item(id_, text, path=path, line=number)


def _rows(path: str, raw: BinaryIO) -> Iterator[tuple[int, Item]]:
    """Read a Parquet file a few hundred rows at a time."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = f"{path}: expected pyarrow to read Parquet, got none"
        raise DataError([f"{message}; pip install 'berufsbild[parquet]'"]) from error
    number = 0
    try:
        with pq.ParquetFile(raw) as file:
            names = [name for name in ("id", "text") if name in file.schema_arrow.names]
            for batch in file.iter_batches(_ROWS, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    yield number, _named_item(row, path, number)
    except pa.ArrowInvalid as error:
        raise OSError(str(error)) from error
