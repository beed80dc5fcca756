"""A plain gazetteer, to compare with: the project's own words without its rules.

    python scripts/docs/gazetteer.py OUT
    berufsbild score --predicted OUT

Writes brat files for the texts of the corpus: every name of the lexicons of
roles, skills and places that spaCy's PhraseMatcher finds, longest first. What it
lacks is what the rules add: inflection, compounds, context, and all amounts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from berufsbild.lexicon.reader import ROOT

TEXTS = Path("corpus/profiles")
FOLDERS = {"roles": "ROLE", "skills": "SKILL", "places": "PLACE"}


def names(folder: str) -> set[str]:
    """Read the names and further surfaces of one label's tables."""
    found = set()
    for path in sorted((ROOT / folder).glob("*.tsv")):
        rows = [
            line.split("\t")
            for line in path.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("# ")
        ]
        header, *rest = rows
        if header[:2] == ["id", "name"]:
            for row in rest:
                found |= {row[1], *row[-1].removeprefix("?").replace("|?", "|").split("|")}
    return found - {""}


def main(out: Path) -> None:
    """Match every text and write one .ann file for it."""
    nlp = spacy.blank("de")
    matcher = PhraseMatcher(nlp.vocab)
    for folder, label in FOLDERS.items():
        matcher.add(label, list(nlp.tokenizer.pipe(sorted(names(folder)))))
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(TEXTS.glob("*.txt")):
        doc = nlp(path.read_bytes().decode("utf-8"))
        spans = filter_spans(matcher(doc, as_spans=True))
        lines = [
            f"T{number}\t{span.label_} {span.start_char} {span.end_char}\t{span.text}\n"
            for number, span in enumerate(spans, 1)
        ]
        (out / f"{path.stem}.ann").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
