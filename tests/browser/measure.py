"""Measure in Chromium how long the evaluation takes to open and to filter.

python tests/browser/measure.py [TEXTS …]   default: 136 and 2,000 texts
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import sync_playwright

import berufsbild
from berufsbild.pages.evaluation import evaluation_page
from berufsbild.scoring import score
from berufsbild.scoring.files import load_texts

ROOT = Path(__file__).parents[2]
ASKED = ("#?label=SKILL", "#?label=SKILL&class=missed", "#?voice=portal", "#?q=innsbruck", "#?")
FILTER = """hash => new Promise(done => {
  const before = performance.now();
  location.hash = hash;
  addEventListener("hashchange", () => requestAnimationFrame(() => setTimeout(() =>
    done((performance.now() - before) / 1000))), {once: true});
})"""


def corpus():
    """Give the dev texts with their records: those whose errors a page may show."""
    extract = berufsbild.load()
    texts = load_texts(ROOT / "corpus/profiles", ROOT / "corpus/gold", ROOT / "corpus/splits.toml")
    texts = [text for text in texts if text.split != "test"]
    return [(text, json.loads(extract(text.text, id=text.id).to_json())) for text in texts]


def write(path, known, number):
    many = [
        (replace(text, id=f"{text.id}-{at}"), {**record, "id": f"{text.id}-{at}"})
        for at, (text, record) in enumerate(islice(cycle(known), number))
    ]
    texts, records = [text for text, _ in many], [record for _, record in many]
    report = score(texts, records, resamples=100)
    before = time.perf_counter()
    path.write_text(evaluation_page(report, texts, records), encoding="utf-8", newline="")
    return time.perf_counter() - before


def measure(browser, path):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    before = time.perf_counter()
    page.goto(path.as_uri())
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    opened = time.perf_counter() - before
    filtered = {asked: round(page.evaluate(FILTER, asked), 3) for asked in ASKED}
    page.close()
    return opened, filtered


def main():
    numbers = [int(one) for one in sys.argv[1:]] or [136, 2000]
    known = corpus()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for number in numbers:
            path = Path(folder) / f"{number}.html"
            rendered = write(path, known, number)
            opened, filtered = measure(browser, path)
            size = path.stat().st_size / 1e6
            print(
                f"{number} texts: {size:.1f} MB, written in {rendered:.1f} s, open {opened:.2f} s"
            )
            print(
                "  filter: "
                + ", ".join(f"{asked} {took:.2f} s" for asked, took in filtered.items())
            )
        browser.close()


if __name__ == "__main__":
    main()
