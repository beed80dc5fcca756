"""Texts to read: .txt files, folders, JSON lines, standard input.

Every item comes out exactly once, as a text or as what is wrong with it.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from berufsbild.errors import DataError, InputError

SUFFIXES: Final = (".txt", ".jsonl", ".jsonl.gz")
STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Item:
    """One input text, or why it cannot be read: exactly one of the two is set.

    `id` is the file's name without suffix, or what the JSON line says; null
    where nothing says it.
    """

    id: str | None
    text: str | None = None
    error: InputError | None = None
    path: str | None = None
    line: int | None = None


def find_paths(paths: Iterable[str]) -> list[str]:
    """List the files that the arguments name, a folder's in the order of their names.

    Errors: DataError for paths that are not there or of an unknown kind.
    """
    found: list[str] = []
    problems: list[str] = []
    for name in paths:
        path = Path(name)
        if name == STDIN:
            found.append(name)
        elif path.is_dir():
            inside = sorted(
                str(one) for one in path.iterdir() if one.is_file() and one.name.endswith(SUFFIXES)
            )
            if not inside:
                problems.append(f"{name}: expected a folder with {_kinds()} files, got none")
            found += inside
        elif not path.exists():
            problems.append(f"{name}: expected a file or folder, got nothing of that name")
        elif not name.endswith(SUFFIXES):
            problems.append(f"{name}: expected {_kinds()}, got {path.suffix or 'no suffix'!r}")
        else:
            found.append(name)
    if problems:
        raise DataError(problems)
    return found


def _kinds() -> str:
    return ", ".join(SUFFIXES)


def read_items(paths: Iterable[str]) -> Iterator[Item]:
    """Read every text of the files; an id that was there before is an error."""
    seen: set[str] = set()
    for path in paths:
        for item in _items(path):
            if item.id is None or item.error is not None:
                yield item
            elif item.id in seen:
                message = f"expected a new id, got {item.id!r} a second time"
                error = InputError("duplicate_id", message, path=path, line=item.line)
                yield Item(item.id, error=error)
            else:
                seen.add(item.id)
                yield item


def _items(path: str) -> Iterator[Item]:
    if path.endswith(".txt"):
        yield _text_item(path)
        return
    number = 0
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _line_item(line, path, number)
    except (OSError, EOFError, zlib.error) as error:
        message = f"expected a readable file, got {error}"
        yield Item(None, error=InputError("unreadable", message, path=path, line=number + 1))


def _text_item(path: str) -> Item:
    id_ = Path(path).name.removesuffix(".txt")
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        message = f"expected a readable file, got {error.strerror or error}"
        return Item(id_, error=InputError("unreadable", message, path=path))
    try:
        return Item(id_, raw.decode("utf-8"), path=path)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = (
            f"expected UTF-8, got byte 0x{raw[error.start]:02x} at offset {error.start}; "
            "convert it first, as with iconv -f latin1 -t utf-8"
        )
        return Item(id_, error=InputError("encoding", message, path=path, line=line))


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO | io.BufferedReader | gzip.GzipFile]:
    if path == STDIN:
        yield sys.stdin.buffer
        return
    with gzip.open(path, "rb") if path.endswith(".gz") else Path(path).open("rb") as file:
        yield file


def _line_item(line: bytes, path: str, number: int) -> Item:
    def wrong(kind: str, message: str, id_: str | None = None) -> Item:
        return Item(id_, error=InputError(kind, message, path=path, line=number))

    try:
        data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return wrong("encoding", f"expected UTF-8, got a wrong byte at column {error.start + 1}")
    except (json.JSONDecodeError, RecursionError) as error:
        return wrong("json", f"expected a JSON object with id and text on the line ({error})")
    if not isinstance(data, dict):
        return wrong("json", f"expected a JSON object, got {type(data).__name__}")
    id_, text = data.get("id"), data.get("text")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    if not isinstance(id_, str) or not id_:
        return wrong("missing_field", f"expected a string «id», got {_said(data, 'id')}")
    if not isinstance(text, str):
        return wrong("missing_field", f"expected a string «text», got {_said(data, 'text')}", id_)
    return Item(id_, text, path=path, line=number)


def _said(data: dict[str, object], name: str) -> str:
    return repr(data[name]) if name in data else "no such key"
