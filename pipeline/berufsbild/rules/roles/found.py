"""Roles on their way to spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from berufsbild.spans import Label, Span
from berufsbild.values import Role

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Part, Stretch


class Found(NamedTuple):
    """A role over the tokens `first` to `last`, both included.

    `head` is the token that carries the title.
    """

    first: int
    last: int
    role: Role
    rule: str
    head: int


class Mention(NamedTuple):
    """A role that was found, with all that later steps ask about it.

    Units: `first` and `last` are tokens, both included, `start` and `end`
        half-open offsets, either of the sentence or of the whole text.
    Shape: `word` carries the title; `text` is the role as written.
    """

    first: int
    last: int
    start: int
    end: int
    role: Role
    rule: str
    word: Word
    text: str

    @classmethod
    def of(cls, stretch: Stretch, found: Found) -> Mention:
        """Look up what stands at the tokens."""
        first, last, role, rule, head = found
        tokens = stretch.tokens
        start, end = tokens.starts[first], tokens.ends[last]
        return cls(first, last, start, end, role, rule, tokens.words[head], stretch.text[start:end])

    def within(self, part: Part) -> Mention:
        """Give a sentence's mention as one of the text that the sentence stands in."""
        first, last, start, end, role, rule, word, text = self
        _, offset, token = part
        return Mention(
            first + token, last + token, start + offset, end + offset, role, rule, word, text
        )

    def meaning(self, role: Role) -> Mention:
        """Give the mention with another value."""
        return Mention(
            self.first, self.last, self.start, self.end, role, self.rule, self.word, self.text
        )

    def span(self) -> Span:
        """Give the span of a mention in its text."""
        return Span(Label.ROLE, self.start, self.end, self.text, self.rule, self.role)
