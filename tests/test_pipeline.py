"""The stages, the library and the assembled spaCy pipeline give the same records."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import berufsbild
from berufsbild.rules import PACKAGES
from berufsbild.stages import assemble, extract, profiles, score, tokenise

PARAMS = "input: texts\nscore:\n  draws: 100\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory, root):
    """A folder in which every stage has run once, with a text that fails."""
    folder = tmp_path_factory.mktemp("built")
    texts = folder / "texts"
    shutil.copytree(root / "corpus/profiles", texts)
    (texts / "zz-kaputt.txt").write_bytes(b"K\xf6ln")
    (folder / "params.yaml").write_text(PARAMS)
    params, tokens = str(folder / "params.yaml"), str(folder / "tokens.jsonl")
    tokenise.main(str(texts), params, tokens)
    spans = {package: str(folder / f"{package}.jsonl") for package in PACKAGES.values()}
    for package, path in spans.items():
        extract.main(package, tokens, params, path)
    profiles.main(params, str(folder / "records.jsonl"), tokens, *spans.values())
    assemble.main(params, str(root / "LICENSE"), str(folder / "model"))
    return folder


def test_the_stages_give_the_records_of_the_library(built, root, extract):
    lines = (built / "records.jsonl").read_text(encoding="utf-8").splitlines()
    paths = sorted((root / "corpus/profiles").glob("*.txt"))
    assert len(lines) == len(paths) + 1
    for line, path in zip(lines, paths, strict=False):
        assert line == extract(path.read_bytes().decode(), id=path.stem).to_json()
    assert json.loads(lines[-1])["error"]["kind"] == "encoding"
    manifest = json.loads((built / "records.jsonl.manifest.json").read_text())
    assert (manifest["written"], manifest["failed"]) == (len(lines), 1)


def test_the_assembled_pipeline_gives_them_too(built, profiles):
    """In a fresh process that imports nothing of ours by name."""
    code = (
        "import json, sys, spacy\n"
        "nlp = spacy.load(sys.argv[1])\n"
        "for line in sys.stdin:\n"
        "    item = json.loads(line)\n"
        "    doc = nlp.make_doc(item['text'])\n"
        "    doc.user_data['id'] = item['id']\n"
        "    doc = nlp(doc)\n"
        "    print(doc._.extraction.to_json())\n"
    )
    items = "".join(json.dumps({"id": id_, "text": text}) + "\n" for id_, text in profiles.items())
    done = subprocess.run(
        [sys.executable, "-c", code, str(built / "model")],
        input=items, capture_output=True, text=True, check=True, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    expected = (built / "records.jsonl").read_text(encoding="utf-8").splitlines()[:-1]
    assert done.stdout.splitlines() == expected


def test_the_score_stage_writes_the_reports(built, root, capsys):
    def reports(name):
        score.main(
            str(built / "params.yaml"), str(built / "texts"), str(root / "corpus/gold"),
            str(root / "corpus/splits.toml"), str(root / "reports/baseline.jsonl"),
            str(built / "records.jsonl"), str(built / name),
        )  # fmt: skip
        return {
            path.relative_to(built / name).as_posix(): path.read_bytes()
            for path in sorted((built / name).rglob("*"))
            if path.is_file()
        }

    first = reports("one")
    assert {"metrics.json", "evaluation.md", "plots/f1_by_label.csv"} <= set(first)
    assert reports("two") == first
    assert json.loads(first["metrics.json"])["texts"] == len(
        list((root / "corpus/gold").glob("*.ann"))
    )
    assert "written" in capsys.readouterr().out


def test_own_texts_without_gold_score_nothing(built, tmp_path, root):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "eigener.txt").write_text("Beruf Koch in Bochum", encoding="utf-8")
    score.main(
        str(built / "params.yaml"), str(texts), str(root / "corpus/gold"),
        str(root / "corpus/splits.toml"), str(root / "reports/baseline.jsonl"),
        str(built / "records.jsonl"), str(tmp_path / "reports"),
    )  # fmt: skip
    assert (tmp_path / "reports/evaluation.md").read_text().startswith("Nothing to score")
    assert json.loads((tmp_path / "reports/metrics.json").read_text())["texts"] == 0


def test_the_wheel_works_away_from_the_source(tmp_path, root):
    """Built, unpacked into an empty environment, and used from another folder."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(root)],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("berufsbild-*.whl")
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    site = next((home / "lib").glob("python*/site-packages"))
    ours = Path(berufsbild.__file__).parent.parent
    # The dependencies come from this environment, our package from the wheel alone.
    outside = [
        path for path in map(Path, sys.path) if path.name == "site-packages" and path != ours
    ]
    (site / "dependencies.pth").write_text("\n".join(map(str, outside)) + "\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    code = (
        "import berufsbild, json\n"
        "print(berufsbild.__file__)\n"
        "result = berufsbild.load()('Beruf Koch in Bochum\\nMan verdient 2.400 bis 2.900 € und braucht Geduld.')\n"
        "print([span.text for span in result.spans])\n"
    )
    done = subprocess.run(
        [str(python), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
    )  # fmt: skip
    where, spans = done.stdout.splitlines()
    assert where.startswith(str(site))
    assert spans == "['Koch', 'Bochum', '2.400 bis 2.900 €', 'Geduld']"
