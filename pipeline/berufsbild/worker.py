"""A worker process: batches of texts come in, compact results go out.

Shape: an extraction travels as its spans without their text and its profile, both
    with numbers for values; the text is the parent's own. A value is sent once,
    then both sides know it by its number.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Hashable, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from berufsbild.extraction import Extraction, Failure, Problem, Profile, Source
from berufsbild.housekeeping import settle
from berufsbild.spans import Label, Span

if TYPE_CHECKING:
    from berufsbild.extractor import Extractor

Pair: TypeAlias = tuple[str, object]
Render: TypeAlias = Callable[[Extraction], object]
_Packed: TypeAlias = tuple[
    list[tuple[str, int, int, str, int]], list[int | None], list[int], list[int]
]
_Batch: TypeAlias = tuple[int, list[Hashable], list[Any]]
READY = b"ready"
_LABELS = {label.value: label for label in Label}
_MOST: Final = 50_000
"""Values that both sides know by number before they begin anew."""


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
            values = Numbers()
            while True:
                pairs = pickle.loads(parent.recv_bytes())  # noqa: S301 - the parent's
                known = values.begin()
                answers = []
                for id_, text in pairs:
                    answers.append(_answer(extractor, id_, text, render, values))
                    if ticking:
                        os.write(ticks, b".")
                batch = (known, values.new, answers)
                parent.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
        except (EOFError, ConnectionError):
            return


class Numbers:
    """The numbers by which a worker and its parent know values.

    Shape: `new` are the values that the batch under way is the first to have.
    """

    def __init__(self) -> None:
        """Start with no values."""
        self._numbers: dict[Hashable, int] = {}
        self.new: list[Hashable] = []

    def begin(self) -> int:
        """Begin a batch, and tell how many values are known before it."""
        if len(self._numbers) > _MOST:
            self._numbers.clear()
        self.new = []
        return len(self._numbers)

    def of(self, value: Hashable) -> int:
        """Give the number of a value."""
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self._numbers)
            self.new.append(value)
        return number


def _answer(
    extractor: Extractor, id_: str, text: object, render: Render | None, values: Numbers
) -> object:
    """Extract one text; an exception costs this text only."""
    try:
        result = extractor.extract(id_, text)
        if isinstance(result, Failure):
            return result
        return pack(result, values) if render is None else render(result)
    except Exception as error:  # noqa: BLE001 - whatever one text does, the others come through
        message = f"expected an extraction, got {type(error).__name__}: {error}"
        return Failure(id_, Problem("internal", message, Source()))


def pack(result: Extraction, values: Numbers) -> _Packed:
    """Make an extraction small for the way between processes."""
    of = values.of
    spans = [
        (span.label.value, span.start, span.end, span.rule, of(span.value)) for span in result.spans
    ]
    profile = result.profile
    headline = [None if one is None else of(one) for one in (profile.role, profile.place)]
    return spans, headline, [of(one) for one in profile.pay], [of(one) for one in profile.skills]


def unpack(id_: str, text: str, packed: _Packed, values: Sequence[Any]) -> Extraction:
    """Make the extraction of what came from a worker and the text that went there."""
    told, headline, pay, skills = packed
    spans = [
        Span(_LABELS[label], start, end, text[start:end], rule, values[number])
        for label, start, end, rule, number in told
    ]
    role, place = [None if number is None else values[number] for number in headline]
    profile = Profile(
        role,
        place,
        tuple([values[number] for number in pay]),
        tuple([values[number] for number in skills]),
    )
    return Extraction(id_, tuple(spans), profile)


def received(
    pairs: Sequence[Pair],
    batch: _Batch,
    render: Render | None,
    values: list[Hashable],
) -> list[object]:
    """Turn what came for a batch into results, one for each of its texts.

    `values` are those that are known by number; the batch's new ones come to them.
    """
    known, new, answers = batch
    if render is not None:
        return list(answers)
    del values[known:]
    values += new
    return [
        answer if isinstance(answer, Failure) else unpack(id_, str(text), answer, values)
        for (id_, text), answer in zip(pairs, answers, strict=True)
    ]
