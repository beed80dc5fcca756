"""Stage `tokenise`: texts to token lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from berufsbild.errors import InputError
from berufsbild.extraction import Failure
from berufsbild.german.normalise import checked_view
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.inputs import find_paths, read_items
from berufsbild.params import load_params
from berufsbild.stages.files import write_lines
from berufsbild.stages.run import run


def main(source: str, params: str, output: str) -> None:
    """Write a line with text and token offsets for each input text."""
    tokenizer = make_tokenizer(load_params(Path(params)).tokens)

    def lines() -> Iterator[dict[str, Any]]:
        for item in read_items(find_paths([source])):
            try:
                if item.error is not None:
                    raise item.error
                view = checked_view(item.text)
            except InputError as error:
                if item.error is None:
                    error.path, error.line = item.path, item.line
                yield asdict(Failure.of(error, item.id))
                continue
            starts, ends, _ = tokenizer(view.text)
            yield {"id": item.id, "text": item.text, "starts": starts, "ends": ends}

    print(f"{output}: {write_lines(Path(output), lines())} texts")


if __name__ == "__main__":
    run(main)
