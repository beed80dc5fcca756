"""The composition tables, by hand and in the data sheet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from berufsbild.cli import FINE, SOME_FAILED, WRONG_CALL, main
from berufsbild.corpus import Gold, GoldSpan, GoldText
from berufsbild.corpus.stats import BEGIN, END, composition, replaced
from berufsbild.errors import DataError
from berufsbild.spans import Label

if TYPE_CHECKING:
    from pathlib import Path

PAY = {"min": Decimal(1), "max": None, "bound": "at_least", "period_stated": False, "gross": None}


def rows(page: str, title: str) -> dict[str, list[str]]:
    """Read a table by its first cells."""
    part = page.split(f"### {title}", 1)[1].split("\n### ", 1)[0]
    lines = [line[2:-2].split(" | ") for line in part.splitlines() if line.startswith("|")]
    return {line[0]: line[1:] for line in lines}


def span(
    label: Label, *, optional: bool = False, headline: bool = False, **values: object
) -> GoldSpan:
    return GoldSpan(label, 0, 4, "Text", values, optional, headline)


def corpus() -> list[GoldText]:
    role = span(Label.ROLE, headline=True, id="koch", name="Koch", kldb="2930")
    town = span(Label.PLACE, headline=True, id="geonames:7", name="Graz", adjective=False)
    adjective = span(Label.PLACE, id="own:graz-gries", name="Gries", adjective=True)
    sap = span(Label.SKILL, id="sap", name="SAP", kind="tool")
    one = Gold((role, town, adjective, sap, sap, span(Label.EURO_RANGE, **PAY)))
    two = Gold((role, span(Label.SKILL, optional=True), span(Label.EURO_RANGE)))
    return [
        GoldText("a", "Text " * 10, one, "dev", {"voice": "qa", "state": "Steiermark"}),
        GoldText("b", "Text – " * 30, two, "test", {"voice": "sober", "state": "Hessen"}),
        GoldText("c", "", Gold()),
    ]


def test_composition_by_hand() -> None:
    page = composition(corpus())
    texts = rows(page, "Texts")
    assert texts["figure"] == ["all", "dev", "test", "–"]
    assert texts["texts"] == ["3", "1", "1", "1"]
    assert texts["words"] == ["40", "10", "30", "0"]
    assert texts["words of a text (least / median / most)"][0] == "0 / 10 / 30"
    assert texts["occupations in the headline"] == ["1", "1", "1", "0"]
    assert texts["places in the headline"] == ["1", "1", "0", "0"]
    areas = rows(page, "Areas")
    assert areas["2 production and manufacturing"] == ["2", "1", "1", "0"]
    assert areas["–"] == ["1", "0", "0", "1"]
    states = rows(page, "States")
    assert states["AT"] == ["all 1", "1", "1", "0", "0"]
    assert states["DE"] == ["all 1", "1", "0", "1", "0"]
    assert states["–"] == ["all 1", "1", "0", "0", "1"]
    assert rows(page, "Voices")["qa"] == ["1", "1", "0", "0"]
    spans = rows(page, "Spans")
    assert spans["SKILL"] == ["3", "33.3 %", "2", "0.0 %", "1", "100.0 %", "0", "–", "75.0"]
    assert spans["all"][0] == "9"
    euro = page.split("### Attributes")[1]
    assert "| bound | at_least | 1 | 1 | 0 | 0 |\n|  | not labelled | 1 | 0 | 1 | 0 |" in euro
    assert "| period_stated | false | 1 |" in euro
    assert "| gross | not labelled | 1 | 0 | 1 | 0 |\n|  | not said | 1 | 1 | 0 | 0 |" in euro
    values = rows(page, "Values")
    assert values["SKILL: distinct names"][0] == "1"
    assert values["SKILL: tool, mentions"][0] == "2"
    assert values["PLACE: own, distinct ids"] == ["1", "1", "0", "0"]
    assert values["PLACE: adjectives"][0] == "1"
    assert values["ROLE: distinct KldB codes"][0] == "1"


def test_an_empty_corpus_has_tables_too() -> None:
    assert rows(composition([]), "Texts")["texts"] == ["0"]


def test_tables_go_between_the_markers() -> None:
    page = f"vor\n{BEGIN}\nalt\n{END}\nnach\n"
    new = replaced(page, "x.md", "| neu |\n")
    assert new == f"vor\n{BEGIN}\n\n| neu |\n\n{END}\nnach\n"
    assert replaced(new, "x.md", "| neu |") == new


@pytest.mark.parametrize("page", ["", BEGIN, END + BEGIN, BEGIN + END + END, BEGIN + BEGIN + END])
def test_a_page_without_both_markers_is_refused(page: str) -> None:
    with pytest.raises(DataError, match=r"x\.md:1: expected <!-- stats:begin --> and then"):
        replaced(page, "x.md", "neu")


def test_the_data_sheet_is_true(root: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(root)
    assert main(["corpus", "stats"]) == FINE
    fresh = capsys.readouterr().out
    page = (root / "corpus/README.md").read_text(encoding="utf-8")
    assert replaced(page, "corpus/README.md", fresh) == page, (
        "corpus/README.md: expected the tables of the corpus as it is, got older ones; "
        "run 'berufsbild corpus stats --write corpus/README.md'"
    )


def test_stats_can_be_written_with_the_agreement(
    root: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(root)
    page = tmp_path / "page.md"
    page.write_text(f"# Blatt\n\n{BEGIN}{END}\n", encoding="utf-8")
    call = [
        "corpus",
        "stats",
        "--first",
        "corpus/gold",
        "--second",
        "corpus/gold",
        "--write",
        str(page),
    ]
    assert main(call) == FINE
    written = page.read_text(encoding="utf-8")
    assert "### Agreement of two labellers" in written
    assert rows(written, "Agreement of two labellers")["micro"][2:] == ["1.000", "1.000"]
    assert main(call) == FINE
    assert page.read_text(encoding="utf-8") == written
    assert main(["corpus", "stats", "--write", str(tmp_path / "none.md")]) == WRONG_CALL
    assert "none.md: expected a file" in capsys.readouterr().err


def test_agreement_tells_both_figures_and_places(tmp_path: Path, capsys) -> None:
    text = "Koch in Bonn\nMan braucht Geduld und SAP im Haus.\n"
    labels = {
        "first": "T1\tROLE 0 4\tKoch\nT2\tSKILL 25 31\tGeduld\nT3\tSKILL 36 39\tSAP\n",
        "second": (
            "T1\tROLE 0 4\tKoch\nT2\tSKILL 25 39\tGeduld und SAP\nT3\tPLACE 8 12\tBonn\n"
            "N1\tReference T1 kldb:2930\tKoch\n"
        ),
    }
    labels["first"] += "N1\tReference T1 kldb:2939\tKoch\n"
    for name, lines in labels.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "koch.ann").write_text(lines, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/koch.txt").write_text(text, encoding="utf-8")
    (tmp_path / "second/anderer.ann").write_text("", encoding="utf-8")
    call = ["corpus", "agreement", str(tmp_path / "first"), str(tmp_path / "second")]
    call += ["--texts", str(tmp_path / "texts")]
    assert main([*call, "--disagreements"]) == FINE
    out = capsys.readouterr().out
    assert "| ROLE | 1 | 1 | 1.000 | 1.000 |" in out
    assert "| ROLE | kldb_4 | 1 | 0.000 |" in out
    assert "koch:0 ROLE, other value\n  ⟦⟨Koch⟩⟧ in Bonn\n  kldb: 2939 → 2930" in out.replace(
        "⟨⟦", "⟦⟨"
    ).replace("⟧⟩", "⟩⟧")
    assert "koch:8 PLACE, only the second\n  Koch in ⟨Bonn⟩" in out
    assert "SKILL, other borders" in out
    assert "SKILL, only the first" in out
    assert main(call) == FINE
    assert "only the first" not in capsys.readouterr().out
    (tmp_path / "third").mkdir()
    assert main([*call[:3], str(tmp_path / "third"), *call[4:]]) == SOME_FAILED
    assert "no text is labelled in both" in capsys.readouterr().err
