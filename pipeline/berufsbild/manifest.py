"""The manifest beside an output: what made it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from berufsbild import __version__
from berufsbild.base import title
from berufsbild.lexicon.reader import digest
from berufsbild.records import SCHEMA_VERSION

if TYPE_CHECKING:
    from berufsbild.params import Params


def manifest(params: Params, counts: dict[str, int]) -> dict[str, Any]:
    """Say what made an output: version, schema, rule data, base model, settings, counts."""
    return {
        "berufsbild": __version__,
        "schema": SCHEMA_VERSION,
        "lexicon": digest(params.lexicon),
        "base": title(params.base),
        "params": params.model_dump(mode="json", exclude={"input", "score"}),
        **counts,
    }


def manifest_path(output: Path) -> Path:
    """Name the manifest of an output file."""
    return output.with_name(output.name + ".manifest.json")
