"""Texts with their gold: reading, writing and checking; no rules in here."""

from __future__ import annotations

from berufsbild.corpus.brat import write_ann
from berufsbild.corpus.check import check
from berufsbild.corpus.gold import Gold, GoldSpan, GoldText, as_record
from berufsbild.corpus.texts import Splits, load_corpus, load_gold, load_splits, read_text

__all__ = [
    "Gold",
    "GoldSpan",
    "GoldText",
    "Splits",
    "as_record",
    "check",
    "load_corpus",
    "load_gold",
    "load_splits",
    "read_text",
    "write_ann",
]
