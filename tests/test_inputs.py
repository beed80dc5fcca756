"""Ids: none comes twice, and however many there are, they take little memory."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from berufsbild.inputs import read_items


def test_an_id_that_comes_twice_is_an_error_where_it_stands(tmp_path):
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    ids = [f"t{number}" for number in range(5_000)]
    first.write_text("".join(json.dumps({"id": id_, "text": "x"}) + "\n" for id_ in ids))
    second.write_text('{"id": "neu", "text": "x"}\n{"id": "t4999", "text": "x"}\n')
    *fine, last = read_items([str(first), str(second)])
    assert [item.id for item in fine] == [*ids, "neu"]
    assert (last.error.kind, last.error.path, last.error.line) == ("duplicate_id", str(second), 2)


@pytest.mark.parametrize("id_", ["ä\u0308", "\ud800", "'; DROP TABLE ids", "\x00", "id " * 1000])
def test_any_string_may_be_an_id(tmp_path, id_):
    path = tmp_path / "odd.jsonl"
    line = json.dumps({"id": id_, "text": "x"}) + "\n"
    path.write_text(line + json.dumps({"id": id_ + "x", "text": "x"}) + "\n" + line)
    items = list(read_items([str(path)]))
    assert [item.error is None for item in items] == [True, True, False]
    assert items[2].error.kind == "duplicate_id"


def test_memory_does_not_grow_with_the_ids(tmp_path):
    """50,000 ids of 100 characters take 10 MB as a set of strings."""
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        for number in range(50_000):
            file.write(f'{{"id": "{number:0100}", "text": ""}}\n')
    tracemalloc.start()
    number = sum(1 for _ in read_items([str(path)]))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 50_000
    assert most < 2_000_000
