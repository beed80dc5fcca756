"""What went wrong, one by one: the list that a rule's author works through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from berufsbild.scoring.match import Alignment, Mention

Kind: TypeAlias = Literal["missed", "spurious", "boundary", "type", "value"]
KINDS: tuple[Kind, ...] = ("missed", "spurious", "boundary", "type", "value")

# A dot after one or two letters, or after these, ends no sentence: "z. B. SAP".
_SENTENCE_END = re.compile(
    r"(?:(?<!\b\w)(?<!\b\w\w)(?<!\bbzw)(?<!\bMio)(?<!\bStd)(?<!\bTsd)\.|[!?…])"
    r"[“”\"»)]*\s+(?=[\"„»(]*[A-ZÄÖÜ0-9])"
)
_REACH = 160


@dataclass(frozen=True, slots=True)
class Mistake:
    """One disagreement between gold and prediction.

    `kind` is missed or spurious (nobody to pair with), boundary (same label,
    other borders), type (other label) or value (same span, other value).
    `values` names each wrong attribute with what was expected and got.
    """

    text_id: str
    split: str | None
    kind: Kind
    label: str
    gold: Mention | None
    predicted: Mention | None
    values: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def signature(self) -> str:
        """Name the disagreement without its text, the same in every run."""
        rule = self.predicted.rule if self.predicted else ""
        wrong = "+".join(name for name, _, _ in self.values)
        return f"{self.kind}.{self.label}.{self.start}-{self.end}.{rule}.{wrong}"

    @property
    def start(self) -> int:
        """The first offset of either span."""
        return min(span.start for span in (self.gold, self.predicted) if span)

    @property
    def end(self) -> int:
        """The last offset of either span."""
        return max(span.end for span in (self.gold, self.predicted) if span)


def find_mistakes(
    text_id: str, split: str | None, found: Alignment, verdicts: Iterable[Mapping[str, bool]]
) -> list[Mistake]:
    """List the disagreements of one text, in text order.

    `verdicts` has for each pair which attributes are right.
    """
    mistakes = [Mistake(text_id, split, "missed", span.label, span, None) for span in found.missed]
    mistakes += [
        Mistake(text_id, split, "spurious", span.label, None, span) for span in found.spurious
    ]
    for (gold, predicted), verdict in zip(found.pairs, verdicts, strict=True):
        wrong = _wrong_values(gold, predicted, verdict)
        kind: Kind
        if gold.label != predicted.label:
            kind = "type"
        elif gold.key() != predicted.key():
            kind = "boundary"
        elif wrong:
            kind = "value"
        else:
            continue
        mistakes.append(Mistake(text_id, split, kind, gold.label, gold, predicted, wrong))
    mistakes.sort(key=lambda one: (one.start, one.end, one.label, one.kind))
    return mistakes


def _wrong_values(
    gold: Mention, predicted: Mention, verdict: Mapping[str, bool]
) -> tuple[tuple[str, Any, Any], ...]:
    if all(verdict.values()):
        return ()
    keys = ["kldb" if name.startswith("kldb_") else name for name in verdict if not verdict[name]]
    return tuple(
        (key, _said(gold.values, key), _said(predicted.values, key)) for key in dict.fromkeys(keys)
    )


def _said(values: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401 - any JSON value
    value = values.get(key)
    return dict(value) if isinstance(value, Mapping) else value


def excerpt(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the sentence around a span, at most some words to either side.

    Shape: half-open offsets that never leave the line of the span.
    """
    first = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _REACH)
    for border in _SENTENCE_END.finditer(text, first, end):
        if border.end() <= start:
            first = border.end()
    border_after = _SENTENCE_END.search(text, max(end - 1, start), last)
    if border_after:
        last = border_after.start() + len(border_after[0].rstrip())
    if first and text[first - 1].isalnum() and text[first].isalnum():
        first = min(_after_blank(text, first), start)
    return first, max(last, end)


def _after_blank(text: str, at: int) -> int:
    blank = re.compile(r"\s").search(text, at)
    return blank.end() if blank else at
