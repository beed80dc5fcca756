"""A worker process: batches of texts come in, compact results go out.

Shape: an extraction travels as (spans as tuples without their text, profile);
    the text is the parent's own, and a value that stands often in a batch is
    sent once.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeAlias

from berufsbild.extraction import Extraction, Failure, Problem, Profile, Source
from berufsbild.housekeeping import settle
from berufsbild.spans import Label, Span, Value

if TYPE_CHECKING:
    from berufsbild.extractor import Extractor

Pair: TypeAlias = tuple[str, object]
Render: TypeAlias = Callable[[Extraction], object]
_Packed: TypeAlias = tuple[list[tuple[str, int, int, str, Value]], Profile]
READY = b"ready"
_LABELS = {label.value: label for label in Label}


def serve(results: int, ticks: int) -> None:
    """Answer batches until the parent closes its end or is gone.

    A tick is one byte for each text that is done: it tells the parent which
    text is under way, and costs it nothing until it asks.
    """
    with Connection(results) as parent:
        try:
            extractor, render, ticking = pickle.loads(parent.recv_bytes())  # noqa: S301 - ours
            settle()
            parent.send_bytes(READY)
            while True:
                pairs = pickle.loads(parent.recv_bytes())  # noqa: S301 - the parent's
                answers = []
                for id_, text in pairs:
                    answers.append(_answer(extractor, id_, text, render))
                    if ticking:
                        os.write(ticks, b".")
                parent.send_bytes(pickle.dumps(answers, pickle.HIGHEST_PROTOCOL))
        except (EOFError, ConnectionError):
            return


def _answer(extractor: Extractor, id_: str, text: object, render: Render | None) -> object:
    """Extract one text; an exception costs this text only."""
    try:
        result = extractor.extract(id_, text)
        if isinstance(result, Failure):
            return result
        return pack(result) if render is None else render(result)
    except Exception as error:  # noqa: BLE001 - whatever one text does, the others come through
        message = f"expected an extraction, got {type(error).__name__}: {error}"
        return Failure(id_, Problem("internal", message, Source()))


def pack(result: Extraction) -> _Packed:
    """Make an extraction small for the way between processes."""
    spans = [
        (span.label.value, span.start, span.end, span.rule, span.value) for span in result.spans
    ]
    return spans, result.profile


def unpack(id_: str, text: str, packed: Any) -> Extraction:  # noqa: ANN401 - from a pipe
    """Make the extraction of what came from a worker and the text that went there."""
    spans, profile = packed
    return Extraction(
        id_,
        tuple(
            Span(_LABELS[label], start, end, text[start:end], rule, value)
            for label, start, end, rule, value in spans
        ),
        profile,
    )


def received(
    pairs: Sequence[Pair], answers: Sequence[object], render: Render | None
) -> list[object]:
    """Turn the answers to a batch into results, one for each of its texts."""
    if render is not None:
        return list(answers)
    return [
        answer if isinstance(answer, Failure) else unpack(id_, str(text), answer)
        for (id_, text), answer in zip(pairs, answers, strict=True)
    ]
