from __future__ import annotations

import json
import shutil

import pytest

from berufsbild.cli import main
from berufsbild.scoring import read_counts

GOOD, FAILED, WRONG = 0, 1, 2


@pytest.fixture
def place(tmp_path, root, extract):
    """A folder with texts, gold and records of its own, in which the gate can run."""
    texts, gold = tmp_path / "texts", tmp_path / "gold"
    shutil.copytree(root / "corpus/profiles", texts)
    shutil.copytree(root / "corpus/gold", gold)
    ids = sorted(path.stem for path in texts.glob("*.txt"))
    for id_ in ids[6:]:
        (texts / f"{id_}.txt").unlink()
        (gold / f"{id_}.ann").unlink()
    half = ", ".join(f'"{id_}"' for id_ in ids[:3]), ", ".join(f'"{id_}"' for id_ in ids[3:6])
    (tmp_path / "splits.toml").write_text(f"[splits]\ndev = [{half[0]}]\ntest = [{half[1]}]\n")
    with (tmp_path / "records.jsonl").open("w", encoding="utf-8") as file:
        for path in sorted(texts.glob("*.txt")):
            file.write(extract(path.read_bytes().decode(), id=path.stem).to_json() + "\n")
    (tmp_path / "params.yaml").write_text("score: {draws: 100}\n")
    return tmp_path


def run(place, command, *more):
    return main(
        [
            command,
            *("--texts", str(place / "texts"), "--gold", str(place / "gold")),
            *("--splits", str(place / "splits.toml"), "--predicted", str(place / "records.jsonl")),
            *("--baseline", str(place / "baseline.jsonl"), "--params", str(place / "params.yaml")),
            *more,
        ]
    )


def gate(place, *more):
    return run(place, "gate", "--floors", str(place / "floors.json"), *more)


def worsen(place, label="PLACE"):
    """Take a label's spans out of every record."""
    path = place / "records.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for record in records:
        record["spans"] = [span for span in record["spans"] if span["label"] != label]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def test_without_floors_the_gate_says_how_to_pin_them(place, capsys):
    assert gate(place) == FAILED
    assert "run 'berufsbild gate --update'" in capsys.readouterr().out


def test_a_pinned_run_passes_and_stands_in_the_baseline(place, capsys):
    assert gate(place, "--update") == GOOD
    assert gate(place) == GOOD
    assert capsys.readouterr().out.splitlines()[-1] == "gate: passed"
    pinned = json.loads((place / "floors.json").read_text())
    assert set(pinned["floors"]) == {"dev", "test"}
    assert pinned["gold"]["texts"] == 6
    assert len(read_counts((place / "baseline.jsonl").read_text())) == 6


def test_a_worse_run_fails_and_names_label_split_and_mend(place, capsys):
    gate(place, "--update")
    worsen(place)
    capsys.readouterr()
    assert gate(place) == FAILED
    told = capsys.readouterr().out
    assert "dev PLACE: expected strict F1 of" in told
    assert "test PLACE: expected strict F1 of" in told
    assert "--allow-regression" in told
    assert "ROLE" not in told


def test_updating_never_lowers_unless_that_is_allowed(place, capsys):
    gate(place, "--update")
    before = (place / "floors.json").read_text()
    worsen(place)
    assert gate(place, "--update") == FAILED
    assert "dev PLACE" in capsys.readouterr().err
    assert (place / "floors.json").read_text() == before
    assert gate(place, "--update", "--allow-regression") == GOOD
    assert json.loads((place / "floors.json").read_text())["floors"]["dev"]["PLACE"] == 0
    assert gate(place) == GOOD


def test_a_fall_within_the_tolerance_passes(place):
    gate(place, "--update")
    pinned = json.loads((place / "floors.json").read_text())
    pinned["floors"]["dev"]["ROLE"] += 0.001
    (place / "floors.json").write_text(json.dumps(pinned))
    assert gate(place) == GOOD
    pinned["floors"]["dev"]["ROLE"] += 0.01
    (place / "floors.json").write_text(json.dumps(pinned))
    assert gate(place) == FAILED


def test_another_gold_must_be_pinned_anew(place, capsys):
    gate(place, "--update")
    path = min((place / "gold").glob("*.ann"))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "\tgross T" not in line), encoding="utf-8")
    assert gate(place) == FAILED
    assert (
        "if the gold was meant to change, run 'berufsbild gate --update'" in capsys.readouterr().out
    )
    assert gate(place, "--update") == GOOD
    assert gate(place) == GOOD


def test_nothing_scored_fails(place, capsys):
    gate(place, "--update")
    shutil.rmtree(place / "gold")
    (place / "gold").mkdir()
    assert gate(place) == FAILED
    assert "expected scored texts, got none" in capsys.readouterr().out


def test_broken_floors_and_missing_records_are_told(place, capsys):
    (place / "floors.json").write_text('{"gold": 1, "colour": 2}')
    assert gate(place) == WRONG
    told = capsys.readouterr().err
    assert f"{place / 'floors.json'}: expected" in told
    assert "colour" in told
    (place / "records.jsonl").unlink()
    assert gate(place) == WRONG
    assert "run 'dvc repro'" in capsys.readouterr().err


def test_errors_are_listed_new_ones_first(place, capsys):
    gate(place, "--update")
    worsen(place)
    capsys.readouterr()
    assert run(place, "errors", "--label", "PLACE") == GOOD
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if " PLACE" in line]
    assert heads[0].startswith("NEW missed PLACE")
    new = [line.startswith("NEW") for line in heads]
    assert new == sorted(new, reverse=True)
    assert lines[-1].endswith("new since the baseline")


def test_errors_keep_the_test_split_back_unless_asked(place, capsys):
    worsen(place)
    splits = (place / "splits.toml").read_text()
    test_ids = splits.split("test = [")[1].split('"')[1::2]
    run(place, "errors")
    assert not any(id_ in capsys.readouterr().out for id_ in test_ids)
    run(place, "errors", "--split", "test", "--class", "missed")
    told = capsys.readouterr().out
    assert any(id_ in told for id_ in test_ids)
    assert "spurious" not in told


def test_errors_of_one_rule(place, capsys):
    run(place, "errors", "--rule", "role")
    heads = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("  ")]
    assert heads[:-1]
    assert all(" role." in line for line in heads[:-1])


def test_the_report_tells_what_changed(place, capsys):
    gate(place, "--update")
    worsen(place)
    capsys.readouterr()
    assert run(place, "score") == GOOD
    told = capsys.readouterr().out
    changes = told[told.index("## Since the baseline") : told.index("## Scores")]
    assert "PLACE.strict.f1" in changes
    assert "▼" in changes
    assert len(told.encode()) < 60_000


def test_records_of_other_texts_are_not_taken_for_a_regression(place, capsys):
    gate(place, "--update")
    path = place / "records.jsonl"
    path.write_text('{"id": "anders", "spans": [], "profile": null}\n')
    capsys.readouterr()
    assert gate(place) == FAILED
    assert "got only others" in capsys.readouterr().out
    assert gate(place, "--update", "--allow-regression") == FAILED
