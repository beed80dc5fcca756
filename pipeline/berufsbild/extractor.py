"""Text in, extraction out: the one door for programs."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar, overload

from berufsbild.base import load_base
from berufsbild.errors import InputError
from berufsbild.extraction import Extraction, Failure
from berufsbild.german.normalise import View, checked_view
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.layout import Layout, Sentences
from berufsbild.params import Params, settled
from berufsbild.profile import finish
from berufsbild.rules import load_rule
from berufsbild.spans import Label, Tokens

C = TypeVar("C")
OnError: TypeAlias = Literal["raise", "record"]
Marks: TypeAlias = Mapping[int, tuple[str, str]]


class Extractor:
    """Extracts spans and profiles; made by `load`.

    May be called from several threads (they take turns) and pickled (caches
    stay behind and the rule data is read anew).
    """

    def __init__(self, params: Params, *, labels: Sequence[Label] = tuple(Label)) -> None:
        """Load the rules of the labels."""
        self.params = params
        self.labels = tuple(labels)
        self.tokenizer = make_tokenizer(params.tokens)
        self._rules = [
            load_rule(label, self.tokenizer.split, params.lexicon) for label in self.labels
        ]
        self._base = load_base(params.base)
        self._sentences = Sentences()
        self._lock = threading.Lock()

    def __call__(self, text: str, *, id: str = "text", marks: Marks | None = None) -> Extraction:
        """Extract one text.

        `marks` is what a base model says of the words: part of speech (coarse,
        Universal Dependencies) and entity type ("LOC", "PER", "ORG" or empty)
        by the offset at which a word starts. It is one more witness where a
        name may be an ordinary word. Without it the base model of the settings
        is asked, if there is one.

        Errors: InputError for what is no text: another type, or a string with
            a lone surrogate, which no file could hold.
        """
        view = checked_view(text)
        with self._lock:
            layout = Layout.read(view.text, self.tokenizer.of_sentence, self._sentences)
            if marks is not None:
                _mark(layout.tokens, view, marks)
            elif self._base is not None:
                self._base.mark(layout.tokens)
            found = [span for rule in self._rules for span in rule.find(layout)]
        return finish(id, text, view, layout, found)

    @overload
    def pipe(
        self,
        texts: Iterable[str],
        *,
        workers: int = ...,
        on_error: OnError = ...,
        as_tuples: Literal[False] = ...,
        batch: int = ...,
        seconds_per_text: float | None = ...,
    ) -> Iterator[Extraction | Failure]: ...

    @overload
    def pipe(
        self,
        texts: Iterable[tuple[str, C]],
        *,
        workers: int = ...,
        on_error: OnError = ...,
        as_tuples: Literal[True],
        batch: int = ...,
        seconds_per_text: float | None = ...,
    ) -> Iterator[tuple[Extraction | Failure, C]]: ...

    def pipe(
        self,
        texts: Iterable[Any],
        *,
        workers: int = 1,
        on_error: OnError = "raise",
        as_tuples: bool = False,
        batch: int = 32,
        seconds_per_text: float | None = None,
    ) -> Iterator[Any]:
        """Extract a stream of texts in their order.

        Shape: one result per text. With `as_tuples` the input is pairs of text
            and anything, and the results are pairs with that anything. Texts
            are numbered "0", "1", … as ids; a context that is a string is the
            id.
        Units: up to `workers + 3` batches of `batch` texts are under way; the
            source is read no further ahead. With `seconds_per_text` a text
            that takes longer fails (and even one worker is a process).
        Errors: InputError with `on_error="raise"`; with "record" a `Failure`
            takes the place of the text's extraction, of a text that ends its
            worker process too.
        """
        from berufsbild.parallel import stream

        items = _numbered(texts, as_tuples=as_tuples)
        results = stream(self, items, workers=workers, batch=batch, seconds=seconds_per_text)
        for context, result in results:
            if isinstance(result, Failure) and on_error == "raise":
                raise InputError(result.error.kind, f"{result.id}: {result.error.message}")
            yield (result, context) if as_tuples else result

    def extract(self, id: str, text: object) -> Extraction | Failure:
        """Extract one text; what is wrong with it comes back as a record."""
        try:
            return self(text, id=id)  # type: ignore[arg-type]
        except InputError as error:
            return Failure.of(error, id)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the settings; caches stay behind."""
        return (_again, (self.params, self.labels))


def _mark(tokens: Tokens, view: View, marks: Marks) -> None:
    """Put what a base model says beside the tokens; a word it does not know has none."""
    starts = (
        view.original(start, end)[0] for start, end in zip(tokens.starts, tokens.ends, strict=True)
    )
    said = [marks.get(start, ("", "")) for start in starts]
    tokens.tags = [tag for tag, _ in said]
    tokens.entities = [entity for _, entity in said]


def _again(params: Params, labels: Sequence[Label]) -> Extractor:
    return Extractor(params, labels=labels)


def _numbered(texts: Iterable[Any], *, as_tuples: bool) -> Iterator[tuple[str, object, object]]:
    for number, one in enumerate(texts):
        text, context = one if as_tuples else (one, None)
        yield (context if isinstance(context, str) else str(number)), text, context


def load(
    params: Params | Path | str | None = None, *, lexicon: Sequence[Path | str] = ()
) -> Extractor:
    """Make an extractor, ready to call.

    `params` is a params.yaml (its path) or ready `Params`; `lexicon` lists
    folders of own words, laid over the rule data of the package.

    Errors: DataError with every problem of the settings or the rule data.
    """
    return Extractor(settled(params, lexicon))
