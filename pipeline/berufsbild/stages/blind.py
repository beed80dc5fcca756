"""Stage `blind`: the extractor on lists that no rule was tuned on."""

from __future__ import annotations

from pathlib import Path

from berufsbild.corpus.lists import read_list
from berufsbild.extractor import load
from berufsbild.outputs import whole_file, write_json
from berufsbild.rules import PACKAGES
from berufsbild.scoring.blind import ListScore, figures, render, score_list
from berufsbild.stages.run import run


def main(params: str, lists: str, ordinary: str, reports: str) -> None:
    """Write blind.json and blind.md."""
    extractor = load(Path(params))
    scores: dict[str, ListScore] = {}
    prose: dict[str, ListScore] = {}
    for label, name in PACKAGES.items():
        for title, folder, into in (
            (name, Path(lists), scores),
            (f"{name}, known to the rules' authors", Path(ordinary), prose),
            (f"{name}, unseen", Path(lists) / "prose", prose),
        ):
            path = folder / f"{name}.toml"
            if path.is_file():
                into[title] = score_list(read_list(path), label, lambda text: extractor(text).spans)
    folder = Path(reports)
    tables = {"lists": scores, "prose": prose}
    write_json(
        folder / "blind.json",
        {key: {name: figures(one) for name, one in table.items()} for key, table in tables.items()},
    )
    with whole_file(folder / "blind.md") as file:
        file.write(render(scores, prose))
    print(f"{folder / 'blind.md'}: written")


if __name__ == "__main__":
    run(main)
