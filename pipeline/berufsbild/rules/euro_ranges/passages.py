"""Passages: sentences that one amount or one group of amounts may touch.

Nearly always that is one sentence. Over a hard line break amounts go on
("zwischen 4.200 €", "und 5.200 €"), and so do the words that lead to them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.german.numbers import FRACTION_PHRASES
from berufsbild.rules.euro_ranges.cues import Vocabulary
from berufsbild.rules.euro_ranges.grammar import Grammar
from berufsbild.rules.euro_ranges.joints import Joints
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon

if TYPE_CHECKING:
    from berufsbild.layout import Part, Sentence

_REACH: Final = 100
"""Letters that two amounts of a range may stand apart, and some more."""
FAR: Final = 10_000
"""More than any distance at which numbers touch."""
_HEAD_WORDS: Final = 4
_PERIOD: Final = 24
_CAPITALS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ")
_NUMBER_BEFORE_END: Final = re.compile(rf"[\d€](?=[^\d€!?;:]{{0,{_REACH}}}\Z)")
_NOT_PLAIN: Final = re.compile(r"[\d!?;:€]")
_MARK: Final = re.compile(r"[!?;:€]")
_GROUPED: Final = re.compile(r"\d[. '’]\d{3}|tausend")
_STOPS: Final = ".!?…)\"'“”»«’‘"
_TIMES: Final = ("x", "×", "*", "mal")
_HALVES: Final = frozenset(word for phrase in FRACTION_PHRASES for word in phrase.split()[1:])


class Passage:
    """A stretch of text with its sentences.

    Units: half-open offsets in `text`.
    """

    __slots__ = ("_starts", "borders", "text")

    def __init__(self, text: str, borders: Sequence[tuple[int, int]]) -> None:
        """Keep where the sentences start and end."""
        self.text = text
        self.borders = borders
        self._starts = [start for start, _ in borders]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence around an offset, half-open."""
        return self.borders[max(0, bisect_right(self._starts, offset) - 1)]


class Front(NamedTuple):
    """How a sentence begins.

    Units: `number` is the offset of its first number, far off where a mark stands
        before it. `opened` where openers alone stand before it, `short` where at
        most some words do; `goes_on` where the first word may end an amount.
    """

    number: int
    opened: bool
    short: bool
    goes_on: bool


class Ending(NamedTuple):
    """Whether the last word of a sentence may lead to an amount, or one of its last words.

    `opens` for those directly before it, `after` for "zwischen" and "von".
    """

    opens: bool
    after: bool


class Borders:
    """Tells where the amounts of two neighbouring sentences may touch.

    A border that is told to be one only costs time if it is none; the other
    mistake would tear a range apart.
    """

    def __init__(
        self, lexicon: EuroLexicon, grammar: Grammar, joints: Joints, vocabulary: Vocabulary
    ) -> None:
        """Collect the words that lead to an amount or go on with one."""
        self._grammar = grammar
        self._joints = joints
        self._vocabulary = vocabulary
        openers = [word for one in lexicon.opener for word in one.words]
        openers += [*lexicon.near, *lexicon.far]
        self._opening = frozenset(word.lower() for one in openers for word in one.split())
        self._counted = frozenset(word.lower() for word in lexicon.counted_before)
        others = {word.lower() for word in (*lexicon.vague, *lexicon.over_nouns)}
        self._last = self._opening.union(others, _TIMES)
        self._after = frozenset(word.lower() for one in lexicon.joiner for word in one.after)
        scales = [*lexicon.scale, *lexicon.tally, *lexicon.leading_scale]
        measures = [*lexicon.units, *lexicon.leading, *(w for one in scales for w in one.words)]
        self._stops = tuple({word for word in (*measures, *lexicon.foreign) if word[-1] == "."})
        later = chain.from_iterable(one.lower().split()[1:] for one in measures)
        self._ends = frozenset(chain(later, _HALVES, (one.lower() for one in lexicon.units)))

    def touched(self, text: str, parts: Sequence[Part], at: int, front: Front | None) -> int:
        """Give the first sentence that amounts of the one behind `at` may touch.

        That is nearly always the one behind itself; `front` is how it begins.
        """
        left = parts[at].sentence
        if left.text.endswith(self._stops):  # 50 Mill. Euro
            return at
        if front is None:
            return at + 1
        touched = at + 1
        if (front.opened or front.short) and self._leads(left, front):
            touched = self._led_from(text, parts, at)
        if _is_running(text, parts, at):
            return touched
        if front.goes_on:
            touched = min(touched, at)
        return min(touched, self._pair(text, parts, at, front)) if front.number < FAR else touched

    def _led_from(self, text: str, parts: Sequence[Part], at: int) -> int:
        """Give the line in which the openers begin: "mehr", "als", "3.000 €"."""
        while at and self._opening.issuperset(parts[at].sentence.text.lower().split()):
            sentence = parts[at - 1].sentence
            if _is_running(text, parts, at - 1) or not any(
                sentence.known(self._ending, self._ending)
            ):
                break
            at -= 1
        return at

    def front(self, text: str, number: int | None) -> Front | None:
        """Tell how a sentence begins, by the offset of its first number."""
        goes_on = text[:_REACH].split(None, 1)[0].lower().rstrip(_STOPS) in self._ends
        if number is None or number > _REACH:
            return Front(FAR, opened=False, short=False, goes_on=True) if goes_on else None
        before = text[:number].lower()
        words = before.split()
        opened = self._opening.issuperset(words)
        short = len(words) < _HEAD_WORDS
        number = FAR if _MARK.search(before) else number
        return Front(number, opened, short, goes_on)

    def front_by_itself(self, text: str, parts: Sequence[Part], at: int) -> Front | None:
        """Tell how a sentence that names no currency begins, null in running text."""
        if _is_running(text, parts, at - 1):
            return None
        return parts[at].sentence.known(self._front, self._front)

    def _front(self, sentence: Sentence) -> Front | None:
        return self.front(sentence.text, self._grammar.first_number(sentence.text, _REACH))

    def period_goes_over(self, text: str, parts: Sequence[Part], at: int) -> bool:
        """Tell whether a period stands at the border of a sentence and the next, or on it."""
        end = parts[at].start + len(parts[at].sentence.text)
        start = parts[at + 1].start
        cues = self._vocabulary.find(text, end - _PERIOD, min(len(text), start + _PERIOD))
        return any(cue.kind == "period" and cue.start <= start < cue.end for cue in cues)

    def _leads(self, left: Sentence, front: Front) -> bool:
        """Tell whether the last words of a sentence may lead to the next one's first amount."""
        ending = left.known(self._ending, self._ending)
        return (ending.opens and front.opened) or (ending.after and front.short)

    def _pair(self, text: str, parts: Sequence[Part], at: int, front: Front) -> int:
        """Give the sentence whose last number may be joined to the first one behind `at`.

        Lines without a number may stand between them: "3.000 €", "bis", "3.400 €".
        """
        none = at + 1
        end = parts[none].start + front.number
        while at >= 0:
            sentence = parts[at].sentence
            if end - parts[at].start - len(sentence.text) > _REACH:
                break
            tail = sentence.known(self._tail, self._tail)
            if tail < FAR:
                start = parts[at].start + len(sentence.text) - tail
                return at if self._joints.may_join(text[start:end]) else none
            if _NOT_PLAIN.search(sentence.text):
                break
            at -= 1
        return none

    def _ending(self, sentence: Sentence) -> Ending:
        words = sentence.text[-_REACH:].lower().split()[-_HEAD_WORDS:]
        last = words[-1]
        return Ending(
            last in self._last
            or last.rstrip(_STOPS) in self._counted
            or not (last[-1].isalnum() or last[-1] in _STOPS),
            not self._after.isdisjoint(words),
        )

    def _tail(self, sentence: Sentence) -> int:
        """Count the letters behind the last number, many where a mark stands among them."""
        end = sentence.text[-_REACH:]
        number = _NUMBER_BEFORE_END.search(end)
        rest = len(end) - number.end() if number else FAR
        spelled = self._grammar.last_number_word(end)
        if spelled is not None and not _MARK.search(end, spelled):
            rest = min(rest, len(end) - spelled)
        return rest


def has_grouped_number(sentence: Sentence) -> bool:
    """Tell whether a number of a sentence might be pay if another lent it the currency."""
    return _GROUPED.search(sentence.text) is not None


def _is_running(text: str, parts: Sequence[Part], at: int) -> bool:
    """Tell a sentence that ends with a full stop before another one in its line."""
    left, right = parts[at], parts[at + 1]
    end = left.start + len(left.sentence.text)
    if left.sentence.text[-1] != "." or right.sentence.text[0] not in _CAPITALS:
        return False
    return "\n" not in text[end : right.start]
