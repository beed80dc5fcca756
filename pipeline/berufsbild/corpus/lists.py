"""Lists of sentences with marked spans, kept apart from the corpus.

A list is TOML: tables whose `sentences` mark each span with ⟦ and ⟧ and whose
other keys are the expected values; `spans` lists what differs from span to
span. A table `none` holds sentences in which nothing is marked, a table
`paragraph` ordinary prose under `text`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from berufsbild.corpus.texts import read_text
from berufsbild.errors import DataError

_ABOUT: Final = {"sentences", "reason", "known_gap", "spans", "text"}


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked sentence or paragraph.

    Shape: `spans` has for each mark its start, its end and the expected values.
    Units: half-open offsets in code points.
    """

    text: str
    spans: tuple[tuple[int, int, Mapping[str, Any]], ...]


def read_list(path: Path) -> list[Marked]:
    """Read all sentences of a list, in order.

    Errors: InputError where it cannot be read, DataError where it is no list.
    """
    try:
        tables = tomllib.loads(read_text(path), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise DataError([f"{path}: expected TOML, got {error}"]) from None
    return [
        entry
        for kind, blocks in tables.items()
        for block in blocks
        for entry in _entries(path, kind, block)
    ]


def unmark(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a sentence and tell where they stood."""
    text = ""
    marks: list[tuple[int, int]] = []
    rest = sentence
    while "⟦" in rest:
        before, _, rest = rest.partition("⟦")
        inside, _, rest = rest.partition("⟧")
        text += before
        marks.append((len(text), len(text) + len(inside)))
        text += inside
    return text + rest, marks


def marked(kind: str, block: Mapping[str, Any], sentence: str) -> Marked:
    """Read one sentence of a block with what the block expects of its marks.

    Errors: ValueError where the marks do not fit the block.
    """
    values = {key: value for key, value in block.items() if key not in _ABOUT}
    text, marks = unmark(sentence)
    each = block.get("spans", [{}] * len(marks))
    unmarked = kind == "none" or (kind == "paragraph" and not marks)
    if unmarked == bool(marks) or len(each) != len(marks):
        raise ValueError(f"expected marks that fit [[{kind}]], got {sentence!r}")
    spans = zip(marks, each, strict=True)
    return Marked(text, tuple((start, end, {**values, **own}) for (start, end), own in spans))


def _entries(path: Path, kind: str, block: Mapping[str, Any]) -> Iterator[Marked]:
    for sentence in [*block.get("sentences", ()), *([block["text"]] if "text" in block else ())]:
        try:
            yield marked(kind, block, sentence)
        except ValueError as error:
            raise DataError([f"{path}: {error}"]) from None
