"""Spark with two executors says what one process says, whoever dies; rules are loaded once."""

from __future__ import annotations

import datetime as dt
import gc
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from cluster import loads

from berufsbild.errors import DataError
from test_arrow import amounts, plain

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
TEXT = "Ein Küfer in Trier verdient ab 2.500 Euro im Monat."


def records(found):
    """Give the records of a frame by id, after counting that none came twice."""
    rows = [amounts(plain(row)) for row in found.toArrow().to_pylist()]
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == len(rows)
    return by_id


def small(spark, rows, shape="id string, text string"):
    return spark.createDataFrame(rows, shape)


def test_all_records_are_those_of_a_single_process(spark, frame, expected):
    from berufsbild.spark import extract

    assert len(expected) == 5_000
    assert records(extract(frame)) == expected
    counts, executors = loads(spark.notes)
    assert len(set(executors.values())) == 2
    assert len(counts) == 2
    assert set(counts.values()) == {1}  # 20 parts for each worker, one load


def test_another_job_loads_nothing_again(spark, part):
    from berufsbild.spark import extract

    noted = []
    for _ in range(2):  # Spark ends workers without work after a minute: no pause between
        assert extract(part).where("error is null").count() == 1_000
        noted.append(loads(spark.notes))
    assert noted[0] == noted[1]


def a_worker(notes):
    return next(worker for worker in loads(notes)[0] if living(worker))


def an_executor(notes):
    return loads(notes)[1][a_worker(notes)]


def kill_in_the_midst(spark, found, choose):
    """Ask for the records and kill a process when five parts are done."""
    done = {}
    thread = threading.Thread(target=lambda: done.update(records(found)))
    tracker = spark.sparkContext.statusTracker()
    known = set(tracker.getJobIdsForGroup(None))
    thread.start()
    until = time.monotonic() + 120
    while time.monotonic() < until and thread.is_alive():
        jobs = [tracker.getJobInfo(one) for one in set(tracker.getJobIdsForGroup(None)) - known]
        stages = [tracker.getStageInfo(stage) for job in jobs if job for stage in job.stageIds]
        if any(one and one.numTasks == 40 and one.numCompletedTasks >= 5 and one.numActiveTasks for one in stages):  # fmt: skip
            break
        time.sleep(0.05)
    assert thread.is_alive()
    pid = choose(spark.notes)
    os.kill(pid, signal.SIGKILL)
    thread.join(300)
    assert not thread.is_alive()
    assert not living(pid)
    return done


def living(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_executor_costs_nothing(spark, frame, expected):
    from berufsbild.spark import extract

    before, executors = loads(spark.notes)
    assert kill_in_the_midst(spark, extract(frame), an_executor) == expected
    after, now = loads(spark.notes)
    assert set(now.values()) > set(executors.values())  # somebody came in place of the dead
    assert set(after) > set(before)
    assert set(after.values()) == {1}


def test_a_killed_python_worker_costs_nothing(spark, part, expected):
    from berufsbild.spark import extract

    before, _ = loads(spark.notes)
    found = kill_in_the_midst(spark, extract(part), a_worker)
    assert found == {id_: record for id_, record in expected.items() if id_ in found}
    assert len(found) == 1_000
    after, _ = loads(spark.notes)
    assert set(after) > set(before)
    assert set(after.values()) == {1}


def test_a_text_that_cannot_be_read_is_a_row_with_its_error(spark):
    from berufsbild.spark import extract

    found = {row.id: row for row in extract(small(spark, [("a", None), ("b", TEXT)])).collect()}
    assert found["a"].error.kind == "type"
    assert found["a"].spans is None
    assert found["b"].error is None
    assert [span.text for span in found["b"].spans] == ["Küfer", "Trier", "2.500 Euro"]


def test_columns_have_names_and_company(spark):
    from berufsbild.arrow import SCHEMA
    from berufsbild.spark import extract

    day = dt.datetime(2026, 3, 1, 7, 30)  # noqa: DTZ001 - Spark gives it back without a zone
    shape = "`page.no` long, `die ``Seite``` string, text timestamp, tags map<string,int>, id int"
    frame = small(spark, [(7, TEXT, day, {"a": 1}, 0)], shape)
    found = extract(frame, id="page.no", text="die `Seite`", keep=["text", "tags", "page.no"])
    assert found.columns == [*SCHEMA.names, "text", "tags", "page.no"]
    assert found.schema["text"] == frame.schema["text"]
    (row,) = found.collect()
    assert (row.id, row.text, row.tags, row["page.no"]) == ("7", day, {"a": 1}, 7)
    assert row.profile.role.name == "Küfer"


def test_the_schema_is_that_of_arrow(spark):
    from berufsbild.arrow import SCHEMA
    from berufsbild.spark import extract

    found = extract(small(spark, [("a", TEXT)]))
    assert found.toArrow().schema == SCHEMA
    assert extract(small(spark, [])).collect() == []


def test_own_words_and_settings_travel(spark, tmp_path, monkeypatch):
    from berufsbild.spark import extract

    words = tmp_path / "words/skills"
    words.mkdir(parents=True)
    (words / "mine.tsv").write_text("id\tname\tkind\tsurfaces\nzunderkunde\tZunderkunde\tknowledge\tZunderkunde\n", encoding="utf-8")  # fmt: skip
    (tmp_path / "params.yaml").write_text("lexicon: words\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    frame = small(spark, [("a", "Gefragt ist Zunderkunde.")])
    for settings in ({"lexicon": ["words"]}, {"params": "params.yaml"}):
        (row,) = extract(frame, **settings).collect()
        assert [span.skill.id for span in row.spans] == ["zunderkunde"]
    with pytest.raises(DataError, match="expected a UTF-8 file"):
        extract(frame, params="fehlt.yaml")


def test_a_wrong_frame_is_refused_before_anything_runs(spark):
    from berufsbild.spark import extract

    frame = small(spark, [(b"x", ["a"])], "id binary, text array<string>")
    with pytest.raises(DataError) as caught:
        extract(frame)
    assert caught.value.problems == [
        "id: expected strings or numbers, got binary",
        "text: expected strings, got array<string>",
    ]
    with pytest.raises(DataError) as caught:
        extract(frame, id="url", keep=["fehlt"])
    assert caught.value.problems == [
        "url: expected one column of the frame, got ['id', 'text']",
        "fehlt: expected one column of the frame, got ['id', 'text']",
    ]
    twice = frame.select("id", "text", "text")
    with pytest.raises(DataError, match="text: expected one column"):
        extract(twice)
    with pytest.raises(DataError, match="id: expected a name that is free, got ours"):
        extract(small(spark, [("a", TEXT)]), keep=["id"])


def test_the_rules_are_no_work_for_the_garbage_collector():
    import pyarrow as pa

    from berufsbild import spark as module
    from berufsbild.params import Params

    batch = pa.RecordBatch.from_pydict({"id": ["a"] * 300, "text": [TEXT] * 300})
    gc.unfreeze()
    module._settle.cache_clear()
    found = list(module._run(iter([batch, batch]), "id", "text", [], Params()))
    assert sum(one.num_rows for one in found) == 600
    assert gc.get_freeze_count() > 50_000
    assert module._settle.cache_info().misses == 1
    gc.unfreeze()


def test_nothing_is_imported_before_it_is_used():
    code = "import sys, berufsbild.spark; print({'pyspark', 'pyarrow', 'spacy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "set()\n"
