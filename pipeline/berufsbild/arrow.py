"""Arrow batches in, Arrow batches out: the one door for data engines.

`extract_batches` takes record batches with the columns `id` and `text` and
yields record batches of `SCHEMA`; `extract_table` does the same with a whole
table. Rule data is loaded once per process and kept. pyarrow is an extra:
pip install 'berufsbild[arrow]'.

Spark, see also docs/spark.md:

    from berufsbild.spark import extract
    found = extract(texts)

Ray Data, and those below, see also docs/engines.md:

    from berufsbild.arrow import extract_table
    found = ray.data.read_parquet("texts/").map_batches(extract_table, batch_format="pyarrow")

Dask:

    from dask import bag
    found = bag.from_sequence(paths).map(pyarrow.parquet.read_table).map(extract_table)

DuckDB:

    reader = duckdb.sql("select id, text from 'texts.parquet'").fetch_record_batch(1000)
    found = pyarrow.RecordBatchReader.from_batches(output_schema(), extract_batches(reader))
    duckdb.sql("select id, unnest(spans, recursive := true) from found")

Polars:

    found = polars.from_arrow(extract_table(frame.select("id", "text").to_arrow()))
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict
from decimal import Context, Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from berufsbild.errors import DataError
from berufsbild.extraction import Extraction, Failure
from berufsbild.spans import Label

if TYPE_CHECKING:
    from berufsbild.extractor import Extractor
    from berufsbild.params import Params

_TEXT: Final = pa.string()
# Euros with four places behind the point: 0,0001 € is read, and more than the world's money fits.
AMOUNT: Final = pa.decimal128(38, 4)
_PLACES: Final = Decimal("0.0001")
_WIDE: Final = Context(prec=38)

EURO_RANGE: Final = pa.struct(
    {
        "min": AMOUNT,
        "max": AMOUNT,
        "bound": _TEXT,
        "period": _TEXT,
        "period_stated": pa.bool_(),
        "gross": pa.bool_(),
        "level": _TEXT,
        "purpose": _TEXT,
        "about": pa.struct({"role": _TEXT, "place": _TEXT}),
        "currency": _TEXT,
    }
)
ROLE: Final = pa.struct(
    {"id": _TEXT, "name": _TEXT, "kldb": _TEXT, "head": _TEXT, "members": pa.list_(_TEXT)}
)
PLACE: Final = pa.struct(
    {
        "id": _TEXT,
        "name": _TEXT,
        "kind": _TEXT,
        "country": _TEXT,
        "admin1": _TEXT,
        "lat": pa.float64(),
        "lon": pa.float64(),
        "adjective": pa.bool_(),
    }
)
SKILL: Final = pa.struct({"id": _TEXT, "name": _TEXT, "kind": _TEXT})
_VALUES: Final = {
    Label.EURO_RANGE: ("euro_range", EURO_RANGE),
    Label.ROLE: ("role", ROLE),
    Label.PLACE: ("place", PLACE),
    Label.SKILL: ("skill", SKILL),
}
SPAN: Final = pa.struct(
    {
        "label": _TEXT,
        "start": pa.int32(),
        "end": pa.int32(),
        "text": _TEXT,
        "rule": _TEXT,
        **dict(_VALUES.values()),
    }
)
SKILL_COUNT: Final = pa.struct({"id": _TEXT, "name": _TEXT, "kind": _TEXT, "mentions": pa.int32()})
PROFILE: Final = pa.struct(
    {"role": ROLE, "place": PLACE, "pay": pa.list_(EURO_RANGE), "skills": pa.list_(SKILL_COUNT)}
)
ERROR: Final = pa.struct(
    {
        "kind": _TEXT,
        "message": _TEXT,
        "source": pa.struct({"path": _TEXT, "line": pa.int32()}),
    }
)
# A row is an extraction or an error: `spans` and `profile` are null, or `error` is.
SCHEMA: Final = pa.schema(
    {"id": _TEXT, "spans": pa.list_(SPAN), "profile": PROFILE, "error": ERROR}
)
_ROWS: Final = 128


def output_schema(source: pa.Schema | None = None, keep: Sequence[str] = ()) -> pa.Schema:
    """Give the schema of the output, with the columns of the source that are kept.

    Errors: DataError for a column that is not there, or named as one of ours.
    """
    names = [] if source is None else source.names
    problems = [
        f"{name}: expected a column of the source, got {names}"
        for name in keep
        if name not in names
    ]
    problems += [f"{name}: expected a name that is free, got ours" for name in _ours(keep)]
    if problems:
        raise DataError(problems)
    fields = [] if source is None else [source.field(name) for name in keep]
    return pa.schema([*SCHEMA, *fields])


def _ours(keep: Sequence[str]) -> list[str]:
    return [name for name in keep if name in SCHEMA.names]


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    id: str = "id",
    text: str = "text",
    keep: Sequence[str] = (),
    params: Params | str | None = None,
    lexicon: Sequence[str] = (),
) -> Iterator[pa.RecordBatch]:
    """Extract the texts of record batches; every row comes back once, in order.

    A null or unreadable text is a row with an error. A batch comes back as one
    or more, each small enough to hold; an empty one as an empty one.

    Shape: columns `id` (strings or numbers) and `text` in, or what they are
        called; `output_schema` out, which is `SCHEMA` and the columns named in
        `keep` behind it. `params` and `lexicon` are those of `berufsbild.load`.
    Errors: DataError where a column is missing.
    """
    for batch in batches:
        schema = output_schema(batch.schema, keep)
        if not {id, text} <= set(batch.schema.names):
            message = f"batch: expected the columns {id} and {text}, got {batch.schema.names}"
            raise DataError([message])
        extractor = _extractor(params, tuple(map(str, lexicon)))
        for start in range(0, max(batch.num_rows, 1), _ROWS):
            part = batch.slice(start, _ROWS)
            ids = [None if id_ is None else str(id_) for id_ in part.column(id).to_pylist()]
            pairs = zip(ids, part.column(text).to_pylist(), strict=True)
            found = record_batch([extractor.extract(id_ or "", one) for id_, one in pairs])
            kept = [part.column(name) for name in keep]
            columns = [pa.array(ids, _TEXT), *found.columns[1:], *kept]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)


def extract_table(
    table: pa.Table,
    *,
    id: str = "id",
    text: str = "text",
    keep: Sequence[str] = (),
    params: Params | str | None = None,
    lexicon: Sequence[str] = (),
) -> pa.Table:
    """Extract the texts of a table, as `extract_batches` does."""
    schema = output_schema(table.schema, keep)
    batches = extract_batches(
        table.to_batches(), id=id, text=text, keep=keep, params=params, lexicon=lexicon
    )
    return pa.Table.from_batches(batches, schema)


@lru_cache(maxsize=2)
def _extractor(params: Params | str | None, lexicon: tuple[str, ...]) -> Extractor:
    """Load the rules once per process, not once per batch."""
    from berufsbild.extractor import load

    return load(params, lexicon=[Path(one) for one in lexicon])


def record_batch(results: Sequence[Extraction | Failure]) -> pa.RecordBatch:
    """Put results into a record batch of `SCHEMA`."""
    found = [result if isinstance(result, Extraction) else None for result in results]
    errors = [asdict(result.error) if isinstance(result, Failure) else None for result in results]
    return pa.RecordBatch.from_arrays(
        [
            pa.array([result.id for result in results], _TEXT),
            _spans(found),
            _profiles(found),
            pa.array(errors, ERROR),
        ],
        schema=SCHEMA,
    )


def _spans(found: Sequence[Extraction | None]) -> pa.Array:
    spans = [span for one in found if one is not None for span in one.spans]
    columns = [
        pa.array([span.label.value for span in spans], _TEXT),
        pa.array([span.start for span in spans], pa.int32()),
        pa.array([span.end for span in spans], pa.int32()),
        pa.array([span.text for span in spans], _TEXT),
        pa.array([span.rule for span in spans], _TEXT),
        *(
            _distinct([span.value if span.label is label else None for span in spans], kind)
            for label, (_, kind) in _VALUES.items()
        ),
    ]
    structs = pa.StructArray.from_arrays(columns, fields=list(SPAN))
    lengths = [None if one is None else len(one.spans) for one in found]
    return _lists(structs, lengths, pa.list_(SPAN))


def _profiles(found: Sequence[Extraction | None]) -> pa.Array:
    profiles = [None if one is None else one.profile for one in found]
    pays = [None if one is None else len(one.profile.pay) for one in found]
    counts = [None if one is None else len(one.profile.skills) for one in found]
    there = [profile for profile in profiles if profile is not None]
    pay = _distinct([value for profile in there for value in profile.pay], EURO_RANGE)
    skills = _distinct([skill for profile in there for skill in profile.skills], SKILL_COUNT)
    columns = [
        _distinct([profile and profile.role for profile in profiles], ROLE),
        _distinct([profile and profile.place for profile in profiles], PLACE),
        _lists(pay, pays, pa.list_(EURO_RANGE)),
        _lists(skills, counts, pa.list_(SKILL_COUNT)),
    ]
    mask = pa.array([profile is None for profile in profiles], pa.bool_())
    return pa.StructArray.from_arrays(columns, fields=list(PROFILE), mask=mask)


def _lists(values: pa.Array, lengths: Sequence[int | None], kind: pa.DataType) -> pa.Array:
    """Cut an array into lists of these lengths; a null one for a null length."""
    offsets: list[int | None] = []
    end = 0
    for length in lengths:
        offsets.append(None if length is None else end)
        end += length or 0
    return pa.ListArray.from_arrays(pa.array([*offsets, end], pa.int32()), values, type=kind)


def _distinct(values: Sequence[Hashable | None], kind: pa.DataType) -> pa.Array:
    """Make an array of values that repeat: each is converted once."""
    numbers: dict[Hashable, int] = {}
    indices = [
        None if value is None else numbers.setdefault(value, len(numbers)) for value in values
    ]
    rows = pa.array([_row(value) for value in numbers], kind)
    return rows.take(pa.array(indices, pa.int32()))


def _row(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any value class
    """Give a value as plain data, amounts with four places behind the point."""
    row = asdict(value)
    for name, part in row.items():
        if isinstance(part, Decimal):
            row[name] = part.quantize(_PLACES, context=_WIDE)
    return row
