"""The base model: a wrong package of its name is refused, the right one is a witness."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import spacy
from ruamel.yaml import YAML
from spacy.training import Example

import berufsbild
from berufsbild import base
from berufsbild.cli import FINE, SOME_FAILED, main
from berufsbild.errors import DataError
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.manifest import manifest
from berufsbild.params import Params, TokenParams, load_params
from berufsbild.rules import PACKAGES
from berufsbild.spans import Tokens
from berufsbild.stages import extract as find_spans
from berufsbild.stages import profiles, tokenise
from house import ROOT

META = {"lang": "de", "name": "core_news_md", "version": "3.8.0", "author": "Explosion"}
PINS = ROOT / "models/de_core_news_md.txt"
TRAP = "raise SystemExit('the code of the package has run')\n"
TEXT = "Essen sucht Fachkräfte.\nIn Weiden braucht man Geduld."
WITH_BASE = Params(base="de_core_news_md")


def pipeline() -> spacy.language.Language:
    """German with rules where the real model has weights, and with parts that are not needed."""
    nlp = spacy.blank("de", meta=META)
    for unused in ("tagger", "parser", "lemmatizer", "senter", "attribute_ruler"):
        nlp.add_pipe("sentencizer", name=unused)
    nlp.add_pipe("attribute_ruler", name="morphologizer").add(
        [[{"TEXT": {"IN": ["Essen", "Weiden"]}}]], {"POS": "PROPN"}
    )
    nlp.add_pipe("entity_ruler", name="ner").add_patterns(
        [
            {"label": "LOC", "pattern": "Essen"},
            {"label": "PER", "pattern": [{"LOWER": "in"}, {"TEXT": "Weiden"}]},
        ]
    )
    return nlp


def install(site: Path, meta: dict | None = META, *, made: bool = True) -> Path:
    """Lay a package into a folder as its wheel would; its code must never run."""
    package = site / base.NAME
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(TRAP)
    if meta is not None:
        (package / "meta.json").write_text(json.dumps(meta))
    if made:
        pipeline().to_disk(package / f"{base.NAME}-{base.VERSION}")
    return package


def note(site: Path, version: str, digest: str | None = None) -> None:
    """Write down what pip does of an installed package."""
    notes = site / f"{base.NAME}-{version}.dist-info"
    notes.mkdir()
    (notes / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {base.NAME}\nVersion: {version}\n"
    )
    if digest is not None:
        origin = {"url": "file:///x.whl", "archive_info": {"hashes": {"sha256": digest}}}
        (notes / "direct_url.json").write_text(json.dumps(origin))


@pytest.fixture
def site(tmp_path, monkeypatch):
    """An empty folder before all others that packages are looked for in."""
    path = tmp_path / "site"
    path.mkdir()
    monkeypatch.syspath_prepend(str(path))
    monkeypatch.setenv("PYTHONPATH", str(path))
    return path


@pytest.fixture
def no_model(monkeypatch):
    """An environment without the model, also where it is installed."""
    find, distribution = importlib.util.find_spec, metadata.distribution

    def hidden(name, *args):
        return None if name == base.NAME else find(name, *args)

    def unknown(name):
        if name == base.NAME:
            raise metadata.PackageNotFoundError(name)
        return distribution(name)

    monkeypatch.setattr(importlib.util, "find_spec", hidden)
    monkeypatch.setattr(metadata, "distribution", unknown)


@pytest.fixture
def model(site):
    return install(site)


# --- which package --------------------------------------------------------------------------------


def test_the_pins_are_the_same_in_both_places():
    pins = PINS.read_text(encoding="utf-8")
    (address, digest) = re.search(r"^(.*) \\\n +--hash=sha256:(\w+)$", pins, re.MULTILINE).groups()
    assert digest == base.SHA256
    assert address.startswith(f"{base.NAME} @ https://github.com/explosion/spacy-models/releases/")
    assert address.endswith(f"/{base.NAME}-{base.VERSION}-py3-none-any.whl")


@pytest.mark.parametrize(
    ("meta", "made", "told"),
    [
        (None, False, "expected a spaCy pipeline with a meta.json, got none"),
        (["de"], True, "expected a spaCy pipeline with a meta.json, got none"),
        (META, False, "expected a spaCy pipeline in de_core_news_md-3.8.0, got none"),
        (META | {"author": "Somebody"}, True, "expected author 'Explosion' in meta.json, got 'Somebody'"),
        (META | {"version": "999.9.9"}, True, "expected version '3.8.0' in meta.json, got '999.9.9'"),
        (META | {"lang": "nl"}, True, "expected lang 'de' in meta.json, got 'nl'"),
        (META | {"name": "core_news_sm"}, True, "expected name 'core_news_md' in meta.json, got 'core_news_sm'"),
        ({"lang": "de"}, True, "expected author 'Explosion' in meta.json, got None"),
    ],
)  # fmt: skip
def test_a_wrong_package_is_refused_and_its_code_not_run(site, meta, made, told, capsys):
    package = install(site, meta, made=made)
    with pytest.raises(DataError) as refused:
        berufsbild.load(WITH_BASE)
    assert f"{package}: {told}" in refused.value.problems
    assert refused.value.problems[-1] == "de_core_news_md: make model installs the right one"
    assert main(["doctor"]) == SOME_FAILED
    assert f"refused    {package}: {told}\n" in capsys.readouterr().out


def test_all_that_is_wrong_is_told_at_once(site):
    install(site, META | {"author": "Somebody", "version": "1.0"})
    note(site, "1.0", digest="0" * 64)
    with pytest.raises(DataError) as refused:
        base.checked()
    assert [problem.partition(": expected ")[2].split(",")[0] for problem in refused.value.problems[:-1]] == [
        "version 3.8.0 installed",
        f"the file with sha256 {base.SHA256}",
        "author 'Explosion' in meta.json",
        "version '3.8.0' in meta.json",
    ]  # fmt: skip


def test_a_module_or_an_empty_package_of_the_name_is_refused(site):
    note(site, "999.9.9")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", lambda _: None)
        with pytest.raises(DataError, match="got a package without a module"):
            base.checked()
    (site / f"{base.NAME}.py").write_text(TRAP)
    with pytest.raises(DataError, match=r"de_core_news_md.py: expected a spaCy pipeline"):
        base.checked()


def test_a_pipeline_that_cannot_be_read_is_refused(model):
    (model / f"{base.NAME}-{base.VERSION}" / "config.cfg").write_text("")
    with pytest.raises(DataError, match="expected a spaCy pipeline, got"):
        berufsbild.load(WITH_BASE)


def test_the_installed_file_must_be_the_pinned_one(model):
    note(model.parent, base.VERSION, digest=base.SHA256)
    assert base.checked() == model / "de_core_news_md-3.8.0"


def fake_wheel(folder: Path) -> Path:
    path = folder / f"{base.NAME}-{base.VERSION}-py3-none-any.whl"
    notes = f"{base.NAME}-{base.VERSION}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{base.NAME}/__init__.py", TRAP)
        wheel.writestr(
            f"{notes}/METADATA",
            f"Metadata-Version: 2.1\nName: {base.NAME}\nVersion: {base.VERSION}\n",
        )
        wheel.writestr(
            f"{notes}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{notes}/RECORD", "")
    return path  # fmt: skip


def test_pip_installs_no_other_file_by_the_pins(tmp_path):
    """The command of `make model` on another file of that name."""
    wheel = fake_wheel(tmp_path)
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    (options,) = re.findall(rf"pip install (.*) -r {PINS.relative_to(ROOT)}$", recipe, re.MULTILINE)
    assert {"--require-hashes", "--no-deps"} <= set(options.split())

    def pip(digest: str) -> subprocess.CompletedProcess[str]:
        pins = re.sub(r"https://\S+", wheel.as_uri(), PINS.read_text(encoding="utf-8"))
        (tmp_path / "pins.txt").write_text(pins.replace(base.SHA256, digest))
        return subprocess.run(
            [sys.executable, "-m", "pip", "install", *options.split(), "--no-index", "--target", str(tmp_path / "site"), "-r", str(tmp_path / "pins.txt")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    refused = pip(base.SHA256)
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert not (tmp_path / "site").exists()
    taken = pip(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert taken.returncode == 0, taken.stderr


# --- settings -------------------------------------------------------------------------------------


def test_an_unknown_base_is_refused_with_its_line(tmp_path):
    (tmp_path / "params.yaml").write_text("input: texts\nbase: de_core_news_lg\n")
    told = r"params.yaml:2: expected 'blank' or 'de_core_news_md' for 'base', got 'de_core_news_lg'"
    with pytest.raises(DataError, match=told):
        load_params(tmp_path / "params.yaml")


def test_the_default_needs_no_model(monkeypatch):
    monkeypatch.setattr(base, "checked", lambda: pytest.fail("looked for a model"))
    assert Params().base == base.BLANK
    assert base.load_base(base.BLANK) is None


@pytest.mark.usefixtures("no_model")
def test_a_missing_model_is_told_with_the_command_that_installs_it(tmp_path, capsys):
    told = "base: expected the package de_core_news_md 3.8.0, got none; make model installs the right one"
    with pytest.raises(DataError, match=re.escape(told)):
        berufsbild.load(WITH_BASE)
    (tmp_path / "params.yaml").write_text("base: de_core_news_md\n")
    assert main(["doctor", "--params", str(tmp_path / "params.yaml")]) == SOME_FAILED
    out = capsys.readouterr().out
    assert "base       de_core_news_md set, none installed\n" in out
    assert f"refused    {told}\n" in out


@pytest.mark.usefixtures("model")
def test_the_doctor_says_what_is_set_and_installed(tmp_path, capsys):
    assert main(["doctor"]) == FINE
    assert "base       blank set, de_core_news_md 3.8.0 installed\n" in capsys.readouterr().out
    (tmp_path / "params.yaml").write_text("base: de_core_news_md\n")
    assert main(["doctor", "--params", str(tmp_path / "params.yaml")]) == FINE
    out = capsys.readouterr().out
    assert "base       de_core_news_md set, de_core_news_md 3.8.0 installed\n" in out
    assert "extraction works" in out


# --- what it says ---------------------------------------------------------------------------------


def marked(witness: base.Base, text: str) -> Tokens:
    tokens = Tokens(text, *make_tokenizer(TokenParams())(text))
    witness.mark(tokens)
    return tokens


@pytest.mark.usefixtures("model")
def test_each_of_our_tokens_gets_its_tag_and_entity():
    witness = base.load_base(base.NAME)
    assert witness._nlp.pipe_names == ["morphologizer", "ner"]
    tokens = marked(witness, "Essen sucht Köch:innen \n\n ab 16,50€/Std.\nIn Weiden")
    assert [word.text for word in tokens.words] == [
        "Essen", "sucht", "Köch:innen", "ab", "16,50", "€", "/", "Std.", "In", "Weiden",
    ]  # fmt: skip
    assert tokens.tags == ["PROPN", *[""] * 8, "PROPN"]
    assert tokens.entities == ["LOC", *[""] * 7, "PER", "PER"]
    assert marked(witness, " \n").tags == []


@pytest.mark.usefixtures("model")
def test_a_long_text_is_cut_into_documents_and_loses_nothing(monkeypatch):
    monkeypatch.setattr(base, "_LONGEST", 5)
    witness = base.load_base(base.NAME)
    lines = ["Essen liegt an der Ruhr"] * 4 + ["In Weiden " * 30]
    tokens = marked(witness, "\n".join(lines))
    documents = list(base._pieces(tokens))
    assert [word for words, _ in documents for word in words if word != "\n"] == [
        word.text for word in tokens.words
    ]
    assert max(len(words) for words, _ in documents) <= 10
    assert documents[0][0] == ["Essen", "liegt", "an", "der", "Ruhr"]
    assert len(tokens.tags) == len(tokens.entities) == len(tokens) == 80
    assert tokens.entities[::5][:4] == ["LOC"] * 4
    assert set(tokens.entities[20:]) == {"PER"}


def test_words_of_a_trained_pipeline_do_not_pile_up():
    nlp = spacy.blank("de")
    nlp.add_pipe("morphologizer")
    nlp.add_pipe("ner")
    text = "Essen sucht Köche."
    gold = {
        "pos": ["PROPN", "VERB", "NOUN", "PUNCT"],
        "morphs": ["Case=Nom", "Mood=Ind", "Case=Acc", ""],
        "entities": [(0, 5, "LOC")],
    }
    examples = [Example.from_dict(nlp.make_doc(text), gold)]
    nlp.initialize(lambda: examples)
    witness = base.Base(nlp)
    known = len(nlp.vocab.strings)
    for number in range(20):
        tokens = marked(witness, f"{text} Wort{number} und Gegenwort{number}")
        assert set(tokens.tags) <= {"PROPN", "VERB", "NOUN", "PUNCT"}
        assert set(tokens.entities) <= {"LOC", ""}
    assert len(nlp.vocab.strings) == known


# --- what the rules make of it --------------------------------------------------------------------


def places(extraction: berufsbild.Extraction) -> list[str]:
    return [span.text for span in extraction.spans if span.label == "PLACE"]


NAME, NOUN, VERB = ("PROPN", "PER"), ("NOUN", ""), ("VERB", "")


@pytest.mark.parametrize(
    ("text", "word", "mark", "found"),
    [
        ("Im Betrieb führt Koch die Kasse.", "Koch", None, True),
        ("Im Betrieb führt Koch die Kasse.", "Koch", NAME, False),
        ("Im Betrieb führt Koch die Kasse.", "Koch", ("PROPN", ""), True),
        ("Im Betrieb führt Koch die Kasse.", "Koch", ("NOUN", "PER"), True),
        ("Köche von Wagner kommen gut an.", "Wagner", NAME, False),
        ("Der Schneider leitet die Abteilung.", "Schneider", NAME, True),
        ("Schneiderin leitet die Abteilung.", "Schneiderin", NAME, True),
        ("Beruf Koch in Bochum", "Koch", NAME, True),
        ("- Koch", "Koch", NAME, True),
        ("Nähen Sie gern?", "Nähen", None, True),
        ("Nähen Sie gern?", "Nähen", NOUN, True),
        ("Nähen Sie gern?", "Nähen", VERB, False),
        ("Fragen Sie Pascal, der kennt Excel.", "Pascal", None, True),
        ("Fragen Sie Pascal, der kennt Excel.", "Pascal", NAME, False),
        ("Fragen Sie Pascal, der kennt Excel.", "Pascal", ("PROPN", "MISC"), True),
        ("Fragen Sie Pascal, der kennt Excel.", "Excel", NAME, True),
    ],
)
def test_it_is_a_witness_where_roles_and_skills_are_in_doubt(extract, text, word, mark, found):
    marks = None if mark is None else {text.index(word): mark}
    spans = extract(text, marks=marks).spans
    assert (word in [span.text for span in spans]) is found


@pytest.mark.usefixtures("model")
def test_the_library_asks_it(extract):
    witness = berufsbild.load(WITH_BASE)
    assert places(extract("Er zieht nach Weiden.")) == places(witness("Er zieht nach Weiden."))
    assert places(witness(TEXT)) == ["Essen"]
    assert "Weiden" in places(extract(TEXT))
    own = {0: ("NOUN", ""), 70: ("PROPN", "LOC")}
    assert "Essen" not in places(witness(TEXT, marks=own)), "the caller's marks come first"


@pytest.mark.usefixtures("model")
def test_the_worker_processes_ask_it_too():
    witness = berufsbild.load(WITH_BASE)
    texts = [TEXT, "Beruf Koch in Essen"] * 3
    alone = list(witness.pipe(texts))
    assert list(witness.pipe(texts, workers=2, batch=2)) == alone
    assert places(alone[0]) == ["Essen"]


@pytest.mark.usefixtures("model")
def test_the_stages_give_the_records_of_the_library(tmp_path, extract):
    texts = {
        "essen": TEXT,
        "koch": "Beruf Koch in Bochum\nKo\xad\u0308che in Essen\u2028verdienen 2.400 €.",
    }
    folder = tmp_path / "texts"
    folder.mkdir()
    for id_, text in texts.items():
        (folder / f"{id_}.txt").write_text(text, encoding="utf-8", newline="")
    params, tokens = str(tmp_path / "params.yaml"), str(tmp_path / "tokens.jsonl")
    Path(params).write_text("base: de_core_news_md\n")
    tokenise.main(str(folder), params, tokens)
    first = json.loads(Path(tokens).read_text(encoding="utf-8").splitlines()[0])
    assert (first["tags"][0], first["entities"][0]) == ("PROPN", "LOC")
    spans = {package: str(tmp_path / f"{package}.jsonl") for package in PACKAGES.values()}
    for package, path in spans.items():
        find_spans.main(package, tokens, params, path)
    profiles.main(params, str(tmp_path / "records.jsonl"), tokens, *spans.values())
    witness = berufsbild.load(params)
    lines = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == [witness(text, id=id_).to_json() for id_, text in texts.items()]
    assert lines[0] != extract(TEXT, id="essen").to_json()
    written = json.loads((tmp_path / "records.jsonl.manifest.json").read_text())
    assert written["base"] == "de_core_news_md 3.8.0"
    assert manifest(Params(), {})["base"] == "blank"


# --- the workflow and the real one ----------------------------------------------------------------


def test_the_workflow_turns_the_setting_that_stands_in_params_yaml():
    workflow = YAML(typ="safe").load((ROOT / ".github/workflows/ci.yml").read_text())
    scripts = "\n".join(step.get("run", "") for step in workflow["jobs"]["model"]["steps"])
    (before, after) = re.search(r"s/\^([^$]+)\$/([^/]+)/", scripts).groups()
    settings = (ROOT / "params.yaml").read_text(encoding="utf-8")
    assert settings.count(f"\n{before}\n") == 1
    assert Params.model_validate(YAML(typ="safe").load(after)).base == base.NAME


@pytest.mark.model
def test_the_real_model_speaks_of_places_persons_and_verbs():
    witness = base.load_base(base.NAME)
    tokens = marked(witness, "Angela Merkel wohnt in Berlin und arbeitet in Hamburg.")
    assert set(witness._nlp.pipe_names) == {"tok2vec", "morphologizer", "ner"}
    assert tokens.entities[:2] == ["PER", "PER"]
    assert [tokens.entities[at] for at in (4, 8)] == ["LOC", "LOC"]
    assert [tokens.tags[at] for at in (2, 4)] == ["VERB", "PROPN"]
