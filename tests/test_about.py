"""What an amount is paid for, where that is not the headline's occupation and town."""

from __future__ import annotations

import pytest

import berufsbild
from berufsbild.values import EuroRange

TITLE = "Dachdecker in Regensburg\n"
CASES = [
    # what the words around name
    ("Ein Geselle bekommt 2.900 Euro, der Dachdeckermeister 4.000 Euro.", [None, "meister"]),
    ("In München zahlt man 4.500 Euro, hier eher 3.800 Euro.", ["München", None]),
    ("In Schwandorf oder Cham sind es 2.600 Euro.", ["Schwandorf"]),
    ("Und die Bauleiterin? 5.200 Euro im Monat.", ["bauleiter"]),
    # what the amount before was about goes on
    ("Ein Bauleiter verdient 4.200 Euro, in München auch 5.000 Euro.", ["bauleiter", "bauleiter München"]),
    ("In Wien bekam ich zum Einstieg 2.100 Euro, später 2.700 Euro.", ["Wien", "Wien"]),
    ("Ein Bauleiter geht mit 4.500 Euro heim, Dachdecker mit 3.100 Euro.", ["bauleiter", None]),
    # the headline's own occupation, grades of it, and where it lies
    ("Dachdecker fangen mit 2.500 Euro an.", [None]),
    ("Ein angestellter Dachdecker kommt auf 3.100 Euro.", [None]),
    ("In Bayern gibt es 2.900 Euro, in Deutschland weniger als 2.800 Euro.", [None, None]),
    # places that say where somebody comes from or learns
    ("Erntehelfer aus Rumänien bekommen 14 Euro die Stunde.", ["erntehelfer"]),
    ("Wer an der Schule in Waldkirchen war, startet mit 2.400 Euro.", [None]),
]  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> berufsbild.Extractor:
    return berufsbild.load()


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=str)
def test_an_amount_is_about_what_its_part_of_the_sentence_names(extractor, sentence, expected):
    text = TITLE + sentence
    extraction = extractor(text)
    names = {
        getattr(span.value, "id", ""): getattr(span.value, "name", "") for span in extraction.spans
    }
    got = []
    for span in extraction.spans:
        if isinstance(span.value, EuroRange):
            about = span.value.about
            parts = [] if about is None else [about.role, names.get(about.place or "")]
            got.append(" ".join(part for part in parts if part) or None)
    assert len(got) == len(expected)
    for one, wanted in zip(got, expected, strict=True):
        if wanted is None:
            assert one is None
        else:
            assert one is not None
            assert all(part in one for part in wanted.split())
            assert ("München" in one) == ("München" in wanted)
