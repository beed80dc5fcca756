from __future__ import annotations

import gzip
import io
import json
import sys

import pytest
from rich.console import Console

from berufsbild.cli import FINE, SOME_FAILED, WRONG_CALL, main
from berufsbild.extractor import load
from berufsbild.inputs import Item
from berufsbild.view import show

GOOD = {"id": "gut", "text": "In Bochum verdient ein Koch 2.400 €."}


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run(tmp_path, *paths):
    out = tmp_path / "out.jsonl"
    code = main(["extract", *map(str, paths), "-o", str(out)])
    return code, records(out)


def test_a_folder_becomes_records_with_a_manifest(tmp_path):
    (tmp_path / "a.txt").write_text("Beruf Koch in Bochum", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Beruf Köchin in Köln", encoding="utf-8")
    code, found = run(tmp_path, tmp_path)
    assert code == FINE
    assert [record["id"] for record in found] == ["a", "b"]
    assert found[1]["profile"]["place"]["name"] == "Köln"
    manifest = json.loads((tmp_path / "out.jsonl.manifest.json").read_text())
    assert (manifest["written"], manifest["failed"]) == (2, 0)
    assert set(manifest) >= {"berufsbild", "schema", "lexicon", "params"}


def test_bad_lines_become_error_records_and_the_rest_comes_through(tmp_path):
    lines = [
        json.dumps(GOOD),
        "{no json",
        json.dumps({"text": "ohne id"}),
        json.dumps({"id": "ohne-text"}),
        json.dumps(GOOD),
        '{"id": "surrogat", "text": "\\ud800"}',
        '["keine", "map"]',
        json.dumps({"id": "leer", "text": ""}),
        json.dumps({"id": "null", "text": "a\x00b"}),
        json.dumps({"id": "blank", "text": " \n "}),
        json.dumps({"id": "gleich", "text": "=" * 8000}),
        "",
        json.dumps({"id": "letzter", "text": "Beruf Koch in Essen"}, ensure_ascii=False),
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    code, found = run(tmp_path, path)
    assert code == SOME_FAILED
    assert len(found) == 12
    errors = [
        (record["error"]["kind"], record["error"]["source"]["line"])
        for record in found
        if "error" in record
    ]
    assert errors == [
        ("json", 2),
        ("missing_field", 3),
        ("missing_field", 4),
        ("duplicate_id", 5),
        ("surrogate", 6),
        ("json", 7),
    ]
    assert all(
        record["error"]["source"]["path"] == str(path) for record in found if "error" in record
    )
    assert [record["id"] for record in found if "error" not in record] == [
        "gut",
        "leer",
        "null",
        "blank",
        "gleich",
        "letzter",
    ]
    assert found[-1]["profile"]["place"]["name"] == "Essen"


def test_bad_files_become_error_records(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Beruf Koch\nin K\xf6ln")
    (tmp_path / "b.txt").write_text("Beruf Koch in Bochum", encoding="utf-8")
    (tmp_path / "c.jsonl").write_bytes(
        b'{"id": "x", "text": "K\xf6ln"}\n' + json.dumps(GOOD).encode()
    )
    (tmp_path / "d.jsonl.gz").write_bytes(b"kein gzip")
    code, found = run(tmp_path, tmp_path)
    assert code == SOME_FAILED
    kinds = [record.get("error", {}).get("kind") for record in found]
    assert kinds == ["encoding", None, "encoding", None, "unreadable"]
    assert found[0]["error"]["source"] == {"path": str(tmp_path / "a.txt"), "line": 2}
    assert found[0]["id"] == "a"


def test_gzip_and_standard_input_are_read(tmp_path, monkeypatch, capsys):
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(GOOD).encode()))
    code, found = run(tmp_path, path)
    assert (code, found[0]["id"]) == (FINE, "gut")
    capsys.readouterr()
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(GOOD).encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    assert main(["extract", "-"]) == FINE
    sys.stdout.seek(0)
    assert json.loads(sys.stdout.read())["id"] == "gut"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "fehlt.txt"], "fehlt.txt: expected a file or folder"),
        (["extract", "."], "expected a folder with .txt"),
        (["extract", "x.pdf"], "x.pdf: expected"),
    ],
)
def test_a_wrong_call_is_told(tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.pdf").write_bytes(b"")
    assert main(arguments) == WRONG_CALL
    assert message in capsys.readouterr().err


def test_unknown_settings_are_refused_with_their_line(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Koch", encoding="utf-8")
    params = tmp_path / "params.yaml"
    params.write_text(
        "input: x\ntokens:\n  cache: 5\n  farbe: rot\nscore:\n  draws: no\n", encoding="utf-8"
    )
    assert main(["extract", str(tmp_path / "a.txt"), "--params", str(params)]) == WRONG_CALL
    told = capsys.readouterr().err
    assert f"{params}:4: expected a known key, got 'tokens.farbe'" in told
    assert f"{params}:6: expected" in told


def test_nothing_is_left_half_written(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Koch", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    out.write_text("alt", encoding="utf-8")

    def broken(*_args, **_kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("berufsbild.extractor.Extractor.extract", broken)
    with pytest.raises(RuntimeError):
        main(["extract", str(tmp_path / "a.txt"), "-o", str(out)])
    assert out.read_text(encoding="utf-8") == "alt"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out.jsonl"]


def test_the_view_shows_text_and_profile():
    console = Console(file=io.StringIO(), force_terminal=True, width=80, color_system="truecolor")
    text = "Beruf Koch in Bochum\nKöche verdienen ab 2.400 € brutto im Monat und brauchen Geduld."
    assert show(load(), [Item("koch", text)], console) == 0
    shown = console.file.getvalue()
    for part in ("Bochum", "from 2400 EUR/month", "gross", "Geduld", "Koch (KldB 2930)", "\x1b["):
        assert part in shown


def test_schema_doctor_and_version_answer(capsys):
    assert main(["schema"]) == FINE
    assert json.loads(capsys.readouterr().out)["title"] == "Berufsbild record"
    assert main(["doctor"]) == FINE
    assert "extraction works" in capsys.readouterr().out
    assert main(["version"]) == FINE
    assert capsys.readouterr().out.strip()


def test_the_corpus_is_sound(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    assert main(["corpus", "check"]) == FINE
    assert "0 problems" in capsys.readouterr().err


def test_scoring_gold_against_itself_is_perfect(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    assert main(["score", "--predicted", "corpus/gold", "--json"]) == FINE
    scores = json.loads(capsys.readouterr().out)["scores"]["all"]["micro"]["strict"]
    assert (scores["f1"], scores["spurious"], scores["missed"]) == (1.0, 0, 0)
