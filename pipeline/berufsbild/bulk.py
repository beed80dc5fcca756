"""Many texts to records: what the command line does with them."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from berufsbild.drafts import hidden, is_parquet, upload
from berufsbild.errors import DataError
from berufsbild.extraction import Failure, Source
from berufsbild.inputs import is_remote
from berufsbild.journal import Counts, Journal
from berufsbild.manifest import manifest, manifest_path
from berufsbild.outputs import whole_file, write_json
from berufsbild.parallel import stream
from berufsbild.records import dumps

if TYPE_CHECKING:
    from berufsbild.extraction import Extraction
    from berufsbild.extractor import Extractor
    from berufsbild.inputs import Item
    from berufsbild.progress import Progress
    from berufsbild.worker import Render

_BATCH: Final = 32


@dataclass(frozen=True, slots=True)
class Run:
    """How a run works and where it writes.

    Shape: `output` is a path, null for standard output; `errors` is one for
        the error records, which stand among the others without it.
    Units: `seconds_per_text` null for no limit.
    """

    output: str | None = None
    errors: str | None = None
    workers: int = 1
    seconds_per_text: float | None = None
    resume: bool = False

    def checked(self) -> Run:
        """Give the run itself.

        Errors: DataError for settings that exclude each other.
        """
        problems = []
        if self.resume and self.output is None:
            problems.append("--resume: expected --output beside it, got standard output")
        if self.errors is not None and self.errors == self.output:
            problems.append("--errors: expected another file than --output, got the same")
        if self.errors is not None and is_parquet(self.errors):
            problems.append("--errors: expected .jsonl or .jsonl.gz, got .parquet")
        if problems:
            raise DataError(problems)
        return self


def results(
    extractor: Extractor, items: Iterable[Item], *, workers: int = 1
) -> Iterator[Extraction | Failure]:
    """Yield one record per item, in order; unreadable items as they come."""
    for _, result in _paired(extractor, items, Run(workers=workers), None):
        yield result


def _paired(
    extractor: Extractor, items: Iterable[Item], run: Run, render: Render | None
) -> Generator[tuple[Item, Any], None, None]:
    """Yield each item with its record: a `Failure`, or what `render` makes of the extraction."""
    passed = ((item.id or "", item.text, item) for item in items)
    found = stream(
        extractor,
        passed,
        workers=run.workers,
        batch=_BATCH,
        render=render,
        seconds=run.seconds_per_text,
    )
    with closing(found):
        for context, result in found:
            item = cast("Item", context)
            if item.error is not None:
                yield item, Failure.of(item.error, item.id)
            elif isinstance(result, Failure):
                yield item, placed(result, item)
            else:
                yield item, result


def placed(failure: Failure, item: Item) -> Failure:
    """Say in a failure's record where its text came from."""
    return Failure(failure.id, replace(failure.error, source=Source(item.path, item.line)))


def extract_to(
    run: Run, extractor: Extractor, items: Iterable[Item], progress: Progress | None = None
) -> Counts:
    """Write one record per item to a file or to standard output.

    A file appears when it is complete, with a manifest beside it; until then
    its part and a journal lie hidden there, and `resume` goes on behind them.
    An interruption keeps what is finished and says so in a note.
    """
    run = run.checked()
    if run.output is None:
        return _print(run, extractor, items)
    settings = manifest(extractor.params, {})
    if run.resume and (counts := _complete(run.output, settings)):
        return counts
    targets = [run.output, run.errors] if run.errors else [run.output]
    journal = Journal(targets, settings, resume=run.resume)
    try:
        _write(journal, run, extractor, items, progress)
        journal.publish()
        _write_manifest(run.output, manifest(extractor.params, asdict(journal.counts)))
    except BaseException as error:
        if kept := journal.leave():
            error.add_note(f"{run.output}: {kept} texts are done; --resume goes on behind them")
        raise
    journal.finish()
    return journal.counts


def _write(
    journal: Journal,
    run: Run,
    extractor: Extractor,
    items: Iterable[Item],
    progress: Progress | None,
) -> None:
    apart = 1 if run.errors else 0
    lines = not is_parquet(run.output or "")
    items = iter(items)
    journal.skip(items)
    if progress is not None:
        progress.skipped()
    with closing(_paired(extractor, items, run, dumps if lines else None)) as found:
        for item, result in found:
            if isinstance(result, Failure):
                record = dumps(result) if lines or apart else result
                journal.add(item, record, apart, failed=True)
            else:
                journal.add(item, result, 0, failed=False)
            if progress is not None:
                progress.step()


def _print(run: Run, extractor: Extractor, items: Iterable[Item]) -> Counts:
    """Write lines to standard output as they come."""
    counts = Counts()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    errors: Any = nullcontext(sys.stdout) if run.errors is None else whole_file(Path(run.errors))
    with closing(_paired(extractor, items, run, dumps)) as found, errors as apart:
        for _, result in found:
            failed = isinstance(result, Failure)
            file: TextIO = apart if failed else sys.stdout
            file.write((dumps(result) if failed else result) + "\n")
            counts.read += 1
            counts.written += file is sys.stdout
            counts.failed += failed
    return counts


def _complete(output: str, settings: dict[str, Any]) -> Counts | None:
    """Give the counts of a run that was finished before; null where there is work to do."""
    path = manifest_path(Path(output))
    if is_remote(output) or hidden(output, "journal").exists() or not Path(output).exists():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        counts = Counts(found["read"], found["written"], found["failed"])
    except (OSError, ValueError, KeyError):
        return None
    return counts if found == {**settings, **asdict(counts)} else None


def _write_manifest(output: str, data: dict[str, Any]) -> None:
    if not is_remote(output):
        write_json(manifest_path(Path(output)), data)
        return
    path = hidden(output, "manifest.json")
    write_json(path, data)
    upload(path, f"{output}.manifest.json")
