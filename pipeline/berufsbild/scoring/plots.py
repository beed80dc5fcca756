"""Tables for `dvc plots`: figures only, no text of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.scoring.figures import LABELS
from berufsbild.scoring.mistakes import KINDS

if TYPE_CHECKING:
    from berufsbild.scoring.report import Report

F1: Final = "f1_by_label.csv"
AREAS: Final = "f1_by_area.csv"
ERRORS: Final = "errors.csv"


def plot_tables(report: Report | None) -> dict[str, str]:
    """Render the tables by file name; a header alone where nothing was scored."""
    f1 = ["label,mode,f1"]
    areas = ["area,label,f1"]
    errors = ["label,class,count"]
    if report is not None:
        for label in LABELS:
            for mode in ("strict", "type"):
                found = report.estimates["all"].get(f"required.{label}.{mode}.f1")
                f1.append(f"{label},{mode},{_cell(found.value if found else None)}")
            errors += [
                f"{label},{kind},{report.totals['all'].get(f'error.{label}.{kind}', 0)}"
                for kind in KINDS
            ]
        for group in sorted(group for group in report.groups if group.startswith("area:")):
            for label in LABELS:
                found = report.estimates[group].get(f"required.{label}.strict.f1")
                area = group.removeprefix("area:")
                areas.append(f"{area},{label},{_cell(found.value if found else None)}")
    return {
        name: "\n".join(rows) + "\n" for name, rows in ((F1, f1), (AREAS, areas), (ERRORS, errors))
    }


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
