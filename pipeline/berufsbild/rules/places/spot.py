"""The words around a name, within its sentence or in the whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from berufsbild.layout import Stretch
from berufsbild.spans import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from berufsbild.german.words import Word
    from berufsbild.layout import Layout, Part
    from berufsbild.rules.places.mention import Mention, Name

V = TypeVar("V")

REACH: Final = 6
"""How many words before a name or behind it may say what it is."""


class BorderError(LookupError):
    """A sentence was asked for a word beyond it: the whole text must be asked."""


class Excerpt(Stretch):
    """The sentences with the words around a name, up to `REACH` of them on both sides.

    Shape: `first` is the index in the text of the first token.
    Units: offsets are those of the text.
    """

    __slots__ = ("_layout", "first", "text", "tokens")

    tokens: Tokens

    def __init__(self, layout: Layout, first: int, last: int) -> None:
        """Take the sentences around the tokens `first` to `last` of a text."""
        self._layout = layout
        self.text = layout.text
        self.tokens = Tokens(layout.text, [], [], [])
        parts = list(_parts(layout, max(0, first - REACH), last + REACH))
        self.first = parts[0].first
        for sentence, start, _ in parts:
            tokens = sentence.tokens
            self.tokens.starts += [start + one for one in tokens.starts]
            self.tokens.ends += [start + one for one in tokens.ends]
            self.tokens.words += tokens.words

    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence around an offset, half-open."""
        return self._layout.sentence(offset)

    def clause(self, offset: int) -> tuple[int, int]:
        """Give the part of the sentence around an offset, between its marks."""
        return self._layout.clause(offset)

    def names_person(self, at: int) -> bool:
        """Tell whether a token stands where a person's or firm's name would stand."""
        return self._layout.names_person(self.first + at)


def _parts(layout: Layout, at: int, last: int) -> Iterator[Part]:
    """Yield the sentences with the tokens `at` to `last`, as far as the text goes."""
    while at <= last:
        part = layout.part(at)
        end = part.first + len(part.sentence.tokens)
        if end <= at:
            return
        yield part
        at = end


class Spot:
    """A name where it stands, over the tokens `first` to `last`, both included."""

    __slots__ = ("_whole", "_words", "first", "joined", "last", "name", "stretch")

    def __init__(
        self, stretch: Stretch, name: Name, first: int, last: int, *, joined: bool, whole: bool
    ) -> None:
        """Keep the place; `whole` where all words around are in the stretch."""
        self.stretch = stretch
        self.name = name
        self.first = first
        self.last = last
        self.joined = joined
        self._whole = whole
        self._words = stretch.tokens.words

    @property
    def before(self) -> str:
        """The word before on the same line, empty where there is none."""
        at = self.first - 1
        return self._words[at].text if at >= 0 and self._near(at) else ""

    def _near(self, at: int) -> bool:
        """Tell whether a token and the next stand on one line."""
        if not self._whole:
            return True
        return not self.stretch.tokens.broken(at, at + 1)

    def word(self, at: int) -> Word | None:
        """Give a word by its index, null beyond the text.

        Errors: BorderError beyond a sentence.
        """
        if 0 <= at < len(self._words):
            return self._words[at]
        if not self._whole:
            raise BorderError
        return None

    @property
    def written(self) -> str:
        """The first word of the name as it is written."""
        return self._words[self.first].text

    @property
    def spelt(self) -> str:
        """The word before, on whatever line."""
        word = self.word(self.first - 1)
        return word.text if word else ""

    @property
    def after(self) -> str:
        """The word behind, on whatever line."""
        word = self.word(self.last + 1)
        return word.text if word else ""

    @property
    def ahead(self) -> str:
        """The second word before, in lower case."""
        word = self.word(self.first - 2)
        return word.text.lower() if word else ""

    def window(self, first: int, end: int) -> Iterator[Word]:
        """Yield the words from one index up to another.

        Errors: BorderError behind the last word of a sentence that has not all of them.
        """
        yield from self._words[max(0, first) : end]
        if (first < 0 or end > len(self._words)) and not self._whole:
            raise BorderError

    def opens(self, back: int = 0) -> bool:
        """Tell whether the name, or a word before it, is the first of its sentence."""
        return self.stretch.starts_sentence(self.first - back)


def asked(layout: Layout, mention: Mention, ask: Callable[[Spot], V]) -> V:
    """Ask about a mention within its sentence, where that will do, else in the text around."""
    joined = mention.leads or mention.follows
    name = mention.found.name
    sentence, _, first = mention.part or layout.part(mention.first)
    at, last = mention.first - first, mention.last - first
    if last < len(sentence.tokens.words):
        try:
            return ask(Spot(sentence, name, at, last, joined=joined, whole=False))
        except BorderError:
            pass
    around = Excerpt(layout, mention.first, mention.last)
    at, last = mention.first - around.first, mention.last - around.first
    return ask(Spot(around, name, at, last, joined=joined, whole=True))
