"""An index of lexicon surfaces: a dictionary look-up per word type, phrases after it.

Compiling tens of thousands of surfaces takes tens of milliseconds and matching
does not grow with their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from berufsbild.german.words import Word, fold, joined

if TYPE_CHECKING:
    from berufsbild.spans import Tokens

E = TypeVar("E")
Endings = Callable[[str], frozenset[str]]

_PREFIX = 4
_LEADING = re.compile(rf"\w{{1,{_PREFIX}}}")
_PLAIN = re.compile(r"[\w-]+(?: [\w-]+)*")
_ADJECTIVE = ("er", "es", "en", "em", "e")
_ADJECTIVE_ENDINGS = frozenset({"", "e", "er", "es", "en", "em", "r", "n", "s", "m"})


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a surface: its base key and the endings it may carry.

    `exact` is the spelling that must stand there where case and form matter
    (`SAP`, `C++`), else null.
    """

    key: str
    endings: frozenset[str]
    exact: str | None = None

    def fits(self, word: Word) -> bool:
        """Tell whether a word of a text is this element in some form."""
        if self.exact is not None:
            text = word.text
            return text == self.exact or (text[-1] == "s" and text[:-1] == self.exact)
        found = word.bases.get(self.key)
        return found is not None and not self.endings.isdisjoint(found)


class Index(Generic[E]):
    """Surfaces to entries, looked up by the base keys of a word type.

    Shape: single words under their key; phrases under the key of their first
        word, the longest first.
    """

    def __init__(self, endings: Endings, split: Callable[[str], list[str]]) -> None:
        """Start empty; `split` cuts surfaces with signs into tokens as texts are cut."""
        self._endings = endings
        self._split = split
        self._waiting: dict[str, list[tuple[str, E]]] = {}
        self._short: list[tuple[str, E]] = []
        self._single: dict[str, list[tuple[Element, E]]] = {}
        self._phrases: dict[str, list[tuple[tuple[Element, ...], E]]] = {}

    def add(self, surface: str, entry: E) -> None:
        """Add a surface; a hyphen may also be a blank or missing in texts.

        It is only put aside under its first letters: most surfaces of a big
        lexicon are never asked for, so they are taken apart when they are.
        """
        leading = _LEADING.match(fold(surface))
        key = leading.group() if leading else ""
        waiting = self._waiting.setdefault(key, []) if len(key) == _PREFIX else self._short
        waiting.append((surface, entry))

    def _wake(self, bases: Iterable[str]) -> None:
        """Take the surfaces apart that a word of these bases could be the first one of."""
        if self._short:
            self._take_all(self._short)
            self._short = []
        before = ""
        for stem in bases:
            prefix = stem[:_PREFIX]
            if prefix != before and prefix in self._waiting:
                self._take_all(self._waiting.pop(prefix))
            before = prefix

    def _take_all(self, waiting: list[tuple[str, E]]) -> None:
        for surface, entry in waiting:
            self._take(surface, entry)

    def _take(self, surface: str, entry: E) -> None:
        words = surface.split(" ") if _PLAIN.fullmatch(surface) else self._split(surface)
        elements = tuple(self._elements(words))
        if len(elements) > 1 and words[0][:1].isupper() and words[1][:1].isupper():
            # Medizinischer Fachangestellter, but also Mediengestalter Digital
            noun = self._noun(joined(fold(words[0])))
            if noun != elements[0] and elements[0].exact is None:
                self._add_phrase((noun, *elements[1:]), entry)
        if len(elements) == 1:
            self._single.setdefault(elements[0].key, []).append((elements[0], entry))
        else:
            self._add_phrase(elements, entry)
            if all(word[:1].isupper() for word in words) and all(map(str.isalpha, words)):
                self._take("-".join(words), entry)
        if len(words) == 1 and "-" in surface.strip("-"):
            parts = [part for part in surface.split("-") if part]
            if len(parts) > 1 and all(part[:1].isupper() or part.isdigit() for part in parts):
                self._add_phrase(tuple(self._elements(parts)), entry)

    def _add_phrase(self, elements: tuple[Element, ...], entry: E) -> None:
        known = self._phrases.setdefault(elements[0].key, [])
        if (elements, entry) not in known:
            known.append((elements, entry))
            known.sort(key=lambda pair: -len(pair[0]))

    def _elements(self, words: list[str]) -> Iterator[Element]:
        for number, word in enumerate(words):
            last = number == len(words) - 1
            key = joined(fold(word))
            if _must_be_exact(word):
                yield Element(key, frozenset({""}), word)
            elif not last and word[0].isalpha() and key.endswith(_ADJECTIVE) and len(key) > 5:
                yield self._adjective_or_noun(key, words[number + 1])
            elif word[0].isupper() or word[0].islower():
                yield self._noun(key) if word[0].isupper() else Element(key, frozenset({""}))
            else:
                yield Element(key, frozenset({""}))

    def _noun(self, key: str) -> Element:
        endings = self._endings(key)
        if "r" in endings and key.endswith("r"):
            return Element(key[:-1], endings)
        return Element(key, endings)

    def _adjective_or_noun(self, key: str, following: str) -> Element:
        if not following[:1].isupper():  # Elektroniker für …
            return self._noun(key)
        for ending in _ADJECTIVE:
            if key.endswith(ending):
                return Element(key[: -len(ending)], _ADJECTIVE_ENDINGS)
        return self._noun(key)

    def single(self, word: Word) -> Iterator[tuple[Element, E, str]]:
        """Yield the entries that a word is a form of, with the ending found.

        Source: the base keys of `Word.bases`, the undisturbed spelling first.
        """
        bases = word.bases
        self._wake(bases)
        singles = self._single
        for stem, found in bases.items():
            entries = singles.get(stem)
            if entries is None:
                continue
            for element, entry in entries:
                if element.exact is not None:
                    if element.fits(word):
                        yield element, entry, ""
                    continue
                for ending in found:
                    if ending in element.endings:
                        yield element, entry, ending
                        break

    def phrases(self, word: Word) -> list[tuple[tuple[Element, ...], E]]:
        """List the phrases that could begin with a word, the longest first."""
        bases = word.bases
        self._wake(bases)
        phrases = self._phrases
        found: list[tuple[tuple[Element, ...], E]] = []
        for stem in bases:
            if stem in phrases:
                found += [phrase for phrase in phrases[stem] if phrase[0][0].fits(word)]
        if len(found) > 1:
            found.sort(key=lambda pair: -len(pair[0]))
        return found


def phrase_at(tokens: Tokens, at: int, elements: tuple[Element, ...]) -> bool:
    """Tell whether a phrase stands at a token, on one line, its words adjacent."""
    end = at + len(elements)
    words = tokens.words
    if end > len(words) or not elements[1].fits(words[at + 1]):
        return False
    for number in range(2, len(elements)):
        if not elements[number].fits(words[at + number]):
            return False
    return not tokens.broken(at, end - 1)


def _must_be_exact(word: str) -> bool:
    """Tell acronyms and product names, which are written in one way only."""
    body = word[1:]
    return (
        any(map(str.isdigit, word))
        or not word.replace("-", "").isalpha()
        or word.replace("-", "").isupper()
        or any(char.isupper() and before != "-" for before, char in zip(word, body, strict=False))
    )
