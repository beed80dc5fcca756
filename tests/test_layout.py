from __future__ import annotations

import pytest

from berufsbild.german.tokenizer import ChunkTokenizer
from berufsbild.german.words import Words
from berufsbild.layout import Layout
from berufsbild.spans import Tokens

TOKENIZER = ChunkTokenizer(Words())


def layout(text: str) -> Layout:
    return Layout.of(Tokens(text, *TOKENIZER(text)))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in layout(text).sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Sie lernt z. B. Buchhaltung u. a. für Herrn Dr. Haupt.|Danach ist Schluss.",
        "Am 3. Mai beginnt das 2. Lehrjahr.|Dann geht es weiter.",
        "Man zahlt 2.400 Euro p. a. brutto.|Mehr gibt es nicht.",
        "Rund 16 € je Std. sind üblich.|So ist es.",
        "Wer will das?|Niemand!|Oder doch …|Vielleicht.",
        "„Komm rein.“|Er ging.",
        "Das kostet 1,2 Mio. Euro im Jahr.|Viel Geld.",
        "Er ist 32.|Sie ist 40.",
        "Ca. 20 Leute arbeiten dort, inkl. Azubis usw.|Mehr nicht.",
    ],
)
def test_sentences_end_where_they_end(text):
    assert sentences(text.replace("|", " ")) == text.split("|")


def test_lines_without_full_stop_are_sentences():
    assert sentences("Lohn und Gehalt\nGut ist er.\nEnde") == [
        "Lohn und Gehalt",
        "Gut ist er.",
        "Ende",
    ]


def test_lines_have_kinds():
    text = "Koch in Bochum\nEin Bericht\nKöche arbeiten lange, sehr lange sogar.\nLohn\n- Kost\n• Logis\n1. Bett\nEnde."
    assert [line.kind for line in layout(text).lines] == [
        "title", "title", "text", "heading", "item", "item", "item", "text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "role", "place"),
    [
        ("Koch Jobs und Stellenangebote in Bochum", "Koch", "Bochum"),
        ("Beruf Koch in Bochum", "Koch", "Bochum"),
        (
            "Medizinische Fachangestellte (m/w/d) in Halle (Saale)",
            "Medizinische Fachangestellte",
            "Halle",
        ),
        ("Zwischen Herd und Hof: Köchin in Innsbruck", "Köchin", "Innsbruck"),
        (
            "Berufsbild: Fachkraft für Lagerlogistik in Bad Hersfeld – was man wissen muss",
            "Fachkraft für Lagerlogistik",
            "Bad Hersfeld",
        ),
        ("Berufsbild: Notar", "Notar", None),
    ],
)
def test_title_lines_say_what_the_text_is_about(line, role, place):
    found = layout(line + "\nDer Rest ist Text, und zwar ein ganzer Satz.").titles[0]
    text = line
    assert text[slice(*found.role)] == role
    assert (found.place and text[slice(*found.place)]) == place


def test_a_sentence_is_no_title():
    assert (
        layout(
            "Köche arbeiten lange, sehr lange sogar, und das in jeder Küche dieser Welt, ob groß oder klein, ob fein oder grob, in Bochum."
        ).titles
        == []
    )


def test_clauses_lie_between_marks():
    text = "Einsteiger verdienen 2.400 €, Erfahrene bis 3.300 € – wenn es gut läuft."
    found = layout(text)
    assert text[slice(*found.clause(text.index("2.400")))] == "Einsteiger verdienen 2.400 €"
    assert text[slice(*found.clause(text.index("3.300")))].strip() == "Erfahrene bis 3.300 €"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Herr Schneider näht.", "Schneider", True),
        ("Anna Koch kocht.", "Koch", True),
        ("Die Firma Jäger liefert.", "Jäger", True),
        ("Bei Krämer & Schmidt arbeitet man.", "Krämer", True),
        ("Der Schneider näht.", "Schneider", False),
        ("Anna, Koch seit Jahren.", "Koch", False),
    ],
)
def test_names_of_persons_and_firms(text, word, expected):
    found = layout(text)
    at = next(at for at, one in enumerate(found.tokens.words) if one.text == word)
    assert found.names_person(at) is expected


def test_a_name_stays_a_name_through_the_text():
    found = layout("Frau Neuss lacht. So Neuss, und der Schneider schweigt. In Neuss.")
    named = [at for at, word in enumerate(found.tokens.words) if word.text == "Neuss"]
    assert [found.names_person(at) for at in named] == [True, True, False]


def test_every_title_pattern_has_a_cue():
    from berufsbild.layout.titles import _TITLE_CUE, TitleWords
    from berufsbild.lexicon.reader import ROOT, read_toml

    words = read_toml(ROOT / "layout" / "titles.toml", TitleWords)
    assert [one for one in (*words.strong, *words.weak) if not _TITLE_CUE.search(one)] == []


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Softwaretesterin: Jobs und offene Stellen in Linz", "Softwaretesterin"),
        ("Dachdecker: Jobs in Ulm", "Dachdecker"),
        ("Imkerin: Gehalt in Celle", "Imkerin"),
        ("Berufe mit Zukunft: Gehälter in Linz", None),
    ],
)
def test_a_title_takes_jobs_and_pay_for_no_occupation(line, role):
    title = next(iter(layout(line + "\nText steht hier.").titles), None)
    got = None if title is None or title.role is None else line[slice(*title.role)]
    assert got == role
