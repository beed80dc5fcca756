"""The assignment problem for small integer weights, without a solver library.

Source: the Hungarian method with potentials (Kuhn 1955, Munkres 1957) in its
    shortest-path form; exact, because all weights are integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def assign(weights: Sequence[Sequence[int]]) -> list[int | None]:
    """Choose for each row a column of its own so that the weights sum highest.

    Shape: as many rows as columns or fewer, weights not negative; the column
        of each row, or null where there are fewer columns than rows.
    """
    if not weights:
        return []
    width = len(weights[0])
    if len(weights) <= width:
        return list(_columns(weights))
    transposed = [[row[at] for row in weights] for at in range(width)]
    chosen: list[int | None] = [None] * len(weights)
    for column, row in enumerate(_columns(transposed)):
        chosen[row] = column
    return chosen


def _columns(weights: Sequence[Sequence[int]]) -> list[int]:
    width = len(weights[0])
    row_potential = [0] * (len(weights) + 1)
    column_potential = [0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, len(weights) + 1):
        owner[0] = row
        _augment(weights, row_potential, column_potential, owner)
    columns = [0] * len(weights)
    for column in range(1, width + 1):
        if owner[column]:
            columns[owner[column] - 1] = column - 1
    return columns


def _augment(
    weights: Sequence[Sequence[int]],
    row_potential: list[int],
    column_potential: list[int],
    owner: list[int],
) -> None:
    """Give the row in `owner[0]` a column along the cheapest path.

    Column 0 stands for "none yet"; rows and columns count from 1.
    """
    width = len(weights[0])
    slack: list[int | None] = [None] * (width + 1)
    came_from = [0] * (width + 1)
    seen = [False] * (width + 1)
    column = 0
    while owner[column]:
        seen[column] = True
        row, step, nearest = owner[column], None, 0
        for other in range(1, width + 1):
            if seen[other]:
                continue
            cost = -weights[row - 1][other - 1] - row_potential[row] - column_potential[other]
            known = slack[other]
            if known is None or cost < known:
                slack[other] = known = cost
                came_from[other] = column
            if step is None or known < step:
                step, nearest = known, other
        step = step or 0
        for other in range(width + 1):
            if seen[other]:
                row_potential[owner[other]] += step
                column_potential[other] -= step
            elif (known := slack[other]) is not None:
                slack[other] = known - step
        column = nearest
    while column:
        owner[column] = owner[came_from[column]]
        column = came_from[column]
