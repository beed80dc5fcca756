"""The scorer against others: nervaluate in all modes, spaCy's Scorer for strict."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from berufsbild.scoring.counts import count_text
from berufsbild.scoring.match import align
from berufsbild.scoring.render import mode_counts
from berufsbild.scoring.report import Report, score
from scoring_builders import LABELS, as_prediction, as_text, random_mentions, value

if TYPE_CHECKING:
    from berufsbild.scoring.match import Mention

MODES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}


def one_to_one(gold: list[Mention], predicted: list[Mention]) -> bool:
    """Whether no span overlaps more than one of the other side."""
    return all(
        sum(min(a.end, b.end) > max(a.start, b.start) for b in others) <= 1
        for side, others in ((gold, predicted), (predicted, gold))
        for a in side
    )


def documents(seed: int, *, plain: bool) -> list[tuple[list[Mention], list[Mention]]]:
    """Texts whose spans do not overlap; `plain` ones also match one to one."""
    draw = random.Random(seed)
    found: list[tuple[list[Mention], list[Mention]]] = []
    while len(found) < 40:
        gold = random_mentions(draw, apart=True, most=8)
        predicted = random_mentions(draw, apart=True, most=8)
        # nervaluate cannot read a corpus whose first document is empty.
        if (found or gold) and (not plain or one_to_one(gold, predicted)):
            found.append((gold, predicted))
    return found


def scored(texts: list[tuple[list[Mention], list[Mention]]]) -> Report:
    return score(
        [as_text(f"t{at:02}", gold) for at, (gold, _) in enumerate(texts)],
        [as_prediction(f"t{at:02}", predicted) for at, (_, predicted) in enumerate(texts)],
        resamples=0,
    )


def inclusive(spans: list[Mention]) -> list[dict[str, Any]]:
    """The spans as nervaluate wants them, with inclusive ends."""
    return [{"label": str(span.label), "start": span.start, "end": span.end - 1} for span in spans]


def test_equals_nervaluate() -> None:
    nervaluate = pytest.importorskip("nervaluate")
    for seed in range(10):
        texts = documents(seed, plain=True)
        report = scored(texts)
        theirs = nervaluate.Evaluator(
            [inclusive(gold) for gold, _ in texts],
            [inclusive(predicted) for _, predicted in texts],
            tags=[str(label) for label in LABELS],
            loader="dict",
        ).evaluate()
        for mode, name in MODES.items():
            overall = theirs["overall"][name]
            for what, count in mode_counts(report, "all", "required", "micro", mode).items():
                assert count == getattr(overall, what), (seed, mode, what)
            for ratio in ("precision", "recall", "f1"):
                ours = value(report, f"required.micro.{mode}.{ratio}")
                assert ours == pytest.approx(getattr(overall, ratio), abs=1e-4)
        for label in LABELS:
            for mode in ("strict", "type"):
                entity = theirs["entities"][label][MODES[mode]]
                for ratio in ("precision", "recall", "f1"):
                    ours = value(report, f"required.{label}.{mode}.{ratio}")
                    assert (ours or 0.0) == pytest.approx(getattr(entity, ratio), abs=1e-4)


def test_equals_spacy_for_strict() -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Span
    from spacy.training import Example

    nlp = spacy.blank("de")
    for seed in range(5):
        texts = documents(seed, plain=False)
        examples = []
        for gold, predicted in texts:
            # One token for each character, so that every offset is a token's border.
            docs = [spacy.tokens.Doc(nlp.vocab, words=["x"] * 60) for _ in range(2)]
            for doc, spans in zip(docs, (predicted, gold), strict=True):
                doc.spans["sc"] = [Span(doc, s.start, s.end, label=str(s.label)) for s in spans]
            examples.append(Example(*docs))
        theirs = spacy.scorer.Scorer.score_spans(
            examples,
            "spans_sc",
            getter=lambda doc, _: doc.spans["sc"],
            has_annotation=lambda _: True,
            allow_overlap=True,
            labeled=True,
        )
        report = scored(texts)
        for ratio, key in (("precision", "p"), ("recall", "r"), ("f1", "f")):
            ours = value(report, f"required.micro.strict.{ratio}")
            assert ours == pytest.approx(theirs[f"spans_sc_{key}"], abs=1e-4)
            for label, scores in theirs["spans_sc_per_type"].items():
                ours = value(report, f"required.{label}.strict.{ratio}")
                assert (ours or 0.0) == pytest.approx(scores[key], abs=1e-4)


def test_counts_of_a_text_add_up() -> None:
    """Every span of either side is in exactly one place."""
    draw = random.Random(11)
    for _ in range(500):
        gold = random_mentions(draw, apart=False, most=8, optional=0.2)
        predicted = random_mentions(draw, apart=False, most=8)
        found = align(gold, predicted)
        assert len(found.pairs) + len(found.missed) + len(found.gold_aside) == len(gold)
        total = len(found.pairs) + len(found.spurious) + len(found.predicted_aside)
        assert total == len(predicted)
        counted, _ = count_text(as_text("a", gold), as_prediction("a", predicted))
        for label in LABELS:
            possible = sum(span.label == label for span in gold)
            assert counted.counts.get(f"all.{label}.possible", 0) == possible
            actual = sum(span.label == label for span in predicted)
            assert counted.counts.get(f"all.{label}.actual", 0) == actual
