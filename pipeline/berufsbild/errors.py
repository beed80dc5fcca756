"""The exceptions of Berufsbild, all under one base class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class BerufsbildError(Exception):
    """The base of every error that Berufsbild raises on purpose."""


class DataError(BerufsbildError):
    """Rule data, a corpus file or a settings file is not as it must be.

    Every problem of the file is told at once, one line each, as
    `path:line: expected …, got …`.
    """

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems and join them to one message."""
        self.problems = problems
        super().__init__("\n".join(problems))


class InputError(BerufsbildError):
    """One input text cannot be read; the others can.

    `kind` is a stable word for the machine, `message` a sentence for the
    person, `path` and `line` say where the text came from.
    """

    def __init__(
        self, kind: str, message: str, *, path: str | None = None, line: int | None = None
    ) -> None:
        """Keep what is needed for the error record."""
        self.kind = kind
        self.message = message
        self.path = path
        self.line = line
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle across process borders with every field."""
        return (_input_error, (self.kind, self.message, self.path, self.line))


def _input_error(kind: str, message: str, path: str | None, line: int | None) -> InputError:
    return InputError(kind, message, path=path, line=line)


def explain(problem: Mapping[str, Any]) -> str:
    """Say a problem that pydantic found as "expected …, got …"."""
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"expected a known key, got {name!r}"
    wanted = problem["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    wanted = wanted.split(", unable to")[0]
    if problem["type"] == "missing":
        return f"expected a value for {name!r}, got none"
    return f"expected {wanted} for {name!r}, got {problem['input']!r}"
