"""The benchmark measures what it says it measures: every measure on a few texts."""

from __future__ import annotations

import json
import shutil
import statistics
import time

import bench
import bench_lexicon
import bench_start
import bench_workers
import clock
import composed
import measures
import pytest
import report
from bench_extract import Pass, Sizes, passes
from bench_length import SHAPES, Growth
from bench_memory import Memory, slope, stream
from bench_start import Start
from bench_workers import Workers
from composed import WORD, Composer, NewWords, novelty, whole_texts
from systems import BARE, FULL, LIMIT, STEPS, in_steps

import berufsbild
from berufsbild.spans import Label

ROUNDS = Sizes(stream=12, new=4, block=4, rounds=2, real_rounds=2, steps_stream=8)


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch, root):
    monkeypatch.chdir(root)


@pytest.fixture(scope="module")
def source(root):
    return whole_texts(root / "corpus/profiles")


@pytest.fixture
def some(tmp_path):
    for name in ("baker", "cook"):
        (tmp_path / f"{name}.txt").write_text(
            "Beruf Koch in Bochum\n\nEin Koch verdient 2.500 Euro im Monat. Gefragt ist Sorgfalt.",
            encoding="utf-8",
        )
    return tmp_path


def test_a_stream_is_new_in_every_text_and_the_same_in_every_run(source):
    texts = list(Composer(source).stream(300))
    assert len(set(texts)) == 300
    assert texts == list(Composer(source).stream(300))
    sentences = set(Composer(source)._sentences)
    for text in texts[:50]:
        _, *paragraphs = text.split("\n\n")
        assert len(paragraphs) == 4
        assert not any("\n" in paragraph for paragraph in paragraphs)
        assert paragraphs[0] not in sentences


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_the_share_of_new_words_is_the_one_claimed(source, share):
    known: set[str] = set()
    novelty(source, known)
    texts = list(Composer(source).stream(200))
    assert novelty(texts, set(known)) == 0
    new = NewWords(share=share)
    shares = [novelty([new.renewed(text)], known) for text in texts]
    assert statistics.mean(shares) == pytest.approx(share, abs=0.005)
    assert max(shares) - min(shares) < 0.05


def test_no_made_up_stem_comes_twice():
    new = NewWords()
    assert len({new.stem() for _ in range(200_000)}) == 200_000


@pytest.mark.parametrize("old", ["Bäckerinnen", "Leitung", "kleineren", "Brot", "und"])
def test_a_new_word_keeps_case_and_ending(old):
    word = NewWords().word(old)
    assert word != old
    assert WORD.fullmatch(word)
    assert word[0].isupper() == old[0].isupper()
    assert word.endswith(tuple(end for end in composed._ENDINGS if old.endswith(end) and end) or "")


def test_new_words_stand_where_old_ones_stood(source):
    text = Composer(source).text()
    assert WORD.sub("", NewWords().renewed(text)) == WORD.sub("", text)


def test_of_the_texts_with_new_words_none_comes_twice(root):
    found = list(passes("new", root / "corpus/profiles", ROUNDS))
    assert [phase for phase, _ in found] == ["cold", "warm", "warm"]
    texts = [text for _, lots in found for lot in lots for text in lot]
    assert len(texts) == len(set(texts)) == 12


def test_the_real_texts_are_whole_and_others_may_be_named(root, some):
    (_, cold), *warm = passes("real", root / "corpus/profiles", ROUNDS)
    assert cold == [whole_texts(root / "corpus/profiles")]
    assert [lots for _, lots in warm] == [cold, cold]
    assert next(passes("real", some, ROUNDS))[1] == [whole_texts(some)]


def test_the_steps_are_those_of_the_extractor(extract, profiles):
    for text in list(profiles.values())[:5]:
        steps = dict(in_steps(extract, text))
        assert tuple(steps) == STEPS
        assert steps["JSON"] == extract(text).to_json()


def test_runs_take_turns():
    calls: list[str] = []
    runs = {name: lambda texts, name=name: calls.append(name + texts[0]) for name in "ab"}
    times = clock.in_turns(runs, [["1"], ["2"], ["3"]])
    assert calls == ["a1", "b1", "b2", "a2", "a3", "b3"]
    assert all(len(one) == 3 for one in times.values())


def test_ratios_are_medians_of_blocks_and_ratios_of_sums():
    times = {"base": [2.0, 2.0, 20.0], "other": [1.0, 2.0, 5.0]}
    assert clock.ratio(times, "base", "other") == 2
    assert clock.total_ratio(times, "base", "other") == 3
    one = Pass(6, 600, {BARE: [2.0, 2.0, 20.0], FULL: [1.0, 2.0, 5.0]})
    assert (one.ratio(FULL, phase="warm"), one.ratio(FULL, phase="cold")) == (2, 3)
    assert one.rate(FULL) == 0.75


def test_a_fresh_process_has_imported_nothing():
    assert json.loads(clock.fresh(json.dumps, {"pid": 1})) == {"pid": 1}
    import os

    assert clock.fresh(os.getpid) != os.getpid()


def test_memory_is_looked_at_while_the_stream_runs():
    found = stream(40)
    assert len(found.over_time) == 40
    assert found.over_time[-1][0] == 40
    assert 20 < found.start <= found.peak < 2_000
    assert slope([(at, 100 + at / 1_000) for at in range(10)]) == pytest.approx(100)


def test_every_way_to_call_gives_the_records(extract, source):
    texts = list(Composer(source).stream(3))
    expected = [extract(text, id=str(number)).to_json() for number, text in enumerate(texts)]
    for way in bench_workers.WAYS.values():
        assert list(way(extract, texts, 1)) == expected


@pytest.fixture
def found(monkeypatch, some):
    """Every measure at its smallest, in this process."""

    def here(function, *args):
        return function(*args)

    for module in (measures, bench_workers, bench_lexicon):
        monkeypatch.setattr(module, "fresh", here)
    monkeypatch.setattr(bench_lexicon, "TIMES", 1)
    monkeypatch.setattr(bench_start, "_run", lambda command: time.sleep(len(command) / 1_000))
    monkeypatch.setattr(bench_workers, "WAYS", {"pipe": bench_workers.by_pipe})
    plan = measures.Plan(
        texts=some, sizes=ROUNDS, workers=40, workers_rounds=1, starts=1, memory=20,
        longest=2_000, lexicon=4, lexicon_rounds=1, labels=(Label.ROLE,),
    )  # fmt: skip
    return measures.take(plan)


def test_every_measure_runs_and_the_report_has_every_row(found):
    text = report.benchmark(found)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    first = [row[0] for row in rows]
    for name in (*STEPS, *Label, *SHAPES, "prose", "pipe", bench_lexicon.ALL):
        assert name in first, name
    for title in ("real texts repeated", "stream of composed texts", "30 % never-seen words"):
        for phase in ("cold", "warm"):
            assert [row[1] for row in rows if row[0] == f"{title}, {phase}" and len(row) == 8] == [
                BARE,
                LIMIT,
                FULL,
            ]
    assert len(found.speed["new"]["warm"].times[FULL]) == 2
    assert found.speed["stream"]["cold"].texts == found.speed["stream"]["warm"].texts == 12
    assert found.speed["real"]["cold"].tokens > 30
    assert all(one.entries > 1_000 for one in found.lexicons.values())
    assert found.start.extract > found.start.spacy > 0
    assert len(report.summary(found).splitlines()) == len(measures.aims(found)) == 9
    assert not any(word in text for word in ("nan", "inf ", str(found.machine) + "@"))


def given(ratio=10.0, workers=2.0, beyond=0.5, peak=300.0, tenfold=1.1, prose=1.0, shape=1.0):
    """Figures that meet every aim but those that the caller spoils."""
    one = {
        phase: Pass(1, 1, {BARE: [ratio], LIMIT: [1.0], FULL: [1.0]}) for phase in ("cold", "warm")
    }
    return measures.Found(
        measures.machine(), dict.fromkeys(("real", "stream", "new"), one), {}, {},
        {"pipe": Workers(workers, 1.0, (1.0, 2.0))}, Start(1.0, 0.5, beyond),
        Memory(10, 90.0, peak, 0.0, 1.0, []), {"prose": Growth((10, 80), (1.0, prose)), "dots": Growth((10, 40), (1.0, shape))},
        {bench_lexicon.ALL: bench_lexicon.Tenfold(9, 1.0, tenfold, (1.0, 1.0))},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("spoiled", "missed"),
    [
        ({}, []),
        ({"ratio": 3.0}, [0]),
        ({"ratio": 1.5}, [0, 1]),
        ({"ratio": 0.9}, [0, 1, 2]),
        ({"workers": 1.4}, [3]),
        ({"beyond": 1.1}, [4]),
        ({"peak": 401.0}, [5]),
        ({"tenfold": 1.3}, [6]),
        ({"prose": 1.3}, [7]),
        ({"shape": 2.1}, [8]),
    ],
)
def test_an_aim_is_met_or_not_by_its_figure(spoiled, missed):
    held = measures.aims(given(**spoiled))
    assert [at for at, aim in enumerate(held) if not aim.met] == missed


def test_made_up_words_are_lexicon_entries(tmp_path, monkeypatch):
    monkeypatch.setattr(bench_lexicon, "TIMES", 1)
    number = bench_lexicon.overlay(Label.ROLE, tmp_path)
    lines = (tmp_path / "roles/occupations-made-up.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == number + 1
    name = lines[1].split("\t")[1]
    extract = berufsbild.load(lexicon=[tmp_path])
    spans = extract(f"Gesucht wird ein {name} für die Werkstatt.").spans
    assert (Label.ROLE, name) in [(span.label, span.text) for span in spans]


def test_the_command_writes_the_report_and_prints_the_aims(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(bench, "take", lambda plan: plan.texts and given())
    monkeypatch.setattr(bench, "benchmark", lambda _: "# Benchmark\n")
    bench.main(["--output", str(tmp_path / "benchmark.md"), "--quick"])
    assert (tmp_path / "benchmark.md").read_text() == "# Benchmark\n"
    assert capsys.readouterr().out.count("met") == 9
    shutil.rmtree(tmp_path)
