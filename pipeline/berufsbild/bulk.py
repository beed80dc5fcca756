"""Many texts to records: what the command line and the stages share."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from berufsbild.extraction import Extraction, Failure, Source
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
    passed = ((item.id or "", item.text, item) for item in items)
    for context, result in stream(extractor, passed, workers=workers, batch=32):
        item = cast("Item", context)
        if item.error is not None:
            yield Failure.of(item.error, item.id)
        elif isinstance(result, Failure):
            yield placed(result, item)
        else:
            yield result


def placed(failure: Failure, item: Item) -> Failure:
    """Say in a failure's record where its text came from."""
    return Failure(failure.id, replace(failure.error, source=Source(item.path, item.line)))


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
