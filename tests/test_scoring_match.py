"""Matching: hand-made cases, and every small case against brute force."""

from __future__ import annotations

import random
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berufsbild.scoring.assignment import assign
from berufsbild.scoring.match import Alignment, Mention, align
from berufsbild.spans import Label
from scoring_builders import mentions, random_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Objective = tuple[int, int, int, int, int]


def common(one: Mention, other: Mention) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def objective(pairs: Iterable[tuple[Mention, Mention]]) -> Objective:
    """Strict pairs, pairs of one label, of the same borders, all, characters."""
    strict = label = borders = number = characters = 0
    for left, right in pairs:
        same_borders = (left.start, left.end) == (right.start, right.end)
        strict += same_borders and left.label == right.label
        label += left.label == right.label
        borders += same_borders
        number += 1
        characters += common(left, right)
    return (strict, label, borders, number, characters)


def matchings(
    gold: Sequence[Mention], predicted: Sequence[Mention]
) -> Iterator[list[tuple[Mention, Mention]]]:
    """Every way to pair overlapping spans one to one."""
    for size in range(min(len(gold), len(predicted)) + 1):
        for chosen in combinations(gold, size):
            for order in permutations(predicted, size):
                pairs = list(zip(chosen, order, strict=True))
                if all(common(*pair) for pair in pairs):
                    yield pairs


def brute_aside(spans: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The spans that optional ones of either side keep out of the counts."""
    aside = []
    for span in spans:
        reached = [other for other in others if common(span, other)]
        ranked = sorted(
            reached,
            key=lambda other: (
                common(span, other),
                -(other.end - other.start + span.end - span.start - common(span, other)),
                span.label == other.label,
                not other.optional,
            ),
        )
        if span.optional or (ranked and ranked[-1].optional):
            aside.append(span)
    return aside


def keys(spans: Iterable[Mention]) -> list[tuple[int, int, str, bool]]:
    return sorted((*span.key(), span.optional) for span in spans)


def check_against_brute_force(gold: list[Mention], predicted: list[Mention]) -> None:
    found = align(gold, predicted)
    gold_aside, predicted_aside = brute_aside(gold, predicted), brute_aside(predicted, gold)
    assert keys(found.gold_aside) == keys(gold_aside)
    assert keys(found.predicted_aside) == keys(predicted_aside)
    left = [span for span in gold if span not in gold_aside]
    right = [span for span in predicted if span not in predicted_aside]
    assert objective(found.pairs) == max(map(objective, matchings(left, right)))
    assert keys([*found.missed, *(pair[0] for pair in found.pairs)]) == keys(left)
    assert keys([*found.spurious, *(pair[1] for pair in found.pairs)]) == keys(right)


def label_counts(found: Alignment) -> dict[str, tuple[int, int]]:
    same = [pair for pair in found.pairs if pair[0].label == pair[1].label]
    return {
        label: (
            sum(pair[0].label == label for pair in same),
            sum(pair[0].label == label and pair[0].key() == pair[1].key() for pair in same),
        )
        for label in Label
    }


SPANS = st.lists(
    st.builds(
        lambda label, start, length, optional: Mention(
            label, start, start + length, optional=optional
        ),
        st.sampled_from(list(Label)[:3]),
        st.integers(0, 7),
        st.integers(1, 5),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=4,
)


@settings(max_examples=1500, deadline=None)
@given(SPANS, SPANS)
def test_equals_brute_force_on_any_small_sets(
    gold: list[Mention], predicted: list[Mention]
) -> None:
    check_against_brute_force(gold, predicted)


def test_equals_brute_force_on_ten_thousand_random_sets() -> None:
    draw = random.Random(7)
    for _ in range(10_000):
        apart = draw.random() < 0.5
        check_against_brute_force(
            random_mentions(draw, apart=apart, most=3, optional=0.15),
            random_mentions(draw, apart=apart, most=4, optional=0.15),
        )


def test_swapping_the_sides_swaps_the_pairs_and_order_changes_nothing() -> None:
    draw = random.Random(8)
    for _ in range(3000):
        gold = random_mentions(draw, apart=False, most=6, optional=0.1)
        predicted = random_mentions(draw, apart=False, most=6, optional=0.1)
        found = align(gold, predicted)
        swapped = align(predicted, gold)
        straight = sorted((left.key(), right.key()) for left, right in found.pairs)
        assert straight == sorted((right.key(), left.key()) for left, right in swapped.pairs)
        assert keys(found.missed) == keys(swapped.spurious)
        assert keys(found.gold_aside) == keys(swapped.predicted_aside)
        draw.shuffle(gold)
        draw.shuffle(predicted)
        shuffled = align(gold, predicted)
        assert straight == sorted((left.key(), right.key()) for left, right in shuffled.pairs)
        assert label_counts(found) == label_counts(swapped)


@pytest.mark.parametrize(
    ("gold", "predicted", "pairs", "missed", "spurious"),
    [
        ([], [], [], 0, 0),
        (["R 0 5"], [], [], 1, 0),
        ([], ["R 0 5"], [], 0, 1),
        (["R 0 5"], ["R 0 5"], [(0, 0)], 0, 0),
        pytest.param(["R 0 5"], ["R 5 9"], [], 1, 1, id="neighbours do not touch"),
        pytest.param(["R 0 5"], ["S 4 9"], [(0, 4)], 0, 0, id="one character is an overlap"),
        pytest.param(["R 0 5"], ["R 0 5", "R 0 5"], [(0, 0)], 0, 1, id="found twice"),
        pytest.param(["R 0 5", "R 0 5"], ["R 0 5"], [(0, 0)], 1, 0, id="labelled twice"),
        pytest.param(["R 0 9"], ["R 0 4", "R 5 9"], [(0, 0)], 0, 1, id="found in two pieces"),
        pytest.param(
            ["R 0 4", "R 4 9"], ["R 0 2", "R 1 6"], [(0, 0), (4, 1)], 0, 0, id="not first come"
        ),
        pytest.param(["S 0 9"], ["R 0 9", "S 2 5"], [(0, 2)], 0, 1, id="label before borders"),
        pytest.param(["S 0 9"], ["S 2 5", "S 0 9"], [(0, 0)], 0, 1, id="strict before all"),
        pytest.param(["R 0 9", "S 2 5"], ["S 2 5"], [(2, 2)], 1, 0, id="nested"),
    ],
)
def test_by_hand(
    gold: list[str],
    predicted: list[str],
    pairs: list[tuple[int, int]],
    missed: int,
    spurious: int,
) -> None:
    found = align(mentions(*gold), mentions(*predicted))
    assert [(left.start, right.start) for left, right in found.pairs] == pairs
    assert (len(found.missed), len(found.spurious)) == (missed, spurious)


@pytest.mark.parametrize(
    ("gold", "predicted", "counted"),
    [
        pytest.param(["S? 0 5"], ["S 0 5"], (0, 0, 0), id="found: no reward"),
        pytest.param(["S? 0 5"], [], (0, 0, 0), id="not found: no punishment"),
        pytest.param(["S? 0 5"], ["S 0 5", "S 3 5"], (0, 0, 0), id="found twice"),
        pytest.param(["S? 0 5"], ["R 2 9"], (0, 0, 0), id="another label"),
        pytest.param(["S? 0 5"], ["S 5 9"], (0, 0, 1), id="a neighbour is spurious"),
        pytest.param(["S? 0 3", "S 4 9"], ["S 0 9"], (1, 0, 0), id="best with the required"),
        pytest.param(["S? 0 5", "S 6 9"], ["S 0 9"], (0, 1, 0), id="best with the optional"),
        pytest.param(["S? 0 5", "S 0 5"], ["S 0 5"], (1, 0, 0), id="a tie is the required's"),
        pytest.param(["S? 0 4", "S 4 8"], ["S 0 8"], (1, 0, 0), id="half and half"),
    ],
)
def test_optional_spans(
    gold: list[str], predicted: list[str], counted: tuple[int, int, int]
) -> None:
    found = align(mentions(*gold), mentions(*predicted))
    assert (len(found.pairs), len(found.missed), len(found.spurious)) == counted


def test_optional_counts_as_required_on_demand() -> None:
    found = align(mentions("S? 0 5", "S? 6 9"), mentions("S 0 5"), optional_counts=True)
    assert (len(found.pairs), len(found.missed), len(found.gold_aside)) == (1, 1, 0)


def test_assign_against_brute_force() -> None:
    draw = random.Random(9)
    for _ in range(400):
        rows, columns = draw.randint(1, 5), draw.randint(1, 5)
        weights = [[draw.choice([0, 0, 1, 5, 9]) for _ in range(columns)] for _ in range(rows)]
        chosen = assign(weights)
        used = [column for column in chosen if column is not None]
        assert len(used) == len(set(used)) == min(rows, columns)
        total = sum(weights[row][to] for row, to in enumerate(chosen) if to is not None)
        wide = weights if rows <= columns else [list(row) for row in zip(*weights, strict=True)]
        best = max(
            sum(row[to] for row, to in zip(wide, order, strict=True))
            for order in permutations(range(max(rows, columns)), min(rows, columns))
        )
        assert total == best


def test_a_span_over_everything_stays_fast() -> None:
    gold = mentions(*(f"S {at} {at + 3}" for at in range(0, 3000, 4)))
    found = align(gold, mentions("R 0 3000", "S 1 2999"))
    assert (len(found.pairs), len(found.missed)) == (2, 748)
