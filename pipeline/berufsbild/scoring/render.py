"""A report as files: `metrics.json` for the machine, `evaluation.md` to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from berufsbild.scoring.attributes import ATTRIBUTES
from berufsbild.scoring.figures import LABELS, MODES, RATIOS
from berufsbild.scoring.intervals import Change, Estimate
from berufsbild.scoring.listing import list_mistakes
from berufsbild.scoring.mistakes import KINDS
from berufsbild.scoring.report import SLICES, Report
from berufsbild.scoring.slots import RIGHT_SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SCOPES = (*LABELS, "micro", "macro")
_BYTES = 60_000
_MARGIN = 200
_ROWS = 80
_SIGNIFICANT = 0.05


def headline(report: Report | None) -> dict[str, Any]:
    """Render the figures that one looks at first, for `dvc metrics`.

    Shape: `<all or split>.<label, micro or macro>.f1|overlap_f1`; the number of
        texts alone where nothing was scored. All figures are in `metrics`.
    """
    if report is None:
        return {"texts": 0}
    return {"texts": len(report.texts)} | {
        _short(group): {
            scope: {
                "f1": _value(report, group, f"required.{scope}.strict.f1"),
                "overlap_f1": _value(report, group, f"required.{scope}.type.f1"),
            }
            for scope in SCOPES
        }
        for group in _main_groups(report)
    }


def metrics(report: Report) -> dict[str, Any]:
    """Render the report as nested numbers whose keys are always the same.

    Shape: `scores.<all or split>.<label>.<mode>.<ratio>` and the like; null
        where a ratio is undefined. Ratios have four digits.
    """
    groups = _main_groups(report)
    return {
        "texts": {_short(group): report.groups[group] for group in groups}
        | {"failed": len(report.failed), "unpredicted": len(report.unpredicted)},
        "scores": {_short(group): _scores(report, group, "required") for group in groups},
        "scores_with_optional": {_short(group): _scores(report, group, "all") for group in groups},
        "attributes": {
            _short(group): {
                label: {
                    name: _value(report, group, f"attribute.{label}.{name}.accuracy")
                    for name in ATTRIBUTES[label]
                }
                for label in LABELS
            }
            for group in groups
        },
        "profile": {_short(group): _profile(report, group) for group in groups},
        "errors": {
            label: {kind: report.totals["all"].get(f"error.{label}.{kind}", 0) for kind in KINDS}
            for label in LABELS
        },
    }


def _main_groups(report: Report) -> list[str]:
    return ["all", *(group for group in report.groups if group.startswith("split:"))]


def _short(group: str) -> str:
    return group.removeprefix("split:")


def _estimate(report: Report, group: str, name: str) -> Estimate:
    return report.estimates[group].get(name, Estimate(None))


def _value(report: Report, group: str, name: str) -> float | None:
    return _estimate(report, group, name).value


def _scores(report: Report, group: str, variant: str) -> dict[str, Any]:
    scores: dict[str, Any] = {}
    for scope in SCOPES:
        entry: dict[str, Any] = {}
        scores[scope] = entry
        for mode in MODES:
            name = f"{variant}.{scope}.{mode}"
            figures = {ratio: _value(report, group, f"{name}.{ratio}") for ratio in RATIOS}
            f1 = _estimate(report, group, f"{name}.f1")
            counts = {} if scope == "macro" else mode_counts(report, group, variant, scope, mode)
            entry[mode] = figures | {"f1_low": f1.low, "f1_high": f1.high} | counts
        if scope in LABELS:
            entry["support"] = report.totals[group].get(f"{variant}.{scope}.possible", 0)
            entry["optional_share"] = _value(report, group, f"optional.{scope}.share")
    return scores


def mode_counts(report: Report, group: str, variant: str, scope: str, mode: str) -> dict[str, int]:
    """Count correct, incorrect, partial, missed and spurious in one mode.

    Gold is the side that is asked: a pair of two labels is an incorrect one of
    the gold's label. `possible` and `actual` are the spans of either side.
    """
    total = report.totals[group]

    def of(what: str) -> int:
        labels = LABELS if scope == "micro" else (scope,)
        return sum(total.get(f"{variant}.{label}.{what}", 0) for label in labels)

    correct = of({"strict": "strict", "type": "type"}.get(mode, "exact_gold"))
    overlapping = of("overlap_gold")
    partial = overlapping - correct if mode == "partial" else 0
    return {
        "correct": correct,
        "incorrect": overlapping - correct - partial,
        "partial": partial,
        "missed": of("possible") - overlapping,
        "spurious": of("actual") - of("overlap_predicted"),
        "possible": of("possible"),
        "actual": of("actual"),
    }


def _profile(report: Report, group: str) -> dict[str, Any]:
    slots: dict[str, Any] = {
        slot: _value(report, group, f"slot.{slot}.accuracy") for slot in RIGHT_SLOTS
    }
    slots["skills"] = {ratio: _value(report, group, f"slot.skills.{ratio}") for ratio in RATIOS}
    return slots


def evaluation(
    report: Report,
    changes: Sequence[Change] | None = None,
    *,
    hide: Iterable[str] = (),
) -> str:
    """Render the report as Markdown, always under 60 kB.

    `changes` are the figures against the baseline; errors of the splits in
    `hide` are counted but not shown, so that nobody tunes rules on them.
    """
    hidden = frozenset(hide)
    parts = [_head(report)]
    if changes is not None:
        parts.append(_changes(changes))
    parts += [_scores_table(report, group) for group in _main_groups(report)]
    parts += [_optional(report), _attributes(report), _slots(report), _slices(report)]
    parts.append(_rules(report))
    head = "\n\n".join(part for part in parts if part)
    room = _BYTES - _MARGIN - len(head.encode())
    return f"{head}\n\n{list_mistakes(report, hidden, room)}\n"


def _head(report: Report) -> str:
    total = report.totals["all"]
    gold = sum(total.get(f"required.{label}.possible", 0) for label in LABELS)
    found = sum(total.get(f"required.{label}.actual", 0) for label in LABELS)
    lines = ["# Evaluation", ""]
    if not report.texts:
        return "# Evaluation\n\nNothing to score: no text has gold."
    lines.append(
        f"{len(report.texts)} texts, {gold} required spans in gold, {found} predicted. In "
        f"brackets: 95 % interval over texts ({report.resamples} resamples). `–`: undefined."
    )
    for what, ids in (
        ("without a record, counted as empty", report.unpredicted),
        ("with an error record, counted as empty", report.failed),
        ("predicted but without gold, not scored", report.unknown),
    ):
        if ids:
            named = ", ".join(f"`{one}`" for one in ids[:5])
            more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
            lines += ["", f"{len(ids)} {what}: {named}{more}."]
    return "\n".join(lines)


def _changes(changes: Sequence[Change]) -> str:
    moved = [change for change in changes if change.before != change.after]
    lines = ["## Since the baseline", ""]
    if not moved:
        return "\n".join([*lines, "No figure has changed."])
    lines.append("An arrow stands only where the paired randomisation test says p < 0.05.")
    moved.sort(key=lambda change: (1.0 if change.p is None else change.p, change.name))
    rows = [
        [
            change.name.removeprefix("required."),
            _digits(change.before),
            _digits(change.after),
            _arrow(change),
            _digits(change.p),
        ]
        for change in moved
    ]
    return "\n".join([*lines, "", capped(["figure", "before", "now", "", "p"], rows)])


def _arrow(change: Change) -> str:
    if change.p is None or change.p >= _SIGNIFICANT or change.before is None:
        return ""
    return "▲" if (change.after or 0.0) > change.before else "▼"


def _scores_table(report: Report, group: str) -> str:
    rows = []
    for scope in SCOPES:
        name = f"required.{scope}"
        counts = (
            ["", "", "", "", ""]
            if scope == "macro"
            else [
                str(count)
                for key, count in mode_counts(report, group, "required", scope, "strict").items()
                if key in ("correct", "incorrect", "missed", "spurious", "possible")
            ]
        )
        strict = [_cell(report, group, f"{name}.strict.{ratio}") for ratio in RATIOS]
        others = [
            _cell(report, group, f"{name}.{mode}.f1") for mode in ("type", "exact", "partial")
        ]
        rows.append([scope, counts[-1], *strict, *others, *counts[:-1]])
    head = ["label", "support", "precision", "recall", "strict F1", "overlap F1", "exact F1"]
    head += ["partial F1", "correct", "incorrect", "missed", "spurious"]
    title = "all texts" if group == "all" else f"split {_short(group)}"
    return f"## Scores, {title} ({report.groups[group]} texts)\n\n{table(head, rows)}"


def _optional(report: Report) -> str:
    rows = []
    for scope in SCOPES:
        cells = [_cell(report, "all", f"all.{scope}.{mode}.f1") for mode in ("strict", "type")]
        rows.append([scope, _cell(report, "all", f"optional.{scope}.share"), *cells])
    head = ["label", "optional share", "strict F1", "overlap F1"]
    return f"## With optional spans counted as required\n\n{table(head, rows)}"


def _attributes(report: Report) -> str:
    rows = []
    for label in LABELS:
        for name in ATTRIBUTES[label]:
            key = f"attribute.{label}.{name}"
            total = report.totals["all"].get(f"{key}.total", 0)
            if total:
                rows.append([label, name, str(total), _cell(report, "all", f"{key}.accuracy")])
    head = ["label", "attribute", "compared", "accuracy"]
    return f"## Attributes of overlapping spans of one label\n\n{table(head, rows)}" if rows else ""


def _slots(report: Report) -> str:
    rows = [
        [slot, str(report.totals["all"].get(f"slot.{slot}.total", 0)), cell]
        for slot in RIGHT_SLOTS
        for cell in [_cell(report, "all", f"slot.{slot}.accuracy")]
    ]
    skills = str(report.totals["all"].get("slot.skills.possible", 0))
    rows += [[f"skills {r}", skills, _cell(report, "all", f"slot.skills.{r}")] for r in RATIOS]
    return f"## Profile\n\n{table(['slot', 'compared', 'score'], rows)}"


def _slices(report: Report) -> str:
    rows = []
    for name in SLICES:
        for group in report.groups:
            if group.startswith(f"{name}:"):
                cells = [
                    _cell(report, group, f"required.{scope}.strict.f1")
                    for scope in (*LABELS, "micro")
                ]
                rows.append([group.replace(":", " "), str(report.groups[group]), *cells])
    head = ["slice", "texts", *LABELS, "micro"]
    return f"## Strict F1 by slice\n\n{capped(head, rows)}" if rows else ""


def _rules(report: Report) -> str:
    """List every rule, the one with the most wrong spans first."""
    total = report.totals["all"]
    rules = [
        (total[key] - total.get(f"{name}.strict", 0), name, total[key])
        for key in total
        if key.startswith("rule.") and key.endswith(".actual")
        for name in [key.removesuffix(".actual")]
    ]
    rules.sort(key=lambda rule: (-rule[0], rule[1]))
    rows = [
        [f"`{name.removeprefix('rule.')}`", str(found), str(wrong)]
        + [_cell(report, "all", f"{name}.{mode}") for mode in ("strict", "type")]
        for wrong, name, found in rules
    ]
    head = ["rule", "found", "wrong", "precision", "overlap precision"]
    return f"## Precision of each rule\n\n{capped(head, rows)}" if rows else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Render a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def capped(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Render a table of bounded length that tells what it leaves out."""
    more = f"\n\n… and {len(rows) - _ROWS} more." if len(rows) > _ROWS else ""
    return table(head, rows[:_ROWS]) + more


def _cell(report: Report, group: str, name: str) -> str:
    figure = _estimate(report, group, name)
    if figure.low is None or figure.high is None:
        return _digits(figure.value)
    return f"{_digits(figure.value)} [{figure.low:.2f}, {figure.high:.2f}]"


def _digits(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
