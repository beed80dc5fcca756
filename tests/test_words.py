from __future__ import annotations

import pytest

from berufsbild.german.inflection import adjectival, person_endings, thing_endings
from berufsbild.german.words import PerType, Word, Words


@pytest.mark.parametrize(
    ("surface", "base"),
    [
        ("Köchinnen", "koch"),
        ("Ärztin", "arzt"),
        ("Ärzt:innen", "arzt"),
        ("Pflegern", "pfleger"),
        ("Pfleger*innen", "pfleger"),
        ("Entwickler/-in", "entwickler"),
        ("LehrerInnen", "lehrer"),
        ("Kauffrau", "kaufmann"),
        ("Kaufleuten", "kaufmann"),
        ("Kaufmann/-frau", "kaufmann"),
        ("Bäuerin", "bauer"),
        ("Pflegekräfte", "pflegekraft"),
        ("Psychologinnen", "psychologe"),
        ("Friseuse", "friseur"),
        ("IT-Manager", "itmanager"),
        ("Straßenbauer", "strassenbauer"),
    ],
)
def test_a_form_leads_to_its_base(surface, base):
    found = Word(surface).bases
    assert base in found
    assert not person_endings(base).isdisjoint(found[base])


@pytest.mark.parametrize(
    ("surface", "base"), [("Kochen", "koch"), ("Richten", "richter"), ("Malern", "mal")]
)
def test_a_verb_is_no_form_of_a_person(surface, base):
    found = Word(surface).bases
    assert base not in found or person_endings(base).isdisjoint(found[base])


@pytest.mark.parametrize(
    ("surface", "base"),
    [
        ("Datenbanken", "datenbank"),
        ("Testmanagements", "testmanagement"),
        ("Kenntnisse", "kenntnis"),
        ("Führerscheine", "führerschein"),
        ("Netzwerke", "netzwerk"),
    ],
)
def test_things_are_inflected_too(surface, base):
    found = Word(surface).bases
    assert not thing_endings(base).isdisjoint(found[base])


def test_a_person_is_no_form_of_a_thing():
    found = Word("Brückenbauer").bases
    assert thing_endings("brückenbau").isdisjoint(found["brückenbau"])


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("angestellter", True),
        ("beamter", True),
        ("mediengestalter", False),
        ("richter", False),
        ("kalender", False),
    ],
)
def test_nouns_declined_like_adjectives_are_known(key, expected):
    assert adjectival(key) is expected


def test_a_type_is_kept_once_it_comes_again():
    words = Words()
    first, second, third = words["Koch"], words["Koch"], words["Koch"]
    assert (first.usual, second.usual) == (False, True)
    assert third is second
    assert len(words) == 1


def test_what_is_known_of_a_type_is_remembered_once_it_is_usual():
    asked: list[str] = []

    def look(word: Word) -> int | None:
        asked.append(word.text)
        return len(word.text) if word.capital else None

    words, letters = Words(), PerType(look)
    for _ in range(4):
        row = [words["Koch"], words["kocht"]]
        assert letters.of(row) == [(0, 4)]
    assert asked == ["Koch", "kocht"] * 2


def test_ever_new_types_leave_the_usual_ones_alone():
    words = Words(limit=100)
    usual = [words[text] for _ in range(2) for text in ("Koch", "kocht")][2:]
    for number in range(10_000):
        assert not words[f"Koch{number}"].usual
    assert [words["Koch"], words["kocht"]] == usual
    assert len(words) == 2


def test_gender_signs_are_seen():
    assert Word("Pfleger:innen").gendered
    assert not Word("Pfleger").gendered
