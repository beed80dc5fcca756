"""The documentation says what is true: every block runs, every field and path is there."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from berufsbild.cli import _parser
from berufsbild.records import schema
from house import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
LABELS = {
    "euro-range": "EURO_RANGE",
    "role": "ROLE",
    "place": "PLACE",
    "skill": "SKILL",
}
RUN = {"python", "text", "console", "example"}
CHECKED = {"sh", "yaml", "toml", "json", "{toctree}"}
MADE = ("corpus/derived/", "docs/_build/", "models/de_berufsbild", "reports/evaluation.html")
# Pages that need Spark and its like, whose own warnings are not ours.
ENGINES = {"engines.md", "spark.md"}
ENGINE_MARKS = (pytest.mark.spark, pytest.mark.filterwarnings("ignore"))
SHELL = {"source", "git", "dvc", "python", "pip"}


@dataclass(frozen=True)
class Block:
    kind: str
    text: str
    line: int


def blocks(path: Path) -> list[Block]:
    source = path.read_text(encoding="utf-8")
    return [
        Block(found[1].strip(), found[2], source.count("\n", 0, found.start()) + 1)
        for found in re.finditer(r"^```([^\n]*)\n(.*?)^```$", source, re.DOTALL | re.MULTILINE)
    ]


def having(kind: str) -> list[Any]:
    return [
        pytest.param(
            path,
            id=path.relative_to(DOCS).as_posix(),
            marks=ENGINE_MARKS if path.name in ENGINES else (),
        )
        for path in PAGES
        if any(block.kind == kind for block in blocks(path))
    ]


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    shutil.copytree(DOCS / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONUTF8", "1")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_every_block_is_of_a_kind_that_is_run_or_checked(page):
    assert {block.kind for block in blocks(page)} <= RUN | CHECKED


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("page", having("python"))
def test_python_prints_what_the_page_says(page):
    if "import pyarrow" in page.read_text(encoding="utf-8"):
        pytest.importorskip("pyarrow", reason="an extra: berufsbild[arrow]")
    names: dict[str, Any] = {}
    waiting = None
    for block in blocks(page):
        if block.kind == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block.text, f"{page.name}:{block.line}", "exec"), names)  # noqa: S102 - our own pages
            waiting = out.getvalue()
        elif block.kind == "text":
            assert waiting == block.text, f"{page.name}:{block.line}"
            waiting = None


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output that is shown for it.

    A command that ends in `> FILE` and nothing else is `cat > FILE`: what
    follows are the file's lines.
    """
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        if command.startswith("cat > "):
            yield f"{command} <<'END_OF_FILE'\n{shown}END_OF_FILE\n", ""
        else:
            yield command, shown


@pytest.mark.parametrize("page", having("console"))
def test_commands_print_what_the_page_says(page, workplace):
    for block in blocks(page):
        if block.kind != "console":
            continue
        for command, shown in commands(block.text):
            done = subprocess.run(
                ["bash", "-c", f"exec 2>&1; {command}"], capture_output=True, check=False
            )
            printed = done.stdout.decode().replace(f"{workplace}/", "")
            if shown.endswith("…\n"):
                assert printed.startswith(shown.rstrip().removesuffix("…").rstrip()), command
            else:
                assert printed == shown, f"{page.name}:{block.line}: {command}"


def test_what_is_only_named_exists():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    readme = [block for block in blocks(ROOT / "README.md") if "|" not in block.text]
    for block in [*(block for page in PAGES for block in blocks(page)), *readme]:
        if block.kind != "sh":
            continue
        for line in block.text.splitlines():
            words = shlex.split(line, comments=True)
            if words[0] == "make":
                assert set(words[1:]) <= targets, line
            elif words[0] == "berufsbild":
                _parser().parse_args(words[1:])
            else:
                assert words[0] in SHELL, line
                named = [word for word in words[1:] if word.startswith(("tests/", "scripts/"))]
                assert all((ROOT / one).exists() for one in named), line


def test_data_blocks_can_be_read():
    for block in (block for page in PAGES for block in blocks(page)):
        if block.kind == "toml":
            tomllib.loads(block.text)
        elif block.kind == "json":
            json.loads(block.text)
        elif block.kind == "yaml":
            YAML(typ="safe").load(block.text)


def examples(page: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Yield each marked text of a page with its line and the lines below it."""
    for block in blocks(page):
        if block.kind != "example":
            continue
        text: list[str] = []
        said: list[str] = []
        for number, line in enumerate([*block.text.splitlines(), ""], block.line + 1):
            if line.startswith("  "):
                said.append(line.strip())
                continue
            # A line behind a headline or behind values begins a new text, unless the
            # line before is a headline itself.
            if text and (said or not line or not text[-1].startswith("Beruf ")):
                yield number, "\n".join(text), said
                text, said = [], []
            text.append(line)


def field(value: dict[str, Any], name: str) -> str:
    found: Any = value
    for part in name.split("."):
        found = None if found is None else found[part]
    return (
        "|".join(found)
        if isinstance(found, list)
        else found
        if isinstance(found, str)
        else json.dumps(found)
    )


@pytest.mark.parametrize("name", LABELS)
def test_the_rules_decide_as_their_page_says(name, extract):
    seen = 0
    for line, marked, said in examples(DOCS / "labels" / f"{name}.md"):
        text = marked.replace("⟦", "").replace("⟧", "")
        wanted = re.findall(r"⟦([^⟧]*)⟧", marked)
        spans = [
            span
            for span in json.loads(extract(text).to_json())["spans"]
            if span["label"] == LABELS[name]
        ]
        assert [span["text"] for span in spans] == wanted, f"{name}.md:{line}: {text}"
        assert len(said) in {0, len(spans)}, f"{name}.md:{line}: a line of values for each span"
        for span, values in zip(spans, said, strict=False):
            for word in shlex.split(values):
                key, sign, expected = word.partition("=")
                found = field(span["value"], key) if sign else span["rule"]
                assert found == (expected if sign else word), f"{name}.md:{line}: {text}: {word}"
        seen += 1
    assert seen >= 8


def test_no_example_stands_in_the_corpus(profiles):
    texts = "\n".join(profiles.values())
    for name in LABELS:
        for _, marked, _ in examples(DOCS / "labels" / f"{name}.md"):
            for line in marked.replace("⟦", "").replace("⟧", "").splitlines():
                assert line.startswith("Beruf ") or line not in texts, line


def test_the_fields_of_a_record_are_those_of_the_schema():
    page = (DOCS / "record.md").read_text(encoding="utf-8")
    defs = schema()["$defs"]
    told = {}
    for section in re.split(r"^##+ ", page, flags=re.MULTILINE)[1:]:
        name = section.partition("\n")[0].strip()
        if name in defs:
            rows = re.findall(r"^\| (`.*?) \| (.*?) \| (.*?) \|$", section, re.MULTILINE)
            told[name] = rows
    assert set(told) == set(defs) - {"Label"}
    for name, rows in told.items():
        properties = defs[name]["properties"]
        fields = [one for row in rows for one in re.findall(r"`(\w+)`", row[0])]
        assert sorted(fields) == sorted(properties), name
        for names, kind, _ in rows:
            for one in re.findall(r"`(\w+)`", names):
                assert ("null" in kind) == ("null" in json.dumps(properties[one])), f"{name}.{one}"
                words = choices(properties[one], defs)
                assert not words or words == re.findall(r"`([\w]+)`", kind), f"{name}.{one}"


def choices(found: dict[str, Any], defs: dict[str, Any]) -> list[str]:
    """Give the words that a field may hold, none for free text."""
    inner = [one for one in found.get("anyOf", [found]) if "enum" in one or "$ref" in one]
    if len(inner) != 1:
        return []
    if "$ref" in inner[0]:
        return defs[inner[0]["$ref"].rpartition("/")[2]].get("enum", [])
    return inner[0]["enum"]


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES], ids=lambda path: path.name
)
def test_links_pictures_and_paths_are_there(page):
    source = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]*)?\)", source):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target
    for path in re.findall(
        r"`((?:corpus|reports|pipeline|tests|scripts|docs|models)/[\w./-]+)`", source
    ):
        made = path.startswith(MADE) or "ID." in path
        assert made or (ROOT / path).exists(), path
    for call in re.findall(r"`berufsbild ([a-z]+)", source):
        assert call in next(one for one in _parser()._actions if one.choices).choices, call


def test_pages_and_pictures_ask_nothing_of_the_network():
    for path in (DOCS / "_static").glob("*.svg"):
        source = path.read_text(encoding="utf-8")
        assert set(re.findall(r"https?://[^\"'<>\s]+", source)) <= {
            "http://www.w3.org/2000/svg",  # a name, not an address
            "https://www.textualize.io",  # in rich's comment
        }
        assert "@import" not in source


@pytest.mark.docs
def test_sphinx_builds_the_pages_without_a_warning(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", DOCS, tmp_path],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=["']https?://""", page.split("<footer")[0])
