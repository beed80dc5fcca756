"""Euro ranges: every way Germans write pay and other money, as one exact value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import regex

from berufsbild.layout import Layout
from berufsbild.rules.euro_ranges.attributes import Attributes, Told
from berufsbild.rules.euro_ranges.bare import BareAmounts
from berufsbild.rules.euro_ranges.bounds import Openers
from berufsbild.rules.euro_ranges.grammar import Amount, Grammar
from berufsbild.rules.euro_ranges.joints import Joint, Joints
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon, load_lexicon
from berufsbild.rules.euro_ranges.read import Reader
from berufsbild.rules.euro_ranges.scope import Found, Scopes
from berufsbild.spans import Label, Span
from berufsbild.values import EuroRange

__all__ = ["EuroLexicon", "EuroRanges", "load", "load_lexicon"]

_HEAD = regex.compile(r"-(?P<head>[^\W\d_]{2,40})")
_ARTICLE = regex.compile(r"^einer?[ \n](?=halbe|viertel|dreiviertel)", regex.IGNORECASE)
_NO_CENTS = regex.compile(r"[.,][-–—]{1,2}$")
_ROW = 3
_ROW_MARKS = {"/", "-", "–", "—", "|"}
_LONGEST_ROW = 12
_MOST_STATING = 64
"""Amounts with a stated period that others are compared with; a price list has thousands."""
_PERIOD_BEHIND = 24
_RULES = {"to": "from_to", "and": "between", "on": "from_to", "or": "either", "peak": "peak"}


def load(_split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> EuroRanges:
    """Load the rule with the rule data of this package and the user's own.

    Other rules index their words by the tokens that `split` gives; this one
    reads characters.
    """
    return EuroRanges(load_lexicon(overlays))


class EuroRanges:
    """Finds the euro ranges of a text and tells what each of them is."""

    label = Label.EURO_RANGE

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Compile the grammar and the vocabulary of one lexicon."""
        self._grammar = Grammar(lexicon)
        self._joints = Joints(lexicon)
        self._reader = Reader(lexicon)
        self._openers = Openers(lexicon)
        self._attributes = Attributes(lexicon)
        self._bare = BareAmounts(lexicon, self._attributes.vocabulary)
        self._scopes = Scopes(self._attributes.vocabulary, lexicon.turns)

    def find(self, layout: Layout) -> list[Span]:
        """Find every euro range, in text order, without overlaps."""
        text = layout.text
        amounts = self._grammar.amounts(text)
        if not amounts:
            return []
        found = self._found(layout, amounts)
        if not found:
            return []
        title = {word.lower() for line in layout.titles for word in _slot_words(text, line.role)}
        told = [
            one
            for sentence in self._scopes.of(layout, found)
            for one in self._attributes.tell(sentence, frozenset(title))
        ]
        self._attributes.continue_training(told)
        stating = [one for one in told if one.period and one.purpose == "pay"][:_MOST_STATING]
        return [self._span(text, one, stating) for one in told]

    def _found(self, layout: Layout, amounts: list[Amount]) -> list[Found]:
        """Join neighbouring amounts to ranges; the others stand alone."""
        text = layout.text
        found: list[Found] = []
        bare: list[Found] = []
        at = 0
        while at < len(amounts):
            first = amounts[at]
            row = _slash_row(text, amounts, at)
            if row:
                singles = [self._single(text, one) for one in row]
                found += [one for one in singles if one is not None]
                at += len(row)
                continue
            second = amounts[at + 1] if at + 1 < len(amounts) else None
            one = self._pair(text, first, second)
            named = first.unit
            if one is None and not named and not self._bare.may_be(text, first):
                at += 1
                continue
            if one is not None and second is not None:
                named = named or second.unit
                at += 1
            else:
                one = self._single(text, first)
            at += 1
            if one is not None:
                (found if named else bare).append(one)
        if bare:
            found += [one for one in bare if self._bare.accepts(layout, one, found)]
            found.sort(key=lambda one: one.start)
        return found

    def _pair(self, text: str, first: Amount, second: Amount | None) -> Found | None:
        if second is None:
            return None
        joint = self._joints.find(text, first, second)
        if joint is None or not self._may_join(text, first, joint):
            return None
        ends = self._reader.pair(first, second)
        if ends is None or self._differ(text, joint, second.end):
            return None
        name = "dash" if joint.dash else _RULES[joint.kind]
        rule = f"euro.{name}" if first.digits or second.digits else "euro.words"
        return Found(first.start, second.end, *ends, True, None, rule, _head(text, second.end))

    def _may_join(self, text: str, first: Amount, joint: Joint) -> bool:
        """Let only gross and period words stand between, unless "zwischen" or "von" leads."""
        start, end = joint.middle
        if not text[start:end].strip(" ()"):
            return True
        if not first.unit:
            return False
        if joint.kind in ("and", "on"):
            return "," not in text[start:end]
        covered = start
        for cue in self._attributes.vocabulary.find(text, start, end):
            if cue.kind in ("period", "gross", "follower") and not text[covered : cue.start].strip(
                " ()/"
            ):
                covered = max(covered, cue.end)
        return not text[covered:end].strip(" ()/.,")

    def _differ(self, text: str, joint: Joint, end: int) -> bool:
        """Tell two amounts with a period each: "6 Euro am Tag, höchstens 1.260 Euro im Jahr"."""
        start, middle_end = joint.middle
        if start == middle_end:
            return False
        find = self._attributes.vocabulary.find
        one = {cue.value for cue in find(text, start, middle_end) if cue.kind == "period"}
        behind = find(text, end, min(len(text), end + _PERIOD_BEHIND)) if one else []
        other = next((cue for cue in behind if cue.kind == "period"), None)
        return other is not None and text[end : other.start].isspace() and {other.value} != one

    def _single(self, text: str, amount: Amount) -> Found | None:
        number = self._reader.amount(amount)
        if number is None:
            return None
        bound = self._openers.bound(text, amount.start)
        if bound is None and amount.unit and "+" in text[amount.start : amount.end]:
            bound = "at_least"
        rule = "euro.open" if bound in ("at_least", "at_most") else "euro.single"
        rule = rule if amount.digits else "euro.words"
        head = _head(text, amount.end)
        return Found(amount.start, amount.end, number, number, False, bound, rule, head)

    def _span(self, text: str, told: Told, stating: list[Told]) -> Span:
        found = told.scope.found
        period = told.period or self._attributes.infer_period(told, stating)
        value = EuroRange(
            min=None if told.bound == "at_most" else found.low,
            max=None if told.bound == "at_least" else found.high,
            bound=told.bound,
            period=period,
            period_stated=told.period is not None,
            gross=told.gross,
            level=told.level,
            purpose=told.purpose,
        )
        surface = text[found.start : found.end]
        start = found.start + len(surface) - len(_ARTICLE.sub("", surface))
        end = found.start + len(_NO_CENTS.sub("", surface))
        return Span(
            Label.EURO_RANGE,
            start,
            end,
            text[start:end],
            found.rule,
            value,
        )


def _head(text: str, end: int) -> str:
    """Give the word that a hyphen ties to an amount, in lower case."""
    match = _HEAD.match(text, end) if text[end : end + 1] == "-" else None
    return match["head"].lower() if match else ""


def _slash_row(text: str, amounts: list[Amount], at: int) -> list[Amount]:
    """Give three or more amounts that slashes or dashes part: one each year, no range."""
    row = [amounts[at]]
    mark = ""
    for one in amounts[at + 1 : at + _LONGEST_ROW]:
        between = text[row[-1].end : min(one.start, row[-1].end + 4)].strip(" ")
        if between not in _ROW_MARKS or (mark and between != mark):
            break
        mark = between
        row.append(one)
    return row if len(row) >= _ROW and any(one.unit for one in row) else []


def _slot_words(text: str, slot: tuple[int, int] | None) -> list[str]:
    return text[slot[0] : slot[1]].replace("-", " ").split() if slot else []
