"""Whether an amount is a lower end, an upper end, a rough figure or exact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, cast

from berufsbild.rules.euro_ranges.lexicon import EuroLexicon
from berufsbild.rules.euro_ranges.purposes import is_change
from berufsbild.rules.euro_ranges.scope import Scope
from berufsbild.values import Bound

_STRENGTH: Final[dict[Bound, int]] = {"at_least": 2, "at_most": 2, "approximate": 1}
_MOST_OPENERS: Final = 4
_LONGEST_WORD: Final = 24
_REACH: Final = 120
"""Letters before an amount that its openers take up."""
_ON: Final = re.compile(
    r" an(?=[.,;:)!?]|$| (?:und|ist|sind|wird|werden|können|aufwärts|nach oben|[a-zäöüß]{2,12}t)\b)"
)
_ROUND_CENTS: Final = (Decimal(0), Decimal("0.5"))
_PLUS: Final = re.compile(r"\+(?!\w)| ?\+(?=[.,;)]|$)")


class Openers:
    """Reads the words directly before an amount."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Compile the openers and what may stand between them and the amount."""
        self._bounds: dict[str, Bound] = {
            word.lower(): opener.bound for opener in lexicon.opener for word in opener.words
        }
        self._far = {
            word.lower() for opener in lexicon.opener if opener.far for word in opener.words
        }
        self._prepositions = {word.lower() for word in lexicon.far}
        words = {word.lower() for word in (*self._bounds, *lexicon.near, *lexicon.far)}
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        self._by_last: dict[str, list[str]] = {}
        for word in longest_first:
            self._by_last.setdefault(word.rsplit(" ", 1)[-1], []).append(word)
        self._signs = [word for word in longest_first if not word[-1].isalnum()]
        self._over = tuple(noun.lower() for noun in lexicon.over_nouns)

    def bound(self, text: str, start: int) -> Bound | None:
        """Read the bound from the words directly before an offset, the strongest."""
        last = text[max(0, start - _LONGEST_WORD) : start].lower().split()[-1:]
        if not last or (last[0] not in self._by_last and last[0][-1].isalnum()):
            return None
        before = " ".join(text[max(0, start - _REACH) : start].lower().split())
        found: Bound | None = None
        near = True
        for _ in range(_MOST_OPENERS):
            word = self._word_at_end(before)
            if word is None:
                break
            before = before[: -len(word)].rstrip()
            bound = self._bounds.get(word)
            if bound is None:
                near = near and word not in self._prepositions
                continue
            if not near and word not in self._far:
                break
            if word == "über" and before.endswith(self._over):
                break
            if found is None or _STRENGTH[bound] > _STRENGTH[found]:
                found = bound
        return found

    def _word_at_end(self, before: str) -> str | None:
        """Give the longest opener that a lower-case text ends with."""
        last = before.rpartition(" ")[2]
        words: Sequence[str] = self._by_last.get(last, ())
        if not words and last and not last[-1].isalnum():
            words = self._signs
        for word in words:
            if before.endswith(word):
                char = before[-len(word) - 1 : -len(word)]
                if not char.isalnum() and char != "_":
                    return word
        return None


class Bounds:
    """Decides the bound of an amount from all that its sentence says."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Keep the words that make an amount a mark ("4.000-Euro-Marke")."""
        self._thresholds = {head.lower() for head in lexicon.thresholds}
        self._links = frozenset(lexicon.links)
        self._bargains = frozenset(lexicon.bargains)
        self._not_for = frozenset(lexicon.not_for)

    def tell(self, scope: Scope) -> Bound:
        """Tell the bound: a pair is closed, else openers win over what stands farther off."""
        found = scope.found
        if found.paired:
            return "closed"
        if found.bound in ("at_least", "at_most"):
            return found.bound
        for cue in scope.rights("follower"):
            if scope.touches(cue, self._links):
                return cast("Bound", cue.value)
        if _PLUS.match(scope.text, found.end) or self._is_from_on(scope):
            return "at_least"
        if found.bound is not None:
            return "exact" if is_change(scope) or self._is_for(scope) else found.bound
        before = scope.words_before()[-3:]
        framing = self._framing(scope) if "bei" in before and "mit" not in before else None
        if framing is not None:
            return framing
        if found.head in self._thresholds or scope.in_clause("in_clause"):
            return "approximate"
        return "exact"

    def _is_for(self, scope: Scope) -> bool:
        """Tell the "um" of a price, as in Austria, from a rough figure: "um 10,40 Euro"."""
        before = scope.words_before()
        if before[-1:] != ["um"]:
            return False
        if not self._bargains.isdisjoint(before):
            return True
        odd = scope.found.low % 1 not in _ROUND_CENTS
        return odd and self._not_for.isdisjoint(before)

    def _is_from_on(self, scope: Scope) -> bool:
        """Tell "von 3.000 Euro an" from "von 3.000 Euro"."""
        leads = scope.words_before()[-1:] in (["von"], ["ab"])
        return leads and _ON.match(scope.text, scope.found.end) is not None

    def _framing(self, scope: Scope) -> Bound | None:
        """Read the bound from a verb or noun that goes with "bei" before the amount.

        What begins at an amount has a lower end; what ends there in a named year is exact.
        """
        for cue in scope.in_clause("bei"):
            if cue.end > scope.found.start:
                continue
            if not any(one.start >= cue.end for one in scope.lefts("level")):
                return cast("Bound", cue.value)
        for cue in scope.in_clause("ends_at"):
            if cue.start >= scope.found.end:
                return "at_most"
        return None
