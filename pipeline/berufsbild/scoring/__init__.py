"""Measuring: any system's records against any gold in our formats."""

from __future__ import annotations

from berufsbild.scoring.agreement import Agreement, agreement
from berufsbild.scoring.counts import TextCounts, read_counts, write_counts
from berufsbild.scoring.intervals import Change, Estimate
from berufsbild.scoring.mistakes import Mistake
from berufsbild.scoring.report import Report, compare_runs, score

__all__ = [
    "Agreement",
    "Change",
    "Estimate",
    "Mistake",
    "Report",
    "TextCounts",
    "agreement",
    "compare_runs",
    "read_counts",
    "score",
    "write_counts",
]
