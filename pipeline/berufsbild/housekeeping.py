"""What a process that does nothing but extract may do to itself."""

from __future__ import annotations

import gc
from typing import Final

_THRESHOLDS: Final = (20_000, 50, 100)
"""Allocations between looks at young objects; extractions make no cycles, so few looks will do."""


def settle() -> None:
    """Keep the garbage collector off the rule data, which stays as long as the process.

    Changes the whole process: for commands and workers, never for the library.
    """
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
