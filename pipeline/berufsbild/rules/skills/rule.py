"""Find skills: known terms, open compounds, and the nouns of telling frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from berufsbild.layout.witness import said_person, said_verb
from berufsbild.rules.skills.borders import CLOSED, KINDS, OPEN, Borders, joined
from berufsbild.rules.skills.context import Context, Lines
from berufsbild.rules.skills.items import Item, filling, under_heading
from berufsbild.rules.skills.marks import marks_of
from berufsbild.rules.skills.mentions import NOTHING, Mentioned, Mentions
from berufsbild.spans import Label, Span

if TYPE_CHECKING:
    from berufsbild.layout import Layout, Part, Sentence, Stretch
    from berufsbild.rules.skills.candidates import Candidate
    from berufsbild.rules.skills.lexicon import SkillLexicon
    from berufsbild.values import Skill


_Row: TypeAlias = tuple[int, int, str, str, "Skill"]
"""Start, end, text, rule and value of a span that is still to be put in its place."""


class _Found(NamedTuple):
    """What a sentence says, or a row of sentences that reach into each other.

    Shape: `doubtful` are the candidates for which the lines of a list have a
        say; `kept` are those that the rows were chosen from. `ends` tells how
        it borders on the next sentence, `says` whether there is anything to tell.
    Units: offsets of the sentence, or of the text for a row.
    """

    ends: int
    rows: list[_Row]
    doubtful: list[Candidate]
    kept: list[Candidate]
    mentioned: Mentioned
    says: bool


_DOUBTFUL: Final = frozenset(
    f"skill.{name}" for name in ("able", "beside", "cued", "item", "listed", "list_name", "without")
)
"""Rules that take what counts only where its neighbours say so."""
_NOTHING: Final = [_Found(ends, [], [], [], NOTHING, says=False) for ends in range(KINDS)]
_Piece: TypeAlias = tuple[_Found, "Stretch", int]
"""What was found in a stretch, and where that starts in the text."""


class Skills:
    """The rule of the label SKILL."""

    label = Label.SKILL

    def __init__(self, lexicon: SkillLexicon) -> None:
        """Keep the lexicon; word types are looked at when they are met."""
        marks = marks_of(lexicon.context)
        self._headings = lexicon.context.cues.headings
        self._mentions = Mentions(lexicon)
        self._borders = Borders(self._mentions.types, marks)
        self._context = Context(lexicon.context, marks)

    def find(self, layout: Layout) -> list[Span]:
        """Find the skills of a text."""
        label = self.label
        pieces = self._pieces(layout)
        filled: frozenset[int] | None = None
        spans: list[Span] = []
        for piece in pieces:
            found, stretch, at = piece
            rows = found.rows
            if found.doubtful and (places := _in_items(layout, piece)):
                if filled is None:
                    filled = filling(layout, _items(pieces))
                lines = self._lines(layout, places, filled)
                chosen, _ = self._context.choose(stretch, found.kept, found.mentioned.frames, lines)
                rows = _rows(stretch, chosen)
            for start, end, text, rule, skill in rows:
                spans.append(Span(label, at + start, at + end, text, rule, skill))
        return [one for one in spans if not _denied(layout, one)] if layout.marked else spans

    def _pieces(self, layout: Layout) -> list[_Piece]:
        """List the sentences that say something, those that reach into each other as one."""
        parts = layout.parts
        founds = layout.known(self, self._alone)
        rows = self._rows(parts, founds)
        if not rows:
            return [
                (found, part.sentence, part.start)
                for found, part in zip(founds, parts, strict=True)
                if found.says
            ]
        pieces: list[_Piece] = []
        row = 0
        for number, (sentence, start, first) in enumerate(parts):
            if number + 1 in rows:
                continue
            if row < number:
                end = first + len(sentence.tokens.words)
                pieces.append((self._row(layout, parts[row].first, end), layout, 0))
            elif founds[number].says:
                pieces.append((founds[number], sentence, start))
            row = number + 1
        return pieces

    def _rows(self, parts: list[Part], founds: list[_Found]) -> set[int]:
        """Tell which sentences must be read with the one before."""
        rows: set[int] = set()
        last = len(parts) - 1
        for number, found in enumerate(founds):
            ends = found.ends
            if ends and number < last:
                if number in rows:
                    ends = OPEN  # a list may go on over many lines
                if joined(ends, parts[number + 1].sentence.known(self._borders, self._begins)):
                    rows.add(number + 1)
        return rows

    def _begins(self, sentence: Sentence) -> int:
        found = sentence.known(self, self._alone)
        return self._borders.begins(sentence.tokens.words, found.mentioned)

    def _alone(self, sentence: Sentence) -> _Found:
        """Find what a sentence says by itself."""
        tokens = sentence.tokens
        words = tokens.words
        if not words:
            return _NOTHING[CLOSED]
        mentioned = self._mentions.of(tokens, 0, len(words))
        ends = self._borders.ends(words, mentioned)
        if mentioned is NOTHING:
            return _NOTHING[ends]
        return self._found(sentence, ends, mentioned)

    def _row(self, layout: Layout, first: int, last: int) -> _Found:
        """Find what sentences say that reach into each other."""
        return self._found(layout, CLOSED, self._mentions.of(layout.tokens, first, last))

    def _found(self, stretch: Stretch, ends: int, mentioned: Mentioned) -> _Found:
        kept = self._context.kept(stretch, mentioned) if mentioned.candidates else []
        chosen, doubtful = self._context.choose(stretch, kept, mentioned.frames)
        rows = _rows(stretch, chosen)
        return _Found(ends, rows, doubtful, kept, mentioned, bool(rows or doubtful))

    def _lines(self, layout: Layout, places: dict[int, int], filled: frozenset[int]) -> Lines:
        """Tell what the lines of lists say of the candidates that begin at some tokens."""
        headings = self._headings
        return Lines(
            {at for at, start in places.items() if under_heading(layout, headings, start)},
            {at for at, start in places.items() if start in filled},
        )


def _denied(layout: Layout, span: Span) -> bool:
    """Tell a verb ("Nähen Sie gern?"), or for a doubtful word a person, by a base model."""
    first, last = layout.token_range(span.start, span.end)
    if last - first != 1:
        return False
    verb = said_verb(layout.tokens, first)
    return verb or (span.rule in _DOUBTFUL and said_person(layout.tokens, first))


def _in_items(layout: Layout, piece: _Piece) -> dict[int, int]:
    """Give the doubtful candidates in list items: their first tokens, and where they start."""
    found, stretch, at = piece
    if stretch is not layout and layout.line(at).kind != "item":
        return {}
    starts = stretch.tokens.starts
    places = ((one.first, at + starts[one.first]) for one in found.doubtful)
    return {first: start for first, start in places if layout.line(start).kind == "item"}


def _rows(stretch: Stretch, chosen: list[Candidate]) -> list[_Row]:
    text, starts, ends = stretch.text, stretch.tokens.starts, stretch.tokens.ends
    rows: list[_Row] = []
    for one in chosen:
        start, end = starts[one.first], ends[one.last] - one.cut
        rows.append((start, end, text[start:end], one.known.rule, one.known.skill))
    return rows


def _items(pieces: list[_Piece]) -> Iterator[Item]:
    """Yield the candidates that may fill an item of a list alone."""
    for found, stretch, start in pieces:
        starts, ends = stretch.tokens.starts, stretch.tokens.ends
        for one in found.kept:
            yield Item(start + starts[one.first], start + ends[one.last], one.firm)
