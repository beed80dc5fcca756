"""Many texts to records: what the command line and the stages share."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from berufsbild.extraction import Extraction, Failure
from berufsbild.manifest import manifest, manifest_path
from berufsbild.outputs import whole_file, write_json
from berufsbild.parallel import stream

if TYPE_CHECKING:
    from berufsbild.extractor import Extractor
    from berufsbild.inputs import Item


def results(
    extractor: Extractor, items: Iterable[Item], *, workers: int = 1
) -> Iterator[Extraction | Failure]:
    """Yield one record per item, in order; unreadable items as they come."""
    pairs = ((item.id or "", item, item) for item in items)
    passed = ((id_, item.text, item) for id_, item, _ in pairs)
    for item, result in stream(extractor, passed, workers=workers, batch=32):
        error = item.error  # type: ignore[attr-defined]
        yield result if error is None else Failure.of(error, item.id)  # type: ignore[attr-defined]


def extract_to(
    output: Path | None, extractor: Extractor, items: Iterable[Item], *, workers: int = 1
) -> dict[str, int]:
    """Write one JSON line per item to a file or to standard output.

    Beside a file lies a manifest. Give the counts of records written and failed.
    """
    written = failed = 0
    with _opened(output) as file:
        for result in results(extractor, items, workers=workers):
            file.write(result.to_json() + "\n")
            written += 1
            failed += isinstance(result, Failure)
    counts = {"written": written, "failed": failed}
    if output is not None:
        write_json(manifest_path(output), manifest(extractor.params, counts))
    return counts


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdout
        return
    with whole_file(output) as file:
        yield file
