from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

import berufsbild
from berufsbild.german.normalise import normalise
from berufsbild.german.wrapping import unwrapped

PARAGRAPH = (
    "Wer in der Altenpflegeschule am Stadtrand anfängt, bekommt im ersten Jahr rund 1.340 Euro im "
    "Monat, danach etwas mehr. Examinierte Pflegefachkräfte nennen Zahlen zwischen 3.100 und 3.600 "
    "Euro brutto, mit Zulagen kommen einige auf knapp 4.000 Euro. Gefragt sind Geduld, sichere "
    "Dokumentation und ein Führerschein der Klasse B, denn der Bus fährt abends nur bis Wattenscheid. "
    "Wer nachts arbeitet, schläft tags, und wer tags arbeitet, träumt von der Nacht; so jedenfalls "
    "erzählt es eine Kollegin, die beides kennt und am Ende doch lieber die frühe Schicht nimmt."
)
TEXT = (
    f"Pflegefachfrau in Bochum\n\n{PARAGRAPH}\n\nWas sonst zählt\n- Deeskalation\n- Wundversorgung"
)


def wrapped(text: str, width: int) -> str:
    return "\n".join(
        textwrap.fill(line, width, break_on_hyphens=False, break_long_words=False)
        for line in text.split("\n")
    )


@pytest.mark.parametrize("width", [48, 60, 72, 80, 100])
def test_lines_broken_to_a_width_come_together(width):
    broken = wrapped(TEXT, width)
    assert broken.count("\n") >= TEXT.count("\n") + 3
    assert unwrapped(broken) == TEXT


@pytest.mark.parametrize("width", [48, 72])
def test_a_broken_text_gives_the_same_spans(width):
    extract = berufsbild.load()
    whole, broken = extract(TEXT), extract(wrapped(TEXT, width))
    assert [(span.start, span.end, span.rule, span.value) for span in whole.spans] == [
        (span.start, span.end, span.rule, span.value) for span in broken.spans
    ]
    assert broken.profile == whole.profile
    assert all(wrapped(TEXT, width)[span.start : span.end] == span.text for span in broken.spans)


def test_words_cut_at_the_end_of_a_line_are_whole_again():
    text = (
        "Als Industriekauffrau verwaltet man in Bochum die Rech-\n"
        "nungen eines Betriebs, der Schrauben und Muttern ver-\n"
        "kauft. Dazu kommen Ein- und Ausgangskontrolle, SAP-\n"
        "Kenntnisse und Englisch, denn die Kundschaft sitzt über-\n"
        "all auf der Welt und ruft am liebsten morgens an."
    )
    view = normalise(text).text
    for word in (
        "Rechnungen",
        "verkauft",
        "SAP-Kenntnisse",
        "überall",
        "Ein- und Ausgangskontrolle",
    ):
        assert word in view
    found = {span.text: span for span in berufsbild.load()(text).spans}
    skill = found["SAP-\nKenntnisse"]
    assert text[skill.start : skill.end] == "SAP-\nKenntnisse"


@pytest.mark.parametrize(
    "text",
    [
        "Koch in Ulm\nKüche\nLohn\nRuhe\nEnde",
        "Wir suchen:\n- eine Köchin mit Geduld\n- einen Kellner mit Humor\n- eine Bar mit Gästen\n- Mut",
        "Gesucht wird\nkochen\nbacken\nbraten\nbrutzeln\nund mehr",
        "Ein Satz steht hier ganz allein auf seiner Zeile.\nEin zweiter Satz steht auf der nächsten.\nUnd Schluss.",
    ],
)
def test_lines_that_end_where_they_should_stay(text):
    assert unwrapped(text) == text


@given(st.text(alphabet="aB -.\n", max_size=400), st.integers(40, 90))
def test_the_view_is_as_long_as_the_text(text, width):
    broken = wrapped(text, width)
    assert len(unwrapped(broken)) == len(broken)
