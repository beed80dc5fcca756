"""The corpus checker: everything that is wrong with texts, gold and splits."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from berufsbild.corpus.gold import Gold, GoldSpan
from berufsbild.corpus.texts import (
    find_line,
    gold_files,
    parse_gold,
    parse_splits,
    read_text,
    render_problems,
)
from berufsbild.corpus.whole import check_headlines, check_sentences, check_shares
from berufsbild.errors import InputError
from berufsbild.german.normalise import slug
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from berufsbild.corpus.brat import Problem

_FIRST = re.compile(r"[\w€]|\.\w")
_LAST = re.compile(r"[\w€+#]")
_DOTTED = re.compile(r"\b(?:Dipl|Dr|Inf|Ing|Kfm|Kffr|Mio|Mrd|Prof|Std|Techn|Tsd)\.$")
_ARTICLE = re.compile(r"(?:[Dd](?:er|ie|as|en|em|es)|[Ee]in(?:e[mnrs]?)?) ")
_NEEDED = {
    Label.EURO_RANGE: ("bound", "period", "period_stated", "purpose"),
    Label.ROLE: ("kldb",),
    Label.SKILL: ("id", "kind"),
    Label.PLACE: ("id",),
}
_REFERENCES = frozenset({"kldb", "id"})
_ENDS = {
    "closed": "min and max with min <= max",
    "at_least": "min without max",
    "at_most": "max without min",
    "approximate": "min equal to max",
    "exact": "min equal to max",
}


def check(
    profiles: Path, gold: Path, splits: Path | None = None, cases: Path | None = None
) -> list[str]:
    """Check a corpus and tell every problem as `path:line: expected …, got …`.

    `cases` is a folder of case tables that must share no sentence with it.

    Shape: one string for each problem, by file and line; empty where all is
        well.
    """
    texts = {path.stem: path for path in sorted(profiles.glob("*.txt"))}
    labels = gold_files(gold)
    problems = [
        f"{path}:1: expected gold in {gold.name}/{one}.ann, got none"
        for one, path in texts.items()
        if one not in labels
    ]
    concepts: dict[tuple[str, str], tuple[object, str]] = {}
    golds: dict[str, Gold] = {}
    sources: dict[Path, str] = {}
    for one, path in texts.items():
        text, found = _text(path)
        problems += render_problems(path, found)
        if text is None:
            continue
        sources[path] = text
        if one in labels:
            golds[one], found = parse_gold(labels[one])
            problems += _gold(labels[one], golds[one], found, text, concepts)
    problems += [
        f"{path}:1: expected a text {profiles.name}/{one}.txt, got none"
        for one, path in labels.items()
        if one not in texts
    ]
    problems += check_shares(gold, golds)
    if splits is not None:
        problems += _splits(splits, texts, golds)
    repeated, unreadable = check_sentences(sources, cases)
    return problems + repeated + unreadable


def _text(path: Path) -> tuple[str | None, list[Problem]]:
    try:
        text = read_text(path)
    except InputError as error:
        return None, [(1, "a UTF-8 text", error.message)]
    problems: list[Problem] = []
    if not text.strip():
        problems.append((1, "a text", "an empty file"))
    for sign, name in (("\ufeff", "byte order mark"), ("\r", "carriage return"), ("\0", "NUL")):
        if sign in text:
            problems.append((text[: text.index(sign)].count("\n") + 1, f"no {name}", "one"))
    if not unicodedata.is_normalized("NFC", text):
        lines = text.split("\n")
        at = next(
            n for n, line in enumerate(lines, 1) if unicodedata.normalize("NFC", line) != line
        )
        problems.append((at, "a text in NFC", "another normal form"))
    return text, problems


def _gold(
    path: Path,
    gold: Gold,
    problems: list[Problem],
    text: str,
    concepts: dict[tuple[str, str], tuple[object, str]],
) -> list[str]:
    for span in gold.spans:
        problems += _surface(span, text)
        problems += _attributes(span)
        problems += _concept(span, path, concepts)
    problems += _overlaps(gold)
    problems += _headlines(gold)
    return render_problems(path, sorted(problems))


def _surface(span: GoldSpan, text: str) -> Iterator[Problem]:
    stands = text[span.start : span.end]
    if stands != span.text:
        hint = _nearest(text, span)
        wanted = f"{span.text!r} at {span.start} {span.end}"
        yield (span.line, wanted, f"{stands!r}{hint}")
        return
    if "\n" in stands:
        yield (span.line, "a span within one line", repr(stands))
    if not _FIRST.match(stands) or not (_LAST.fullmatch(stands[-1]) or _closed(stands)):
        yield (span.line, "no blank or punctuation at the borders", repr(stands))
    if span.label is not Label.PLACE and _ARTICLE.match(stands):
        yield (span.line, "no article at the border", repr(stands))
    before, after = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    if (before.isalnum() and stands[0].isalnum()) or (after.isalnum() and stands[-1].isalnum()):
        around = text[max(span.start - 8, 0) : span.end + 8]
        if span.label is not Label.EURO_RANGE:
            yield (span.line, "a span of whole words", f"{stands!r} in {around!r}")


def _closed(stands: str) -> bool:
    bracket = stands.endswith(")") and "(" in stands
    return bracket or bool(_DOTTED.search(stands))


def _nearest(text: str, span: GoldSpan) -> str:
    found = [at.start() for at in re.finditer(re.escape(span.text), text)]
    if not found:
        return " (the surface stands nowhere in the text)"
    at = min(found, key=lambda start: (abs(start - span.start), start))
    return f" (the surface stands at {at} {at + len(span.text)})"


def _attributes(span: GoldSpan) -> Iterator[Problem]:
    values = span.attributes
    for name in _NEEDED[span.label]:
        if name not in values and not (span.optional and name in _REFERENCES):
            what = f"a reference for {span.label}" if name in _REFERENCES else name
            yield (span.line, what, f"none for {span.text!r}")
    if span.headline and span.optional:
        yield (span.line, "a headline that is required", "an optional one")
    if span.label is Label.EURO_RANGE and "bound" in values:
        low, high, bound = values.get("min"), values.get("max"), str(values["bound"])
        if not _fits(bound, low, high):
            yield (span.line, f"{_ENDS[bound]} for {bound}", f"min {low}, max {high}")


def _fits(bound: str, low: object, high: object) -> bool:
    if bound == "at_least":
        return low is not None and high is None
    if bound == "at_most":
        return low is None and high is not None
    if not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return False
    return low <= high if bound == "closed" else low == high


def _concept(
    span: GoldSpan, path: Path, concepts: dict[tuple[str, str], tuple[object, str]]
) -> Iterator[Problem]:
    values = span.attributes
    if span.label not in (Label.SKILL, Label.PLACE) or "id" not in values:
        return
    identity, name = str(values["id"]), str(values["name"])
    if span.label is Label.SKILL and identity != slug(name):
        yield (span.line, f"skill:{slug(name)} for {name!r}", f"skill:{identity}")
    for part in ("name", "kind"):
        if part in values:
            where = f"{path.name}:{span.line}"
            first, place = concepts.setdefault((identity, part), (values[part], where))
            if first != values[part]:
                wanted = f"the {part} {first!r} for {identity} as in {place}"
                yield (span.line, wanted, repr(values[part]))


def _overlaps(gold: Gold) -> Iterator[Problem]:
    last: GoldSpan | None = None
    for span in gold.spans:
        if last is not None and span.start < last.end:
            wanted = f"a span that does not overlap {last.text!r} ({last.start} {last.end})"
            yield (span.line, wanted, f"{span.text!r} ({span.start} {span.end})")
        if last is None or span.end > last.end:
            last = span


def _headlines(gold: Gold) -> Iterator[Problem]:
    for label in (Label.ROLE, Label.PLACE):
        flagged = [span for span in gold.spans if span.headline and span.label is label]
        for span in flagged[1:]:
            yield (span.line, f"one headline {label}", "another one")
        required = [span for span in gold.spans if span.label is label and not span.optional]
        if label is Label.ROLE and required and not flagged:
            yield (required[0].line, "one headline ROLE in the file", "none")


def _splits(path: Path, texts: dict[str, Path], golds: dict[str, Gold]) -> list[str]:
    splits, problems = parse_splits(path)
    if problems and not splits.of:
        return render_problems(path, problems)
    source = read_text(path)
    for one in sorted({*splits.of, *splits.meta} - set(texts)):
        problems.append((find_line(source, one), "the id of a text", repr(one)))
    for one in sorted(set(texts) - set(splits.of)):
        problems.append((1, f"{one!r} in a split", "none"))
    problems += check_headlines(source, splits, golds)
    return render_problems(path, sorted(problems))
