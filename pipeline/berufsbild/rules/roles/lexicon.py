"""Load what is known about occupations and tell what a single word means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

from berufsbild.errors import DataError
from berufsbild.german.compounds import Heads
from berufsbild.german.inflection import adjectival, person_endings
from berufsbild.german.normalise import slug
from berufsbild.german.words import Word, fold, joined
from berufsbild.lexicon.index import Element, Index
from berufsbild.lexicon.reader import Row, lexicon_files, read_table, read_toml
from berufsbild.rules.roles.grammar import TitleGrammar
from berufsbild.rules.roles.outlines import Outlines
from berufsbild.values import Role

OCCUPATIONS: Final = ("id", "name", "kldb", "forms")
HEADS: Final = ("head", "kldb", "note")
NOROLES: Final = ("word", "reason")
_SHORTEST_HEAD: Final = 6
_TAIL: Final = re.compile(r" (?:für|im|in|der|of|am|zur) ")
_KLDB: Final = re.compile(r"\d{4}")


class Reading(NamedTuple):
    """What a single word says about a role.

    `head` is the key of the part that carries the title, `key` that of the whole
    word; `compound` where more stands in front of the head; `alone` is false for
    words that are a role only with a tail ("Fachkraft für …"); `thing` is true for
    those that are one only where their neighbours say so ("gelernter Drucker").
    """

    role: Role
    rule: str
    head: str
    key: str
    compound: bool
    alone: bool = True
    thing: bool = False


class RoleLexicon:
    """Occupations, the heads of compounds, and what looks like a role but is none."""

    def __init__(
        self,
        occupations: Sequence[Row],
        heads: Sequence[Row],
        noroles: Sequence[Row],
        grammar: TitleGrammar,
        split: Callable[[str], list[str]],
    ) -> None:
        """Index the rows.

        Errors: DataError for ill-formed codes and for ids or surfaces that
            stand twice.
        """
        self.grammar = grammar
        self.index: Index[Role] = Index(person_endings, split)
        self.by_key: dict[str, Role] = {}
        self._phrases: list[str] = []
        self._singles: set[str] = set()
        self._heads: dict[str, tuple[str, str]] = {}
        problems = [*self._add_occupations(occupations), *self._add_heads(heads)]
        if problems:
            raise DataError(problems)
        whole = {_key(row["word"]) for row in noroles if row["reason"] == "whole_word"}
        ends = {_key(row["word"]) for row in noroles} - whole
        ends |= {_stem(key) for key in ends if adjectival(key)}
        self._noroles = ends | whole
        self._ends = Heads([*self._heads, *ends])
        self.outlines = self._outlined()

    @classmethod
    def load(cls, split: Callable[[str], list[str]], overlays: Sequence[Path] = ()) -> Self:
        """Load the rule data of this package, with the user's own on top."""
        (grammar,) = lexicon_files("roles", "titles.toml")

        def rows(pattern: str, columns: tuple[str, ...]) -> list[Row]:
            paths = lexicon_files("roles", pattern, overlays)
            return [row for path in paths for row in read_table(path, columns)]

        return cls(
            rows("occupations*.tsv", OCCUPATIONS),
            rows("heads*.tsv", HEADS),
            rows("noroles*.tsv", NOROLES),
            read_toml(grammar, TitleGrammar),
            split,
        )

    def _add_occupations(self, rows: Sequence[Row]) -> list[str]:
        problems = []
        ids: dict[str, Row] = {}
        surfaces: dict[str, Row] = {}
        self.codes = frozenset(row["kldb"] for row in rows)
        for row in rows:
            if row["id"] in ids:
                problems.append(row.problem(f"an id not in {ids[row['id']].path.name}", row["id"]))
            if not _KLDB.fullmatch(row["kldb"]):
                problems.append(row.problem("a KldB code of 4 digits", row["kldb"]))
            ids[row["id"]] = row
            role = _named(Role(row["id"], "", row["kldb"], ""), row["name"])
            for number, surface in enumerate((row["name"], *row.many("forms"))):
                if surface in surfaces:
                    known = surfaces[surface]
                    problems.append(row.problem(f"a surface not in line {known.line}", surface))
                    continue
                surfaces[surface] = row
                named = role if not number or _abbreviated(surface) else _named(role, surface)
                self.index.add(surface, named)
                if not surface.isalpha():
                    self._phrases.append(surface)
                self._add_single(surface, named)
        return problems

    def _add_single(self, surface: str, role: Role) -> None:
        whole = _key(surface.replace(" ", ""))  # Art-Director
        key = _stem(whole)
        self._singles.update((whole, key))
        if " " in surface:
            return
        self.by_key.setdefault(key, role)
        if len(key) >= _SHORTEST_HEAD and role.kldb and not surface.isupper():
            self._heads.setdefault(key, (role.kldb, surface.lower()))

    def _add_heads(self, rows: Sequence[Row]) -> list[str]:
        problems = []
        for row in rows:
            if not _KLDB.fullmatch(row["kldb"]):
                problems.append(row.problem("a KldB code of 4 digits", row["kldb"]))
            self._heads[_stem(_key(row["head"]))] = (row["kldb"], row["head"])
        return problems

    def _outlined(self) -> Outlines:
        grammar = self.grammar
        conditional = map(_stem, grammar.only_with_tail | grammar.person_sense.words.keys())
        return Outlines(
            [*self._phrases, *grammar.of_heads], [*conditional, *self._singles], self._heads
        )

    def phrases(self, word: Word) -> list[tuple[tuple[Element, ...], Role]]:
        """List the titles of several words that could begin with a word, the longest first."""
        return self.index.phrases(word) if self.outlines.begins(word) else []

    def read(self, word: Word) -> Reading | None:
        """Tell what role a word names, null where it names none."""
        text = word.text
        if len(text) < 2 or text[-1] == "-" or not (word.capital or _after_digit(text)):
            return None
        if not self.outlines.ends(word):
            return None
        if text.endswith(("-In", "-Innen")):  # Restaurator-In
            front, _, sign = text.rpartition("-")
            return self.read(Word(front + sign.lower()))
        bases = word.bases
        if not self._noroles.isdisjoint(bases):
            for stem, endings in bases.items():
                if stem in self._noroles and not person_endings(stem).isdisjoint(endings):
                    return self._conditional(stem)
        if not self._singles.isdisjoint(bases):
            for element, role, _ in self.index.single(word):
                return self._known(element, role)
        return self._compound(word)

    def _conditional(self, stem: str) -> Reading | None:
        """Read a word that is a role only with a tail or with the right neighbours."""
        base = stem + "r" if adjectival(stem + "r") else stem
        grammar = self.grammar
        thing = base in grammar.person_sense.words
        if not thing and base not in grammar.only_with_tail:
            return None
        kldb = self._heads[stem][0] if stem in self._heads else None
        kldb = grammar.person_sense.words.get(base, kldb)
        name = base.capitalize()
        role = self.by_key.get(stem) or Role(slug(name), name, kldb, name)
        return Reading(role, "role.context", stem, stem, False, alone=thing, thing=thing)

    def _known(self, element: Element, role: Role) -> Reading:
        head = self._ends.longest(element.key)
        compound = head is not None and head in self._heads
        key = head if compound and head is not None else element.key
        name = self._heads[key][1].capitalize() if compound else role.head
        if name != role.head and " " not in role.name:
            role = Role(role.id, role.name, role.kldb, name)
        return Reading(role, "role.lexicon", key, element.key, compound)

    def _compound(self, word: Word) -> Reading | None:
        """Read a compound by its longest known end: role head or known non-role."""
        best: tuple[int, str, str] | None = None
        for stem, endings in word.bases.items():
            end = self._ends.longest(stem)
            if end is None or person_endings(end).isdisjoint(endings):
                continue
            if len(end) > len(word.last):  # Excel-Listen are no ex-cellists
                continue
            if best is None or len(end) > len(best[1]):
                best = (len(end), end, stem)
        if best is None or best[1] not in self._heads:
            return None
        _, head, stem = best
        if len(stem) - len(head) < 3 and "-" not in word.text:
            return None
        kldb, shown = self._heads[head]
        kldb = self._trade_code(stem.removesuffix(head), head) or kldb
        name = _compound_name(word, len(stem) - len(head), shown)
        role = Role(slug(name), name, kldb, shown.capitalize())
        return Reading(role, "role.head", head, stem, compound=True)

    def _trade_code(self, front: str, head: str) -> str | None:
        """Give the code of a trade's journeyman or master: Zimmerergeselle, -meister."""
        if head not in ("geselle", "meister"):
            return None
        trade = self.by_key.get(front) or self.by_key.get(front.removesuffix("s"))
        if trade is None or trade.kldb is None:
            return None
        code = trade.kldb if head == "geselle" else f"{trade.kldb[:3]}9"
        return code if code in self.codes else None

    def head_of(self, stem: str) -> str | None:
        """Give the head that a compound is built on, null where it is no word of its own."""
        head = self._ends.longest(stem, before=3)
        return head if head in self._heads and head not in self._noroles else None

    def member(self, prefix: str, reading: Reading) -> str:
        """Name the occupation that an elided first part stands for."""
        key = joined(fold(prefix.rstrip("-")))
        whole = _stem(_key(reading.role.name.replace(" ", "")))
        for cut in range(1, len(whole) - 3):
            known = self.by_key.get(key + whole[cut:])
            if known is not None:
                return known.name
        front = whole.removesuffix(reading.head)
        for joint in self.grammar.joints:  # Kühl- und Milchwagenfahrer
            if front != whole and front.endswith(joint) and len(front) - len(joint) > 2:
                return prefix.rstrip("-") + joint + self._heads[reading.head][1].lower()
        shown = self._heads[reading.head][1] if reading.head in self._heads else reading.head
        return prefix.rstrip("-") + shown.lower()


def _named(role: Role, name: str) -> Role:
    """Give an occupation under one of its base forms; its id stays."""
    head = _TAIL.split(name)[0].split(" ")[-1]
    return Role(role.id, name, role.kldb, head)


def _after_digit(text: str) -> bool:
    """Tell a title that begins with a digit: 3D-Druck-Techniker."""
    return text[0].isdigit() and "-" in text and text.rpartition("-")[2][:1].isupper()


def _abbreviated(surface: str) -> bool:
    """Tell MFA and ReNo from a base form, and from IT-Security-Analyst."""
    parts = surface.replace("-", " ").split(" ")
    return all(any(char.isupper() for char in part[1:]) or len(part) == 1 for part in parts)


def _key(surface: str) -> str:
    return joined(fold(surface))


def _stem(key: str) -> str:
    return key[:-1] if adjectival(key) else key


def _compound_name(word: Word, front: int, head: str) -> str:
    """Write the base form of a compound: its front as in the text, then the head."""
    if word.text.isalpha() and len(word.text) == len(word.key):
        return word.text[:front] + head.lower()
    taken = 0
    for at, char in enumerate(word.text):
        if taken >= front:
            if char == "-":
                return word.text[: at + 1] + head.capitalize()
            return word.text[:at] + head.lower()
        taken += 0 if char == "-" else len(fold(char))
    return word.text


__all__ = ["Reading", "RoleLexicon", "TitleGrammar"]
