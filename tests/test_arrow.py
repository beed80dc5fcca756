"""The door for data engines: record batches in, record batches of one schema out."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from functools import partial

import pytest

pa = pytest.importorskip("pyarrow")

from berufsbild import arrow  # noqa: E402
from berufsbild.arrow import SCHEMA, extract_batches, extract_table, output_schema  # noqa: E402
from berufsbild.errors import DataError  # noqa: E402
from berufsbild.spans import Label  # noqa: E402

TEXT = "Beruf Koch in Bochum\nKöche verdienen hier meist 2.400 bis 2.900,50 € im Monat und brauchen Geduld."


def batch(ids, texts, **more):
    return pa.RecordBatch.from_pydict({"id": ids, "text": texts, **more})


def plain(row):
    """Turn a row into the data of a JSON record."""
    if row["error"] is not None:
        return {"id": row["id"], "error": row["error"]}
    spans = []
    for span in row["spans"]:
        columns = {label: span.pop(label.value.lower()) for label in Label}
        value = columns.pop(Label(span["label"]))
        assert set(columns.values()) == {None}
        spans.append({**span, "value": value})
    return {"id": row["id"], "spans": spans, "profile": row["profile"]}


def amounts(data):
    return json.loads(json.dumps(data, default=float))


def test_rows_say_what_records_say(extract, profiles):
    ids, texts = list(profiles)[:40], list(profiles.values())[:40]
    rows = [row for one in extract_batches(iter([batch(ids, texts)])) for row in one.to_pylist()]
    expected = [json.loads(extract(text, id=id_).to_json()) for id_, text in zip(ids, texts, strict=True)]  # fmt: skip
    assert [amounts(plain(row)) for row in rows] == expected


def test_the_schema_is_fixed():
    (found,) = extract_batches(iter([batch(["a"], [TEXT])]))
    found.validate(full=True)
    assert found.schema == SCHEMA == output_schema()
    assert SCHEMA.names == ["id", "spans", "profile", "error"]
    (pay,) = found.to_pylist()[0]["profile"]["pay"]
    assert (pay["min"], pay["max"]) == (Decimal("2400.0000"), Decimal("2900.5000"))
    assert pa.decimal128(38, 4) == arrow.AMOUNT


def test_empty_batches_nulls_and_odd_values():
    empty = batch(pa.array([], pa.string()), pa.array([], pa.string()))
    (found,) = extract_batches(iter([empty]))
    assert (found.num_rows, found.schema) == (0, SCHEMA)
    assert list(extract_batches(iter([]))) == []
    ids = pa.array([7, None, 9], pa.int64())
    texts = pa.array([None, TEXT, ""], pa.large_string())
    (found,) = extract_batches(iter([batch(ids, texts)]))
    found.validate(full=True)
    null, nameless, blank = found.to_pylist()
    assert (null["id"], null["spans"], null["profile"], null["error"]["kind"]) == ("7", None, None, "type")  # fmt: skip
    assert nameless["id"] is None
    assert nameless["error"] is None
    assert nameless["spans"]
    assert blank == {
        "id": "9", "spans": [], "error": None,
        "profile": {"role": None, "place": None, "pay": [], "skills": []},
    }  # fmt: skip
    (found,) = extract_batches(iter([batch(["a"], [b"bytes"])]))
    assert found.to_pylist()[0]["error"]["kind"] == "type"


def test_big_batches_are_sliced_and_sliced_ones_read():
    big = batch([str(number) for number in range(1000)], ["In Bochum"] * 1000, n=list(range(1000)))
    found = list(extract_batches(iter([big.slice(10, 700), big.slice(990)]), keep=["n"]))
    assert max(one.num_rows for one in found) <= 128
    rows = [row for one in found for row in one.to_pylist()]
    assert [row["n"] for row in rows] == [*range(10, 710), *range(990, 1000)]
    assert all(row["id"] == str(row["n"]) for row in rows)


def test_columns_are_kept_by_choice():
    table = pa.table({"url": ["u"], "text": [TEXT], "id": ["a"], "day": [1]})
    found = extract_table(table, keep=["url", "text"])
    assert found.schema == output_schema(table.schema, ["url", "text"])
    assert found.column_names == [*SCHEMA.names, "url", "text"]
    assert found.column("text").to_pylist() == [TEXT]
    with pytest.raises(DataError, match="fehlt: expected a column of the source"):
        extract_table(table, keep=["fehlt"])
    with pytest.raises(DataError, match="expected a name that is free"):
        extract_table(table, keep=["id"])
    with pytest.raises(DataError, match="expected the columns id and text"):
        extract_table(table.select(["id"]))
    assert extract_table(table.slice(0, 0)).schema == SCHEMA


def test_columns_are_named_by_choice():
    table = pa.table({"url": [7], "body": [TEXT], "text": ["anderer"], "id": ["x"]})
    found = extract_table(table, id="url", text="body", keep=["text"]).to_pylist()
    plainly = extract_table(pa.table({"id": ["7"], "text": [TEXT]})).to_pylist()
    assert found == [{**plainly[0], "text": "anderer"}]
    with pytest.raises(DataError, match="expected the columns id and headline, got"):
        extract_table(table, text="headline")


def test_it_travels_to_other_processes_and_loads_once(monkeypatch):
    calls = []

    def load(*arguments, **_):
        calls.append(arguments)
        return extractor

    import berufsbild

    extractor = berufsbild.load()
    monkeypatch.setattr("berufsbild.extractor.load", load)
    arrow._extractor.cache_clear()
    mapped = pickle.loads(pickle.dumps(partial(extract_batches, keep=["text"])))  # noqa: S301 - our own
    for _ in range(3):
        assert sum(one.num_rows for one in mapped(iter([batch(["a"], [TEXT])] * 2))) == 2
    assert len(calls) == 1
    arrow._extractor.cache_clear()


def test_a_reader_of_batches_and_parquet_hold_it(tmp_path):
    import pyarrow.parquet as pq

    source = pa.RecordBatchReader.from_batches(
        batch(["a"], [TEXT]).schema, [batch(["a"], [TEXT])] * 2
    )
    reader = pa.RecordBatchReader.from_batches(output_schema(), extract_batches(source))
    table = reader.read_all()
    pq.write_table(table, tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet").equals(table)


def test_the_widest_amount_fits():
    for text in ("Gezahlt werden 99.999.999.999.999.999 € im Jahr.", "Gezahlt werden 999999999999999999999999999 Mrd. € im Jahr.", "Gezahlt werden 0,12345 € je Stunde."):  # fmt: skip
        (found,) = extract_batches(iter([batch(["a"], [text])]))
        found.validate(full=True)
