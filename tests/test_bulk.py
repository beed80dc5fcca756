"""Many texts to files: every format, nothing lost or repeated when a run is ended."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from berufsbild.bulk import Run, extract_to
from berufsbild.errors import DataError
from berufsbild.inputs import Meter, find_paths, read_items, size
from berufsbild.progress import Progress
from echo import Echo

TEXTS = 1000


@pytest.fixture
def source(tmp_path):
    """A thousand texts with a bad line in every hundred."""
    path = tmp_path / "in.jsonl"
    lines = [
        "{kaputt" if number % 100 == 7 else json.dumps({"id": f"t{number}", "text": f"wort{number} ä"})
        for number in range(TEXTS)
    ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run(source, output, **settings):
    items = read_items(find_paths([str(source)]))
    return extract_to(Run(str(output), **settings), Echo(), items)


def content(path):
    if path.name.endswith(".parquet"):
        import pyarrow.parquet as pq

        return pq.read_table(path).to_pylist()
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.name.endswith(".gz") else raw).decode().splitlines()


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
@pytest.mark.parametrize("apart", [False, True])
def test_every_item_comes_back_once(tmp_path, source, name, apart):
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    errors = tmp_path / "errors.jsonl"
    counts = run(source, tmp_path / name, errors=str(errors) if apart else None)
    assert (counts.read, counts.written, counts.failed) == (TEXTS, TEXTS - 10 * apart, 10)
    found = content(tmp_path / name)
    assert len(found) == counts.written
    if apart:
        kinds = [json.loads(line)["error"] for line in content(errors)]
        assert [kind["source"]["line"] for kind in kinds] == list(range(8, TEXTS, 100))
    manifest = json.loads((tmp_path / f"{name}.manifest.json").read_text())
    assert (manifest["read"], manifest["written"], manifest["failed"]) == (
        TEXTS, counts.written, 10,
    )  # fmt: skip
    names = {"in.jsonl", name, f"{name}.manifest.json"} | ({"errors.jsonl"} if apart else set())
    assert {path.name for path in tmp_path.iterdir()} == names
    again = tmp_path / "again" / name
    run(source, again)
    if not apart:
        assert again.read_bytes() == (tmp_path / name).read_bytes()


def test_parquet_is_read(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    ids, texts = [1, 2, None, 4], ["eins", None, "drei", "vier"]
    pq.write_table(pa.table({"id": ids, "url": ["x"] * 4, "text": texts}), tmp_path / "in.parquet")
    items = list(read_items([str(tmp_path / "in.parquet")]))
    assert [(item.id, item.text, item.line) for item in items if item.error is None] == [
        ("1", "eins", 1), ("4", "vier", 4),
    ]  # fmt: skip
    assert [(item.id, item.error.kind, item.error.line) for item in items if item.error] == [
        ("2", "missing_field", 2), (None, "missing_field", 3),
    ]  # fmt: skip
    (tmp_path / "bad.parquet").write_bytes(b"kein parquet")
    (item,) = read_items([str(tmp_path / "bad.parquet")])
    assert item.error.kind == "unreadable"


def test_remote_paths_go_through_fsspec(tmp_path, source):
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    with memory.open("/texts/a.jsonl", "wb") as file:
        file.write(source.read_bytes())
    with memory.open("/texts/b.txt", "wb") as file:
        file.write("Köchin".encode())
    paths = find_paths(["memory://texts", source.as_uri()])
    assert paths == ["memory:///texts/a.jsonl", "memory:///texts/b.txt", source.as_uri()]
    assert size(paths) == 2 * source.stat().st_size + 7
    before = os.getcwd()  # noqa: PTH109
    os.chdir(tmp_path)
    try:
        counts = extract_to(Run("memory://found/out.jsonl.gz"), Echo(), read_items(paths[:2]))
    finally:
        os.chdir(before)
    assert counts.read == TEXTS + 1
    lines = gzip.decompress(memory.cat("/found/out.jsonl.gz")).decode().splitlines()
    assert json.loads(lines[-1])["id"] == "b"
    assert json.loads(memory.cat("/found/out.jsonl.gz.manifest.json"))["read"] == TEXTS + 1
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl"}
    with pytest.raises(DataError, match="nothing of that name"):
        find_paths(["memory://texts/fehlt.jsonl"])
    with pytest.raises(DataError, match="what speaks this protocol"):
        find_paths(["gibtsnicht://x/y.jsonl"])


class EndedError(Exception):
    """A run that ends in the middle."""


def ended(items, number):
    for count, item in enumerate(items):
        if count == number:
            raise EndedError
        yield item


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_a_run_is_resumed_where_it_ended(tmp_path, source, name):
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    run(source, tmp_path / "whole" / name)
    out = tmp_path / name
    seen = []
    for number in (300, 301, 777):
        items = ended(read_items([str(source)]), number)
        with pytest.raises(EndedError) as caught:
            extract_to(Run(str(out), resume=True), Echo(), items)
        assert f"{number} texts are done" in caught.value.__notes__[0]
        assert not out.exists()
        seen.append(number)
    counts = run(source, out, resume=True)
    assert (counts.read, counts.failed) == (TEXTS, 10)
    assert content(out) == content(tmp_path / "whole" / name)
    stamp = out.stat().st_mtime_ns
    assert run(source, out, resume=True) == counts
    assert out.stat().st_mtime_ns == stamp
    assert not list(tmp_path.glob(".out*"))


def test_what_was_not_counted_is_cut_off(tmp_path, source):
    """As after a kill in the middle of writing: half a segment behind the counted bytes."""
    run(source, tmp_path / "whole.jsonl")
    with pytest.raises(EndedError):
        extract_to(Run(str(tmp_path / "out.jsonl")), Echo(), ended(read_items([str(source)]), 500))
    with (tmp_path / ".out.jsonl.part").open("ab") as file:
        file.write(b'{"id": "t50')
    run(source, tmp_path / "out.jsonl", resume=True)
    assert content(tmp_path / "out.jsonl") == content(tmp_path / "whole.jsonl")


def test_a_run_ended_while_its_files_got_their_names_is_resumed(tmp_path, source, monkeypatch):
    run(source, tmp_path / "whole.jsonl")

    def broken(*_args):
        raise EndedError

    out = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr("berufsbild.bulk._write_manifest", broken)
        patch.setattr("berufsbild.journal.Journal.leave", lambda _: 0)
        with pytest.raises(EndedError):
            run(source, out)
    assert out.exists()
    counts = run(source, out, resume=True)
    assert counts.read == TEXTS
    assert content(out) == content(tmp_path / "whole.jsonl")


def test_another_run_is_not_resumed(tmp_path, source):
    out = tmp_path / "out.jsonl"
    with pytest.raises(EndedError):
        extract_to(Run(str(out)), Echo(), ended(read_items([str(source)]), 500))
    with pytest.raises(DataError, match="settings of the interrupted run, got other targets"):
        run(source, out, resume=True, errors=str(tmp_path / "errors.jsonl"))
    changed = source.read_text().replace("wort10 ", "wort11 ")
    (tmp_path / "changed.jsonl").write_text(changed)
    with pytest.raises(DataError, match="500 texts of the interrupted run, got others"):
        run(tmp_path / "changed.jsonl", out, resume=True)
    assert run(source, out, resume=True).read == TEXTS
    with pytest.raises(DataError, match="expected --output beside it"):
        Run(resume=True).checked()


def program(source, output, errors, *options, workers="1", seconds="0.001"):
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "echo.py"), str(source), str(output), str(errors), workers, seconds, *options],
        stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path))},
    )  # fmt: skip


def wait_for(path, process):
    while not path.exists() and process.poll() is None:
        time.sleep(0.01)


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_killed_again_and_again_nothing_is_lost_or_repeated(tmp_path, source, name):
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    run(source, tmp_path / "whole" / name, errors=str(tmp_path / "whole.errors.jsonl"))
    out, errors = tmp_path / name, tmp_path / "errors.jsonl"
    draw = random.Random(name)
    kills = 0
    while not out.exists():
        with program(source, out, errors, "--resume", workers="2") as process:
            if kills < 4:
                wait_for(tmp_path / f".{name}.journal", process)
                time.sleep(draw.uniform(0.0, 0.4))
                process.kill()
                kills += 1
            else:
                assert process.wait() == 1, process.stderr.read()
    assert kills >= 2
    run(source, out, errors=str(errors), resume=True)
    assert content(out) == content(tmp_path / "whole" / name)
    assert content(errors) == content(tmp_path / "whole.errors.jsonl")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_ended_program_keeps_what_is_finished(tmp_path, source, ending, workers):
    out = tmp_path / "out.jsonl"
    with program(source, out, "-", workers=workers, seconds="0.004") as process:
        wait_for(tmp_path / ".out.jsonl.journal", process)
        time.sleep(0.3)
        begin = time.monotonic()
        process.send_signal(ending)
        code = process.wait(10)
        assert time.monotonic() - begin < 2
        told = process.stderr.read()
    assert code == (130 if ending == signal.SIGINT else 143)
    assert not out.exists()
    done = json.loads((tmp_path / ".out.jsonl.journal").read_text())["counts"]["read"]
    assert 256 < done < TEXTS
    assert f"{out}: {done} texts are done; --resume goes on behind them" in told
    assert len((tmp_path / ".out.jsonl.part").read_text().splitlines()) == done
    run(source, tmp_path / "whole.jsonl")
    run(source, out, resume=True)
    assert content(out) == content(tmp_path / "whole.jsonl")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_tells_rate_and_time_left_on_a_terminal_only():
    now = 0.0
    meter, stream = Meter(total=1000), Terminal()
    progress = Progress(stream, meter, lambda: now)
    meter.done = 200
    progress.skipped()
    for _ in range(100):
        now += 0.1
        meter.done += 2
        progress.step()
    assert progress.line() == "100 texts, 10/s, 30 s left"
    assert "\r\x1b[K" in stream.getvalue()
    assert stream.getvalue().count("/s") == pytest.approx(20, abs=4)
    silent = io.StringIO()
    Progress(silent, meter).step()
    assert silent.getvalue() == ""
    meter.total = 90_000
    assert progress.line().endswith("1 h 14 min left")
