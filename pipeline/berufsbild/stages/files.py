"""What stages hand to each other: token lines and span lines, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from berufsbild.german.normalise import View, normalise
from berufsbild.layout import Layout
from berufsbild.spans import Tokens

if TYPE_CHECKING:
    from berufsbild.german.words import Words


def write_lines(path: Path, lines: Iterable[dict[str, Any]]) -> int:
    """Write JSON lines, whole or not at all; give their number."""
    from berufsbild.outputs import whole_file

    number = 0
    with whole_file(path) as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            number += 1
    return number


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON lines one by one."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def layout_of(line: dict[str, Any], words: Words) -> tuple[View, Layout]:
    """Make view and layout of a token line anew, with what a base model said."""
    view = normalise(line["text"])
    text = view.text
    starts, ends = line["starts"], line["ends"]
    types = [words[text[start:end]] for start, end in zip(starts, ends, strict=True)]
    tokens = Tokens(text, starts, ends, types, line.get("tags"), line.get("entities"))
    return view, Layout.of(tokens)
