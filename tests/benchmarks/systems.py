"""What is timed: spaCy's bare tokenizer, our tokens, the whole extraction and its steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import spacy

from berufsbild import Extractor, Label, Params
from berufsbild.german.normalise import checked_view
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.layout import Layout
from berufsbild.profile import finish
from berufsbild.records import dumps
from berufsbild.spans import Span

if TYPE_CHECKING:
    from clock import Run

BARE: Final = "bare spaCy tokenizer"
LIMIT: Final = "our tokenizer alone"
FULL: Final = "whole extraction, JSON"
STEPS: Final = (
    "normalise", "lines, sentences, tokens", *(f"rule {label}" for label in Label),
    "link, profile", "JSON",
)  # fmt: skip
Marks: TypeAlias = Iterator[tuple[str, object]]


class Bare:
    """spaCy's bare German tokenizer; its tokens are counted and thrown away."""

    def __init__(self) -> None:
        """Make a blank pipeline."""
        self.tokens = 0
        self._nlp = spacy.blank("de")

    def __call__(self, texts: Sequence[str]) -> None:
        """Tokenise."""
        for doc in self._nlp.pipe(texts):
            self.tokens += len(doc)


def limit() -> Run:
    """Give our tokenizer alone, each whitespace chunk looked up: no extraction is faster."""
    tokenizer = make_tokenizer(Params().tokens)

    def run(texts: Sequence[str]) -> None:
        for text in texts:
            tokenizer(text)

    return run


def full(labels: Sequence[Label] = tuple(Label)) -> Run:
    """Give the extraction of some labels with its JSON."""
    extractor = Extractor(Params(), labels=labels)

    def run(texts: Sequence[str]) -> None:
        for text in texts:
            extractor(text).to_json()

    return run


def in_steps(extractor: Extractor, text: str) -> Marks:
    """Extract a text step by step as the extractor does, telling what each step gave.

    Part of the layout is found out when it is first asked for; who asks pays.
    """
    view = checked_view(text)
    yield "normalise", view
    layout = Layout.read(view.text, extractor.tokenizer.of_sentence, extractor._sentences)
    yield "lines, sentences, tokens", layout
    found: list[Span] = []
    for label, rule in zip(extractor.labels, extractor._rules, strict=True):
        found += rule.find(layout)
        yield f"rule {label}", found
    result = finish("text", text, view, layout, found)
    yield "link, profile", result
    yield "JSON", dumps(result)


def step_seconds(extractor: Extractor, texts: Iterable[str]) -> dict[str, float]:
    """Sum the seconds of each step over some texts.

    The order is that of `STEPS`.
    """
    clock: Callable[[], int] = time.perf_counter_ns
    spent = dict.fromkeys(STEPS, 0)
    for text in texts:
        before = clock()
        for step, _ in in_steps(extractor, text):
            now = clock()
            spent[step] += now - before
            before = clock()
    return {step: nanoseconds / 1e9 for step, nanoseconds in spent.items()}
