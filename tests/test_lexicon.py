from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict

from berufsbild.errors import DataError
from berufsbild.german.inflection import thing_endings
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.lexicon.index import Index, phrase_at
from berufsbild.lexicon.reader import digest, read_table, read_toml
from berufsbild.params import Params, load_params
from berufsbild.rules import load_rule
from berufsbild.spans import Label, Tokens

TOKENIZER = make_tokenizer(Params().tokens)


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: list[str]
    size: int = 1


def test_a_table_tells_all_its_problems_at_once(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text("# Head.\na\tb\n1\t2\n1\n1\t 2\n1\t2\t3\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_table(path, ("a", "b"))
    assert caught.value.problems == [
        f"{path}:4: expected 2 cells, got 1",
        f"{path}:5: expected no blanks around cells, got '1\\t 2'",
        f"{path}:6: expected 2 cells, got 3",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a\tb\n\xff\n", ":2: expected UTF-8, got b'\\xff'"),
        ("a\tb\nu\u0308\tx\n".encode(), ":2: expected NFC"),
        (b"a\tc\n", ":1: expected columns ('a', 'b'), got ('a', 'c')"),
        (b"# nothing\n", ":1: expected columns ('a', 'b'), got an empty table"),
    ],
)
def test_a_broken_table_is_told_with_its_line(tmp_path, content, told):
    path = tmp_path / "t.tsv"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_table(path, ("a", "b"))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("words = [", ":1: expected TOML"),
        ("words = ['a']\n\ncolour = 1\n", ":3: expected a known key, got 'colour'"),
        ("words = ['a']\nsize = 'x'\n", ":2: expected a valid integer for 'size', got 'x'"),
    ],
)
def test_a_broken_toml_is_told_with_its_line(tmp_path, content, told):
    path = tmp_path / "t.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_toml(path, Model)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("label", "name", "content", "told"),
    [
        (Label.SKILL, "skills/own.tsv", "id\tname\tkind\tsurfaces\nx\tXen\tmagic\t\n", "expected one of knowledge"),
        (Label.SKILL, "skills/own.tsv", "id\tname\tkind\tsurfaces\nx\tXen\ttool\t\nx\tYen\ttool\t\n", "expected an id not in own.tsv"),
        (Label.SKILL, "skills/own.tsv", "id\tname\tkind\tsurfaces\nx\tXaverkunde\ttool\t\ny\tYen\ttool\tXaverkunde\n", "expected a surface not in own.tsv:2"),
        (Label.ROLE, "roles/occupations-own.tsv", "id\tname\tkldb\tforms\nx\tXer\t12\t\n", "expected a KldB code of 4 digits, got '12'"),
        (Label.PLACE, "places/nicknames-own.tsv", "name\tid\nXstadt\tgeonames:0\n", "expected an id of the place tables"),
    ],
)  # fmt: skip
def test_wrong_rule_data_is_refused(tmp_path, label, name, content, told):
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_rule(label, TOKENIZER.split, [tmp_path])
    assert f"{path}:" in str(caught.value)
    assert told in str(caught.value)


def test_the_digest_knows_own_words(tmp_path):
    before = digest()
    assert digest([tmp_path]) == before == digest()
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "own.tsv").write_text("x")
    assert digest([tmp_path]) != before


def found(index, text):
    tokens = Tokens(text, *TOKENIZER(text))
    hits = []
    for at, word in enumerate(tokens.words):
        hits += [entry for _, entry, _ in index.single(word)]
        hits += [
            entry for elements, entry in index.phrases(word) if phrase_at(tokens, at, elements)
        ]
    return hits


@pytest.mark.parametrize(
    ("surface", "texts"),
    [
        ("Datenbank", ["Datenbanken pflegen", "die Datenbank"]),
        (
            "Cloud-Migration",
            ["Cloud-Migration", "Cloud Migration", "Cloudmigration", "der Cloud-Migrationen"],
        ),
        ("technisches Verständnis", ["mit technischem Verständnis", "Technisches Verständnis"]),
        ("SAP", ["SAP", "das SAP"]),
        ("C++", ["C++ und mehr"]),
        ("CI/CD", ["mit CI/CD"]),
    ],
)
def test_an_index_finds_the_forms_of_a_surface(surface, texts):
    for text in texts:
        index = Index(thing_endings, TOKENIZER.split)
        index.add(surface, surface)
        assert surface in found(index, text), text


@pytest.mark.parametrize(
    ("surface", "text"),
    [("SAP", "sap"), ("Datenbank", "Datenbankier"), ("agile Methode", "agile\nMethode")],
)
def test_an_index_leaves_other_words_alone(surface, text):
    index = Index(thing_endings, TOKENIZER.split)
    index.add(surface, surface)
    assert found(index, text) == []


def test_settings_have_their_defaults_and_yaml_1_2(tmp_path):
    path = tmp_path / "params.yaml"
    path.write_text("", encoding="utf-8")
    assert load_params(path) == Params()
    path.write_text("input: no\n", encoding="utf-8")
    assert load_params(path).input == "no"
    path.write_text("input: [\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"params.yaml:\d+: expected YAML"):
        load_params(path)
    with pytest.raises(DataError, match="expected a UTF-8 file"):
        load_params(tmp_path / "missing.yaml")


def test_the_settings_of_the_project_are_the_defaults_with_a_place_for_own_words(root):
    settings = load_params(root / "params.yaml")
    assert settings == Params(lexicon=settings.lexicon)
    assert [str(path) for path in settings.lexicon] == ["corpus/lexicon"]
    assert (root / settings.lexicon[0] / "README.md").is_file()


@pytest.mark.parametrize(
    ("make", "told"), [(False, "expected a folder of own words"), (True, "got 'skils'")]
)
def test_a_folder_of_own_words_must_be_one(tmp_path, make, told):
    overlay = tmp_path / "own"
    if make:
        (overlay / "skils").mkdir(parents=True)
    with pytest.raises(DataError) as caught:
        load_rule(Label.SKILL, TOKENIZER.split, [overlay])
    assert told in str(caught.value)
