"""German tokens: spaCy's tokenizer with what job prose needs, several times as fast.

spaCy decides where a token ends; each whitespace chunk passes through it once,
alone, and is remembered. (Inside a longer text spaCy stops caching after the
first special case, spaCy issue 13950.)
"""

from __future__ import annotations

import itertools
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from berufsbild.german.memory import LIMIT, Memory
from berufsbild.german.words import GENDER, Word, Words

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

    from berufsbild.params import TokenParams

Part: TypeAlias = tuple[int, int, Word]

_RUN = re.compile(r"([^\w\s])\1{15,}")
_SHORTEST_RUN: Final = 16
_LETTERS = "A-Za-zÄÖÜäöüß"
_SIMPLE = re.compile(rf"(?P<core>[{_LETTERS}]+(?:-[{_LETTERS}]+)*)(?:(?<=[a-zäöüß])[.,;:!?])?")
"""Chunks that spaCy leaves whole or parts from one closing sign: no need to ask it."""
_TECH = re.compile(r"(?:[A-Z](?:\#|\+\+)|\.NET|[A-Z]&[A-Z]|[a-z]+\.(?:js|io|ai))$")
_AMOUNT = r"(?:T€|TEUR|k€|K€|€|EUR|Euro)"
_INFIXES: Final = (
    r"(?<=[\w€%.)])[–—−](?=[\w€(])",
    rf"(?<=\d)(?={_AMOUNT})",
    r"(?<=€)(?=\d)",
    r"(?<=(?:EUR|UR€))(?=\d)",
    r"(?<=€)[/-](?=\w)",
    r"(?<=\d)[/](?=\w)",
)
_SPECIAL: Final = (
    "Std.", "Tsd.", "Mio.", "Mrd.", "mtl.", "jährl.", "monatl.", "stdl.", "wöchentl.",
    "p.a.", "p.M.", "p.m.", "p.h.", "Jh.", "Kl.", "Ausb.", "gem.", "lt.", "mind.", "max.", "ggf.",
    "inkl.", "exkl.", "zzgl.", "ca.", "bzw.", "usw.", "etc.", "sog.", "Dr.", "Prof.", "Dipl.-Ing.",
    "u.a.", "z.B.", "d.h.", "i.d.R.", "o.ä.", "v.a.", "u.ä.", "a.D.", "a.M.", "i.Br.",
)  # fmt: skip


def build(vocab: Vocab) -> Tokenizer:
    """Build spaCy's German tokenizer with the additions for job prose.

    Gender forms stay one token, amounts come apart from signs and dashes,
    abbreviations keep their dot.
    """
    from spacy.lang.de import German
    from spacy.symbols import ORTH
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    defaults = German.Defaults
    exceptions = dict(defaults.tokenizer_exceptions or {})
    for surface in _SPECIAL:
        exceptions[surface] = [{ORTH: surface}]
    return Tokenizer(
        vocab,
        rules=exceptions,
        prefix_search=compile_prefix_regex(["/", *(defaults.prefixes or [])]).search,
        suffix_search=compile_suffix_regex(defaults.suffixes or []).search,
        infix_finditer=compile_infix_regex([*_INFIXES, *(defaults.infixes or [])]).finditer,
        token_match=re.compile(f"(?x)(?:{GENDER.pattern})|{_TECH.pattern}").match,
        url_match=defaults.url_match,
    )


class ChunkTokenizer:
    """Texts to tokens, each whitespace chunk looked at once.

    Not shared between threads while a text is being read; pickles without
    its caches.
    """

    def __init__(self, words: Words, *, limit: int = LIMIT, longest: int = 256) -> None:
        """Prepare; spaCy is imported with the first unknown chunk.

        Units: up to `limit` chunks are kept, and after so many questions
            spaCy's string store starts anew; chunks over `longest` characters
            are cut first, because spaCy takes quadratic time on long runs of
            signs.
        """
        self.words = words
        self._limit = limit
        self._longest = longest
        self._known: Memory[str, Word | tuple[Part, ...]] = Memory(limit)
        self._spacy: Tokenizer | None = None
        self._asked = 0

    def __call__(self, text: str) -> tuple[list[int], list[int], list[Word]]:
        """Tokenise a clean text; whitespace is no token.

        Shape: starts, ends and word types, one entry per token.
        """
        starts: list[int] = []
        ends: list[int] = []
        words: list[Word] = []
        get, find = self._known.get, text.find
        regular = text.isprintable() and "  " not in text and text[:1] != " "
        end = -1
        for chunk in text.split():
            offset = end + 1 if regular else find(chunk, end + 1)
            end = offset + len(chunk)
            known = get(chunk) or self._learn(chunk)
            if isinstance(known, Word):
                starts.append(offset)
                ends.append(end)
                words.append(known)
                continue
            for first, last, word in known:
                starts.append(offset + first)
                ends.append(offset + last)
                words.append(word)
        return starts, ends, words

    def of_sentence(self, text: str, at: int) -> tuple[list[int], list[int], list[Word]]:  # noqa: ARG002
        """Tokenise a sentence, wherever it stands."""
        return self(text)

    def split(self, text: str) -> list[str]:
        """Give the tokens of a surface as strings."""
        return [word.text for word in self(text)[2]]

    def _learn(self, chunk: str) -> Word | tuple[Part, ...]:
        old = self._known.recall(chunk)
        if old is not None:
            return old
        if len(chunk) > self._longest:
            return self._parts(chunk, self._cut(chunk))
        simple = _SIMPLE.fullmatch(chunk)
        core = 0 if simple is None else simple.end("core")
        if (
            core
            and chunk not in self._special
            and (core == len(chunk) or chunk[:core] not in self._special)
        ):
            known = self._simple(chunk, core)
        elif len(chunk) >= _SHORTEST_RUN and _RUN.search(chunk):
            known = self._parts(chunk, self._cut(chunk))
        else:
            known = self._parts(chunk, self._ask(chunk))
        usual = known.usual if isinstance(known, Word) else all(word.usual for *_, word in known)
        return self._known.keep(chunk, known) if usual else known

    def _simple(self, chunk: str, core: int) -> Word | tuple[Part, ...]:
        """Give a chunk that is one word, maybe with a sign behind it."""
        if core == len(chunk):
            return self.words[chunk]
        return (0, core, self.words[chunk[:core]]), (core, core + 1, self.words[chunk[core]])

    def _parts(self, chunk: str, spans: list[tuple[int, int]]) -> Word | tuple[Part, ...]:
        if len(spans) == 1:
            return self.words[chunk]
        return tuple((start, end, self.words[chunk[start:end]]) for start, end in spans)

    def _cut(self, chunk: str) -> list[tuple[int, int]]:
        """Cut a chunk that is long, or has a long run of one sign, before spaCy sees it."""
        cuts = [0]
        for run in _RUN.finditer(chunk):
            cuts += run.span()
        cuts.append(len(chunk))
        pieces: list[tuple[int, int]] = []
        for number, (start, end) in enumerate(itertools.pairwise(cuts)):
            if number % 2:
                pieces.append((start, end))
                continue
            for begin in range(start, end, self._longest):
                piece = chunk[begin : min(end, begin + self._longest)]
                pieces.extend((begin + s, begin + e) for s, e in self._ask(piece))
        return pieces

    def _ask(self, chunk: str) -> list[tuple[int, int]]:
        self._asked += 1
        if self._asked > self._limit:
            self._asked = 0
            self._spacy = None
        doc = self._tokenizer(chunk)
        return [(token.idx, token.idx + len(token)) for token in doc]

    @cached_property
    def _special(self) -> frozenset[str]:
        """The chunks that spaCy has a rule of its own for."""
        return frozenset(self._tokenizer.rules)

    @property
    def _tokenizer(self) -> Tokenizer:
        if self._spacy is None:
            from spacy.vocab import Vocab

            self._spacy = build(Vocab())
        return self._spacy

    def __getstate__(self) -> dict[str, object]:
        """Leave the caches and spaCy's part behind."""
        state = self.__dict__.copy()
        state.update(_known=Memory(self._limit), _spacy=None)
        return state


def make_tokenizer(params: TokenParams) -> ChunkTokenizer:
    """Make the tokenizer that the settings describe."""
    return ChunkTokenizer(Words(params.cache), limit=params.cache, longest=params.longest_chunk)
