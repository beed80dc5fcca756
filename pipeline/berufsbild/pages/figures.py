"""The overview of a report: tables whose figures lead to their errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from berufsbild.corpus.stats import AREAS
from berufsbild.scoring.attributes import ATTRIBUTES
from berufsbild.scoring.figures import LABELS
from berufsbild.scoring.intervals import Change, Estimate
from berufsbild.scoring.mistakes import KINDS, Mistake
from berufsbild.scoring.render import SCOPES, mode_counts
from berufsbild.scoring.report import SLICES, Report
from berufsbild.scoring.slots import RIGHT_SLOTS

STRICT: Final = "missed,spurious,boundary,type"
MISSES: Final = "missed,boundary,type"
FALSE: Final = "spurious,boundary,type"
INCORRECT: Final = "boundary,type"
_SIGNIFICANT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: what it says, where it leads, and its bar.

    Shape: `href` is empty where there is no error to lead to; `estimate` is
        null where there is no bar to draw.
    """

    text: str
    href: str = ""
    estimate: Estimate | None = None
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the overview; the first cell of each row names it."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a report may be looked at: the errors of splits that are not held back.

    Shape: `slices` has those of each text; `slots` counts the texts whose
        profile is wrong, by slot.
    """

    report: Report
    mistakes: Sequence[Mistake]
    slices: Mapping[str, Mapping[str, str]]
    slots: Mapping[str, int]
    hidden: frozenset[str]

    def href(self, **query: str) -> str:
        """Write the link to the errors that a query leaves, empty where it leaves none."""
        slot = query.get("slot")
        some = (
            self.slots.get(slot) if slot else any(self._fits(one, query) for one in self.mistakes)
        )
        return "#?" + urlencode(query, safe=",:") if some else ""

    def _fits(self, one: Mistake, query: Mapping[str, str]) -> bool:
        own = {
            **self.slices[one.text_id],
            "split": one.split,
            "label": one.label,
            "found": one.predicted.label if one.predicted else None,
            "rule": one.predicted.rule if one.predicted else None,
        }
        for name, wanted in query.items():
            if name == "class":
                right = one.kind in wanted.split(",")
            elif name == "attribute":
                right = any(wanted == wrong for wrong, _, _ in one.values)
            else:
                right = own.get(name) == wanted
            if not right:
                return False
        return True

    def estimate(self, group: str, name: str) -> Estimate:
        """Look a figure up."""
        return self.report.estimates[group].get(name, Estimate(None))


def overview(shown: Shown, changes: Sequence[Change] | None) -> list[Table]:
    """Lay out every figure of the report."""
    known = {change.name: change for change in changes or ()}
    groups = ["all", *(group for group in shown.report.groups if group.startswith("split:"))]
    tables = [_scores(shown, group, known if group == "all" else {}) for group in groups]
    tables += [_errors(shown), _attributes(shown, known), _profile(shown, known)]
    tables += [_slice(shown, name) for name in SLICES]
    tables += [_rules(shown), _changes(changes)]
    return [table for table in tables if table.rows]


def digits(value: float | None) -> str:
    """Say a ratio with three digits."""
    return "–" if value is None else f"{value:.3f}"


def _figure(estimate: Estimate, href: str = "", change: Change | None = None) -> Cell:
    return Cell(digits(estimate.value), href, estimate, _moved(change))


def _plain(shown: Shown, group: str, key: str, href: str) -> Cell:
    return Cell(digits(shown.estimate(group, key).value), href)


def _moved(change: Change | None) -> str:
    """Say how far a figure moved; an arrow stands only where chance is unlikely."""
    if change is None or change.before is None or change.after is None:
        return ""
    difference = change.after - change.before
    if not difference:
        return ""
    sure = change.p is not None and change.p < _SIGNIFICANT
    arrow = ("▲ " if difference > 0 else "▼ ") if sure else ""
    return f"{arrow}{difference:+.3f}".replace("-", "−")


def _scores(shown: Shown, group: str, changes: Mapping[str, Change]) -> Table:
    split = group.removeprefix("split:") if group != "all" else ""
    where = {"split": split} if split else {}
    rows = []
    for scope in SCOPES:
        label = {"label": scope} if scope in LABELS else {}
        found = {"found": scope} if scope in LABELS else {}

        def lead(wanted: str, by: Mapping[str, str] = label) -> str:
            return shown.href(**{"class": wanted}, **by, **where)

        name = f"required.{scope}"
        key = f"{name}.strict.f1"
        row = [
            Cell(scope),
            _figure(shown.estimate(group, key), lead(STRICT), changes.get(key)),
            _plain(shown, group, f"{name}.type.f1", lead(STRICT)),
            _plain(shown, group, f"{name}.strict.precision", lead(FALSE, found)),
            _plain(shown, group, f"{name}.strict.recall", lead(MISSES)),
        ]
        if scope == "macro":
            row += [Cell("")] * 5
        else:
            counts = mode_counts(shown.report, group, "required", scope, "strict")
            row += [Cell(str(counts["possible"])), Cell(str(counts["correct"]))]
            row += [
                Cell(str(counts[kind]), lead(wanted))
                for kind, wanted in (
                    ("incorrect", INCORRECT),
                    ("missed", "missed"),
                    ("spurious", "spurious"),
                )
            ]
        rows.append(row)
    head = ["label", "strict F1", "overlap F1", "precision", "recall", "in gold", "correct"]
    head += ["incorrect", "missed", "spurious"]
    title = "All texts" if group == "all" else f"Split {split}"
    return Table(f"{title} ({shown.report.groups[group]} texts)", head, rows, _held(shown, split))


def _held(shown: Shown, split: str) -> str:
    names = ", ".join(sorted(shown.hidden & {text.split or "" for text in shown.report.texts}))
    if split in shown.hidden:
        return "Held back: its texts and errors are not in this page, so that nobody tunes on them."
    if names and not split:
        return f"Figures count every text; the errors they lead to are those outside {names}."
    return ""


def _errors(shown: Shown) -> Table:
    counts = Counter((one.label, one.kind) for one in shown.mistakes)

    def cell(number: int, **query: str) -> Cell:
        return Cell(str(number), shown.href(**query))

    rows = [
        [
            Cell(label),
            *(cell(counts[label, kind], **{"class": kind, "label": label}) for kind in KINDS),
            cell(sum(counts[label, kind] for kind in KINDS), label=label),
        ]
        for label in LABELS
    ]
    sums = [sum(counts[label, kind] for label in LABELS) for kind in KINDS]
    total = [cell(number, **{"class": kind}) for kind, number in zip(KINDS, sums, strict=True)]
    rows.append([Cell("all"), *total, Cell(str(sum(sums)))])
    return Table("Errors in the texts below", ["label", *KINDS, "all"], rows)


def _attributes(shown: Shown, changes: Mapping[str, Change]) -> Table:
    rows = []
    for label in LABELS:
        for name in ATTRIBUTES[label]:
            key = f"attribute.{label}.{name}"
            compared = shown.report.totals["all"].get(f"{key}.total", 0)
            if not compared:
                continue
            said = "kldb" if name.startswith("kldb_") else name
            href = shown.href(label=label, attribute=said)
            name_ = f"{key}.accuracy"
            figure = _figure(shown.estimate("all", name_), href, changes.get(name_))
            rows.append([Cell(f"{label} {name}"), figure, Cell(str(compared))])
    return Table("Values of overlapping spans", ["attribute", "accuracy", "compared"], rows)


def _profile(shown: Shown, changes: Mapping[str, Change]) -> Table:
    rows = []
    names = [(slot, f"slot.{slot}.accuracy", f"slot.{slot}.total") for slot in RIGHT_SLOTS]
    names.append(("skills", "slot.skills.f1", "slot.skills.possible"))
    for slot, key, total in names:
        compared = shown.report.totals["all"].get(total, 0)
        if compared:
            href = shown.href(slot=slot)
            figure = _figure(shown.estimate("all", key), href, changes.get(key))
            rows.append([Cell(slot), figure, Cell(str(compared)), Cell(str(shown.slots[slot]))])
    head = ["slot", "accuracy (skills: F1)", "compared", "wrong in texts below"]
    return Table("Profiles", head, rows)


def _slice(shown: Shown, name: str) -> Table:
    rows = []
    for group, texts in shown.report.groups.items():
        if not group.startswith(f"{name}:"):
            continue
        one = group.removeprefix(f"{name}:")
        row = [Cell(slice_name(name, one)), Cell(str(texts))]
        for scope in ("micro", *LABELS):
            estimate = shown.estimate(group, f"required.{scope}.strict.f1")
            query = {name: one, "class": STRICT} | ({"label": scope} if scope in LABELS else {})
            href = shown.href(**query)
            is_first = scope == "micro"
            cell = _figure(estimate, href) if is_first else Cell(digits(estimate.value), href)
            row.append(cell)
        rows.append(row)
    return Table(f"Strict F1 by {name}", [name, "texts", "micro", *LABELS], rows)


def slice_name(name: str, one: str) -> str:
    """Say a slice: an area by its digit and its title."""
    return f"{one} {AREAS[one]}" if name == "area" and one in AREAS else one


def _rules(shown: Shown) -> Table:
    """List every rule, the one with the most wrong spans first."""
    total = Counter[str]()
    for text in shown.report.texts:
        if text.split not in shown.hidden:
            total.update(text.counts)
    rules = [
        (total[key] - total[f"{name}.strict"], name, total[key])
        for key in total
        if key.startswith("rule.") and key.endswith(".actual")
        for name in [key.removesuffix(".actual")]
    ]
    rows = []
    for wrong, name, found in sorted(rules, key=lambda rule: (-rule[0], rule[1])):
        rule = name.removeprefix("rule.")
        estimate = shown.estimate("all", f"{name}.strict")
        some = shown.href(rule=rule, **{"class": FALSE})
        rows.append([Cell(rule), _figure(estimate, some), Cell(str(found)), Cell(str(wrong), some)])
    head = ["rule", "precision", "found in texts below", "wrong"]
    return Table("Precision of each rule", head, rows)


def _changes(changes: Sequence[Change] | None) -> Table:
    moved = [change for change in changes or () if change.before != change.after]
    moved.sort(key=lambda change: (1.0 if change.p is None else change.p, change.name))
    rows = [
        [
            Cell(change.name.removeprefix("required.")),
            Cell(digits(change.before)),
            Cell(digits(change.after)),
            Cell(_moved(change)),
            Cell(digits(change.p)),
        ]
        for change in moved
    ]
    head = ["figure", "before", "now", "change", "p"]
    note = "An arrow stands only where the paired randomisation test says p < 0.05."
    return Table("Since the baseline", head, rows, note)
