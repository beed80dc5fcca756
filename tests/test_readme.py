from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import sys

import pytest

from berufsbild.cli import _parser


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def blocks(readme, kind):
    return re.findall(rf"```{kind}\n(.*?)```", readme, re.DOTALL)


def test_it_begins_with_the_two_commands(readme, root):
    first = blocks(readme, "sh")[0]
    targets = re.findall(r"^make (\w+)", first, re.MULTILINE)
    assert targets == ["repro", "test"]
    makefile = (root / "Makefile").read_text()
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_the_python_block_prints_what_it_says(readme):
    (code,) = blocks(readme, "python")
    (expected,) = blocks(readme, "text")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - the README's own code
    assert out.getvalue() == expected


def test_the_command_prints_what_it_says(readme):
    command = blocks(readme, "sh")[1]
    (expected,) = blocks(readme, "json")
    text, _, call = command.strip().rpartition(" | ")
    assert call == "berufsbild extract -"
    (line,) = shlex.split(text)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "berufsbild.cli", "extract", "-"],
        input=line.encode(), capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.decode().startswith(expected.rstrip().removesuffix("…").rstrip())


def test_every_command_that_it_names_exists(readme, root):
    calls = set(re.findall(r"`berufsbild ([a-z]+)", readme))
    known = next(action for action in _parser()._actions if action.choices).choices
    assert calls <= set(known)
    for path in re.findall(r"`((?:corpus|reports|pipeline|tests)/[\w./-]+)`", readme):
        assert path.startswith("corpus/derived/") or (root / path).exists(), path
