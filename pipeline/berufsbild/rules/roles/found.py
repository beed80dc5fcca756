"""A role on its way to a span."""

from __future__ import annotations

from dataclasses import dataclass

from berufsbild.values import Role


@dataclass(slots=True)
class Found:
    """A role over the tokens `first` to `last`, both included.

    `head` is the token that carries the title.
    """

    first: int
    last: int
    role: Role
    rule: str
    head: int
