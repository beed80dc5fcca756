"""Texts, gold and splits: what is read, what is refused, what comes back out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from berufsbild.corpus import (
    Gold,
    GoldSpan,
    GoldText,
    as_record,
    check,
    load_corpus,
    load_gold,
    load_splits,
    read_text,
    write_ann,
)
from berufsbild.errors import DataError, InputError
from berufsbild.german.normalise import slug
from berufsbild.spans import Label

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Konditorin in Kassel\n"
    "Die Konditorin beherrscht Zuckerguss und SAP. Gezahlt werden rund 2.800 € brutto,\n"
    "im Göttinger Umland eher 2.500 € bis 2.600 €.\n"
)
ANN = """\
T1\tROLE 0 10\tKonditorin
T2\tPLACE 14 20\tKassel
T3\tROLE 25 35\tKonditorin
T4\tSKILL 47 57\tZuckerguss
T5\tSKILL 62 65\tSAP
T6\tEURO_RANGE 87 94\t2.800 €
T7\tPLACE 106 115\tGöttinger
T8\tEURO_RANGE 128 147\t2.500 € bis 2.600 €
A1\theadline T1
A2\theadline T2
A3\toptional T4
A4\tkind T4 knowledge
A5\tkind T5 tool
A6\tmin T6 2800
A7\tmax T6 2800
A8\tbound T6 approximate
A9\tperiod T6 month
A10\tperiod_stated T6 false
A11\tpurpose T6 pay
A12\tgross T6 true
A13\tadjective T7
A14\tmin T8 2500
A15\tmax T8 2600.50
A16\tbound T8 closed
A17\tperiod T8 month
A18\tperiod_stated T8 false
A19\tpurpose T8 pay
N1\tReference T1 kldb:2922\tKonditor
N2\tReference T2 geonames:2892518\tKassel
N3\tReference T3 kldb:2922\tKonditor
N4\tReference T4 skill:zuckerguss\tZuckerguss
N5\tReference T5 skill:sap\tSAP
N6\tReference T7 geonames:2918632\tGöttingen
R1\tabout Arg1:T8 Arg2:T7
"""
SPLITS = '[splits]\ndev = ["konditorin"]\ntest = []\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one text without a problem."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "profiles/konditorin.txt").write_bytes(TEXT.encode())
    (tmp_path / "gold/konditorin.ann").write_bytes(ANN.encode())
    (tmp_path / "splits.toml").write_text(SPLITS, encoding="utf-8")
    return tmp_path


def problems(corpus: Path) -> list[str]:
    """Check the corpus; paths are cut to the file's name."""
    found = check(corpus / "profiles", corpus / "gold", corpus / "splits.toml")
    return [line.removeprefix(f"{corpus}/") for line in found]


def rewrite(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    source = path.read_bytes().decode()
    assert old in source
    path.write_bytes(source.replace(old, new).encode())


def test_a_clean_corpus_has_no_problem(corpus: Path) -> None:
    assert problems(corpus) == []


def test_gold_keeps_what_is_labelled(corpus: Path) -> None:
    gold = load_gold(corpus / "gold/konditorin.ann")
    role, place, _, glaze, _, single, adjective, pay = gold.spans
    assert role == GoldSpan(
        Label.ROLE,
        0,
        10,
        "Konditorin",
        {"id": "konditor", "name": "Konditor", "kldb": "2922"},
        headline=True,
    )
    assert place.attributes == {"id": "geonames:2892518", "name": "Kassel", "adjective": False}
    assert (place.headline, role.optional, role.line) == (True, False, 1)
    assert glaze.optional
    assert adjective.attributes["adjective"] is True
    assert single.attributes == {
        "min": Decimal(2800),
        "max": Decimal(2800),
        "bound": "approximate",
        "period": "month",
        "period_stated": False,
        "gross": True,
        "level": None,
        "purpose": "pay",
    }
    assert pay.attributes["max"] == Decimal("2600.50")
    assert pay.attributes["about"] == {"place": "geonames:2918632"}
    assert gold.about == ((7, 6),)


def test_round_trip(corpus: Path) -> None:
    gold = load_gold(corpus / "gold/konditorin.ann")
    assert write_ann(gold) == ANN
    shuffled = "\n".join(reversed(ANN.strip().split("\n"))) + "\n"
    (corpus / "gold/konditorin.ann").write_text(shuffled, encoding="utf-8")
    assert load_gold(corpus / "gold/konditorin.ann") == gold


def test_members_and_own_places_round_trip(tmp_path: Path) -> None:
    ann = (
        "T1\tROLE 0 31\tAlten- oder Kinderkrankenpfleger\nT2\tPLACE 40 44\tPott\n"
        "A1\tmembers T1 Altenpfleger|Kaufmann im Einzelhandel\n"
        "N1\tReference T1 kldb:8210\tAltenpfleger\nN2\tReference T2 own:ruhrgebiet\tRuhrgebiet\n"
    )
    (tmp_path / "a.ann").write_text(ann, encoding="utf-8")
    gold = load_gold(tmp_path / "a.ann")
    assert gold.spans[0].attributes["members"] == ("Altenpfleger", "Kaufmann im Einzelhandel")
    assert gold.spans[1].attributes["id"] == "own:ruhrgebiet"
    assert write_ann(gold) == ann


def test_a_span_without_attributes_labels_none(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("T1\tEURO_RANGE 0 5\t100 €\n", encoding="utf-8")
    assert load_gold(tmp_path / "a.ann").spans[0].attributes == {}
    (tmp_path / "b.ann").write_text("", encoding="utf-8")
    assert load_gold(tmp_path / "b.ann") == Gold()


def test_gold_as_jsonl(tmp_path: Path) -> None:
    lines = [
        {"label": "SKILL", "optional": True, "start": 9, "end": 12, "text": "SAP"},
        {
            "label": "EURO_RANGE",
            "start": 0,
            "end": 5,
            "text": "12,50",
            "value": {"min": 12.5, "max": 12.5, "gross": None, "currency": "EUR"},
        },
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    gold = load_gold(tmp_path / "a.jsonl")
    assert [span.label for span in gold.spans] == [Label.EURO_RANGE, Label.SKILL]
    assert gold.spans[0].attributes == {
        "min": Decimal("12.5"),
        "max": Decimal("12.5"),
        "gross": None,
    }
    assert gold.spans[1].optional
    (tmp_path / "a.jsonl").write_text('{"label": "CITY"}\n[]\n{', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_gold(tmp_path / "a.jsonl")
    assert [line.split(":")[1] for line in caught.value.problems] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("old", "new", "line", "expected", "got"),
    [
        ("ROLE 0 10", "ROLE 1 11", 1, "'Konditorin' at 1 11", "the surface stands at 0 10"),
        ("\tSAP\nT6", "\tSAQ\nT6", 5, "'SAQ' at 62 65", "stands nowhere"),
        ("ROLE 25 35\tKond", "ROLE 21 35\tDie Kond", 3, "no article", "'Die Konditorin'"),
        ("62 65\tSAP", "62 66\tSAP.", 5, "no blank or punctuation", "'SAP.'"),
        ("62 65\tSAP", "61 65\t SAP", 5, "no blank or punctuation", "' SAP'"),
        ("47 57\tZuckerguss", "47 53\tZucker", 4, "a span of whole words", "'Zucker'"),
        ("ROLE 0 10", "JOB 0 10", 1, "one of EURO_RANGE", "'JOB'"),
        ("ROLE 0 10", "ROLE 10 0", 1, "start before end", "10 0"),
        ("ROLE 0 10", "ROLE 0 4;5 10", 1, "T<n><TAB>", "0 4;5 10"),
        ("T3\tROLE", "T1\tROLE", 3, "a span number used once", "T1"),
        ("kind T4 knowledge", "kind T4 art", 12, "kind: one of knowledge, tool", "'art'"),
        ("kind T5 tool", "period T5 month", 13, "an attribute of SKILL (kind", "'period'"),
        ("min T6 2800", "min T6 2.800,00", 14, "min: a decimal number", "'2.800,00'"),
        ("min T6 2800", "min T6 2900", 6, "min equal to max for approximate", "min 2900"),
        ("max T8 2600.50", "max T8 2400", 8, "min <= max for closed", "min 2500, max 2400"),
        ("bound T8 closed", "bound T8 at_least", 8, "min without max", "max 2600.50"),
        ("period_stated T6 false", "period_stated T6 no", 18, "true or false", "'no'"),
        ("adjective T7", "adjective T7 yes", 21, "adjective: no value", "'yes'"),
        ("A12\tgross T6 true", "A12\tbound T6 exact", 20, "one bound for T6", "a second one"),
        ("A5\tkind T5 tool\n", "", 5, "kind", "none for 'SAP'"),
        ("purpose T6 pay", "optional T6", 6, "purpose", "none for '2.800 €'"),
        ("kldb:2922\tKonditor\nN2", "kldb:292\tKonditor\nN2", 28, "four digits", "'292'"),
        ("geonames:2892518", "geonames:Kassel", 29, "a GeoNames number", "'Kassel'"),
        ("skill:sap\t", "skill:SAP\t", 32, "a slug after skill:", "'SAP'"),
        ("skill:sap\t", "skill:sap-r3\t", 5, "skill:sap for 'SAP'", "skill:sap-r3"),
        ("T5 skill:sap", "T5 kldb:4319", 32, "skill for SKILL", "'kldb'"),
        ("N3\tReference T3", "N3\tReference T9", 30, "a reference of a known span", "T9"),
        ("N3\tReference T3", "N3\tReference T1", 30, "one reference for T1", "a second one"),
        ("N3\tReference T3 kldb:2922\tKonditor\n", "", 3, "a reference for ROLE", "'Konditorin'"),
        ("Arg1:T8 Arg2:T7", "Arg1:T7 Arg2:T8", 34, "EURO_RANGE about ROLE or PLACE", "PLACE"),
        ("Arg1:T8 Arg2:T7", "Arg1:T8 Arg2:T5", 34, "EURO_RANGE about ROLE or PLACE", "SKILL"),
        ("headline T2", "headline T3", 3, "one headline ROLE", "another one"),
        ("A1\theadline T1\n", "", 1, "one headline ROLE in the file", "none"),
        ("headline T2", "headline T5", 10, "an attribute of SKILL", "'headline'"),
        ("A3\toptional T4", "A3\toptional T1", 1, "a headline that is required", "optional"),
        ("T5\tSKILL 62 65\tSAP", "T5\tSKILL 58 65\tund SAP", 5, "", ""),
        ("T4\tSKILL 47 57\tZuckerguss", "T4\tSKILL 36 57\tbeherrscht Zuckerguss", 4, "", ""),
        ("R1\tabout", "E1\tabout", 34, "a line of kind T, A, N or R", "E1"),
    ],
)
def test_each_problem_has_its_line(
    corpus: Path, old: str, new: str, line: int, expected: str, got: str
) -> None:
    rewrite(corpus / "gold/konditorin.ann", old, new)
    found = problems(corpus)
    if not expected:
        assert found == []
        return
    assert any(
        problem.startswith(f"gold/konditorin.ann:{line}: expected ")
        and expected in problem
        and got in problem.split(", got ", 1)[1]
        for problem in found
    ), found


def test_overlapping_spans_are_told(corpus: Path) -> None:
    rewrite(corpus / "gold/konditorin.ann", "SKILL 62 65\tSAP", "SKILL 47 65\tZuckerguss und SAP")
    assert [line for line in problems(corpus) if "does not overlap" in line] == [
        (
            "gold/konditorin.ann:5: expected a span that does not overlap 'Zuckerguss' (47 57), "
            "got 'Zuckerguss und SAP' (47 65)"
        )
    ]


@pytest.mark.parametrize("surface", ["C++", "C#", ".NET", "TÜV (SVT)", "Dipl.-Ing.", "400,50 €"])
def test_borders_that_only_look_like_punctuation(tmp_path: Path, surface: str) -> None:
    text = f"Man nutzt {surface} gern"
    label = "EURO_RANGE" if "€" in surface else "SKILL"
    ann = f"T1\t{label} 10 {10 + len(surface)}\t{surface}\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.ann").write_text(ann, encoding="utf-8")
    assert not [line for line in check(tmp_path, tmp_path) if "at the border" in line]


def test_one_name_and_kind_for_each_id(corpus: Path) -> None:
    (corpus / "profiles/b.txt").write_text("Sap nutzen", encoding="utf-8")
    (corpus / "gold/b.ann").write_text(
        "T1\tSKILL 0 3\tSap\nA1\tkind T1 knowledge\nN1\tReference T1 skill:sap\tSap\n",
        encoding="utf-8",
    )
    rewrite(corpus / "splits.toml", "test = []", 'test = ["b"]')
    assert problems(corpus) == [
        "gold/konditorin.ann:5: expected the kind 'knowledge' for sap as in b.ann:1, got 'tool'",
        "gold/konditorin.ann:5: expected the name 'Sap' for sap as in b.ann:1, got 'SAP'",
    ]


def test_texts_and_gold_belong_together(corpus: Path) -> None:
    (corpus / "profiles/ohne.txt").write_text("Ein Text.", encoding="utf-8")
    (corpus / "gold/lose.ann").write_text("", encoding="utf-8")
    assert problems(corpus) == [
        "profiles/ohne.txt:1: expected gold in gold/ohne.ann, got none",
        "gold/lose.ann:1: expected a text profiles/lose.txt, got none",
        "splits.toml:1: expected 'ohne' in a split, got none",
    ]


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        (b"", 1, "a text, got an empty file"),
        (b"Ein Satz.\n\xff", 1, "a UTF-8 text"),
        (b"Ein Satz.\r\n", 1, "no carriage return"),
        (b"\xef\xbb\xbfEin Satz.", 1, "no byte order mark"),
        (b"Ein Satz.\nU\xcc\x88ber", 2, "a text in NFC"),
    ],
)
def test_texts_are_plain(corpus: Path, content: bytes, line: int, expected: str) -> None:
    (corpus / "profiles/konditorin.txt").write_bytes(content)
    found = [problem for problem in problems(corpus) if problem.startswith("profiles/")]
    assert len(found) == 1
    assert found[0].startswith(f"profiles/konditorin.txt:{line}: expected {expected}")


@pytest.mark.parametrize(
    ("toml", "line", "expected"),
    [
        ('[splits]\ndev = []\ntest = ["konditorin"]\n', 0, ""),
        ("[splits]\ndev = []\n", 1, "'konditorin' in a split, got none"),
        ('[splits]\ndev = ["konditorin"]\ntest = ["x"]\n', 3, "the id of a text, got 'x'"),
        ('[splits]\ndev = ["konditorin"]\ntest = ["konditorin"]\n', 2, "in one split, got dev"),
        ('[splits]\ndev = "konditorin"\n', 2, "a list of text ids for dev"),
        ("[splits]\ndev = [\n", 2, "TOML"),
        ("[splits]\ndev = ]\n", 2, "TOML"),
        ('[splits]\ndev = ["konditorin"]\n[shares]\na = 1\n', 3, "only the tables splits"),
        ('[splits]\ndev = ["konditorin"]\n[texts.konditorin]\nmood = "x"\n', 2, "strings for"),
    ],
)
def test_splits(corpus: Path, toml: str, line: int, expected: str) -> None:
    (corpus / "splits.toml").write_text(toml, encoding="utf-8")
    found = problems(corpus)
    if not expected:
        assert found == []
    else:
        assert any(one.startswith(f"splits.toml:{line}: ") and expected in one for one in found), (
            found
        )


def test_load_corpus(corpus: Path) -> None:
    source = SPLITS + '[texts.konditorin]\nvoice = "du"\nstate = "Hessen"\n'
    (corpus / "splits.toml").write_text(source, encoding="utf-8")
    (text,) = load_corpus(corpus)
    assert (text.id, text.text, text.split) == ("konditorin", TEXT, "dev")
    assert text.meta == {"voice": "du", "state": "Hessen"}
    assert len(text.gold.spans) == 8
    assert load_splits(corpus / "splits.toml").of == {"konditorin": "dev"}
    (bare,) = load_corpus(corpus / "profiles", gold=corpus / "gold")
    assert (bare.split, bare.gold) == (None, text.gold)


def test_load_corpus_tells_all_problems(corpus: Path) -> None:
    (corpus / "gold/a.ann").write_text("nonsense\n", encoding="utf-8")
    (corpus / "gold/b.ann").write_text("T1 nonsense\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_corpus(corpus)
    assert len(caught.value.problems) == 4


def test_read_text_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffZeile\r\nZwei\u00ad\n".encode())
    assert read_text(path) == "\ufeffZeile\r\nZwei\u00ad\n"
    path.write_bytes(b"ab\xff")
    with pytest.raises(InputError, match="0xff at 2") as caught:
        read_text(path)
    assert caught.value.kind == "encoding"
    with pytest.raises(InputError) as caught:
        read_text(tmp_path / "none.txt")
    assert caught.value.kind == "unreadable"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Cloud Computing", "cloud-computing"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        (".NET", "dotnet"),
        ("Führerschein Klasse C", "fuehrerschein-klasse-c"),
        ("Maßnahmenplanung", "massnahmenplanung"),
        ("S/4HANA", "s-4hana"),
        ("Café-Betrieb", "cafe-betrieb"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_as_record(corpus: Path) -> None:
    record = as_record(GoldText("k", TEXT, load_gold(corpus / "gold/konditorin.ann")))
    assert json.loads(json.dumps(record)) == record
    assert record["spans"][7]["value"]["max"] == 2600.5
    assert record["profile"]["role"]["kldb"] == "2922"
    assert [pay["min"] for pay in record["profile"]["pay"]] == [2800, 2500]
    assert [skill["id"] for skill in record["profile"]["skills"]] == ["zuckerguss", "sap"]
