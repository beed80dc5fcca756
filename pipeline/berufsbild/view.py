"""A text in the terminal: its spans in colour, its profile as a table."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from berufsbild.extraction import Failure
from berufsbild.spans import Label
from berufsbild.values import EuroRange

if TYPE_CHECKING:
    from berufsbild.extraction import Extraction, Profile
    from berufsbild.extractor import Extractor
    from berufsbild.inputs import Item

STYLES: Final = {
    Label.EURO_RANGE: "black on green3",
    Label.ROLE: "black on sky_blue2",
    Label.PLACE: "black on gold3",
    Label.SKILL: "black on plum2",
}


def show(extractor: Extractor, items: Iterable[Item], console: Console | None = None) -> int:
    """Print every text with its spans and profile; give the exit code."""
    console = console or Console(highlight=False)
    failed = 0
    for item in items:
        result = (
            Failure.of(item.error, item.id)
            if item.error is not None
            else extractor.extract(item.id or "", item.text)
        )
        if isinstance(result, Failure):
            failed += 1
            console.print(f"{result.id}: {result.error.kind}: {result.error.message}", style="red")
            continue
        console.rule(result.id)
        console.print(_legend())
        console.print(highlighted(result, item.text or ""))
        console.print(profile_table(result.profile))
    return 1 if failed else 0


def _legend() -> Text:
    legend = Text()
    for label, style in STYLES.items():
        legend.append(f" {label.value} ", style)
        legend.append(" ")
    return legend


def highlighted(result: Extraction, text: str) -> Text:
    """Give the text with its spans in the colours of their labels."""
    shown = Text(text)
    for span in result.spans:
        shown.stylize(STYLES[span.label], span.start, span.end)
    return shown


def profile_table(profile: Profile) -> Table:
    """Give the profile as a table of two columns."""
    table = Table(show_header=False, title="Profile", title_justify="left")
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    role, place = profile.role, profile.place
    table.add_row("role", "–" if role is None else f"{role.name} (KldB {role.kldb or 'unknown'})")
    table.add_row("place", "–" if place is None else f"{place.name} ({place.id})")
    table.add_row("pay", "\n".join(map(amount, profile.pay)) or "–")
    skills = (
        f"{skill.name} ×{skill.mentions}" if skill.mentions > 1 else skill.name
        for skill in profile.skills
    )
    table.add_row("skills", ", ".join(skills) or "–")
    return table


def amount(value: EuroRange) -> str:
    """Say a range in a few words: 4200–5200 EUR/month, entry."""
    said = value.in_words(_number)
    gross = {True: "gross", False: "net", None: None}[value.gross]
    inferred = None if value.period_stated else "period inferred"
    extra = [part for part in (value.level, gross, inferred) if part]
    return ", ".join([f"{said} EUR/{value.period}", *extra])


def _number(value: Decimal | None) -> str:
    return "?" if value is None else f"{value:f}"
