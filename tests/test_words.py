from __future__ import annotations

import pytest

from berufsbild.german.inflection import adjectival, person_endings, thing_endings
from berufsbild.german.words import Word, Words


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


def test_a_type_is_looked_at_once():
    words = Words()
    assert words["Koch"] is words["Koch"]
    assert Word("Pfleger:innen").gendered
    assert not Word("Pfleger").gendered
