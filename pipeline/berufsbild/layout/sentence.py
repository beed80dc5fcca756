"""Sentences, each looked at once, whatever texts it stands in."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from berufsbild.layout.persons import NO_NAMES, persons_of

if TYPE_CHECKING:
    from berufsbild.spans import Tokens

K = TypeVar("K")

_CLAUSE: Final = re.compile(r"[;:]|,(?!\d)| [–—-] |[()\n]")
UNKNOWN: Final = object()
"""What facts give where an asker has not asked yet."""
_MOST_NAMINGS: Final = 8


class Stretch(ABC):
    """A text or a sentence with its tokens: what can be asked of both.

    Units: offsets are characters of `text`, indices are those of its tokens.
    """

    __slots__ = ()

    text: str

    @property
    @abstractmethod
    def tokens(self) -> Tokens:
        """The tokens in order."""

    @abstractmethod
    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence around an offset, half-open."""

    @abstractmethod
    def clause(self, offset: int) -> tuple[int, int]:
        """Give the part of the sentence around an offset, between its marks."""

    @abstractmethod
    def names_person(self, at: int) -> bool:
        """Tell whether a token stands where a person's or firm's name would stand."""

    def starts_sentence(self, at: int) -> bool:
        """Tell whether a token is the first word of its sentence or line."""
        start = self.tokens.starts[at]
        begin, _ = self.sentence(start)
        if start == begin:
            return True
        return not any(map(str.isalnum, self.text[begin:start]))

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Give the tokens that lie in a span, as a half-open range of indices."""
        starts = self.tokens.starts
        return bisect_left(starts, start), bisect_left(starts, end)


class Sentence(Stretch):
    """One sentence by itself, with what the rules found out about it.

    What depends on the sentence alone is found out when it is first met and
    kept with it. `names` are surnames that the text around it introduces and
    that stand in it too ("Koch" after "Herr Koch").
    """

    __slots__ = (
        "_capitals", "_marks", "_namings", "_persons", "facts", "surnames", "text", "tokens",
    )  # fmt: skip

    facts: dict[Hashable, Any]
    """What was found out about the sentence, by who asked."""
    surnames: frozenset[str]
    """The names that the sentence introduces with a form of address or a given name."""
    tokens: Tokens
    """The tokens, in offsets of the sentence."""

    def __init__(self, tokens: Tokens, names: frozenset[str] = NO_NAMES) -> None:
        """Keep the tokens, in offsets of the sentence; names aside, nothing is looked at yet."""
        self.tokens = tokens
        self.text = tokens.text
        self._persons = persons_of(tokens, names)
        self.surnames = NO_NAMES if self._persons is None else self._persons.introduced
        self.facts = {}
        self._marks: tuple[list[int], list[int]] | None = None
        self._capitals: frozenset[str] | None = None
        self._namings: dict[frozenset[str], Sentence] | None = None

    def known(self, asker: Hashable, find: Callable[[Sentence], K]) -> K:
        """Give what an asker found out about the sentence, found when first asked for.

        `find` must ask the sentence alone, and nobody may change what it gave.
        """
        known = self.facts.get(asker, UNKNOWN)
        if known is UNKNOWN:
            known = self.facts[asker] = find(self)
        result: K = known
        return result

    def sentence(self, offset: int) -> tuple[int, int]:  # noqa: ARG002 - there is only one
        """Give the whole sentence."""
        return 0, len(self.text)

    def clause(self, offset: int) -> tuple[int, int]:
        """Give the part of the sentence around an offset, between its marks."""
        if self._marks is None:
            spans = [match.span() for match in _CLAUSE.finditer(self.text)]
            self._marks = [start for start, _ in spans], [end for _, end in spans]
        begins, ends = self._marks
        before = bisect_right(ends, offset) - 1
        behind = bisect_left(begins, offset)
        start = ends[before] if before >= 0 else 0
        return start, begins[behind] if behind < len(begins) else len(self.text)

    def names_person(self, at: int) -> bool:
        """Tell whether a token stands where a person's or firm's name would stand."""
        return self._persons is not None and self._persons.names_person(at)

    @property
    def capitals(self) -> frozenset[str]:
        """The words with a capital, and what they are without a last s."""
        if self._capitals is None:
            words = [word.text for word in self.tokens.words if word.capital]
            self._capitals = frozenset([*words, *[word[:-1] for word in words if word[-1] == "s"]])
        return self._capitals

    def naming(self, names: frozenset[str]) -> Sentence:
        """Give the sentence as it reads in a text that introduces these surnames."""
        met = names & self.capitals - self.surnames
        if not met:
            return self
        if self._namings is None or len(self._namings) >= _MOST_NAMINGS:
            self._namings = {}
        found = self._namings.get(met)
        if found is None:
            found = self._namings[met] = Sentence(self.tokens, met)
        return found
