"""The skill rule against its case table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.german.words import Word
from berufsbild.layout import Layout, Sentences
from berufsbild.params import Params
from berufsbild.rules import load_rule
from berufsbild.rules.skills.outlines import Outlines
from berufsbild.spans import Label, Span, Tokens
from tables import Case, compare, load_cases, parameters

if TYPE_CHECKING:
    from berufsbild.german.tokenizer import ChunkTokenizer
    from berufsbild.rules import Rule
    from berufsbild.values import Skill

CASES = load_cases("skills.toml")


@cache
def reader() -> tuple[ChunkTokenizer, Rule]:
    tokenizer = make_tokenizer(Params().tokens)
    return tokenizer, load_rule(Label.SKILL, tokenizer.split)


def find(text: str) -> list[Span]:
    tokenizer, rule = reader()
    return rule.find(Layout.of(Tokens(text, *tokenizer(text))))


def told(value: Skill, expected: dict[str, Any]) -> dict[str, Any]:
    """Tell of the value what the table says."""
    return {key: getattr(value, key) for key in expected if key != "reason"}


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case) -> None:
    compare(case, [(span.start, span.end, span.value) for span in find(case.text)], told)


def test_the_table_is_large_enough() -> None:
    assert sum(case.kind == "skill" for case in CASES) >= 580
    assert sum(case.kind == "none" for case in CASES) >= 300
    assert len({case.text for case in CASES}) == len(CASES)


BREAKS = st.sampled_from((" ", "\n", "\n\n", "\n- ", "\n• "))
TEXTS = st.lists(
    st.tuples(st.sampled_from([case.text for case in CASES]), BREAKS), min_size=1, max_size=12
).map(lambda rows: "".join(text + end for text, end in rows))
MET = Sentences()
"""The sentences of all texts drawn before."""


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_sentence_says_the_same_whether_it_was_met_before_or_not(text: str) -> None:
    tokenizer, rule = reader()
    first, again, fresh = (
        rule.find(Layout.read(text, tokenizer.of_sentence, sentences))
        for sentences in (MET, MET, Sentences())
    )
    assert first == again == fresh
    assert all(text[span.start : span.end] == span.text for span in first)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Gefragt ist körperliche\nBelastbarkeit im Stall.", "körperliche\nBelastbarkeit"),
        ("Zum Alltag gehören Vertrags-\nund Zollrecht.", "Vertrags-\nund Zollrecht"),
        ("Geprüft wird nach DIN EN\nISO 9606 in der Halle.", "DIN EN\nISO 9606"),
        ("Nötig sind Kenntnisse in\nPflasterbau und Umsicht.", "Pflasterbau"),
    ],
)
def test_a_line_that_breaks_off_is_read_with_the_next(lines: str, expected: str) -> None:
    assert expected in [span.text for span in find(lines)]


def test_a_heading_vouches_for_items_met_before_without_it() -> None:
    tokenizer, rule = reader()
    for above, rules in (("Wegbeschreibung:", []), ("Kenntnisse:", ["skill.cued"])):
        text = f"{above}\n- Fischerei\n"
        spans = rule.find(Layout.read(text, tokenizer.of_sentence, MET))
        assert [span.rule for span in spans] == rules


@pytest.mark.parametrize(
    ("surface", "words"),
    [
        ("Käsekunde", "Käsekunde käsekunden"),
        ("Handkuss", "Handküsse Handkuß HANDKUSS"),
        ("Kalte Theke", "kalt kalte Kalter kalten Kalt-"),
        ("Bunter Teller", "bunt bunter Bunte"),
        ("Gegrillter Fisch", "gegrillt Gegrilltes gegrilltem"),
        ("Tau ziehen", "Tau Taus Taues tauen täuer"),
        ("C++", "C++ C++s C Cs"),
        ("UX Labor", "UX UXs UX-Labor UXLabors"),
        ("XY-7", "XY-7 XY-7s XY XYs"),
        ("E-Harfe", "E-Harfe EHarfen E"),
        ("Uff!", "Uff Uffs uffes"),
        ("Öl", "Öle Öls Ölen ole"),
        ("Moos-Pflege nach Maß", "Moospflege Moos-Pflege MOOS-PFLEGEN Moos"),
        ("Mürbe-luftige Backkunst", "Mürbe-luftiger mürbeluftigen Mürbe-luftig"),
        ("Flechtwerke binden", "Flechtwerke Flechtwerken Flechtwerk"),
        ("Flechtwerk-Prüfungen", "Flechtwerk Flechtwerkes Flechtwerkprüfungen Flechtwerkprüfung"),
    ],
)
def test_no_form_of_the_first_word_of_a_surface_is_strange(surface: str, words: str) -> None:
    outlines = Outlines([surface], [])
    assert [word for word in words.split() if outlines.strange(Word(word))] == []
    assert outlines.strange(Word("Quitte"))
    assert outlines.strange(Word("quer"))


@pytest.mark.parametrize("word", ["Flechtwaren", "Flechter", "flechtbar"])
def test_words_that_only_begin_alike_are_strange(word: str) -> None:
    assert Outlines(["Flechtwerkprüfung"], []).strange(Word(word))


HEADS = Outlines([], ["kunde", "kraft"])


@pytest.mark.parametrize(
    "word", ["Quittenkunde", "Quittenkraft", "Quittenkräfte", "Quittenkräften"]
)
def test_a_compound_closes_like_its_head_in_any_form(word: str) -> None:
    assert HEADS.closes(Word(word))
    assert not HEADS.strange(Word(word))


@pytest.mark.parametrize("word", ["quittenkunde", "Quittenkunst", "Kunde"])
def test_only_a_noun_that_is_long_enough_closes_like_a_head(word: str) -> None:
    assert not HEADS.closes(Word(word))
    assert HEADS.strange(Word(word))
