"""The head of a compound: its longest known ending."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_LAST: Final = 3
"""Letters at the end of a key that most others do not share."""


class Heads:
    """A set of word endings, asked for the longest one that a key carries."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Sort the keys by their last letters and their length."""
        self._keys = frozenset(keys)
        lengths: dict[str, set[int]] = {}
        for key in self._keys:
            lengths.setdefault(key[-_LAST:], set()).add(len(key))
        self._lengths = {last: sorted(found, reverse=True) for last, found in lengths.items()}
        self._short = any(len(key) < _LAST for key in self._keys)

    def longest(self, key: str, *, before: int = 2) -> str | None:
        """Give the longest ending of a key that leaves `before` letters in front."""
        room = len(key) - before
        for length in self._lengths.get(key[-_LAST:], ()):
            if length <= room and key[-length:] in self._keys:
                return key[-length:]
        if self._short:
            return next(
                (end for at in (2, 1) if at <= room and (end := key[-at:]) in self._keys), None
            )
        return None

    def __contains__(self, key: str) -> bool:
        """Tell whether the key itself is an ending of the set."""
        return key in self._keys
