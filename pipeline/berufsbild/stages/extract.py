"""Stage `extract@…`: token lines to the spans of one label."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.params import load_params
from berufsbild.records import span_json
from berufsbild.rules import PACKAGES, load_rule
from berufsbild.stages.files import layout_of, read_lines, write_lines
from berufsbild.stages.run import run


def main(package: str, tokens: str, params: str, output: str) -> None:
    """Write a line with the label's spans, in offsets of the clean view, for each text."""
    settings = load_params(Path(params))
    label = next(label for label, name in PACKAGES.items() if name == package)
    tokenizer = make_tokenizer(settings.tokens)
    rule = load_rule(label, tokenizer.split, settings.lexicon)

    def lines() -> Iterator[dict[str, Any]]:
        for line in read_lines(Path(tokens)):
            spans = []
            if "error" not in line:
                _, layout = layout_of(line, tokenizer.words)
                spans = [json.loads(span_json(span)) for span in rule.find(layout)]
            yield {"id": line["id"], "spans": spans}

    print(f"{output}: {write_lines(Path(output), lines())} texts")


if __name__ == "__main__":
    run(main)
