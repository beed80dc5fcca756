"""Score a system's records against gold: the one call that others need."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from berufsbild.errors import DataError
from berufsbild.scoring.counts import TextCounts, count_text
from berufsbild.scoring.figures import (
    Figures,
    macro_names,
    optional_ratios,
    rule_ratios,
    span_ratios,
    value_ratios,
)
from berufsbild.scoring.intervals import Change, Estimate, estimate, matrix, paired_test

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from berufsbild.corpus.gold import GoldText
    from berufsbild.scoring.mistakes import Mistake

SLICES = ("area", "state", "voice", "length")
_SLICE_MODES = ("strict", "type")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the renderers need.

    Shape: `texts` are counts by text, sorted by id; `groups` maps a group
        ("all", "split:dev", "area:4" …) to its number of texts; `estimates` a
        group to its figures; `totals` a group to its summed counts. `sources`
        maps a text's id to the text. `unpredicted`, `failed` and `unknown` are
        ids without a record, with an error record, and without gold.
    """

    texts: tuple[TextCounts, ...]
    groups: Mapping[str, int]
    estimates: Mapping[str, Mapping[str, Estimate]]
    totals: Mapping[str, Mapping[str, int]]
    mistakes: tuple[Mistake, ...]
    sources: Mapping[str, str] = field(repr=False, default_factory=dict)
    unpredicted: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    resamples: int = 0


def score(
    gold: Iterable[GoldText],
    predicted: Iterable[Mapping[str, Any]],
    *,
    resamples: int = 1000,
    seed: int = 20240101,
) -> Report:
    """Score predicted records against gold.

    A text without a record, or with an error record, counts as found empty; a
    record without gold is named in the report and not scored.

    Errors: DataError where an id comes twice or a record's span is malformed.
    """
    texts = sorted(gold, key=lambda text: text.id)
    _refuse_twice([text.id for text in texts], "gold")
    records, failed = _by_id(predicted)
    counted: list[TextCounts] = []
    mistakes: list[Mistake] = []
    for text in texts:
        counts, found = count_text(text, records.get(text.id))
        counted.append(counts)
        mistakes += found
    groups = _groups(counted)
    ids = {text.id for text in texts}
    return Report(
        texts=tuple(counted),
        groups={name: len(members) for name, members in groups.items()},
        estimates=_estimates(groups, resamples, seed),
        totals={name: _total(members) for name, members in groups.items()},
        mistakes=tuple(mistakes),
        sources={text.id: text.text for text in texts},
        unpredicted=tuple(sorted(ids - set(records) - failed)),
        failed=tuple(sorted(ids & failed - set(records))),
        unknown=tuple(sorted((set(records) | failed) - ids)),
        resamples=resamples,
    )


def compare_runs(
    current: Sequence[TextCounts],
    baseline: Sequence[TextCounts],
    *,
    rounds: int = 2000,
    seed: int = 20240101,
) -> list[Change]:
    """Test a run against the committed baseline, strict and by overlap."""
    figures = Figures.of(
        [*span_ratios("required", _SLICE_MODES), *value_ratios()],
        macro_names("required", _SLICE_MODES),
    )
    return paired_test(current, baseline, figures, rounds=rounds, seed=seed)


def _by_id(
    predicted: Iterable[Mapping[str, Any]],
) -> tuple[dict[str, Mapping[str, Any]], set[str]]:
    """Index records by id; an error record never hides a good one."""
    good: list[Mapping[str, Any]] = []
    failed: set[str] = set()
    for record in predicted:
        one = record.get("id")
        if "error" not in record and isinstance(one, str):
            good.append(record)
        elif isinstance(one, str):
            failed.add(one)
    _refuse_twice([record["id"] for record in good], "predicted records")
    records = {record["id"]: record for record in good}
    return records, failed - set(records)


def _refuse_twice(ids: Iterable[str], what: str) -> None:
    twice = sorted(one for one, times in Counter(ids).items() if times > 1)
    if twice:
        raise DataError([f"{what}: expected each id once, got {one!r} twice" for one in twice])


def _groups(texts: Sequence[TextCounts]) -> dict[str, list[TextCounts]]:
    groups: dict[str, list[TextCounts]] = {"all": list(texts)}
    for text in texts:
        if text.split is not None:
            groups.setdefault(f"split:{text.split}", []).append(text)
        for name in SLICES:
            if name in text.slices:
                groups.setdefault(f"{name}:{text.slices[name]}", []).append(text)
    return dict(sorted(groups.items()))


def _total(texts: Iterable[TextCounts]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for text in texts:
        total.update(text.counts)
    return dict(sorted(total.items()))


def _estimates(
    groups: Mapping[str, Sequence[TextCounts]], resamples: int, seed: int
) -> dict[str, dict[str, Estimate]]:
    full = Figures.of(
        [*span_ratios("required"), *span_ratios("all"), *value_ratios(), *optional_ratios()],
        {**macro_names("required"), **macro_names("all")},
    )
    rules = Figures.of(rule_ratios({key for text in groups["all"] for key in text.counts}), {})
    short = Figures.of(span_ratios("required", _SLICE_MODES), macro_names("required", _SLICE_MODES))
    found: dict[str, dict[str, Estimate]] = {}
    for name, texts in groups.items():
        wanted = [full] if name == "all" or name.startswith("split:") else [short]
        if name == "all" and rules.keys:
            wanted.append(rules)
        found[name] = {}
        for figures in wanted:
            counts = matrix(texts, figures.keys)
            found[name] |= estimate(counts, figures, resamples=resamples, seed=seed, stream=name)
    return found
