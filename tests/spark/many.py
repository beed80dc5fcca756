"""Texts in number, composed of the sentences of the dev profiles."""

from __future__ import annotations

import random
import re
from pathlib import Path

from berufsbild.corpus import load_splits

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"


def composed(number):
    """Compose texts by id: a headline and twenty sentences each, always the same ones."""
    splits = load_splits(CORPUS / "splits.toml")
    dev = sorted(one for one, split in splits.of.items() if split == "dev")
    texts = [(CORPUS / f"profiles/{one}.txt").read_text(encoding="utf-8") for one in dev]
    headlines = [text.partition("\n")[0] for text in texts]
    sentences = [one for text in texts for one in re.split(r"(?<=[.!?])\s+|\n+", text) if one]
    draw = random.Random(17)
    return {
        f"text-{at}": "\n".join([draw.choice(headlines), *draw.choices(sentences, k=20)])
        for at in range(number)
    }
