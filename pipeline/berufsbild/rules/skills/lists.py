"""Lists of skills: what one member says of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from berufsbild.rules.skills.candidates import Candidate, open_candidate
from berufsbild.rules.skills.marks import CLOSING, LIST_SIGN, OPENING

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.rules.skills.grammar import Members
    from berufsbild.rules.skills.marks import Marks
    from berufsbild.spans import Tokens

_GAP: Final = 4
_STEPS: Final = 4
_SHORT: Final = 3
_MINIMUM: Final = 8
"""A noun must be so long to be taken into a list by its ending."""
MEMBER: Final = "skill.list_member"
NAME: Final = "skill.list_name"
_NAMES: Final = 2
"""So many tools of a list make an unknown name beside them one."""
OPEN: Final = frozenset({MEMBER, NAME})
_PLAIN: Final = {
    "im": "in", "mit": "in", "zum": "zu", "zur": "zu", "vom": "von", "am": "an", "ans": "an",
    "beim": "bei", "fürs": "für", "ins": "in",
}  # fmt: skip


class Lists:
    """Asks which candidates stand in one list, and what else stands in it."""

    def __init__(self, members: Members, marks: Marks) -> None:
        """Keep the words."""
        self._stop = tuple(members.stop)
        self._endings = tuple(members.endings)
        self._marks = marks

    def groups(self, tokens: Tokens, candidates: list[Candidate]) -> list[list[Candidate]]:
        """Put the candidates list by list; what stands alone is a list of one."""
        found: list[list[Candidate]] = []
        left: Candidate | None = None
        for one in candidates:
            if left is not None and self._one_list(tokens, left, one):
                found[-1].append(one)
            else:
                found.append([one])
            left = one
        return found

    def _one_list(self, tokens: Tokens, left: Candidate, right: Candidate) -> bool:
        """Tell whether only list signs and small words part two candidates."""
        words = tokens.words
        begin, end = left.last + 1, right.first
        if not 0 < end - begin <= _GAP or not self._marks[words[begin]] & LIST_SIGN:
            return False
        if tokens.broken(left.last, end):
            return False
        for word in words[begin + 1 : end]:
            if word.capital:
                return False
        own = self._preposition(words, right)
        return not own or own == self._preposition(words, left)

    def _preposition(self, words: list[Word], one: Candidate) -> str:
        """Give the preposition before a candidate in its plain form, or nothing."""
        for at in range(one.first - 1, max(-1, one.first - 4), -1):
            word = words[at]
            marks = self._marks[word]
            if marks & (OPENING | CLOSING):
                text = word.text.lower()
                return _PLAIN.get(text, text)
            if marks & LIST_SIGN or word.capital:
                break
        return ""

    def with_members(self, tokens: Tokens, candidates: list[Candidate]) -> list[Candidate]:
        """Put nouns that no list holds between the candidates whose list they stand in."""
        words = tokens.words
        marks = self._marks
        found: list[Candidate] = []
        taken: set[int] | None = None
        for one in candidates:
            at = one.last + 1
            listed = at < len(words) and marks[words[at]] & LIST_SIGN
            if not listed and not (one.first and marks[words[one.first - 1]] & LIST_SIGN):
                continue
            if taken is None:
                taken = {at for one in candidates for at in range(one.first, one.last + 1)}
            for at in self._neighbours(tokens, one, taken):
                rule = self._member(words, at, one)
                if rule is not None:
                    taken.add(at)
                    kind = "tool" if _technical(words[at]) else one.known.skill.kind
                    found.append(open_candidate(at, words[at].text, kind, rule))
        return sorted([*candidates, *found], key=lambda one: one.first) if found else candidates

    def _neighbours(self, tokens: Tokens, one: Candidate, taken: set[int]) -> Iterator[int]:
        """Yield the nouns right beside a candidate that only a list sign parts from it."""
        words = tokens.words
        for step, edge in ((1, one.last), (-1, one.first)):
            at = edge
            for _ in range(_STEPS):
                if not 0 <= at + 2 * step < len(words):
                    break
                if not self._marks[words[at + step]] & LIST_SIGN:
                    break
                at += 2 * step
                if at in taken or not words[at].capital or _broken(tokens, at, edge):
                    break
                yield at

    def _member(self, words: list[Word], at: int, beside: Candidate) -> str | None:
        """Name the rule under which an unknown noun may be a member of a list."""
        word = words[at]
        if at + 1 < len(words) and words[at + 1].capital:
            return None
        if at and words[at - 1].capital:
            return None
        if _technical(word):
            return MEMBER
        if word.key.endswith(self._stop):
            return None
        if len(word.key) >= _MINIMUM and word.key.endswith(self._endings):
            return MEMBER
        named = beside.firm and beside.known.skill.kind == "tool"
        return NAME if named and len(word.text) > _SHORT else None


def settle(group: list[Candidate]) -> list[Candidate]:
    """Drop unknown members that outnumber the known, give the others the kind of most."""
    if len(group) == 1 and group[0].known.rule not in OPEN:
        return group
    tools = sum(one.firm and one.known.skill.kind == "tool" for one in group)
    if tools < _NAMES:
        group = [one for one in group if one.known.rule != NAME]
    known = [one for one in group if one.known.rule not in OPEN]
    unknown = len(group) - len(known)
    if not unknown:
        return group
    kinds = Counter(one.known.skill.kind for one in known)
    kind, _ = kinds.most_common(1)[0] if kinds else ("knowledge", 0)
    if unknown > len(known) or kind in {"soft", "certificate"}:
        return known
    return [
        replace(one, known=replace(one.known, skill=replace(one.known.skill, kind=kind)))
        if one.known.rule == MEMBER and one.known.skill.kind != "tool"
        else one
        for one in group
    ]


def _broken(tokens: Tokens, one: int, other: int) -> bool:
    return tokens.broken(min(one, other), max(one, other))


def _technical(word: Word) -> bool:
    """Tell a product's spelling: KeyShot, RA-Micro."""
    text = word.text
    inner = text[1:]
    return (
        len(text) > 3
        and inner.lower() != inner
        and text.replace("-", "").isalnum()
        and not text.isupper()
        and ("-" not in text or all(part[:1].isupper() for part in text.split("-")))
        and (len(text) < 12)
    )
