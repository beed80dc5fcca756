"""The errors of a report in their sentences, the most frequent first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from berufsbild.scoring.figures import LABELS
from berufsbild.scoring.mistakes import KINDS, Mistake, excerpt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rich.text import Text

    from berufsbild.scoring.report import Report

_MEANING = {
    "missed": "in gold, not found",
    "spurious": "found, not in gold",
    "boundary": "right label, other borders",
    "type": "other label",
    "value": "right span, other value",
}
_SHORTEST = 40
_SPECIAL = re.compile(r"([\\`*_|<>\[\]])")
_BLANKS = re.compile(r"\s+")


def list_mistakes(report: Report, hidden: Collection[str], room: int) -> str:
    """Render the errors by class in at most `room` bytes of UTF-8.

    Errors with the same surfaces are one entry with a count and one example;
    what does not fit is told as a number.
    """
    shown = [one for one in report.mistakes if one.split not in hidden]
    head = ["## Errors", _summary(report), "⟦…⟧ is the gold span, ⟨…⟩ the predicted one."]
    if len(shown) < len(report.mistakes):
        names = ", ".join(sorted(hidden))
        kept_back = len(report.mistakes) - len(shown)
        head.append(f"{kept_back} errors of held-back splits ({names}) are not shown.")
    top = "\n\n".join(head)
    left = room - _size(top)
    sections = [_Section.of(report, kind, shown, left) for kind in KINDS]
    filled = [section for section in sections if section.entries]
    # The short sections first, so that what they leave goes to the long ones.
    texts: dict[str, str] = {}
    for number, section in enumerate(sorted(filled, key=_Section.size)):
        texts[section.kind] = section.render(left // (len(filled) - number))
        left -= _size(texts[section.kind])
    return "\n\n".join([top, *(texts[section.kind] for section in filled)])


def _size(text: str) -> int:
    return len(text.encode()) + 2


def _summary(report: Report) -> str:
    total = report.totals["all"]
    lines = ["| label | " + " | ".join(KINDS) + " |", "| --- |" + " --- |" * len(KINDS)]
    for label in LABELS:
        counts = [str(total.get(f"error.{label}.{kind}", 0)) for kind in KINDS]
        lines.append(f"| {label} | " + " | ".join(counts) + " |")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Section:
    kind: str
    title: str
    entries: list[str]
    groups: int

    @classmethod
    def of(cls, report: Report, kind: str, mistakes: Iterable[Mistake], room: int) -> _Section:
        """Group the mistakes of a kind, and write as many as could ever fit."""
        groups: dict[tuple[str, ...], list[Mistake]] = {}
        chosen = [one for one in mistakes if one.kind == kind]
        for one in chosen:
            groups.setdefault(_group(one), []).append(one)
        ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
        title = f"### {kind.capitalize()}: {len(chosen)} ({_MEANING[kind]})\n"
        fitting = ordered[: max(room, 0) // _SHORTEST]
        entries = [_entry(report, members) for _, members in fitting]
        return cls(kind, title, entries, len(ordered))

    def size(self) -> int:
        return sum(len(entry.encode()) + 1 for entry in self.entries)

    def render(self, room: int) -> str:
        lines, left = [self.title], room - len(self.title.encode()) - _SHORTEST
        for entry in self.entries:
            left -= len(entry.encode()) + 1
            if left < 0:
                break
            lines.append(entry)
        if rest := self.groups - len(lines) + 1:
            lines.append(f"- … and {rest} more")
        return "\n".join(lines)


def _group(one: Mistake) -> tuple[str, ...]:
    surfaces = [span.text.casefold() if span else "" for span in (one.gold, one.predicted)]
    found = one.predicted
    return (one.label, *surfaces, found.label if found else "", repr(one.values))


def _entry(report: Report, members: list[Mistake]) -> str:
    one = members[0]
    times = f" ×{len(members)}" if len(members) > 1 else ""
    what = " → ".join(_escape(span.text) for span in (one.gold, one.predicted) if span)
    if one.gold and one.predicted and one.gold.text == one.predicted.text:
        what = _escape(one.gold.text)
    label = one.label
    if one.predicted and one.predicted.label != label:
        label += f" → {one.predicted.label}"
    rule = f" · `{one.predicted.rule}`" if one.predicted else ""
    values = "".join(
        f" · {name}: {_escape(say(expected))} → {_escape(say(got))}"
        for name, expected, got in one.values
    )
    where = f"`{one.text_id}` {one.start}"
    sentence = _escape(marked(report.sources[one.text_id], one))
    return f"- **{label}** {what}{times}{rule}{values} · {where}\n  {sentence}"


def marked(text: str, one: Mistake) -> str:
    """Cut out the sentence of a mistake and mark its spans in it."""
    first, last = excerpt(text, one.start, one.end)
    signs: list[tuple[int, int, str]] = []
    for span, left, right in ((one.gold, "⟦", "⟧"), (one.predicted, "⟨", "⟩")):
        if span:
            signs += [(span.start, 1, left), (span.end, 0, right)]
    signs.sort(key=lambda sign: sign[:2])
    parts, at = [], first
    for offset, _, sign in signs:
        parts += [text[at:offset], sign]
        at = offset
    return _BLANKS.sub(" ", "".join([*parts, text[at:last]])).strip()


def say(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Say an attribute's value in a report."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in sorted(value.items()))
    return str(value)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def coloured(text: str, one: Mistake, *, new: bool) -> Text:
    """Render a mistake for the terminal: what, which rule, and its sentence."""
    from rich.text import Text

    gold, predicted = one.gold, one.predicted
    label = one.label
    if predicted and predicted.label != label:
        label += f" → {predicted.label}"
    shown = Text()
    if new:
        shown.append("NEW ", style="bold magenta")
    shown.append(f"{one.kind} {label}", style="bold")
    if predicted:
        shown.append(f" {predicted.rule}", style="cyan")
    shown.append(f" {one.text_id}:{one.start}\n  ", style="dim")
    first, last = excerpt(text, one.start, one.end)
    sentence = Text(text[first:last].replace("\n", " "))
    if gold:
        sentence.stylize("underline green", gold.start - first, gold.end - first)
    if predicted:
        style = "reverse" if gold and gold.start == predicted.start else "reverse red"
        sentence.stylize(style, predicted.start - first, predicted.end - first)
    shown.append(sentence)
    for name, expected, got in one.values:
        shown.append(f"\n  {name}: expected {say(expected)}, got {say(got)}", style="yellow")
    return shown
