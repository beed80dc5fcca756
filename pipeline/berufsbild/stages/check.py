"""Stage `check`: settings and corpus are as they must be, or nothing runs."""

from __future__ import annotations

from pathlib import Path

from berufsbild.corpus import check
from berufsbild.errors import DataError
from berufsbild.outputs import write_json
from berufsbild.params import load_params
from berufsbild.stages.run import run


def main(params: str, texts: str, gold: str, splits: str, cases: str, output: str) -> None:
    """Write a word that all is well, or fail with every problem."""
    load_params(Path(params))
    problems = check(Path(texts), Path(gold), Path(splits), cases=Path(cases))
    if problems:
        raise DataError(problems)
    write_json(Path(output), {"problems": 0})
    print(f"{texts}: checked, no problems")


if __name__ == "__main__":
    run(main)
