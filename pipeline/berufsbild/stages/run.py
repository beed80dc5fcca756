"""Start a stage, and say what is wrong with data or settings in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable

from berufsbild.errors import BerufsbildError


def run(main: Callable[..., None]) -> None:
    """Call a stage with the arguments of the command line."""
    try:
        main(*sys.argv[1:])
    except BerufsbildError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
