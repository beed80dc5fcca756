"""Intervals and paired tests: scipy as the oracle, and the same bytes twice."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from berufsbild.scoring import TextCounts, compare_runs, score
from berufsbild.scoring.figures import Figures, Ratio
from berufsbild.scoring.intervals import Estimate, _bounds, estimate, matrix, paired_test
from scoring_builders import as_prediction, as_text, random_mentions

SHARE = Figures.of([Ratio("share", {"right": 1.0}, {"total": 1.0})], {})


def texts(seed: int, number: int, chance: float = 0.7) -> list[TextCounts]:
    """Texts with a few spans each, of which some are right."""
    draw = random.Random(seed)
    found = []
    for at in range(number):
        total = draw.randint(0, 12)
        right = sum(draw.random() < chance for _ in range(total))
        found.append(TextCounts(f"t{at:03}", "", counts={"right": right, "total": total}))
    return found


def test_interval_equals_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    for seed in range(4):
        counts = matrix(texts(seed, 40), ("right", "total"))
        ours = estimate(matrix(texts(seed, 40), SHARE.keys), SHARE, resamples=9999, seed=seed)[
            "share"
        ]
        theirs = stats.bootstrap(
            (counts[:, 0], counts[:, 1]),
            lambda right, total, axis=-1: right.sum(axis=axis) / total.sum(axis=axis),
            paired=True,
            vectorized=True,
            method="percentile",
            n_resamples=9999,
            rng=np.random.default_rng(seed),
        ).confidence_interval
        assert ours.value == pytest.approx(counts[:, 0].sum() / counts[:, 1].sum(), abs=1e-4)
        assert ours.low == pytest.approx(theirs.low, abs=0.005)
        assert ours.high == pytest.approx(theirs.high, abs=0.005)


def test_percentiles_equal_numpy_and_leave_out_the_undefined() -> None:
    generator = np.random.default_rng(3)
    samples = generator.random((101, 5))
    samples[generator.random((101, 5)) < 0.3] = np.nan
    samples[:, 4] = np.nan
    bounds = _bounds(samples)
    assert np.allclose(bounds[:, :4], np.nanpercentile(samples[:, :4], [2.5, 97.5], axis=0))
    assert np.isnan(bounds[:, 4]).all()


def test_the_draws_of_a_group_are_its_own() -> None:
    counts = matrix(texts(1, 30), SHARE.keys)
    one, same, other = (
        estimate(counts, SHARE, resamples=500, seed=1, stream=stream) for stream in "aab"
    )
    assert one == same
    assert one != other
    assert one["share"].value == other["share"].value


def test_batches_change_no_figure_but_draws_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = matrix(texts(1, 30), SHARE.keys)
    whole = estimate(counts, SHARE, resamples=500, seed=1)["share"]
    monkeypatch.setattr("berufsbild.scoring.intervals._CELLS", 3000)
    assert estimate(counts, SHARE, resamples=500, seed=1)["share"] == whole


def test_too_little_for_an_interval() -> None:
    one = matrix(texts(1, 1), SHARE.keys)
    assert estimate(one, SHARE, resamples=100, seed=1)["share"].low is None
    nothing = matrix([TextCounts("a", ""), TextCounts("b", "")], SHARE.keys)
    assert estimate(nothing, SHARE, resamples=100, seed=1)["share"] == Estimate(None)
    assert estimate(nothing[:0], SHARE, resamples=100, seed=1)["share"] == Estimate(None)


def test_macro_averages_what_is_defined() -> None:
    ratios = [Ratio(name, {f"{name}1": 1.0}, {f"{name}2": 1.0}) for name in "abc"]
    figures = Figures.of(ratios, {"macro": ["a", "b", "c"]})
    row = {"a1": 1, "a2": 2, "b1": 1, "b2": 1}
    sums = np.array([[float(row.get(key, 0)) for key in figures.keys]])
    assert figures.take(sums)[0, 3] == pytest.approx(0.75)


def test_paired_test_equals_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    for seed, chance in ((0, 0.7), (1, 0.8), (2, 0.95)):
        current, baseline = texts(seed + 20, 10, chance), texts(seed, 10, 0.6)
        both = np.concatenate([matrix(run, ("right", "total")) for run in (current, baseline)])

        def gap(*columns: Any, axis: int) -> Any:
            (a, b, c, d) = (column.sum(axis=axis) for column in columns)
            return a / b - c / d

        rows = np.arange(10)

        def statistic(x: Any, y: Any, axis: int = -1, both: Any = both) -> Any:
            x, y = x.astype(int), y.astype(int)
            return gap(both[x, 0], both[x, 1], both[y, 0], both[y, 1], axis=axis)

        theirs = stats.permutation_test(
            (rows, rows + 10),
            statistic,
            permutation_type="samples",
            vectorized=True,
            n_resamples=np.inf,
        )
        (ours,) = paired_test(current, baseline, SHARE, rounds=20_000, seed=seed)
        assert ours.p == pytest.approx(theirs.pvalue, abs=0.02)
        assert ours.after is not None
        assert ours.before is not None
        assert ours.after - ours.before == pytest.approx(theirs.statistic, abs=2e-4)


def test_a_run_against_itself_has_not_changed() -> None:
    (change,) = paired_test(texts(1, 9), texts(1, 9), SHARE, rounds=100, seed=1)
    assert (change.before, change.p) == (change.after, 1.0)


def test_only_texts_with_the_same_gold_are_compared() -> None:
    current = [TextCounts("a", "x", counts={"right": 1, "total": 1})]
    baseline = [TextCounts("a", "y", counts={"right": 0, "total": 1})]
    (change,) = paired_test(current, baseline, SHARE, rounds=100, seed=1)
    assert (change.before, change.after, change.p) == (None, None, None)


def test_a_clear_gain_is_significant_and_its_mirror_too() -> None:
    draw = random.Random(4)
    gold = [random_mentions(draw, apart=True, most=6) for _ in range(30)]
    labels = [as_text(f"t{at:02}", spans) for at, spans in enumerate(gold)]
    good = [as_prediction(f"t{at:02}", spans) for at, spans in enumerate(gold)]
    poor = [as_prediction(f"t{at:02}", spans[::2]) for at, spans in enumerate(gold)]
    better, worse = (score(labels, run, resamples=0).texts for run in (good, poor))
    there = {change.name: change for change in compare_runs(better, worse)}
    back = {change.name: change for change in compare_runs(worse, better)}
    name = "required.micro.strict.f1"
    chance = there[name].p
    assert chance is not None
    assert chance < 0.01
    assert there[name].p == back[name].p
    assert (there[name].before, there[name].after) == (back[name].after, back[name].before)
