"""Score files: texts, gold and records of any system, from disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from berufsbild.corpus import GoldText, as_record, load_gold, load_splits, read_text
from berufsbild.corpus.texts import gold_files
from berufsbild.errors import DataError
from berufsbild.scoring.counts import read_counts
from berufsbild.scoring.report import Report, compare_runs, score

if TYPE_CHECKING:
    from berufsbild.params import ScoreParams
    from berufsbild.scoring.intervals import Change


def load_texts(texts: Path, gold: Path, splits: Path | None = None) -> list[GoldText]:
    """Load the texts of a folder that have gold; the others are left out.

    Errors: DataError with every problem of the gold files and the splits.
    """
    known = load_splits(splits) if splits is not None and splits.is_file() else None
    found = []
    problems: list[str] = []
    for id_, path in gold_files(gold).items():
        source = texts / f"{id_}.txt"
        if not source.is_file():
            continue
        try:
            labels = load_gold(path)
        except DataError as error:
            problems += error.problems
            continue
        split = known.of.get(id_) if known else None
        meta = known.meta.get(id_, {}) if known else {}
        found.append(GoldText(id_, read_text(source), labels, split, meta))
    if problems:
        raise DataError(problems)
    return found


def load_records(path: Path, texts: list[GoldText]) -> list[dict[str, Any]]:
    """Load predicted records: JSON lines, or a folder of brat files.

    Errors: DataError with the line of what is no record.
    """
    if path.is_dir():
        return [
            as_record(GoldText(text.id, text.text, load_gold(path / f"{text.id}.ann")))
            for text in texts
            if (path / f"{text.id}.ann").is_file()
        ]
    records = []
    problems = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                record = None
            if isinstance(record, dict):
                records.append(record)
            else:
                problems.append(f"{path}:{number}: expected a JSON object, got {line[:60]!r}")
    if problems:
        raise DataError(problems)
    return records


def score_files(
    texts: Path,
    gold: Path,
    predicted: Path,
    *,
    splits: Path | None = None,
    params: ScoreParams | None = None,
) -> Report | None:
    """Score records against the gold of a folder; null where no text has gold."""
    from berufsbild.params import ScoreParams

    settings = params or ScoreParams()
    known = load_texts(texts, gold, splits)
    if not known:
        return None
    records = load_records(predicted, known)
    return score(known, records, resamples=settings.draws, seed=settings.seed)


def changes_since(
    baseline: Path, report: Report, params: ScoreParams | None = None
) -> list[Change] | None:
    """Test a run against the baseline's counts; null where there is no baseline."""
    from berufsbild.params import ScoreParams

    if not baseline.is_file():
        return None
    settings = params or ScoreParams()
    before = read_counts(baseline.read_text(encoding="utf-8"), str(baseline))
    return compare_runs(report.texts, before, rounds=settings.draws, seed=settings.seed)


def known_mistakes(baseline: Path) -> dict[str, frozenset[str]] | None:
    """Give the signatures of the baseline's mistakes by text; null without a baseline."""
    if not baseline.is_file():
        return None
    before = read_counts(baseline.read_text(encoding="utf-8"), str(baseline))
    return {text.id: frozenset(text.mistakes) for text in before}
