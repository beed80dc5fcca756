from __future__ import annotations

import re
import tomllib

import pytest
from ruamel.yaml import YAML

import berufsbild
from berufsbild.lexicon.reader import ROOT as LEXICON
from berufsbild.rules import PACKAGES
from berufsbild.spans import Label
from house import PACKAGE, ROOT, closure, imports, module_file, modules

# Layers from the top down: a module may import its own layer's package and what stands below.
LAYERS = [
    ["cli", "annotation", "measure", "stages"],
    ["components", "scorer", "bulk", "view", "doctor"],
    ["journal"],
    ["drafts", "spark"],
    ["arrow"],
    ["parallel", "extractor"],
    ["process"],
    ["worker"],
    ["manifest"],
    ["records"],
    ["profile"],
    ["about"],
    ["rules"],
    ["layout"],
    ["lexicon.index"],
    ["lexicon"],
    ["german"],
    ["base", "progress", "inputs", "params", "outputs"],
    ["extraction"],
    ["spans"],
    ["values", "errors", "housekeeping"],
]
BESIDE = {
    "corpus": {"corpus", "spans", "values", "errors", "german"},
    "scoring": {"scoring", "corpus", "spans", "values", "errors", "params", "german"},
    "pages": {"pages", "scoring", "corpus", "extraction", "spans", "values", "errors"},
}
# Imports inside functions that point up on purpose: the records of an extraction, the pool of
# an extractor, the shared settings.
KNOWN = {("extraction", "records"), ("extractor", "parallel"), ("parallel", "extraction")}


def layer(name: str) -> int | None:
    best = None
    for number, names in enumerate(LAYERS):
        for one in names:
            if (name == one or name.startswith(one + ".")) and (best is None or len(one) > best[1]):
                best = (number, len(one))
    return None if best is None else best[0]


@pytest.mark.parametrize("name", [name for name in modules() if name])
def test_arrows_point_down(name):
    beside = name.split(".")[0]
    for target in imports(modules()[name]):
        other = target.removeprefix("berufsbild").removeprefix(".")
        if not other or (name, other) in KNOWN:
            continue
        if beside in BESIDE:
            assert other.split(".")[0] in BESIDE[beside], f"{name} imports {other}"
            continue
        if other.split(".")[0] in BESIDE:
            assert layer(name) == 0, f"{name} imports {other}"
            continue
        same_package = other.split(".")[0] == beside and beside != "lexicon"
        assert (
            same_package
            or layer(other) > layer(name)
            or layer(other) == layer(name) != layer("rules")
        ), f"{name} imports {other}"


def test_sibling_rules_never_import_each_other():
    for package in PACKAGES.values():
        others = {f"berufsbild.rules.{other}" for other in PACKAGES.values()} - {
            f"berufsbild.rules.{package}"
        }
        for name, path in modules().items():
            if name.startswith(f"rules.{package}"):
                assert not {target for target in imports(path) if target.startswith(tuple(others))}


def test_every_label_has_its_rule_its_data_and_its_cases():
    assert set(PACKAGES) == set(Label)
    for package in PACKAGES.values():
        assert module_file(f"berufsbild.rules.{package}"), f"rules/{package} is missing"
        assert any((LEXICON / package).iterdir()), f"lexicon/{package} is empty"
        assert (ROOT / "tests/cases" / f"{package}.toml").is_file(), f"no cases for {package}"
    assert sorted(stages()["extract"]["foreach"]) == sorted(PACKAGES.values())


def stages() -> dict:
    return YAML(typ="safe").load((ROOT / "dvc.yaml").read_text())["stages"]


def covered(path, deps) -> bool:
    relative = path.relative_to(ROOT).as_posix()
    return any(relative == dep or relative.startswith(dep + "/") for dep in deps)


@pytest.mark.parametrize("name", ["check", "tokenise", "profiles", "assemble", "score"])
def test_deps_of_a_stage_cover_what_it_imports(name):
    files = closure(f"berufsbild.stages.{name}")
    if name == "assemble":  # spaCy's entry point; the rules are loaded with the first text only
        files = files | {PACKAGE / "components.py"}
    missing = [path for path in files if not covered(path, stages()[name]["deps"])]
    assert not missing


@pytest.mark.parametrize("package", sorted(PACKAGES.values()))
def test_deps_of_extract_cover_its_rule_and_its_data(package):
    deps = [dep.replace("${item}", package) for dep in stages()["extract"]["do"]["deps"]]
    files = closure("berufsbild.stages.extract", f"berufsbild.rules.{package}")
    files |= set((LEXICON / package).iterdir()) | set((LEXICON / "layout").iterdir())
    assert not [path for path in files if not covered(path, deps)]
    for other in set(PACKAGES.values()) - {package}:
        assert not covered(LEXICON / other / "x.tsv", deps), f"{package} depends on {other}"


@pytest.mark.parametrize("name", ["check", "tokenise", "extract", "profiles", "assemble", "score"])
def test_every_stage_says_what_it_does(name):
    stage = stages()[name]
    assert stage.get("do", stage)["desc"].endswith(".")


def test_paths_stand_in_dvc_yaml_only():
    for path in (PACKAGE / "stages").glob("*.py"):
        assert not re.search(r'"(?:corpus|reports|models)/', path.read_text()), path


def test_public_names_are_there_and_sorted():
    assert sorted(berufsbild.__all__) == berufsbild.__all__
    for name in berufsbild.__all__:
        assert getattr(berufsbild, name) is not None
    assert set(berufsbild.__all__) <= set(dir(berufsbild))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = berufsbild.nothing


def test_rule_data_says_what_it_is_and_holds_something():
    for path in sorted(LEXICON.rglob("*")):
        if path.suffix not in {".tsv", ".toml"}:
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        assert lines[0].startswith("# "), f"{path.name}: no head"
        assert any(line and not line.startswith("#") for line in lines), f"{path.name}: empty"


def test_no_assert_and_no_print_in_the_library():
    for name, path in modules().items():
        source = path.read_text()
        assert not re.search(r"^\s*assert ", source, re.MULTILINE), name
        if name not in {"cli", "annotation", "measure"} and not name.startswith("stages"):
            assert not re.search(r"^\s*print\(", source, re.MULTILINE), name


def test_the_lock_has_hashes_and_no_index():
    lock = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|--index|file:|find-links", lock)
    names = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    assert {"hatchling", "editables", "spacy", "dvc"} <= names
    assert "de-core-news-md" not in names
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[<>=]", one)[0].replace(".", "-") for one in project["dependencies"]}
    assert wanted <= names
