"""What is counted in one text; everything else is a ratio of summed counts.

Counts are kept by text, because intervals and paired tests draw texts, and
because a committed baseline is nothing else than these counts as JSONL.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from berufsbild.errors import DataError
from berufsbild.german.normalise import slug
from berufsbild.scoring.attributes import compare_pairs
from berufsbild.scoring.match import Alignment, Mention, align
from berufsbild.scoring.mistakes import Mistake, find_mistakes
from berufsbild.scoring.slots import slot_counts
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from berufsbild.corpus.gold import GoldText

VARIANTS = ("required", "all")
_LABELS = frozenset(map(str, Label))
_SHORT, _LONG = 300, 500


@dataclass(frozen=True, slots=True)
class TextCounts:
    """The counts of one text, under flat names, zeros left out.

    Shape: `<variant>.<label>.<what>` with the variants `required` (optional
        spans set aside) and `all` (optional counted as required) and what:
        possible, actual, strict, type, exact_gold, exact_predicted,
        overlap_gold, overlap_predicted, optional; further
        `attribute.<label>.<name>.right|total`, `slot.<name>.…`,
        `rule.<rule>.actual|strict|type`, `error.<label>.<kind>`. `gold` is a
        digest of the labels, so that nobody compares two different golds.
        `mistakes` are signatures, so that a later run can tell what is new.
    """

    id: str
    gold: str
    split: str | None = None
    slices: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()


def count_text(
    text: GoldText, record: Mapping[str, Any] | None
) -> tuple[TextCounts, list[Mistake]]:
    """Count one text against its predicted record; null is an empty one."""
    gold = [
        Mention(str(span.label), span.start, span.end, span.text, span.attributes, span.optional)
        for span in text.gold.spans
    ]
    predicted = read_mentions(record) if record else []
    counts: Counter[str] = Counter()
    found = align(gold, predicted)
    _count_spans("required", found, counts)
    verdicts = compare_pairs(found)
    _count_values(found, verdicts, counts)
    _count_rules(found, counts)
    for span in gold:
        if span.optional:
            counts[f"required.{span.label}.optional"] += 1
    complete = align(gold, predicted, optional_counts=True) if found.gold_aside else found
    _count_spans("all", complete, counts)
    profile = (record or {}).get("profile") or {}
    counts.update(slot_counts(text.gold.spans, profile, found.predicted_aside))
    mistakes = find_mistakes(text.id, text.split, found, verdicts)
    counts.update(f"error.{mistake.label}.{mistake.kind}" for mistake in mistakes)
    kept = {name: number for name, number in sorted(counts.items()) if number}
    signatures = tuple(sorted(mistake.signature for mistake in mistakes))
    result = TextCounts(text.id, _digest(text), text.split, _slices(text), kept, signatures)
    return result, mistakes


def read_mentions(record: Mapping[str, Any]) -> list[Mention]:
    """Read the spans of a record; an error record has none.

    Errors: DataError where a span lacks its label or offsets.
    """
    spans = record.get("spans")
    if "error" in record or not isinstance(spans, list):
        return []
    mentions = []
    for number, span in enumerate(spans, 1):
        try:
            mentions.append(_mention(span))
        except (KeyError, TypeError, ValueError, AttributeError):
            wanted = "a span with start before end and one of " + ", ".join(Label)
            where = f"record {record.get('id')!r}, span {number}"
            raise DataError([f"{where}: expected {wanted}, got {span!r}"]) from None
    return mentions


def _mention(span: Mapping[str, Any]) -> Mention:
    label, start, end = span["label"], span["start"], span["end"]
    if label not in _LABELS or not 0 <= start < end:
        raise ValueError(label)
    value, rule = span.get("value") or {}, span.get("rule") or "unnamed"
    if label == Label.ROLE and value.get("name"):
        # Gold has no concept ids for roles: what counts is the base form.
        value = {**value, "id": slug(value["name"]), "concept": value.get("id")}
    return Mention(label, start, end, span.get("text", ""), value, rule=rule)


def _count_spans(variant: str, found: Alignment, counts: Counter[str]) -> None:
    for gold, predicted in found.pairs:
        left, right = f"{variant}.{gold.label}.", f"{variant}.{predicted.label}."
        counts[left + "possible"] += 1
        counts[right + "actual"] += 1
        counts[left + "overlap_gold"] += 1
        counts[right + "overlap_predicted"] += 1
        borders = gold.start == predicted.start and gold.end == predicted.end
        if borders:
            counts[left + "exact_gold"] += 1
            counts[right + "exact_predicted"] += 1
        if gold.label == predicted.label:
            counts[left + "type"] += 1
            counts[left + "strict"] += borders
    for span in found.missed:
        counts[f"{variant}.{span.label}.possible"] += 1
    for span in found.spurious:
        counts[f"{variant}.{span.label}.actual"] += 1


def _count_values(
    found: Alignment, verdicts: Iterable[Mapping[str, bool]], counts: Counter[str]
) -> None:
    for (gold, _), verdict in zip(found.pairs, verdicts, strict=True):
        for name, right in verdict.items():
            counts[f"attribute.{gold.label}.{name}.total"] += 1
            counts[f"attribute.{gold.label}.{name}.right"] += right


def _count_rules(found: Alignment, counts: Counter[str]) -> None:
    for gold, predicted in found.pairs:
        name = f"rule.{predicted.rule}."
        counts[name + "actual"] += 1
        if gold.label == predicted.label:
            counts[name + "type"] += 1
            counts[name + "strict"] += gold.key() == predicted.key()
    for span in found.spurious:
        counts[f"rule.{span.rule}.actual"] += 1


def _digest(text: GoldText) -> str:
    spans = sorted(
        (span.start, span.end, span.label, span.optional, span.headline, _stable(span.attributes))
        for span in text.gold.spans
    )
    return hashlib.sha256(repr(spans).encode()).hexdigest()[:16]


def _stable(attributes: Mapping[str, object]) -> str:
    return repr(sorted((name, str(value)) for name, value in attributes.items()))


def _slices(text: GoldText) -> dict[str, str]:
    words = len(text.text.split())
    length = "short" if words < _SHORT else "medium" if words <= _LONG else "long"
    slices = {**text.meta, "length": length}
    for span in text.gold.spans:
        code = span.attributes.get("kldb")
        if span.headline and isinstance(code, str) and code:
            slices.setdefault("area", code[0])
    return dict(sorted(slices.items()))


def write_counts(texts: Iterable[TextCounts]) -> str:
    """Render counts as JSONL, sorted by id."""
    return "".join(
        json.dumps(
            {
                "id": text.id,
                "gold": text.gold,
                "split": text.split,
                "slices": dict(text.slices),
                "counts": dict(text.counts),
                "mistakes": list(text.mistakes),
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        + "\n"
        for text in sorted(texts, key=lambda text: text.id)
    )


def read_counts(source: str, name: str = "baseline") -> list[TextCounts]:
    """Read counts back from JSONL; `name` is said in problems.

    Errors: DataError with every malformed line.
    """
    texts: list[TextCounts] = []
    problems: list[str] = []
    for number, line in enumerate(source.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            counts = {str(key): int(count) for key, count in item["counts"].items()}
            texts.append(
                TextCounts(
                    item["id"],
                    item["gold"],
                    item["split"],
                    item["slices"],
                    counts,
                    tuple(map(str, item.get("mistakes", ()))),
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            wanted = "an object with id, gold, split, slices and counts"
            problems.append(f"{name}:{number}: expected {wanted}, got {line[:80]!r}")
    if problems:
        raise DataError(problems)
    return texts
