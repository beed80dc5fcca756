"""How sure a figure is: bootstrap intervals and paired randomisation tests.

Both draw texts, not spans, because the spans of one text stand or fall
together. Draws are seeded, and sums of counts are whole numbers, so the same
input gives the same bytes on every machine.

Source: Efron and Tibshirani 1993, percentile bootstrap; Noreen 1989 and Yeh
    2000, approximate randomisation.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from berufsbild.scoring.counts import TextCounts
    from berufsbild.scoring.figures import Array, Figures

_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; null where undefined.

    The interval is null with fewer than two texts.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against the baseline, and how likely chance alone does that.

    `p` is two-sided; null where either figure is undefined.
    """

    name: str
    before: float | None
    after: float | None
    p: float | None


def matrix(texts: Sequence[TextCounts], keys: Sequence[str]) -> Array:
    """Lay counts out with a row for each text and a column for each key."""
    column = {key: at for at, key in enumerate(keys)}
    rows = np.zeros((len(texts), len(keys)))
    for at, text in enumerate(texts):
        row = rows[at]
        for key, count in text.counts.items():
            if key in column:
                row[column[key]] = count
    return rows


def estimate(
    counts: Array, figures: Figures, *, resamples: int, seed: int, stream: str = ""
) -> dict[str, Estimate]:
    """Take every figure with its 95 % percentile interval over texts.

    `stream` keeps the draws of one group apart from another's, so that a new
    group changes no interval of the others.
    """
    values = figures.take(counts.sum(axis=0, keepdims=True))[0]
    if len(counts) < 2 or not resamples:
        return {name: Estimate(_number(values[at])) for at, name in enumerate(figures.names)}
    generator = np.random.default_rng([seed, zlib.crc32(stream.encode())])
    batch = max(1, _CELLS // len(counts))
    samples = np.vstack(
        [
            figures.take(_resampled(counts, min(batch, resamples - done), generator))
            for done in range(0, resamples, batch)
        ]
    )
    bounds = _bounds(samples)
    return {
        name: Estimate(_number(values[at]), _number(bounds[0, at]), _number(bounds[1, at]))
        if not np.isnan(values[at])
        else Estimate(None)
        for at, name in enumerate(figures.names)
    }


def _resampled(counts: Array, draws: int, generator: np.random.Generator) -> Array:
    """Sum the counts of as many texts as there are, drawn with replacement."""
    texts = len(counts)
    drawn = generator.integers(0, texts, size=(draws, texts))
    drawn += np.arange(draws)[:, None] * texts
    times = np.bincount(drawn.ravel(), minlength=draws * texts).reshape(draws, texts)
    return np.asarray(times.astype(np.float64) @ counts)


def _bounds(samples: Array) -> Array:
    """Find the 2.5th and 97.5th percentile of each column's defined values.

    The percentile between two values is interpolated, as numpy does it.
    """
    ordered = np.sort(samples, axis=0)
    known = (~np.isnan(ordered)).sum(axis=0)
    bounds = np.full((2, samples.shape[1]), np.nan)
    columns = np.flatnonzero(known)
    for row, share in enumerate((0.025, 0.975)):
        rank = share * (known[columns] - 1)
        lower = np.floor(rank).astype(np.intp)
        upper = np.ceil(rank).astype(np.intp)
        first, second = ordered[lower, columns], ordered[upper, columns]
        bounds[row, columns] = first + (second - first) * (rank - lower)
    return bounds


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def paired_test(
    current: Sequence[TextCounts],
    baseline: Sequence[TextCounts],
    figures: Figures,
    *,
    rounds: int,
    seed: int,
) -> list[Change]:
    """Test each figure of a run against a baseline by swapping texts at random.

    Only texts with the same id and the same gold in both runs take part.

    Shape: one change for each figure, in the figures' order.
    """
    pairs = _paired(current, baseline)
    after = matrix([one for one, _ in pairs], figures.keys)
    before = matrix([other for _, other in pairs], figures.keys)
    sums = np.vstack([after.sum(axis=0), before.sum(axis=0)])
    values = figures.take(sums)
    observed = np.abs(values[0] - values[1])
    as_far = np.zeros(len(figures.names))
    generator = np.random.default_rng(seed)
    batch = max(1, _CELLS // max(1, len(pairs)))
    for done in range(0, rounds, batch):
        draws = min(batch, rounds - done)
        swapped = generator.integers(0, 2, size=(draws, len(pairs))).astype(np.float64)
        moved = swapped @ (before - after)
        gap = np.abs(figures.take(sums[0] + moved) - figures.take(sums[1] - moved))
        # An undefined figure in a round speaks for chance, so the test stays careful.
        as_far += (~(gap < observed - 1e-12)).sum(axis=0)
    chance = (as_far + 1) / (rounds + 1)
    return [
        Change(
            name,
            _number(values[1, at]),
            _number(values[0, at]),
            None if np.isnan(observed[at]) else round(float(chance[at]), 4),
        )
        for at, name in enumerate(figures.names)
    ]


def _paired(
    current: Sequence[TextCounts], baseline: Sequence[TextCounts]
) -> list[tuple[TextCounts, TextCounts]]:
    known = {(text.id, text.gold): text for text in baseline}
    ordered = sorted(current, key=lambda text: text.id)
    return [(text, known[text.id, text.gold]) for text in ordered if (text.id, text.gold) in known]
