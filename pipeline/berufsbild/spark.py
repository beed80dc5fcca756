"""Extraction inside Spark: a frame of texts in, a frame of records out.

    from berufsbild.spark import extract
    found = extract(texts, id="url", text="body")

Each Python worker of Spark loads the rule data once, before its first text, and
keeps it. pyspark is an extra: pip install 'berufsbild[spark]'. The workers need
the same package. docs/spark.md has a worked example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from berufsbild.errors import DataError
from berufsbild.housekeeping import settle

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from berufsbild.params import Params


def extract(
    frame: DataFrame,
    *,
    id: str = "id",
    text: str = "text",
    keep: Sequence[str] = (),
    params: Params | Path | str | None = None,
    lexicon: Sequence[Path | str] = (),
) -> DataFrame:
    """Extract the texts of a frame; every row comes back once.

    Nothing runs before the result is asked for. A null or unreadable text is a
    row with an error. `params` is read here, where the job is set up; folders of
    `lexicon` must be at the same place on every worker.

    Shape: columns `id` (strings or numbers) and `text` (strings), or what they
        are called; out come the columns of `berufsbild.arrow.SCHEMA` and those
        named in `keep`.
    Errors: DataError for columns that are missing, there twice or of another
        type, and for settings that cannot be read.
    """
    from berufsbild.arrow import SCHEMA

    used = list(dict.fromkeys((id, text, *keep)))
    _check(frame, id, text, used)
    taken = [name for name in keep if name in SCHEMA.names]
    if taken:
        raise DataError([f"{name}: expected a name that is free, got ours" for name in taken])
    # mapInArrow refuses names like `page.no`, so columns go through it under plain ones.
    plain = {name: f"column_{at}" for at, name in enumerate(used)}
    source = frame.select(*map(_quoted, used)).toDF(*plain.values())
    kept = [plain[name] for name in keep]
    settings = _settings(params, lexicon)
    run = partial(_run, id=plain[id], text=plain[text], keep=kept, params=settings)
    return source.mapInArrow(run, _shape(source, kept)).toDF(*SCHEMA.names, *keep)


def _run(
    batches: Iterator[pa.RecordBatch], id: str, text: str, keep: Sequence[str], params: Params
) -> Iterator[pa.RecordBatch]:
    """Extract the batches of one task, in a Python worker."""
    from berufsbild.arrow import extract_batches

    for found in extract_batches(batches, id=id, text=text, keep=keep, params=params):
        _settle()
        yield found


@cache
def _settle() -> None:
    """Settle a process of Spark's once, behind its first batch.

    Spark collects garbage behind every task: that took 0.2 s each, more than the texts.
    """
    settle()


def _check(frame: DataFrame, id: str, text: str, used: Sequence[str]) -> None:
    from pyspark.sql.types import NumericType, StringType

    there = frame.columns
    problems = [
        f"{name}: expected one column of the frame, got {there}"
        for name in used
        if there.count(name) != 1
    ]
    if not problems:
        kinds = {name: frame.schema[name].dataType for name in (id, text)}
        if not isinstance(kinds[id], StringType | NumericType):
            problems.append(f"{id}: expected strings or numbers, got {kinds[id].simpleString()}")
        if not isinstance(kinds[text], StringType):
            problems.append(f"{text}: expected strings, got {kinds[text].simpleString()}")
    if problems:
        raise DataError(problems)


def _shape(frame: DataFrame, keep: Sequence[str]) -> StructType:
    """Give the schema of the output: ours, then the kept columns as they are."""
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    from berufsbild.arrow import SCHEMA

    return StructType([*from_arrow_schema(SCHEMA), *(frame.schema[name] for name in keep)])


def _settings(params: Params | Path | str | None, lexicon: Sequence[Path | str]) -> Params:
    """Read the settings; a worker has its own working directory, so paths are absolute."""
    from berufsbild.params import settled

    settings = settled(params, lexicon)
    folders = tuple(folder.absolute() for folder in settings.lexicon)
    return settings.model_copy(update={"lexicon": folders})


def _quoted(name: str) -> str:
    """Quote a column's name: without it `pay.min` is a field of `pay`."""
    return "`" + name.replace("`", "``") + "`"
