"""The head of a compound: its longest known ending."""

from __future__ import annotations

from collections.abc import Iterable


class Heads:
    """A set of word endings, asked for the longest one that a key carries."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Sort the keys by length."""
        self._keys = frozenset(keys)
        self._lengths = sorted({len(key) for key in self._keys}, reverse=True)

    def longest(self, key: str, *, before: int = 2) -> str | None:
        """Give the longest ending of a key that leaves `before` letters in front."""
        room = len(key) - before
        for length in self._lengths:
            if length <= room and key[-length:] in self._keys:
                return key[-length:]
        return None

    def __contains__(self, key: str) -> bool:
        """Tell whether the key itself is an ending of the set."""
        return key in self._keys
