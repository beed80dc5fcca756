"""Lists of skills: what one member says of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from berufsbild.rules.skills.candidates import LIST_SIGNS, Candidate, open_candidate
from berufsbild.rules.skills.cues import preposition

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.rules.skills.grammar import Members

_GAP: Final = 4
_STEPS: Final = 4
_SHORT: Final = 3
_BULLET: Final = 4
_MINIMUM: Final = 8
"""A noun must be so long to be taken into a list by its ending."""
MEMBER: Final = "skill.list_member"
NAME: Final = "skill.list_name"
_NAMES: Final = 2
"""So many tools of a list make an unknown name beside them one."""
OPEN: Final = frozenset({MEMBER, NAME})


def groups(layout: Layout, candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the candidates list by list; what stands alone is a list of one."""
    group: list[Candidate] = []
    for one in candidates:
        if group and not _one_list(layout, group[-1], one):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def with_members(layout: Layout, members: Members, candidates: list[Candidate]) -> list[Candidate]:
    """Put nouns that no list holds between the candidates whose list they stand in."""
    found: list[Candidate] = []
    taken = {at for one in candidates for at in range(one.first, one.last + 1)}
    words = layout.tokens.words
    for one in candidates:
        at = one.last + 1
        listed = at < len(words) and words[at].text in LIST_SIGNS
        if not listed and words[one.first - 1].text not in LIST_SIGNS:
            continue
        for at in _neighbours(layout, one, taken):
            word = words[at]
            rule = _member(layout, members, at, one)
            if rule is not None:
                taken.add(at)
                kind = "tool" if _technical(word) else one.known.skill.kind
                found.append(open_candidate(at, word.text, kind, rule))
    return sorted([*candidates, *found], key=lambda one: one.first) if found else candidates


def filling(layout: Layout, candidates: list[Candidate]) -> frozenset[int]:
    """Give the first tokens of those that fill a line each of a list with firm ones.

    In "Aufgaben: - Lohnabrechnung - Personalplanung" one line vouches for the next.
    """
    tokens = layout.tokens
    lists: dict[str, list[Candidate]] = {}
    for one in candidates:
        start = tokens.starts[one.first]
        if start < _BULLET or layout.text[start - 1] != " " or layout.text[start - 2].isalnum():
            continue
        line = layout.line(start)
        alone = start - line.start <= _BULLET and tokens.ends[one.last] >= line.end - 1
        if alone and line.kind == "item":
            lists.setdefault(layout.heading(start), []).append(one)
    return frozenset(
        one.first
        for members in lists.values()
        if any(one.firm for one in members)
        for one in members
    )


def settle(group: list[Candidate]) -> list[Candidate]:
    """Drop unknown members that outnumber the known, give the others the kind of most."""
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


def _one_list(layout: Layout, left: Candidate, right: Candidate) -> bool:
    """Tell whether only list signs and small words part two candidates."""
    tokens = layout.tokens
    words = tokens.words
    between = words[left.last + 1 : right.first]
    if not between or len(between) > _GAP or between[0].text not in LIST_SIGNS:
        return False
    if "\n" in layout.text[tokens.ends[left.last] : tokens.starts[right.first]]:
        return False
    if any(word.capital and word.text not in LIST_SIGNS for word in between):
        return False
    own = preposition(words, right)
    return not own or own == preposition(words, left)


def _neighbours(layout: Layout, one: Candidate, taken: set[int]) -> Iterator[int]:
    """Yield the nouns right beside a candidate that only a list sign parts from it."""
    words = layout.tokens.words
    for step, edge in ((1, one.last), (-1, one.first)):
        at = edge
        for _ in range(_STEPS):
            if not 0 <= at + 2 * step < len(words) or words[at + step].text not in LIST_SIGNS:
                break
            at += 2 * step
            if at in taken or not words[at].capital or _broken(layout, at, edge):
                break
            yield at


def _broken(layout: Layout, one: int, other: int) -> bool:
    starts, ends = layout.tokens.starts, layout.tokens.ends
    left, right = sorted((one, other))
    return "\n" in layout.text[ends[left] : starts[right]]


def _member(layout: Layout, members: Members, at: int, beside: Candidate) -> str | None:
    """Name the rule under which an unknown noun may be a member of a list."""
    words = layout.tokens.words
    word = words[at]
    if at + 1 < len(words) and words[at + 1].capital:
        return None
    if at and words[at - 1].capital:
        return None
    if _technical(word):
        return MEMBER
    if word.key.endswith(tuple(members.stop)):
        return None
    if len(word.key) >= _MINIMUM and word.key.endswith(tuple(members.endings)):
        return MEMBER
    named = beside.firm and beside.known.skill.kind == "tool"
    return NAME if named and len(word.text) > _SHORT else None


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
