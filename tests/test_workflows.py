"""The workflows can be read, may do little, pin what they use and call what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from berufsbild.cli import _parser
from house import ROOT
from test_docs import DOCS, blocks

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.y*ml"))


def load(text: str) -> dict[str, Any]:
    return YAML(typ="safe").load(text)


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def check_commands(script: str) -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    known = set(next(action for action in _parser()._actions if action.choices).choices)
    assert set(re.findall(r"\bmake ([\w-]+)", script)) <= targets, script
    assert set(re.findall(r"berufsbild (\w+)$", script, re.MULTILINE)) <= known, script
    for path in re.findall(r"\breports/[\w.]+", script):
        assert (ROOT / path).exists() or path == "reports/evaluation.html", path


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request):
    return request.param.read_text(encoding="utf-8")


def test_there_is_one():
    assert WORKFLOWS


def test_every_action_is_pinned_by_a_commit_and_says_its_version(workflow):
    for line in re.findall(r"^\s*(?:- )?uses: (.*)$", workflow, re.MULTILINE):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_permissions_are_set_and_small(workflow):
    read = load(workflow)
    assert read["permissions"] == {"contents": "read"}
    for name, job in read["jobs"].items():
        writing = {one for one, may in job.get("permissions", {}).items() if may == "write"}
        assert writing <= {"pull-requests"}, name
        if writing:  # then it must not run what somebody proposes
            assert not any("checkout" in step.get("uses", "") for step in job["steps"]), name
    for step in steps(read):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_no_expression_stands_in_a_script(workflow):
    assert not any("${{" in step.get("run", "") for step in steps(load(workflow)))


def test_every_job_has_an_end_and_caches_follow_the_lock(workflow):
    read = load(workflow)
    assert all(0 < job["timeout-minutes"] <= 60 for job in read["jobs"].values())
    for step in steps(read):
        if "setup-python" in step.get("uses", ""):
            locks = step["with"]["cache-dependency-path"].split()
            assert "requirements.lock" in locks
            assert all((ROOT / lock).exists() for lock in locks)


def test_what_it_calls_exists(workflow):
    for step in steps(load(workflow)):
        check_commands(step.get("run", ""))


def test_the_tests_run_on_every_python_that_is_promised():
    versions = load(WORKFLOWS[0].read_text())["jobs"]["test"]["strategy"]["matrix"]["python"]
    promised = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert versions == promised


def test_the_gitlab_example_calls_what_exists():
    (example,) = [block for block in blocks(DOCS / "ci.md") if block.kind == "yaml"]
    for name, job in load(example.text).items():
        if isinstance(job, dict) and "script" in job:
            check_commands("\n".join(job["script"]))
            assert name in {"test", "repro"}
