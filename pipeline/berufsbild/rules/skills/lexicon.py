"""Load what is known about skills and tell what a single word may mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, cast, get_args

from berufsbild.errors import DataError
from berufsbild.german.compounds import Heads
from berufsbild.german.inflection import thing_endings
from berufsbild.german.normalise import slug
from berufsbild.german.words import Word
from berufsbild.lexicon.index import Element, Index
from berufsbild.lexicon.reader import Row, lexicon_files, read_table, read_toml
from berufsbild.rules.skills.grammar import SkillContext, SkillGrammar
from berufsbild.rules.skills.outlines import Outlines
from berufsbild.values import Skill, SkillKind

COLUMNS: Final = ("id", "name", "kind", "surfaces")
KINDS: Final = get_args(SkillKind)
_ACRONYM: Final = re.compile(r"[A-Z0-9ÄÖÜ]+[A-Z0-9-]*[A-Z0-9]-|Lkw-|Pkw-")
_SPELLED: Final = 5
"""Names from this length on are also read in other capitals."""
_SHORT_ADJECTIVE: Final = 5
_APPRENTICESHIP: Final = ("erlehre", "istenlehre", "mannslehre", "erinnenlehre")
"""Not the doctrine of something but an apprenticeship: Bäckerlehre."""


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
        self,
        rows: Sequence[Row],
        grammar: SkillGrammar,
        context: SkillContext,
        split: Callable[[str], list[str]],
    ) -> None:
        """Index the rows.

        Errors: DataError for unknown kinds and for ids or surfaces that stand
            twice.
        """
        self.grammar = grammar
        self.context = context
        self.index: Index[Known] = Index(thing_endings, split)
        surfaces, problems = self._add(rows)
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
        words = grammar.adjectives.stems | context.frames.nouns | context.owners.nouns
        self.outlines = Outlines([*surfaces, *words], self._kind_of)

    @classmethod
    def load(cls, split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> Self:
        """Load the rule data of this package, with the user's own on top."""
        (grammar,) = lexicon_files("skills", "grammar.toml")
        (context,) = lexicon_files("skills", "context.toml")
        rows = [
            row
            for path in lexicon_files("skills", "*.tsv", overlays)
            for row in read_table(path, COLUMNS)
        ]
        return cls(rows, read_toml(grammar, SkillGrammar), read_toml(context, SkillContext), split)

    def _add(self, rows: Sequence[Row]) -> tuple[Iterable[str], list[str]]:
        """Index the rows and give their surfaces, and what is wrong with them."""
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
                for variant in dict.fromkeys((*_other_capitals(surface), *_inflected(surface))):
                    if variant in surfaces or variant in self.grammar.stop.keys:
                        continue
                    firm = surface == written and not surface.isupper()
                    self.index.add(variant, Known(skill, firm, "skill.spelling"))
        return surfaces, problems

    def read(self, word: Word) -> list[Known]:
        """Tell which skills a word may name, the firmest first."""
        if word.text[-1] == "-":  # the first part of an elision
            return []
        found = self._listed(word) if self.outlines.begins(word) else []
        if not found and self.outlines.closes(word):
            head = self._by_head(word)
            if head is not None:
                found.append(head)
        found.sort(key=lambda known: not known.firm)
        return found

    def phrases(self, word: Word) -> list[tuple[tuple[Element, ...], Known]]:
        """List the phrases that could begin with a word, the longest first."""
        return self.index.phrases(word) if self.outlines.begins(word) else []

    def _listed(self, word: Word) -> list[Known]:
        """List the skills of which a word is a surface, in some form."""
        capital = word.capital or word.text[1:2].isupper()  # eLearning
        plural = word.key in self.grammar.stop.keys  # Urheberrechte is not Urheberrecht
        return [
            known
            for element, known, ending in self.index.single(word)
            if not (plural and ending)
            and (
                capital
                or element.exact is not None
                or known.rule == "skill.spelling"
                or not known.skill.name[:1].isupper()
            )
        ]

    def _by_head(self, word: Word) -> Known | None:
        """Read a compound by its head: SAP-Kenntnisse, Durchhaltevermögen."""
        stop = self.grammar.stop.keys
        if word.last in stop and word.last not in self._kind_of:
            return None
        if not stop.isdisjoint(word.bases):
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
        weak = self.grammar.weak_heads
        of_tool = best in weak.of_first_part and self._is_tool(whole[: -len(best)])
        name = _base_name(word, whole)
        skill = Skill(slug(name), name, "tool" if of_tool else kind)
        if of_tool or (best in weak.with_acronym and _ACRONYM.match(word.text)):
            return Known(skill, True, "skill.tool_head" if of_tool else "skill.acronym")
        return Known(skill, best not in weak.keys, "skill.head")

    def _is_tool(self, part: str) -> bool:
        """Tell whether the first part of a compound names a tool."""
        known = self.index.single(Word(part.capitalize()))
        return any(one.skill.kind == "tool" for _, one, _ in known) or any(
            one.skill.kind == "tool" for _, one, _ in self.index.single(Word(part.upper()))
        )


def _base_name(word: Word, stem: str) -> str:
    """Write the base form of an open compound as in the text, its ending undone."""
    if word.key.startswith(stem):
        extra = len(word.key) - len(stem)
        return word.text[: len(word.text) - extra] if extra else word.text
    return word.text


def _other_capitals(surface: str) -> Iterator[str]:
    """Yield a product's name as hurried writers spell it: Wordpress, matlab."""
    if len(surface) < _SPELLED or not surface[:1].isalpha() or not surface.isalnum():
        return
    if surface[1:] == surface[1:].lower() and surface[0].isupper():
        return
    yield from (surface.lower(), surface.capitalize())


def _inflected(surface: str) -> Iterator[str]:
    """Yield the cases of a phrase with a short adjective: Erster Hilfe."""
    first, _, rest = surface.partition(" ")
    if len(first) <= _SHORT_ADJECTIVE and first[-1:] == "e" and rest[:1].isupper():
        yield f"{first}r {rest}"
        yield f"{first}n {rest}"
