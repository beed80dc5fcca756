"""Scores by hand: spans, attributes, profile slots, and what must not matter."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from berufsbild.corpus import Gold, GoldSpan, GoldText, as_record
from berufsbild.errors import DataError
from berufsbild.scoring import read_counts, score, write_counts
from berufsbild.scoring.attributes import compare
from berufsbild.scoring.render import metrics, mode_counts
from berufsbild.spans import Label
from scoring_builders import (
    LABELS,
    as_prediction,
    as_text,
    gold_text,
    random_mentions,
    record,
    value,
)

if TYPE_CHECKING:
    from berufsbild.corpus.gold import Attribute

PAY: dict[str, Attribute] = {
    "min": Decimal(2400),
    "max": Decimal("2900.50"),
    "bound": "closed",
    "period": "month",
    "period_stated": False,
    "gross": None,
    "level": "entry",
    "purpose": "pay",
}


def test_the_four_modes_by_hand() -> None:
    gold = gold_text("a", "R 0 5", "R 10 15", "S 20 25", "S 30 35", "P 40 45", "P 50 55")
    predicted = record("a", "R 0 5", "R 11 15", "P 20 25", "P 32 38", "P 60 65")
    report = score([gold], [predicted], resamples=0)

    def counts(scope: str, mode: str) -> tuple[int, ...]:
        return tuple(mode_counts(report, "all", "required", scope, mode).values())

    # correct, incorrect, partial, missed, spurious, possible, actual
    assert counts("micro", "strict") == (1, 3, 0, 2, 1, 6, 5)
    assert counts("micro", "exact") == (2, 2, 0, 2, 1, 6, 5)
    assert counts("micro", "partial") == (2, 0, 2, 2, 1, 6, 5)
    assert counts("micro", "type") == (2, 2, 0, 2, 1, 6, 5)
    assert counts("ROLE", "strict") == (1, 1, 0, 0, 0, 2, 2)
    assert counts("SKILL", "exact") == (1, 1, 0, 0, 0, 2, 0)
    assert counts("PLACE", "strict") == (0, 0, 0, 2, 1, 2, 3)
    assert value(report, "required.ROLE.strict.f1") == 0.5
    assert value(report, "required.ROLE.type.f1") == 1.0
    assert value(report, "required.micro.strict.precision") == 0.2
    assert value(report, "required.micro.strict.recall") == round(1 / 6, 4)
    assert value(report, "required.micro.strict.f1") == round(2 / 11, 4)
    assert value(report, "required.micro.partial.precision") == 0.6
    assert value(report, "required.SKILL.exact.recall") == 0.5
    assert value(report, "required.PLACE.exact.precision") == round(1 / 3, 4)
    assert value(report, "required.macro.strict.f1") == round((0.5 + 0 + 0) / 3, 4)


def test_undefined_ratios_are_null() -> None:
    report = score([gold_text("a", "R 0 5")], [record("a", "S 10 15")], resamples=10)
    assert value(report, "required.ROLE.strict.precision") is None
    assert value(report, "required.ROLE.strict.recall") == 0.0
    assert value(report, "required.ROLE.strict.f1") == 0.0
    assert value(report, "required.SKILL.strict.recall") is None
    assert value(report, "required.PLACE.strict.f1") is None
    assert value(report, "attribute.ROLE.kldb_4.accuracy") is None
    assert value(report, "optional.PLACE.share") is None
    empty = score([], [], resamples=10)
    assert value(empty, "required.micro.strict.f1") is None
    assert value(empty, "required.macro.strict.f1") is None


def test_optional_spans_and_their_share() -> None:
    gold = gold_text("a", "S 0 5", "S? 10 15", "S? 20 25", "P 30 35")
    report = score([gold], [record("a", "S 0 5", "S 10 15", "P 20 25")], resamples=0)
    assert value(report, "required.SKILL.strict.f1") == 1.0
    assert value(report, "required.PLACE.strict.precision") is None
    assert value(report, "all.SKILL.strict.recall") == round(2 / 3, 4)
    assert value(report, "all.PLACE.strict.precision") == 0.0
    assert value(report, "optional.SKILL.share") == round(2 / 3, 4)
    assert value(report, "optional.PLACE.share") == 0.0
    assert [one.kind for one in report.mistakes] == ["missed"]


def test_records_that_are_no_prediction() -> None:
    texts = [gold_text(one, "R 0 5") for one in "abcd"]
    error: dict[str, Any] = {"id": "b", "error": {"kind": "encoding", "message": "…"}}
    records = [record("a", "R 0 5"), error, {"id": "c"}, record("z", "R 0 5")]
    report = score(texts, records, resamples=0)
    assert value(report, "required.ROLE.strict.recall") == 0.25
    assert (report.failed, report.unpredicted, report.unknown) == (("b",), ("d",), ("z",))
    nameless = {"id": None, "error": {"kind": "json", "message": "…"}}
    late = {"id": "a", "error": {"kind": "duplicate", "message": "…"}}
    again = score(texts, [late, *records, nameless], resamples=0)
    assert value(again, "required.ROLE.strict.recall") == 0.25
    assert again.failed == ("b",)


@pytest.mark.parametrize(
    "span",
    [
        {"label": "DATE", "start": 0, "end": 5},
        {"label": "ROLE", "start": 5, "end": 5},
        {"label": "ROLE", "start": "0", "end": 5},
        {"label": "ROLE", "end": 5},
        "ROLE",
    ],
)
def test_malformed_spans_are_refused(span: object) -> None:
    with pytest.raises(DataError, match="record 'a', span 1: expected a span"):
        score([gold_text("a")], [{"id": "a", "spans": [span]}])


def test_ids_come_once() -> None:
    with pytest.raises(DataError, match="gold: expected each id once, got 'a' twice"):
        score([gold_text("a"), gold_text("a")], [])
    with pytest.raises(DataError, match="predicted records: expected each id once"):
        score([], [record("a"), record("a")])


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"min": 2400.0, "max": 2900.5}, set()),
        ({"min": 2401}, {"min"}),
        ({"max": None}, {"max"}),
        ({"bound": "exact", "period": "year"}, {"bound", "period"}),
        ({"period_stated": True}, {"period_stated"}),
        ({"gross": False}, {"gross"}),
        ({"level": None}, {"level"}),
        ({"purpose": "other"}, {"purpose"}),
    ],
)
def test_euro_attributes(changed: dict[str, Any], wrong: set[str]) -> None:
    verdicts = compare("EURO_RANGE", PAY, {**PAY, "max": 2900.5, "currency": "EUR", **changed})
    assert {name for name, right in verdicts.items() if not right} == wrong
    assert list(verdicts) == [*PAY]


@pytest.mark.parametrize(
    ("label", "labelled", "predicted", "verdicts"),
    [
        ("ROLE", {}, {"kldb": "4319"}, {}),
        (
            "ROLE",
            {"id": "koch", "name": "Koch", "kldb": "2930"},
            {"id": "koch", "kldb": "2932"},
            {"id": True, "kldb_4": False, "kldb_3": True, "kldb_2": True},
        ),
        (
            "ROLE",
            {"kldb": "2930"},
            {"kldb": None},
            {"kldb_4": False, "kldb_3": False, "kldb_2": False},
        ),
        ("ROLE", {"members": ("A", "B")}, {"members": ["A", "B"]}, {"members": True}),
        ("ROLE", {"members": ("A", "B")}, {"members": None}, {"members": False}),
        ("SKILL", {"id": "sap", "kind": "tool"}, {"id": "sap"}, {"id": True, "kind": False}),
        ("PLACE", {"adjective": False}, {"adjective": 0}, {"adjective": False}),
        ("PLACE", {"id": "own:ruhr"}, {}, {"id": False}),
        (
            "EURO_RANGE",
            {"about": {"role": "koch"}},
            {"about": {"role": "koch", "place": None}},
            {"about": True},
        ),
        ("EURO_RANGE", {"about": {"role": "koch"}}, {"about": None}, {"about": False}),
    ],
)
def test_only_what_is_labelled_is_compared(
    label: str, labelled: dict[str, Any], predicted: dict[str, Any], verdicts: dict[str, bool]
) -> None:
    assert compare(label, labelled, predicted) == verdicts


def test_attributes_count_on_overlapping_spans_of_one_label() -> None:
    role = {"id": "koch", "name": "Koch", "kldb": "2930"}
    gold = gold_text("a", "R 0 5", "R 10 15", "R 20 25", "R 30 35", R0=role, R10=role, R20=role)
    predicted = record("a", "R 0 5", "R 11 15", "S 20 25", R0=role, R11={"kldb": "2939"})
    report = score([gold], [predicted], resamples=0)
    assert report.totals["all"]["attribute.ROLE.kldb_4.total"] == 2
    assert value(report, "attribute.ROLE.kldb_4.accuracy") == 0.5
    assert value(report, "attribute.ROLE.kldb_3.accuracy") == 1.0
    kinds = [(one.kind, [wrong[0] for wrong in one.values]) for one in report.mistakes]
    assert kinds == [("boundary", ["id", "kldb"]), ("type", []), ("missed", [])]


def text_with_profile() -> GoldText:
    role: dict[str, Attribute] = {"id": "koch", "name": "Koch", "kldb": "2930"}
    spans = (
        GoldSpan(Label.ROLE, 0, 4, "Koch", role, headline=True),
        GoldSpan(Label.PLACE, 5, 9, "Gera", {"id": "geonames:1"}, headline=True),
        GoldSpan(Label.EURO_RANGE, 10, 14, "", PAY),
        GoldSpan(Label.EURO_RANGE, 15, 19, "", {**PAY, "min": Decimal(1)}, optional=True),
        GoldSpan(Label.EURO_RANGE, 20, 24, "", {**PAY, "purpose": "other"}),
        GoldSpan(Label.EURO_RANGE, 25, 29, "", {**PAY, "min": Decimal(2)}),
        GoldSpan(Label.SKILL, 30, 34, "", {"id": "sap", "kind": "tool"}),
        GoldSpan(Label.SKILL, 35, 39, "", {"id": "sap", "kind": "tool"}),
        GoldSpan(Label.SKILL, 40, 44, "", {"id": "geduld", "kind": "soft"}),
        GoldSpan(Label.SKILL, 45, 49, "", {"id": "laune", "kind": "soft"}, optional=True),
    )
    return GoldText("a", "x" * 50, Gold(spans))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, (1, 1, 1, 1)),
        ({"role": None}, (0, 0, 1, 1)),
        ({"role": {"id": "baecker", "kldb": "2930"}}, (0, 1, 1, 1)),
        ({"place": {"id": "geonames:2"}}, (1, 1, 0, 1)),
        ({"pay": []}, (1, 1, 1, 0)),
        ({"pay": [{**PAY, "min": 2400}, {**PAY, "min": 2}]}, (1, 1, 1, 1)),
        ({"pay": [{**PAY, "min": 2}, {**PAY, "min": 2400}]}, (1, 1, 1, 0)),
        ({"pay": [{**PAY, "min": 2400}] * 2}, (1, 1, 1, 0)),
        ({"pay": None}, (1, 1, 1, 0)),
    ],
)
def test_profile_slots(change: dict[str, Any], expected: tuple[int, ...]) -> None:
    text = text_with_profile()
    predicted = as_record(text)
    predicted["profile"].update(change)
    report = score([text], [predicted], resamples=0)
    slots = ("role", "role_kldb", "place", "pay")
    assert tuple(value(report, f"slot.{slot}.accuracy") for slot in slots) == expected


@pytest.mark.parametrize(
    ("ids", "precision", "recall"),
    [
        (["sap", "geduld"], 1.0, 1.0),
        (["sap", "laune"], 1.0, 0.5),
        (["sap", "sap", "excel"], 0.5, 0.5),
        ([], None, 0.0),
    ],
)
def test_skill_set(ids: list[str], precision: float | None, recall: float | None) -> None:
    predicted = {"id": "a", "spans": [], "profile": {"skills": [{"id": one} for one in ids]}}
    report = score([text_with_profile()], [predicted], resamples=0)
    assert value(report, "slot.skills.precision") == precision
    assert value(report, "slot.skills.recall") == recall


def test_slots_without_labels_do_not_count() -> None:
    gold = gold_text("a", "R 0 5", "S 10 15", "E 20 25")
    report = score([gold], [record("a", profile={"role": {"id": "koch"}})], resamples=0)
    names = ("role.accuracy", "place.accuracy", "pay.accuracy", "skills.f1")
    assert [value(report, f"slot.{name}") for name in names] == [None] * 4
    bare = score([gold_text("b", "R 0 5")], [record("b", profile={"pay": []})], resamples=0)
    assert value(bare, "slot.pay.accuracy") == 1.0


def test_gold_as_prediction_is_perfect() -> None:
    text = text_with_profile()
    report = score([text], [as_record(text)], resamples=0)
    figures = {
        name: figure.value
        for name, figure in report.estimates["all"].items()
        if figure.value is not None and not name.startswith("optional.")
    }
    assert set(figures.values()) == {1.0}
    assert report.mistakes == ()


def test_precision_of_each_rule() -> None:
    gold = gold_text("a", "R 0 5", "R 10 15", "S? 20 25")
    predicted = record(
        "a", "R 0 5 role.lexicon", "R 11 15 role.lexicon", "S 20 25 skill.x", "P 30 35 place.y"
    )
    report = score([gold], [predicted], resamples=0)
    assert value(report, "rule.role.lexicon.strict") == 0.5
    assert value(report, "rule.role.lexicon.type") == 1.0
    assert value(report, "rule.place.y.strict") == 0.0
    assert "rule.skill.x.strict" not in report.estimates["all"]


def test_splits_and_slices() -> None:
    headline = GoldSpan(Label.ROLE, 0, 4, "Koch", {"kldb": "2930"}, headline=True)
    texts = [
        GoldText("a", "Koch", Gold((headline,)), "dev", {"voice": "du", "state": "Hessen"}),
        GoldText("b", "Koch " * 301, Gold((headline,)), "test"),
        GoldText("c", "Koch " * 501, Gold((replace(headline, headline=False),)), "dev"),
    ]
    report = score(texts, [record("a", "R 0 4")], resamples=0)
    assert report.groups == {
        "all": 3,
        "area:2": 2,
        "length:long": 1,
        "length:medium": 1,
        "length:short": 1,
        "split:dev": 2,
        "split:test": 1,
        "state:Hessen": 1,
        "voice:du": 1,
    }
    assert value(report, "required.ROLE.strict.recall", "split:dev") == 0.5
    assert value(report, "required.ROLE.strict.recall", "voice:du") == 1.0


def random_corpus(seed: int) -> tuple[list[GoldText], list[dict[str, Any]]]:
    draw = random.Random(seed)
    texts, records = [], []
    for number in range(12):
        apart = draw.random() < 0.7
        split = draw.choice(["dev", "test"])
        spans = random_mentions(draw, apart=apart, most=8, optional=0.2)
        texts.append(as_text(f"t{number:02}", spans, split))
        records.append(as_prediction(f"t{number:02}", random_mentions(draw, apart=apart, most=8)))
    return texts, records


def test_order_of_input_changes_nothing() -> None:
    draw = random.Random(1)
    for seed in range(20):
        texts, records = random_corpus(seed)
        before = score(texts, records, resamples=50)
        mixed = [
            replace(t, gold=Gold(tuple(draw.sample(t.gold.spans, len(t.gold.spans)))))
            for t in texts
        ]
        draw.shuffle(mixed)
        draw.shuffle(records)
        for one in records:
            draw.shuffle(one["spans"])
        after = score(mixed, records, resamples=50)
        assert metrics(before) == metrics(after)
        assert write_counts(before.texts) == write_counts(after.texts)


def test_scoring_a_corpus_twice_over_changes_no_ratio() -> None:
    for seed in range(20):
        texts, records = random_corpus(seed)
        doubled = [*texts, *(replace(text, id=f"{text.id}-again") for text in texts)]
        again = [*records, *({**one, "id": f"{one['id']}-again"} for one in records)]
        once = score(texts, records, resamples=0).estimates
        twice = score(doubled, again, resamples=0).estimates
        assert once == twice


def test_swapping_gold_and_predicted_swaps_precision_and_recall() -> None:
    draw = random.Random(5)
    for _ in range(300):
        left = random_mentions(draw, apart=False, most=7)
        right = random_mentions(draw, apart=False, most=7)
        there = score([as_text("a", left)], [as_prediction("a", right)], resamples=0)
        back = score([as_text("a", right)], [as_prediction("a", left)], resamples=0)
        for scope in (*LABELS, "micro", "macro"):
            for mode in ("strict", "exact", "partial", "type"):
                name = f"required.{scope}.{mode}"
                assert value(there, f"{name}.precision") == value(back, f"{name}.recall")
                assert value(there, f"{name}.recall") == value(back, f"{name}.precision")
                assert value(there, f"{name}.f1") == value(back, f"{name}.f1")


def test_counts_round_trip_as_jsonl() -> None:
    texts, records = random_corpus(3)
    report = score(texts, records, resamples=0)
    source = write_counts(report.texts)
    assert read_counts(source) == list(report.texts)
    with pytest.raises(DataError, match="baseline:2: expected an object"):
        read_counts(source.split("\n")[0] + "\n{}\n")


def test_the_digest_knows_the_gold() -> None:
    text = text_with_profile()
    (before,) = score([text], [], resamples=0).texts
    spans = list(text.gold.spans)
    spans[0] = replace(spans[0], attributes={**spans[0].attributes, "kldb": "2931"})
    (after,) = score([replace(text, gold=Gold(tuple(spans)))], [], resamples=0).texts
    assert before.gold != after.gold
