"""Passages: sentences that one amount or one group of amounts may touch.

Nearly always that is one sentence. Over a hard line break amounts go on
("zwischen 4.200 €", "und 5.200 €"), and so do the words that lead to them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
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

    `stops` for a measure with a full stop ("50 Mill."), `opens` for the words
    directly before an amount, `after` for "zwischen" and "von".
    """

    stops: bool
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
        self._period_on = lru_cache(maxsize=1 << 12)(self._find_period)
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

    def touched(self, text: str, parts: Sequence[Part], at: int, number: int | None) -> int:
        """Give the first sentence that amounts of the one behind `at` may touch.

        That is nearly always the one behind itself. `number` is the offset of its
        first amount, null where it is not known.
        """
        none = at + 1
        ending = parts[at].sentence.known(self, self._ending)
        if ending.stops:
            return at
        running = _is_running(text, parts, at)
        if running and not (ending.opens or ending.after):
            return none
        sentence = parts[none].sentence
        front = sentence.known(self._front, lambda one: self._front(one.text, number))
        if front is None:
            return none
        touched = none
        if (ending.opens and front.opened) or (ending.after and front.short):
            touched = self._led_from(text, parts, at)
        if running:
            return touched
        if front.goes_on:
            touched = min(touched, at)
        return min(touched, self._pair(text, parts, at, front)) if front.number < FAR else touched

    def _led_from(self, text: str, parts: Sequence[Part], at: int) -> int:
        """Give the line in which the openers begin: "mehr", "als", "3.000 €"."""
        while at and self._opening.issuperset(parts[at].sentence.text.lower().split()):
            sentence = parts[at - 1].sentence
            ending = sentence.known(self, self._ending)
            if _is_running(text, parts, at - 1) or not (ending.opens or ending.after):
                break
            at -= 1
        return at

    def _front(self, text: str, number: int | None) -> Front | None:
        """Tell how a sentence begins, null where no number stands near its beginning."""
        if number is None:
            number = self._grammar.first_number(text, _REACH)
        goes_on = text[:_REACH].split(None, 1)[0].lower().rstrip(_STOPS) in self._ends
        if number is None or number > _REACH:
            return Front(FAR, opened=False, short=False, goes_on=True) if goes_on else None
        before = text[:number].lower()
        words = before.split()
        opened = self._opening.issuperset(words)
        short = len(words) < _HEAD_WORDS
        number = FAR if _MARK.search(before) else number
        return Front(number, opened, short, goes_on)

    def period_goes_over(self, text: str, parts: Sequence[Part], at: int) -> bool:
        """Tell whether a period stands at the border of a sentence and the next, or on it."""
        end = parts[at].start + len(parts[at].sentence.text) - _PERIOD
        start = parts[at + 1].start
        return self._period_on(text[max(0, end) : start + _PERIOD], start - max(0, end))

    def _find_period(self, text: str, border: int) -> bool:
        """Tell whether a period stands at an offset or on it."""
        cues = self._vocabulary.find(text, 0, len(text))
        return any(cue.kind == "period" and cue.start <= border < cue.end for cue in cues)

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
            sentence.text.endswith(self._stops),
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
