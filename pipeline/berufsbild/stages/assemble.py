"""Stage `assemble`: the spaCy pipeline that `spacy.load` opens."""

from __future__ import annotations

from pathlib import Path

import spacy

from berufsbild import __version__
from berufsbild.german.tokenizer import build
from berufsbild.params import load_params
from berufsbild.stages.run import run


def main(params: str, output: str) -> None:
    """Write blank German with our tokenizer and the component `berufsbild`."""
    settings = load_params(Path(params))
    nlp = spacy.blank("de", meta={"name": "berufsbild", "version": __version__})
    nlp.tokenizer = build(nlp.vocab)
    nlp.add_pipe("berufsbild", config={"lexicon": [str(path) for path in settings.lexicon]})
    nlp.to_disk(Path(output))
    print(f"{output}: spacy.load({output!r}) opens it")


if __name__ == "__main__":
    run(main)
