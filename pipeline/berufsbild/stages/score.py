"""Stage `score`: records against gold, to metrics, report and plots."""

from __future__ import annotations

from pathlib import Path

from berufsbild.outputs import whole_file, write_json
from berufsbild.params import load_params
from berufsbild.scoring import render
from berufsbild.scoring.files import changes_since, score_files
from berufsbild.scoring.plots import plot_tables
from berufsbild.stages.run import run

NOTHING = "Nothing to score: none of the texts has gold.\n"


def main(
    params: str, texts: str, gold: str, splits: str, baseline: str, records: str, reports: str
) -> None:
    """Write metrics.json, scores.json, evaluation.md and the tables of the plots."""
    settings = load_params(Path(params)).score
    folder = Path(reports)
    report = score_files(
        Path(texts), Path(gold), Path(records), splits=Path(splits), params=settings
    )
    write_json(folder / "metrics.json", render.headline(report))
    write_json(folder / "scores.json", {} if report is None else render.metrics(report))
    for name, table in plot_tables(report).items():
        with whole_file(folder / "plots" / name) as file:
            file.write(table)
    with whole_file(folder / "evaluation.md") as file:
        if report is None:
            file.write(NOTHING)
        else:
            changes = changes_since(Path(baseline), report, settings)
            file.write(render.evaluation(report, changes, hide=["test"]))
    print(f"{folder / 'evaluation.md'}: " + (NOTHING.strip() if report is None else "written"))


if __name__ == "__main__":
    run(main)
