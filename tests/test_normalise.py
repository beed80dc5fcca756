from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berufsbild.errors import InputError
from berufsbild.german.normalise import checked_view, normalise, slug

ODD = "aä \u0308\xad\u200b\u2011\xa0\u202f\r\n\ufeffÄo\u0301€x–"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("2.400\xa0€ bis 2.900\u202f€", "2.400 € bis 2.900 €"),
        ("IT\u2011Manager", "IT-Manager"),
        ("Kranken\xadpflege", "Krankenpflege"),
        ("Ko\u0308chin", "Köchin"),
        ("\ufeffBeruf Koch", "Beruf Koch"),
        ("eins\r\nzwei\rdrei\u2028vier", "eins \nzwei\ndrei\nvier"),
        ("a\x00b\tc", "a b c"),
        ("Ro\u200bhr", "Rohr"),
    ],
)
def test_the_view_is_plain(text, clean):
    assert normalise(text).text == clean


def test_a_plain_text_is_its_own_view():
    text = "Köche in Bochum\nverdienen 2.400 €."
    view = normalise(text)
    assert view.text is text
    assert view.original(3, 7) == (3, 7)


def test_spans_lead_back_to_the_text_as_given():
    text = "Die Ko\u0308\xadchin in Bo\u200bchum"
    view = normalise(text)
    start = view.text.index("Köchin")
    begin, end = view.original(start, start + len("Köchin"))
    assert text[begin:end] == "Ko\u0308\xadchin"
    start = view.text.index("Bochum")
    begin, end = view.original(start, start + len("Bochum"))
    assert text[begin:end] == "Bo\u200bchum"


@given(st.text(alphabet=ODD, max_size=60))
def test_every_character_of_the_view_has_its_place(text):
    view = normalise(text)
    before = 0
    for at in range(len(view.text)):
        start, end = view.original(at, at + 1)
        assert before <= end
        assert 0 <= start < end <= len(text)
        before = start
    for sign in "\xad\u200b\ufeff\xa0\u2011\r":
        assert sign not in view.text


@given(st.text(alphabet=ODD, max_size=60))
def test_the_view_of_composed_text_is_composed(text):
    composed = unicodedata.normalize("NFC", text.replace("\xad", "").replace("\u200b", ""))
    view = normalise(composed.replace("\ufeff", ""))
    assert unicodedata.is_normalized("NFC", view.text.lstrip("\u0308\u0301 "))


@pytest.mark.parametrize(
    ("value", "kind"), [(b"bytes", "type"), (None, "type"), ("\ud800", "surrogate")]
)
def test_what_is_no_text_is_refused(value, kind):
    with pytest.raises(InputError) as caught:
        checked_view(value)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("IT-Manager", "it-manager"),
        ("Größe & Maß", "groesse-mass"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        (".NET", "dotnet"),
        ("Café", "cafe"),
    ],
)
def test_names_become_ids(name, id):
    assert slug(name) == id
