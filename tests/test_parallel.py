"""Worker processes: order kept, nothing lost, whatever a text does to its process."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from berufsbild.errors import InputError
from berufsbild.extraction import Extraction, Failure
from berufsbild.parallel import AHEAD, stream
from berufsbild.process import StartError
from berufsbild.records import dumps
from echo import Echo


def piped(texts, **settings):
    return list(Echo().pipe(texts, on_error="record", **{"workers": 2, "batch": 8, **settings}))


def kinds(results):
    return {result.id: result.error.kind for result in results if isinstance(result, Failure)}


def children():
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )  # fmt: skip
    mine = []
    for pid in listed.stdout.split():
        try:
            with open(f"/proc/{pid}/cmdline") as file:  # noqa: PTH123
                if "berufsbild.worker" in file.read():
                    mine.append(int(pid))
        except OSError:
            continue
    return mine


def test_results_are_those_of_one_process_in_order():
    texts = [f"wort{number} und mehr" for number in range(100)]
    assert piped(texts) == list(Echo().pipe(texts))
    assert children() == []


def test_lines_are_made_in_the_worker():
    items = [(str(number), f"wort{number}", number) for number in range(20)]
    found = list(stream(Echo(), items, workers=2, batch=3, render=dumps))
    assert found == list(stream(Echo(), items, workers=1, batch=3, render=dumps))
    assert [context for context, _ in found] == list(range(20))
    assert all(isinstance(line, str) for _, line in found)


def test_a_worker_killed_once_costs_a_retry_only(tmp_path):
    texts = [f"wort{number}" for number in range(40)]
    texts[13] = f"once {tmp_path / 'a'}"
    results = piped(texts)
    assert len(results) == 40
    assert kinds(results) == {}


def test_workers_killed_from_outside_lose_nothing():
    done = threading.Event()

    def kill():
        while not done.wait(0.4):
            for pid in children()[:1]:
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        results = list(Echo(0.01).pipe((f"wort{n}" for n in range(150)), workers=2, batch=4))
    finally:
        done.set()
        killer.join()
    assert [result.id for result in results] == [str(number) for number in range(150)]
    assert all(isinstance(result, Extraction) for result in results)


def test_a_poison_text_is_found_and_the_others_come_through():
    texts = [f"wort{number}" for number in range(24)]
    texts[5] = "die"
    texts[6] = "crash kaputt"
    texts[20] = None
    results = piped(texts)
    assert kinds(results) == {"5": "worker_died", "6": "internal", "20": "type"}
    assert "ValueError: kaputt" in results[6].error.message
    assert [result.id for result in results] == [str(number) for number in range(24)]
    with pytest.raises(InputError, match="died on this text twice"):
        list(Echo().pipe(["die"], workers=2))


def test_a_text_that_takes_too_long_is_left_out():
    texts = [f"wort{number}" for number in range(12)]
    texts[3] = "sleep 60"
    begin = time.monotonic()
    results = piped(texts, workers=1, seconds_per_text=0.8)
    assert kinds(results) == {"3": "too_slow"}
    assert len(results) == 12
    assert time.monotonic() - begin < 15


def test_the_limit_is_one_of_each_text_not_of_the_batch():
    results = piped(["sleep 0.3"] * 8, workers=1, seconds_per_text=1.0)
    assert kinds(results) == {}


def test_a_slow_consumer_does_not_fill_memory():
    drawn = itertools.count()
    read = 0

    def endless():
        nonlocal read
        for number in drawn:
            read = number + 1
            yield f"wort{number}"

    results = Echo().pipe(endless(), workers=2, batch=4)
    for _ in range(6):
        next(results)
    time.sleep(0.5)
    assert read <= (2 + AHEAD + 2) * 4
    results.close()
    assert children() == []


def test_an_error_of_the_source_comes_behind_the_last_result():
    def broken():
        yield from (f"wort{number}" for number in range(10))
        raise OSError("the disk is gone")

    results = Echo().pipe(broken(), workers=2, batch=4)
    assert [next(results).id for _ in range(10)] == [str(number) for number in range(10)]
    with pytest.raises(OSError, match="the disk is gone"):
        next(results)


def test_workers_that_cannot_start_are_told(monkeypatch):
    monkeypatch.setattr("berufsbild.process._BOOT", "raise SystemExit(3)")
    with pytest.raises(StartError, match="three that died"):
        list(Echo().pipe(["wort"], workers=2))


def test_a_script_needs_no_guard_and_its_workers_end_with_it(tmp_path):
    """A worker never runs the script again; kill -9 of the parent ends the workers too."""
    script = tmp_path / "script.py"
    script.write_text(
        "import itertools, sys\n"
        "from echo import Echo\n"
        "texts = ('wort' for _ in itertools.count())\n"
        "for number, _ in enumerate(Echo(0.01).pipe(texts, workers=2, batch=4)):\n"
        "    if number == 20:\n"
        "        print('going', flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path))},
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "going\n"
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
        )  # fmt: skip
        workers = [int(pid) for pid in listed.stdout.split()]
        assert len(workers) == 2
        process.kill()
    limit = time.monotonic() + 5
    while any(os.path.exists(f"/proc/{pid}/cmdline") and alive(pid) for pid in workers):  # noqa: PTH110
        assert time.monotonic() < limit, "workers outlive their parent"
        time.sleep(0.05)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().split()[2] != "Z"
    except OSError:
        return False
