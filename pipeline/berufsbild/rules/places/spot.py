"""The words around a name, within its sentence or in the whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from berufsbild.german.words import Word
    from berufsbild.layout import Stretch
    from berufsbild.rules.places.mention import Name


class BorderError(LookupError):
    """A sentence was asked for a word beyond it: the whole text must be asked."""


class Spot:
    """A name where it stands, over the tokens `first` to `last`, both included."""

    __slots__ = ("_whole", "_words", "first", "joined", "last", "name", "stretch")

    def __init__(
        self, stretch: Stretch, name: Name, first: int, last: int, *, joined: bool, whole: bool
    ) -> None:
        """Keep the place; `whole` where the stretch is the whole text."""
        self.stretch = stretch
        self.name = name
        self.first = first
        self.last = last
        self.joined = joined
        self._whole = whole
        self._words = stretch.tokens.words

    @property
    def neighbour(self) -> Word | None:
        """The word before on the same line."""
        return self._words[self.first - 1] if self.first and self._near(self.first - 1) else None

    @property
    def follower(self) -> Word | None:
        """The word behind on the same line."""
        last = self.last
        return self._words[last + 1] if last + 1 < len(self._words) and self._near(last) else None

    @property
    def before(self) -> str:
        """The word before on the same line, empty where there is none."""
        word = self.neighbour
        return word.text if word else ""

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
