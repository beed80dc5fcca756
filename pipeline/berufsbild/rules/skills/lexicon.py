"""Load what is known about skills and tell what a single word may mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, cast, get_args

from pydantic import BaseModel, ConfigDict

from berufsbild.errors import DataError
from berufsbild.german.compounds import Heads
from berufsbild.german.inflection import thing_endings
from berufsbild.german.normalise import slug
from berufsbild.german.words import Word, fold, joined
from berufsbild.lexicon.index import Index
from berufsbild.lexicon.reader import Row, lexicon_files, read_table, read_toml
from berufsbild.values import Skill, SkillKind

COLUMNS: Final = ("id", "name", "kind", "surfaces")
KINDS: Final = get_args(SkillKind)
_APPRENTICESHIP: Final = ("erlehre", "istenlehre", "mannslehre", "erinnenlehre")
"""Not the doctrine of something but an apprenticeship: Bäckerlehre."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SkillHeads(_Strict):
    """Last parts of compounds that name a skill, by kind."""

    knowledge: frozenset[str]
    tool: frozenset[str]
    certificate: frozenset[str]
    soft: frozenset[str]


class Keys(_Strict):
    """A plain set of keys."""

    keys: frozenset[str]


class SkillAdjectives(_Strict):
    """Adjectives and the nouns with which they name a skill."""

    stems: frozenset[str]
    soft: frozenset[str]
    knowledge: frozenset[str]
    judging: frozenset[str]


class Cues(_Strict):
    """Words that speak for a skill in their sentence, or in their section."""

    words: frozenset[str]
    headings: frozenset[str]


class Frames(_Strict):
    """Nouns and prepositions that a list of skills follows."""

    nouns: frozenset[str]
    prepositions: frozenset[str]
    not_framed: frozenset[str]


class SkillGrammar(_Strict):
    """The content of lexicon/skills/grammar.toml."""

    heads: SkillHeads
    weak_heads: Keys
    stop: Keys
    adjectives: SkillAdjectives
    cues: Cues
    frames: Frames


@dataclass(frozen=True, slots=True)
class Known:
    """A skill that a word or phrase may name.

    `firm` is false where the context must vouch for it.
    """

    skill: Skill
    firm: bool
    rule: str


class SkillLexicon:
    """Known skills, productive heads, and the words that vouch for a skill."""

    def __init__(
        self, rows: Sequence[Row], grammar: SkillGrammar, split: Callable[[str], list[str]]
    ) -> None:
        """Index the rows.

        Errors: DataError for unknown kinds and for ids or surfaces that stand
            twice.
        """
        self.grammar = grammar
        self.index: Index[Known] = Index(thing_endings, split)
        problems = self._add(rows)
        if problems:
            raise DataError(problems)
        heads = grammar.heads
        by_kind: dict[SkillKind, frozenset[str]] = {
            "soft": heads.soft,
            "knowledge": heads.knowledge,
            "tool": heads.tool,
            "certificate": heads.certificate,
        }
        self._kind_of = {head: kind for kind, keys in by_kind.items() for head in keys}
        self._heads = Heads([*self._kind_of, *grammar.stop.keys])

    @classmethod
    def load(cls, split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> Self:
        """Load the rule data of this package, with the user's own on top."""
        (grammar,) = lexicon_files("skills", "grammar.toml")
        rows = [
            row
            for path in lexicon_files("skills", "*.tsv", overlays)
            for row in read_table(path, COLUMNS)
        ]
        return cls(rows, read_toml(grammar, SkillGrammar), split)

    def _add(self, rows: Sequence[Row]) -> list[str]:
        problems = []
        ids: dict[str, Row] = {}
        surfaces: dict[str, Row] = {}
        for row in rows:
            known = ids.setdefault(row["id"], row)
            if known is not row:
                problems.append(row.problem(f"an id not in {known.path.name}", row["id"]))
                continue
            if row["kind"] not in KINDS:
                problems.append(row.problem(f"one of {', '.join(KINDS)}", row["kind"]))
                continue
            skill = Skill(row["id"], row["name"], cast("SkillKind", row["kind"]))
            listed = row.many("surfaces")
            name = [] if "?" + row["name"] in listed else [row["name"]]
            for written in (*name, *listed):
                surface = written.removeprefix("?")
                other = surfaces.setdefault(surface, row)
                if other is not row:
                    where = f"{other.path.name}:{other.line}"
                    problems.append(row.problem(f"a surface not in {where}", surface))
                    continue
                self.index.add(surface, Known(skill, surface == written, "skill.lexicon"))
        return problems

    def read(self, word: Word) -> list[Known]:
        """Tell which skills a word may name, the firmest first."""
        if word.text[-1] == "-":  # the first part of an elision
            return []
        found = [
            known
            for element, known, _ in self.index.single(word)
            if word.capital or element.exact is not None or not known.skill.name[:1].isupper()
        ]
        if not found and word.capital and len(word.key) > 5:
            head = self._by_head(word)
            if head is not None:
                found.append(head)
        found.sort(key=lambda known: not known.firm)
        return found

    def _by_head(self, word: Word) -> Known | None:
        """Read a compound by its head: SAP-Kenntnisse, Durchhaltevermögen."""
        grammar = self.grammar
        stop = grammar.stop.keys
        if word.last in stop or not stop.isdisjoint(word.bases):
            return None
        best = ""
        whole = ""
        for stem, endings in word.bases.items():
            end = self._heads.longest(stem, before=2 if "-" in word.text else 3)
            if end and len(end) > len(best) and not thing_endings(end).isdisjoint(endings):
                best, whole = end, stem
        kind = self._kind_of.get(best)
        if kind is None or whole.endswith(_APPRENTICESHIP):
            return None
        name = _base_name(word, whole)
        return Known(
            Skill(slug(name), name, kind), best not in grammar.weak_heads.keys, "skill.head"
        )

    def cued(self, keys: set[str]) -> bool:
        """Tell whether the words of a sentence vouch for a skill in it."""
        return not self.grammar.cues.words.isdisjoint(keys)


def _base_name(word: Word, stem: str) -> str:
    """Write the base form of an open compound as in the text, its ending undone."""
    if word.key.startswith(stem):
        extra = len(word.key) - len(stem)
        return word.text[: len(word.text) - extra] if extra else word.text
    return word.text


def key_of(surface: str) -> str:
    """Fold a surface to its key."""
    return joined(fold(surface))
