"""The place rule against its case table."""

from __future__ import annotations

import textwrap
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import berufsbild
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.layout import Layout, Sentences
from berufsbild.params import Params
from berufsbild.rules import load_rule
from berufsbild.rules.places.mention import Mention
from berufsbild.spans import Label, Span, Tokens
from tables import Case, compare, load_cases, parameters

if TYPE_CHECKING:
    from berufsbild.german.tokenizer import ChunkTokenizer
    from berufsbild.rules import Rule
    from berufsbild.values import Place

CASES = load_cases("places.toml")


@cache
def reader() -> tuple[ChunkTokenizer, Rule]:
    tokenizer = make_tokenizer(Params().tokens)
    return tokenizer, load_rule(Label.PLACE, tokenizer.split)


def find(text: str) -> list[Span]:
    tokenizer, rule = reader()
    return rule.find(Layout.of(Tokens(text, *tokenizer(text))))


def told(value: Place, expected: dict[str, Any]) -> dict[str, Any]:
    """Tell the value as a table does: a place is no adjective where that is unsaid."""
    expected.setdefault("adjective", False)
    return {key: getattr(value, key) for key in expected if key != "reason"}


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case) -> None:
    compare(case, [(span.start, span.end, span.value) for span in find(case.text)], told)


def test_the_table_is_large_enough() -> None:
    assert sum(case.kind == "place" for case in CASES) >= 200
    assert sum(case.kind == "none" for case in CASES) >= 100
    assert len({case.text for case in CASES}) == len(CASES)


# --- what is said of a sentence is said in every text ------------------------------------------------

MET = Sentences()
"""Sentences of the texts of all examples, each met among other neighbours."""


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Texts of shuffled sentences, some of them broken into short lines."""
    rows = draw(st.lists(st.sampled_from(CASES), min_size=2, max_size=12))
    text = draw(st.sampled_from(["\n", " ", "\n- "])).join(case.text for case in rows)
    width = draw(st.sampled_from([0, 12, 20, 40]))
    return text if not width else textwrap.fill(text, width, break_long_words=False)


def find_as_a_whole(layout: Layout) -> list[Span]:
    """Find the places without looking at a sentence by itself."""
    _, rule = reader()
    names = rule._nearby.in_text(layout, 0, len(layout.tokens))
    mentions = [Mention(one, one.first, one.last, one.start, one.verdict) for one in names]
    return rule._spans(layout, mentions)


@settings(max_examples=150, deadline=None)
@given(texts())
def test_sentences_met_before_change_nothing(text):
    tokenizer, rule = reader()
    fresh = rule.find(Layout.read(text, tokenizer.of_sentence, Sentences()))
    assert rule.find(Layout.read(text, tokenizer.of_sentence, MET)) == fresh
    assert rule.find(Layout.read(text, tokenizer.of_sentence, MET)) == fresh
    assert find_as_a_whole(Layout.read(text, tokenizer.of_sentence, Sentences())) == fresh


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Filiale liegt in Bad\nKreuznach.", "Bad\nKreuznach"),
        ("Aus Ober-\nund Unterfranken kommt der Wein.", "Ober-\nund Unterfranken"),
        ("Aus Ober-\nund\nUnterfranken kommt der Wein.", "Ober-\nund\nUnterfranken"),
        ("Ein Büro in Frankfurt\nan der\nOder gibt es auch.", "Frankfurt\nan der\nOder"),
    ],
)
def test_names_cross_the_border_of_lines(text, found):
    tokenizer, rule = reader()
    for _ in range(2):
        spans = rule.find(Layout.read(text, tokenizer.of_sentence, MET))
        assert [span.text for span in spans] == [found]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("GARMISCH-PARTENKIRCHEN", "Garmisch-Partenkirchen"),
        ("DUISBURG", "Duisburg"),
        ("Duisburg’s", "Duisburg"),
        ("Bochum-Wattenscheid", "Wattenscheid"),
        ("Bochums", "Bochum"),
        ("Niederlanden", "Niederlande"),
    ],
)
def test_no_form_of_a_name_is_passed_over(written, name):
    assert [span.value.name for span in find(f"Zu uns in {written} kommen viele.")] == [name]


# --- a base model as one more witness --------------------------------------------------------------


@cache
def extractor() -> berufsbild.Extractor:
    return berufsbild.load()


def places_with(text: str, marks: dict[str, tuple[str, str]]) -> list[str]:
    by_offset = {text.index(word): mark for word, mark in marks.items()}
    extraction = extractor()(text, marks=by_offset)
    return [span.text for span in extraction.spans if span.label is Label.PLACE]


@pytest.mark.parametrize(
    ("text", "word", "mark", "found"),
    [
        ("Singen liegt am Hohentwiel.", "Singen", ("PROPN", "LOC"), True),
        ("Essen sucht Fachkräfte.", "Essen", ("PROPN", "LOC"), True),
        ("Essen sucht Fachkräfte.", "Essen", ("NOUN", ""), False),
        ("Er zieht nach Essen.", "Essen", ("NOUN", ""), False),
        ("Er zieht nach Essen.", "Essen", ("PROPN", ""), True),
        ("Man trifft sich in Weiden.", "Weiden", ("PROPN", "PER"), False),
        ("In Leer steht ein Werk.", "Leer", ("ADJ", ""), False),
        ("In Kassel steht ein Werk.", "Kassel", ("NOUN", ""), True),
    ],
)
def test_a_base_model_is_a_witness_for_homographs_only(text, word, mark, found):
    assert (word in places_with(text, {word: mark})) is found


def test_the_spacy_component_hands_on_tags_and_entities():
    nlp = spacy.blank("de")
    nlp.add_pipe("berufsbild")
    doc = nlp.make_doc("Essen sucht Fachkräfte.")
    doc[0].pos_ = "PROPN"
    doc.set_ents([spacy.tokens.Span(doc, 0, 1, label="LOC")])
    nlp.get_pipe("berufsbild")(doc)
    assert [span.text for span in doc.spans["berufsbild"] if span.label_ == "PLACE"] == ["Essen"]
