"""Stage `score`: records against gold, to metrics, report and plots."""

from __future__ import annotations

from pathlib import Path

from berufsbild.outputs import whole_file, write_json
from berufsbild.pages.evaluation import evaluation_page
from berufsbild.params import load_params
from berufsbild.scoring import render, score
from berufsbild.scoring.files import changes_since, load_records, load_texts
from berufsbild.scoring.plots import plot_tables
from berufsbild.stages.run import run

HIDDEN = ("test",)
NOTHING = "Nothing to score: none of the texts has gold.\n"


def main(
    params: str, texts: str, gold: str, splits: str, baseline: str, records: str, reports: str
) -> None:
    """Write metrics.json, scores.json, both reports to read and the tables of the plots."""
    settings = load_params(Path(params)).score
    folder = Path(reports)
    known = load_texts(Path(texts), Path(gold), Path(splits))
    found = load_records(Path(records), known) if known else []
    report = score(known, found, resamples=settings.draws, seed=settings.seed) if known else None
    changes = changes_since(Path(baseline), report, settings) if report else None
    write_json(folder / "metrics.json", render.headline(report))
    write_json(folder / "scores.json", {} if report is None else render.metrics(report))
    for name, table in plot_tables(report).items():
        with whole_file(folder / "plots" / name) as file:
            file.write(table)
    with whole_file(folder / "evaluation.md") as file:
        file.write(render.evaluation(report, changes, hide=HIDDEN) if report else NOTHING)
    with whole_file(folder / "evaluation.html") as file:
        file.write(evaluation_page(report, known, found, changes, hide=HIDDEN))
    print(f"{folder / 'evaluation.md'}: " + (NOTHING.strip() if report is None else "written"))


if __name__ == "__main__":
    run(main)
