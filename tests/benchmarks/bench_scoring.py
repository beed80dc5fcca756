"""Time the scorer: 5,000 texts with 50 spans each, intervals included.

Run it with `python tests/benchmarks/bench_scoring.py [texts [spans]]`.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from decimal import Decimal
from typing import Any

from berufsbild.corpus import Gold, GoldSpan, GoldText, as_record
from berufsbild.scoring import compare_runs, render, score
from berufsbild.spans import Label

_WORDS = ["Wer", "hier", "als", "Fachkraft", "anfängt,", "bringt", "Geduld", "und", "Übung", "mit."]


def _text(number: int, spans: int, draw: random.Random) -> GoldText:
    words = [draw.choice(_WORDS) for _ in range(max(300, spans * 6))]
    text = " ".join(words)
    starts = sorted(draw.sample(range(0, len(text) - 20, 12), spans))
    labels = list(Label)
    found = []
    for start in starts:
        label = draw.choice(labels)
        end = start + draw.randint(3, 11)
        optional = draw.random() < 0.2
        found.append(GoldSpan(label, start, end, text[start:end], _values(label, draw), optional))
    split = "test" if number % 3 == 0 else "dev"
    meta = {"state": f"state {number % 16}", "voice": f"voice {number % 4}"}
    return GoldText(f"text-{number:05}", text, Gold(tuple(found)), split, meta)


def _values(label: Label, draw: random.Random) -> dict[str, Any]:
    if label is Label.EURO_RANGE:
        low = Decimal(draw.randint(12, 90) * 100)
        return {
            "min": low,
            "max": low + 500,
            "bound": "closed",
            "period": "month",
            "period_stated": True,
            "gross": None,
            "level": "entry",
            "purpose": "pay",
        }
    if label is Label.ROLE:
        code = f"{draw.randint(1000, 9999)}"
        return {"id": f"role-{code}", "name": f"Role {code}", "kldb": code}
    name = f"{label.lower()} {draw.randint(1, 300)}"
    identity = name.replace(" ", "-")
    if label is Label.SKILL:
        return {"id": identity, "name": name, "kind": "tool"}
    return {"id": f"own:{identity}", "name": name, "adjective": False}


def _disturbed(record: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    spans = []
    for span in record["spans"]:
        chance = draw.random()
        if chance < 0.1:
            continue
        changed = {**span, "rule": f"{span['label'].lower()}.{draw.randint(1, 20)}"}
        if chance < 0.2:
            changed["end"] += 3
        elif chance < 0.25:
            changed["label"] = draw.choice(list(Label)).value
        elif chance < 0.3:
            changed["value"] = {}
        spans.append(changed)
    return {**record, "spans": spans}


def main(texts: int = 5000, spans: int = 50) -> None:
    """Score disturbed gold against gold and print the seconds of each step."""
    draw = random.Random(1)
    gold = [_text(number, spans, draw) for number in range(texts)]
    predicted = [_disturbed(as_record(text), draw) for text in gold]
    clock = [time.perf_counter()]
    score(gold, predicted, resamples=0)
    clock.append(time.perf_counter())
    report = score(gold, predicted)
    clock.append(time.perf_counter())
    markdown = render.evaluation(report)
    render.metrics(report)
    clock.append(time.perf_counter())
    compare_runs(report.texts, report.texts)
    clock.append(time.perf_counter())
    steps = [later - earlier for earlier, later in itertools.pairwise(clock)]
    print(f"{texts} texts x {spans} spans, {len(report.mistakes)} errors")
    print(f"counting only          {steps[0]:6.2f} s")
    print(f"score with intervals   {steps[1]:6.2f} s")
    print(f"rendering              {steps[2]:6.2f} s ({len(markdown.encode())} bytes)")
    print(f"paired test            {steps[3]:6.2f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
