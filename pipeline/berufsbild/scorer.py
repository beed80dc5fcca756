"""The scorer of `nlp.evaluate`: spaCy's for spans, over our labels.

spaCy imports this module by its entry point, so nothing else of ours is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from spacy.scorer import Scorer
from spacy.util import registry

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.training import Example

KEY: Final = "berufsbild"
"""Where the spans stand in `doc.spans`, and the record in `doc.user_data`."""


@registry.scorers("berufsbild.scorer.v1")
def make_scorer() -> Callable[..., dict[str, Any]]:
    """Make the scorer; it has no settings."""
    return score


def score(
    examples: Iterable[Example], *, labels: Iterable[str] | None = None, **config: object
) -> dict[str, Any]:
    """Score `doc.spans["berufsbild"]` against the reference, token by token.

    A document whose reference has no such key is left out; with `labels` so
    are the spans of other labels. `config` goes to `Scorer.score_spans`.

    Shape: `spans_berufsbild_p`, `_r`, `_f` and `_per_type`; null where there
        is nothing to score.
    """
    config = {
        "attr": f"spans_{KEY}",
        "getter": partial(_labelled, labels=None if labels is None else frozenset(labels)),
        "has_annotation": _is_labelled,
        "allow_overlap": True,  # widened to the tokens of a foreign pipeline, neighbours can meet
        **config,
    }
    scores: dict[str, Any] = Scorer.score_spans(examples, **config)
    return scores


def _labelled(doc: Doc, _attr: str, labels: frozenset[str] | None) -> list[Span]:
    return [span for span in doc.spans.get(KEY, []) if labels is None or span.label_ in labels]


def _is_labelled(doc: Doc) -> bool:
    return KEY in doc.spans
