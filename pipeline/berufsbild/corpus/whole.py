"""What only the whole corpus shows: shares, splits that leak, sentences told twice."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from berufsbild.corpus.sentences import cut, words
from berufsbild.corpus.texts import Splits, find_line, read_text
from berufsbild.german.normalise import normalise
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from berufsbild.corpus.brat import Problem
    from berufsbild.corpus.gold import Gold

_FIFTH = 5
_SHORT = 5
_SHOWN = 60


def check_shares(folder: Path, golds: Mapping[str, Gold]) -> list[str]:
    """Tell each label of which more than a fifth is optional; one span always may be."""
    problems = []
    for label in Label:
        flags = [
            span.optional for gold in golds.values() for span in gold.spans if span.label is label
        ]
        if sum(flags) > max(1, len(flags) // _FIFTH):
            share = f"{sum(flags)} of {len(flags)}"
            problems.append(f"{folder}:1: expected at most 20 % optional {label}, got {share}")
    return problems


def check_headlines(source: str, splits: Splits, golds: Mapping[str, Gold]) -> Iterator[Problem]:
    """Tell each headline occupation or place that stands in two splits.

    Shape: `(line of splits.toml, expected, got)`.
    """
    first: dict[tuple[Label, str], str] = {}
    for one, split in splits.of.items():
        for span in golds[one].spans if one in golds else ():
            identity = str(span.attributes.get("id", ""))
            if not span.headline or not identity:
                continue
            other = first.setdefault((span.label, identity), one)
            if splits.of[other] != split:
                wanted = f"the headline {span.label} {identity} in one split"
                got = f"{splits.of[other]} by {other!r} and {split} by {one!r}"
                yield (find_line(source, one), wanted, got)


def check_sentences(
    texts: Mapping[Path, str], cases: Path | None = None
) -> tuple[list[str], list[str]]:
    """Tell each sentence of five words or more that stands somewhere else, too.

    Two sentences are the same where their words are; case and signs count
    nothing. `cases` is a folder of case tables, none of whose sentences may
    stand in a text.

    Shape: the problems of the texts, and those of the tables themselves.
    """
    seen: dict[tuple[str, ...], str] = {}
    unreadable: list[str] = []
    for path in sorted(cases.glob("*.toml")) if cases else ():
        source = read_text(path)
        try:
            tables = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            unreadable.append(f"{path}:1: expected TOML, got {error}")
            continue
        for written in _listed(tables):
            plain = written.replace("⟦", "").replace("⟧", "")
            for _, key, _ in _sentences(plain):
                seen.setdefault(key, f"{path}:{find_line(source, written)}")
    problems: list[str] = []
    for path, text in texts.items():
        for line, key, sentence in _sentences(text):
            other = seen.get(key)
            if other is None:
                seen[key] = f"{path}:{line}"
            else:
                shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN] + " …"
                wanted = "a sentence that stands nowhere else"
                problems.append(f"{path}:{line}: expected {wanted}, got {shown!r} as in {other}")
    return problems, unreadable


def _listed(table: Any) -> Iterator[str]:  # noqa: ANN401 - any TOML value
    if isinstance(table, list):
        for part in table:
            yield from _listed(part)
    elif isinstance(table, dict):
        for key, part in table.items():
            if key == "sentences" and isinstance(part, list):
                yield from (one for one in part if isinstance(one, str))
            else:
                yield from _listed(part)


def _sentences(text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Give the longer sentences with their line and their words."""
    for number, line in enumerate(text.split("\n"), 1):
        clean = normalise(line).text
        for start, end in cut(clean):
            key = tuple(word.casefold() for word in words(clean[start:end]))
            if len(key) >= _SHORT:
                yield number, key, clean[start:end]
