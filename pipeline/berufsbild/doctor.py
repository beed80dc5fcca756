"""Say what is installed and whether an extraction works."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from pathlib import Path

from berufsbild import __version__, base
from berufsbild.errors import BerufsbildError, DataError
from berufsbild.extractor import load
from berufsbild.lexicon.reader import ROOT, digest
from berufsbild.params import Params, load_params

_PACKAGES = ("spacy", "pydantic", "regex", "ruamel.yaml", "rich")


def examine(params: Path | None = None) -> tuple[list[str], bool]:
    """Give a line for each finding, and whether all is well.

    `params` is a params.yaml that names the base model; without one it is blank.
    """
    lines = [
        f"berufsbild {__version__}",
        f"python     {platform.python_version()} at {sys.prefix}",
    ]
    for name in _PACKAGES:
        try:
            lines.append(f"{name:<10} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name:<10} missing: pip install {name}")
            return lines, False
    tables = sum(1 for path in ROOT.rglob("*") if path.suffix in {".tsv", ".toml"})
    lines.append(f"rule data  {tables} files, digest {digest()[:12]}")
    try:
        wanted = (Params() if params is None else load_params(params)).base
        lines.append(f"base       {wanted} set, {_installed()} installed")
        extract = load(Params(base=wanted))
    except DataError as error:
        lines += [f"refused    {problem}" for problem in error.problems]
        return lines, False
    try:
        result = extract("Beruf Koch in Bochum\nKöche verdienen 2.400 bis 2.900 € im Monat.")
    except BerufsbildError as error:
        lines.append(f"extraction failed: {error}")
        return lines, False
    healthy = len(result.spans) == 4
    lines.append(f"extraction {'works' if healthy else f'found {len(result.spans)} of 4 spans'}")
    return lines, healthy


def _installed() -> str:
    """Name the base model that is installed.

    Errors: DataError where another package has its name.
    """
    return "none" if base.checked() is None else base.title(base.NAME)
