"""The role rule against its case table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berufsbild.german.inflection import person_endings
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.german.words import Word, fold
from berufsbild.layout import Layout, Sentences
from berufsbild.params import Params
from berufsbild.rules import load_rule
from berufsbild.rules.roles.found import Mention
from berufsbild.rules.roles.outlines import umlauted
from berufsbild.spans import Label, Span, Tokens
from tables import Case, compare, load_cases, parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from berufsbild.german.tokenizer import ChunkTokenizer
    from berufsbild.rules import Rule
    from berufsbild.values import Role

CASES = load_cases("roles.toml")
SENTENCES = [case.text for case in CASES]
JOINTS = ("\n", " ", "\n- ", "\n\n")


@cache
def reader() -> tuple[ChunkTokenizer, Rule]:
    tokenizer = make_tokenizer(Params().tokens)
    return tokenizer, load_rule(Label.ROLE, tokenizer.split)


def find(text: str) -> list[Span]:
    tokenizer, rule = reader()
    return rule.find(Layout.of(Tokens(text, *tokenizer(text))))


@cache
def memory() -> Sentences:
    """Remember every sentence of the table, met alone and in the opposite order."""
    sentences = Sentences()
    for text in (*SENTENCES, "\n".join(reversed(SENTENCES)), " ".join(SENTENCES)):
        read(text, sentences)
    return sentences


def read(text: str, sentences: Sentences) -> list[Span]:
    tokenizer, rule = reader()
    return rule.find(Layout.read(text, tokenizer.of_sentence, sentences))


def told(value: Role, expected: dict[str, Any]) -> dict[str, Any]:
    """Tell the value as a table does, the members of an elision as a list."""
    told = {key: getattr(value, key) for key in expected if key != "reason"}
    if "members" in told:
        told["members"] = list(value.members or ())
    return told


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case) -> None:
    compare(case, [(span.start, span.end, span.value) for span in find(case.text)], told)


def test_the_table_is_large_enough() -> None:
    assert sum(case.kind == "role" for case in CASES) >= 500
    assert sum(case.kind == "none" for case in CASES) >= 270
    assert len({case.text for case in CASES}) == len(CASES)


def texts() -> st.SearchStrategy[str]:
    """Shuffle sentences of the table into texts, some wrapped within a sentence."""

    def joined(parts: list[tuple[str, int, str]]) -> str:
        pieces = []
        for sentence, blank, joint in parts:
            words = sentence.split(" ")
            at = blank % len(words)
            wrapped = " ".join(words[:at]) + "\n" + " ".join(words[at:]) if at else sentence
            pieces += [wrapped, joint]
        return "".join(pieces[:-1])

    part = st.tuples(st.sampled_from(SENTENCES), st.integers(0, 12), st.sampled_from(JOINTS))
    return st.lists(part, min_size=1, max_size=7).map(joined)


@settings(deadline=None)
@given(texts())
def test_it_does_not_matter_where_a_sentence_was_met_before(text: str) -> None:
    assert read(text, memory()) == read(text, Sentences()) == find(text)


@settings(deadline=None)
@given(texts())
def test_sentences_one_by_one_say_what_the_text_says_at_once(text: str) -> None:
    tokenizer, rule = reader()
    layout = Layout.of(Tokens(text, *tokenizer(text)))
    whole = rule._roles(layout, rule._types.of(layout.tokens.words), -1)
    assert rule._in_text(layout) == [Mention.of(layout, one) for one in whole]


WRAPPED = {
    "Gesucht wird eine Fachkraft für\nLagerlogistik.": ["Fachkraft für\nLagerlogistik"],
    "Sie ist Beauftragte für\nLehrkräfte.": ["Beauftragte für\nLehrkräfte"],
    "Leiterin Einkauf\nund Logistik": ["Leiterin Einkauf\nund Logistik"],
    "Auf dem Hof steht eine\nLeiter.": [],
    "Sie wurde Head of\nSales": ["Head of\nSales"],
    "Gesucht: Kinderkrankenschwestern\nund -pfleger": ["Kinderkrankenschwestern\nund -pfleger"],
}


@pytest.mark.parametrize("text", WRAPPED)
def test_a_title_goes_on_in_the_next_line(text: str) -> None:
    sentences = Sentences()
    for line in text.split("\n"):
        read(line, sentences)
    assert [span.text for span in read(text, sentences)] == WRAPPED[text]


def forms(key: str) -> Iterator[Word]:
    """Yield the forms of a key that an analysis leads back to it, umlauts among them."""
    for ending in person_endings(key):
        plain = ending.removeprefix("~")
        stems = {key, key.removesuffix("e"), key.removesuffix("mann"), *umlauted(key)}
        for stem in stems:
            word = Word((stem + plain).capitalize())
            if key in word.bases:
                yield word


def test_no_form_of_anything_known_is_strange() -> None:
    _, rule = reader()
    lexicon = rule._lexicon
    outlines = lexicon.outlines
    keys = [*lexicon.by_key, *lexicon._heads]
    ended = [word for key in keys[::9] for word in forms(key)]
    assert len(ended) > 5_000
    assert all(outlines.ends(word) for word in ended)
    split = [phrase.replace("-", " ") for phrase in lexicon._phrases]  # C++-Entwickler
    firsts = sorted({fold(one.partition(" ")[0]) for one in (*lexicon._phrases, *split)})
    begun = [word for key in firsts[::3] for word in forms(key) if lexicon.index.phrases(word)]
    assert len(begun) > 1_000
    assert all(outlines.begins(word) for word in begun)
    assert outlines.begins(Word("C++"))
    assert outlines.strange(Word("Zuversicht"))
    assert outlines.strange(Word("verkauft"))
