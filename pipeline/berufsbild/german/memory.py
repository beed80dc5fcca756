"""Bounded memories: what was asked for lately stays, the rest is forgotten."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

LIMIT: Final = 40_000
"""Things that a memory holds where no settings say otherwise."""
FEW: Final = 8_000
"""The same for a memory that is asked about few of the words of a text."""


class Memory(dict[K, V]):
    """A dictionary of up to `limit` entries.

    When half of that is reached, the entries grow old; old ones are forgotten
    the next time, unless `recall` was asked for them. So words that many texts
    have stay, and ever new ones pass through.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        """Start with nothing."""
        super().__init__()
        self._half = max(1, limit // 2)
        self._old: dict[K, V] = {}

    def keep(self, key: K, value: V) -> V:
        """Keep a value that was not there, and give it."""
        if len(self) >= self._half:
            self._old = self.copy()
            self.clear()
        self[key] = value
        return value

    def recall(self, key: K) -> V | None:
        """Make an old entry young again and give it, null where there is none."""
        if key not in self._old:
            return None
        return self.keep(key, self._old.pop(key))


class Seen:
    """Tells what was seen before, by hashes of eight bytes; bounded as a memory is.

    Two things of one hash are taken for one: of use only where that does no harm.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        """Start with nothing."""
        self._half = max(1, limit // 2)
        self._young: set[int] = set()
        self._old: set[int] = set()

    def again(self, key: Hashable) -> bool:
        """Tell whether a thing was seen before, and note that it was seen now."""
        number = hash(key)
        if number in self._young or number in self._old:
            return True
        if len(self._young) >= self._half:
            self._old, self._young = self._young, set()
        self._young.add(number)
        return False
