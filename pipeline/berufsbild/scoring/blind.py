"""Score an extractor on lists that no rule was ever tuned on.

A list marks one label's targets in sentences of their own; what else is found
there is not judged, except in ordinary prose, where everything that is not
marked is a false hit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final

from berufsbild.corpus.lists import Marked
from berufsbild.spans import Label, Span

GROUPS: Final[Mapping[str, str]] = {"kldb": "area", "kind": "kind", "purpose": "purpose"}
_EURO_UNSAID: Final = ("min", "max", "gross", "level")
_Z: Final = 1.959964


@dataclass(slots=True)
class ListScore:
    """What was found of one list.

    Shape: `targets` counts the marks; `overlap`, `whole` and `right` of them
        were touched, found with their exact span, and found so with all the
        values that the list gives; `near` have at least the KldB's three first
        digits. `false` counts spans of the label that touch no mark.
        `groups` maps a group ("area 2", "kind soft") to its own counts.
    """

    targets: int = 0
    overlap: int = 0
    whole: int = 0
    right: int = 0
    near: int = 0
    false: int = 0
    texts: int = 0
    groups: dict[str, Counter[str]] = field(default_factory=dict)


def score_list(
    entries: Iterable[Marked], label: Label, extract: Callable[[str], Sequence[Span]]
) -> ListScore:
    """Run an extractor over a list and count what it found of the targets."""
    score = ListScore()
    for entry in entries:
        found = [span for span in extract(entry.text) if span.label == label]
        score.texts += 1
        marks = [(start, end) for start, end, _ in entry.spans]
        score.false += sum(not _touches(span, marks) for span in found)
        for start, end, values in entry.spans:
            exact = next((one for one in found if (one.start, one.end) == (start, end)), None)
            counted = {
                "targets": True,
                "overlap": any(_touches(span, [(start, end)]) for span in found),
                "whole": exact is not None,
                "right": exact is not None and _agrees(exact.value, values),
                "near": exact is not None and _same_group(exact.value, values),
            }
            group = score.groups.setdefault(_group(values), Counter())
            for name, true in counted.items():
                setattr(score, name, getattr(score, name) + true)
                group[name] += true
    return score


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Give the 95 % interval of a share, by Wilson's score method (1927)."""
    if total == 0:
        return 0.0, 1.0
    share = hits / total
    middle = share + _Z**2 / (2 * total)
    spread = _Z * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    scale = 1 + _Z**2 / total
    return (middle - spread) / scale, (middle + spread) / scale


def render(scores: Mapping[str, ListScore], prose: Mapping[str, ListScore]) -> str:
    """Write the scores of all lists as Markdown."""
    lines = [
        "# Blind lists",
        "",
        "Sentences and prose by which no rule and no word was chosen: scored, never read for",
        "tuning. They stand in `corpus/blind/`. Shares with their 95 % intervals (Wilson).",
        "",
        *_table("list", "targets", "any overlap", "whole span", "with its value"),
    ]
    for name, score in scores.items():
        hits = (score.overlap, score.whole, score.right)
        lines.append(_row(name, score.targets, *(_share(one, score.targets) for one in hits)))
    for name, score in scores.items():
        lines += ["", f"## {name}", "", *_groups(score)]
    lines += ["", "## Ordinary prose", "", "What is found in prose that is about no job at all."]
    lines += ["", *_table("prose", "paragraphs", "marked", "found", "false hits")]
    for name, score in prose.items():
        lines.append(_row(name, score.texts, score.targets, score.whole, score.false))
    return "\n".join(lines) + "\n"


def _groups(score: ListScore) -> list[str]:
    lines = _table("group", "targets", "any overlap", "whole span", "with its value")
    for group, counts in sorted(score.groups.items()):
        total = counts["targets"]
        hits = (counts["overlap"], counts["whole"], counts["right"])
        lines.append(_row(group, total, *(_short(one, total) for one in hits)))
    if score.near:
        four, three = (_short(hits, score.whole) for hits in (score.right, score.near))
        lines += ["", f"KldB of the whole spans: right at four digits {four}, at three {three}."]
    return lines


def _table(*names: str) -> list[str]:
    return [_row(*names), "|" + "---|" * len(names)]


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def figures(score: ListScore) -> dict[str, Any]:
    """Give a score as plain data for JSON."""
    return {
        "texts": score.texts, "targets": score.targets, "overlap": score.overlap,
        "whole": score.whole, "right": score.right, "kldb_3": score.near or None,
        "false": score.false,
    }  # fmt: skip


def _touches(span: Span, marks: Sequence[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in marks)


def _agrees(value: object, expected: Mapping[str, Any]) -> bool:
    """Compare what is given; of a euro range what is not given must not be found either."""
    unsaid = dict.fromkeys(_EURO_UNSAID) if "purpose" in expected else {}
    return all(getattr(value, key) == wanted for key, wanted in {**unsaid, **expected}.items())


def _same_group(value: object, expected: Mapping[str, Any]) -> bool:
    kldb = getattr(value, "kldb", None)
    return kldb is not None and "kldb" in expected and kldb[:3] == expected["kldb"][:3]


def _group(values: Mapping[str, Any]) -> str:
    for key, name in GROUPS.items():
        if key in values:
            return f"{name} {values[key][0] if key == 'kldb' else values[key]}"
    return "all"


def _share(hits: int, total: int) -> str:
    low, high = wilson(hits, total)
    return f"{hits / total:.3f} [{low:.2f}, {high:.2f}]" if total else "–"


def _short(hits: int, total: int) -> str:
    return f"{hits / total:.3f}" if total else "–"
