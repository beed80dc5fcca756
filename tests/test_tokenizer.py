from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from berufsbild.german.normalise import normalise
from berufsbild.german.tokenizer import ChunkTokenizer, build
from berufsbild.german.words import Words

PIECES = [
    "Entwickler:innen", "Pfleger/-in,", "(m/w/d)", "3.000–4.000€", "z.B.", "z. B.", "ca.", "Std.", "U-Bahn", "»Haus«",
    "„ja“", "geht's", "55-65T€", "16,50", "€/Std.", "C++", "C#", ".NET", "Test-", "und", "Qualität.", "…", "...", "A–B", "www.jobs.de",
    "Müller-Lüdenscheidt,", "Dr.", "p.a.", "§34a", "90er", "&", "-", "–", "Co.", "KG!", "(Kauf-)Leute", "1.", "Haus.", "ABC.", "a.b", "u.a.",
]  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer():
    return ChunkTokenizer(Words())


@pytest.fixture(scope="module")
def plain():
    return build(Vocab())


def by_spacy(plain, text):
    return [token.text for token in plain(text) if not token.text.isspace()]


@pytest.mark.parametrize(
    ("chunk", "tokens"),
    [
        ("Entwickler:innen", ["Entwickler:innen"]),
        ("Entwickler*in", ["Entwickler*in"]),
        ("Entwickler/-in,", ["Entwickler/-in", ","]),
        ("(Entwickler(in))", ["(", "Entwickler(in)", ")"]),
        ("Angestellte/r", ["Angestellte/r"]),
        ("Kaufmann/-frau", ["Kaufmann/-frau"]),
        ("Köchin/Koch", ["Köchin", "/", "Koch"]),
        ("Pfleger:innen-Team", ["Pfleger:innen-Team"]),
        ("3.000–4.000€", ["3.000", "–", "4.000", "€"]),
        ("55-65T€", ["55", "-", "65", "T€"]),
        ("58–64", ["58", "–", "64"]),
        ("€3.500", ["€", "3.500"]),
        ("EUR3.200", ["EUR", "3.200"]),
        ("Std.", ["Std."]),
        ("Tsd.", ["Tsd."]),
        ("C#", ["C#"]),
        ("geht's", ["geht's"]),
    ],
)
def test_job_prose_comes_apart_as_it_should(tokenizer, chunk, tokens):
    assert tokenizer.split(chunk) == tokens


def test_the_corpus_gives_the_tokens_of_spacy(tokenizer, plain, profiles):
    for text in profiles.values():
        clean = normalise(text).text
        assert tokenizer.split(clean) == by_spacy(plain, clean)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES) | st.text("aZß9.,-–€/()„“&'", min_size=1, max_size=8), max_size=12
    )
)
def test_random_text_gives_the_tokens_of_spacy(tokenizer, plain, pieces):
    # No colon: spaCy looks for emoticons across blanks (`:) )`), a chunk at a time cannot.
    text = " ".join(pieces)
    assert tokenizer.split(text) == by_spacy(plain, text)


def test_offsets_are_those_of_the_text(tokenizer):
    text = "Köche verdienen\n  3.000–4.000€ (brutto)."
    starts, ends, words = tokenizer(text)
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == [
        word.text for word in words
    ]


@pytest.mark.parametrize("sign", ["=", ".", "-", "9", "x", "€", "(", "5."])
def test_long_runs_take_linear_time(sign):
    def seconds(length):
        tokenizer = ChunkTokenizer(Words())
        tokenizer("warm. z.B.")
        begin = time.perf_counter()
        tokenizer(sign * length)
        return time.perf_counter() - begin

    seconds(1_000)
    assert seconds(100_000) < 2.0


def test_a_full_cache_starts_anew():
    tokenizer = ChunkTokenizer(Words(limit=10), limit=10)
    for number in range(100):
        for _ in range(2):
            assert tokenizer.split(f"Wort{number} z.B.") == [f"Wort{number}", "z.B."]
    assert len(tokenizer.words) <= 10
