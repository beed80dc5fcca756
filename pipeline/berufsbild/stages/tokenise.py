"""Stage `tokenise`: texts to token lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from berufsbild.base import load_base
from berufsbild.errors import InputError
from berufsbild.extraction import Failure
from berufsbild.german.normalise import checked_view
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.inputs import find_paths, read_items
from berufsbild.params import load_params
from berufsbild.spans import Tokens
from berufsbild.stages.files import write_lines
from berufsbild.stages.run import run


def main(source: str, params: str, output: str) -> None:
    """Write a line for each input text: text, token offsets, what a base model says."""
    settings = load_params(Path(params))
    tokenizer = make_tokenizer(settings.tokens)
    base = load_base(settings.base)

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
            tokens = Tokens(view.text, *tokenizer(view.text))
            line: dict[str, Any] = {"id": item.id, "text": item.text}
            line |= {"starts": tokens.starts, "ends": tokens.ends}
            if base is not None:
                base.mark(tokens)
                line |= {"tags": tokens.tags, "entities": tokens.entities}
            yield line

    print(f"{output}: {write_lines(Path(output), lines())} texts")


if __name__ == "__main__":
    run(main)
