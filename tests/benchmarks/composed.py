"""Texts to measure on: whole ones, streams of corpus sentences, ever new words.

Everything is drawn with a fixed seed, so that two runs read the same texts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from berufsbild.corpus.sentences import cut

PROFILES = Path("corpus/profiles")
SEED = 2010
SHARE = 0.3
WORD = re.compile(r"[^\W\d_]+")

_ENDED = re.compile(r"[.!?…][\"“»)]?$")
_ONSETS = tuple("bdfghklmnprstwz")
_VOWELS = ("a", "e", "i", "o", "u", "ä", "ö", "ü", "au", "ei", "eu")
_CODAS = ("", "l", "n", "r")
_CLOSING = tuple("kmnrst")
_ENDINGS = ("innen", "ungen", "ung", "in", "en", "er", "es", "em", "e", "s", "")
_STEMS = (len(_ONSETS) * len(_VOWELS)) ** 3 * len(_CODAS) ** 2 * len(_CLOSING)
_STEP = 2_654_435_761
_COMPOUND = 10


def whole_texts(folder: Path = PROFILES) -> list[str]:
    """Read every text of a folder, in the order of their names."""
    texts = [path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))]
    if not texts:
        raise SystemExit(f"{folder}: expected a folder with .txt files, got none")
    return texts


class Composer:
    """Composes texts of the sentences of others, each text anew.

    Shape: a title line, then paragraphs of three to six whole sentences joined
        by a blank, with an empty line between paragraphs.
    """

    def __init__(self, texts: Sequence[str], seed: int = SEED) -> None:
        """Cut the texts into sentences; lines without an end are left out."""
        self._draw = random.Random(seed)
        self._titles = [text.lstrip().partition("\n")[0].strip() for text in texts]
        pieces = (text[start:end] for text in texts for start, end in cut(text))
        self._sentences = [piece for piece in pieces if _ENDED.search(piece)]

    def paragraph(self, sentences: int) -> str:
        """Compose one paragraph."""
        return " ".join(self._draw.choices(self._sentences, k=sentences))

    def text(self) -> str:
        """Compose one text: a title and four paragraphs."""
        paragraphs = [self.paragraph(self._draw.randint(3, 6)) for _ in range(4)]
        return "\n\n".join([self._draw.choice(self._titles), *paragraphs])

    def stream(self, number: int) -> Iterator[str]:
        """Compose texts one by one."""
        for _ in range(number):
            yield self.text()

    def long(self, characters: int) -> str:
        """Compose a text of a length, cut at the last character."""
        parts: list[str] = []
        length = 0
        while length < characters:
            parts.append(self.text())
            length += len(parts[-1]) + 2
        return "\n\n".join(parts)[:characters]


class NewWords:
    """Writes texts in which a share of the words was never seen before.

    A new word is a made-up stem of three syllables with the ending of the word
    that stood there, or before the whole word as a compound; case is kept. No
    stem comes twice: syllables can be told apart (a consonant, a vowel, perhaps
    a consonant more), and stem number n is the n-th of a permutation.
    """

    def __init__(self, seed: int = SEED, share: float = SHARE, first: int = 0) -> None:
        """Start with the first stem, or a later one, so that two writers share none."""
        self._draw = random.Random(seed)
        self._share = share
        self._number = first

    def stem(self) -> str:
        """Make the next stem: baltunkes, heigirlom, …"""
        self._number += 1
        rest = self._number * _STEP % _STEMS
        parts: list[str] = []
        for last in (False, False, True):
            for letters in (_ONSETS, _VOWELS, _CLOSING if last else _CODAS):
                rest, at = divmod(rest, len(letters))
                parts.append(letters[at])
        return "".join(parts)

    def word(self, old: str) -> str:
        """Make a new word in the place of an old one."""
        stem = self.stem()
        lower = old.lower()
        if old[0].isupper() and len(old) >= _COMPOUND:
            return stem.capitalize() + lower
        ending = next(ending for ending in _ENDINGS if lower.endswith(ending))
        return (stem.capitalize() if old[0].isupper() else stem) + ending

    def renewed(self, text: str) -> str:
        """Write a text anew, the share of its words replaced by new ones."""
        found = [match.span() for match in WORD.finditer(text)]
        at = [place for place, (start, end) in enumerate(found) if end - start > 2]
        number = min(len(at), round(self._share * len(found)))
        parts: list[str] = []
        done = 0
        for place in sorted(self._draw.sample(at, number)):
            start, end = found[place]
            parts += text[done:start], self.word(text[start:end])
            done = end
        return "".join(parts) + text[done:]


def novelty(texts: Iterable[str], known: set[str]) -> float:
    """Give the share of words that were not known before; they are known then."""
    words = new = 0
    for text in texts:
        for match in WORD.finditer(text):
            words += 1
            if match.group() not in known:
                new += 1
                known.add(match.group())
    return new / words


def blocks(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """Cut a stream of texts into lists of some texts."""
    lot: list[str] = []
    for text in texts:
        lot.append(text)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot
