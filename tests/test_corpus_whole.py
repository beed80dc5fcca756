"""What only the whole corpus shows: shares, leaking splits, sentences told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from berufsbild.corpus import check
from berufsbild.corpus.sentences import cut, words

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = "Der Ofen geht um drei Uhr an. Das Brot ist gut.\n"


def add(corpus: Path, one: str, text: str = "", *, town: str = "1", optional: int = 0) -> None:
    """Add a text on a baker, with a headline and some skills."""
    title = f"Bäcker in Ort{town}\n"
    skills = "".join(f"Skill{n} ist gut.\n" for n in range(10))
    lines = [
        "T1\tROLE 0 6\tBäcker",
        f"T2\tPLACE 10 {len(title) - 1}\tOrt{town}",
        "A1\theadline T1",
        "A2\theadline T2",
        "N1\tReference T1 kldb:2922\tBäcker",
        f"N2\tReference T2 geonames:{town}\tOrt{town}",
    ]
    for n in range(10):
        start = len(title) + n * len("Skill0 ist gut.\n")
        lines += [
            f"T{n + 3}\tSKILL {start} {start + 6}\tSkill{n}",
            f"A{n + 3}\tkind T{n + 3} tool",
            f"N{n + 3}\tReference T{n + 3} skill:skill{n}\tSkill{n}",
        ]
        lines += [f"A{n + 20}\toptional T{n + 3}"] if n < optional else []
    (corpus / "profiles").mkdir(exist_ok=True)
    (corpus / "gold").mkdir(exist_ok=True)
    (corpus / f"profiles/{one}.txt").write_text(title + skills + text, encoding="utf-8")
    (corpus / f"gold/{one}.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")


def problems(corpus: Path, splits: str | None = None, cases: str | None = None) -> list[str]:
    if splits is not None:
        (corpus / "splits.toml").write_text(splits, encoding="utf-8")
    if cases is not None:
        (corpus / "cases").mkdir()
        (corpus / "cases/roles.toml").write_text(cases, encoding="utf-8")
    found = check(
        corpus / "profiles",
        corpus / "gold",
        None if splits is None else corpus / "splits.toml",
        None if cases is None else corpus / "cases",
    )
    return [line.replace(f"{corpus}/", "") for line in found]


@pytest.mark.parametrize(("optional", "expected"), [(0, 0), (2, 0), (3, 1), (10, 1)])
def test_a_fifth_of_a_label_may_be_optional(tmp_path: Path, optional: int, expected: int) -> None:
    add(tmp_path, "a", optional=optional)
    found = problems(tmp_path)
    assert len(found) == expected
    if expected:
        assert found == [f"gold:1: expected at most 20 % optional SKILL, got {optional} of 10"]


def test_no_headline_in_two_splits(tmp_path: Path) -> None:
    add(tmp_path, "a", town="1")
    add(tmp_path, "b", town="1")
    same = '[splits]\ndev = [\n  "a",\n  "b",\n]\n'
    assert problems(tmp_path, same) == []
    apart = '[splits]\ndev = ["a"]\ntest = ["b"]\n'
    assert problems(tmp_path, apart) == [
        (
            "splits.toml:3: expected the headline PLACE geonames:1 in one split, "
            "got dev by 'a' and test by 'b'"
        ),
        (
            "splits.toml:3: expected the headline ROLE baecker in one split, "
            "got dev by 'a' and test by 'b'"
        ),
    ]
    add(tmp_path, "b", town="2")
    assert [line for line in problems(tmp_path, apart) if "PLACE" in line] == []


def test_splits_that_are_missing_are_a_problem(tmp_path: Path) -> None:
    add(tmp_path, "a")
    found = check(tmp_path / "profiles", tmp_path / "gold", tmp_path / "splits.toml")
    assert len(found) == 1
    assert "splits.toml:1: expected a readable file" in found[0]


def test_no_sentence_twice(tmp_path: Path) -> None:
    add(tmp_path, "a", SENTENCES)
    add(tmp_path, "b", "Nun. „Der Ofen\u00a0geht um drei Uhr an!“ Das Brot ist gut.\n")
    assert problems(tmp_path) == [
        (
            "profiles/b.txt:12: expected a sentence that stands nowhere else, "
            f"got '„Der Ofen geht um drei Uhr an!“' as in {tmp_path}/profiles/a.txt:12"
        ).replace(f"{tmp_path}/", "")
    ]


def test_nor_twice_in_one_line(tmp_path: Path) -> None:
    add(tmp_path, "a", 2 * "Der Ofen geht um drei Uhr an. ")
    (found,) = problems(tmp_path)
    assert found.endswith("as in profiles/a.txt:12")


def test_no_sentence_of_the_cases(tmp_path: Path) -> None:
    add(tmp_path, "a", SENTENCES)
    cases = (
        '[[role]]\nsentences = ["Ein ⟦Ofen⟧ raucht."]\n\n[[none]]\nreason = "x"\nsentences = [\n'
        '  "Vorher ist es still. Der ⟦Ofen⟧ geht um drei Uhr an.",\n]\n'
    )
    (found,) = problems(tmp_path, cases=cases)
    assert found.startswith("profiles/a.txt:12: ")
    assert found.endswith("as in cases/roles.toml:7")


def test_case_tables_must_be_readable(tmp_path: Path) -> None:
    add(tmp_path, "a")
    (found,) = problems(tmp_path, cases="[[role]\n")
    assert found.startswith("cases/roles.toml:1: expected TOML, got ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eins zwei. Drei vier!  »Fünf?« Sechs", ["Eins zwei.", "Drei vier!", "»Fünf?«", "Sechs"]),
        ("Zeile eins\r\n\r\n  Zeile zwei \n", ["Zeile eins", "Zeile zwei"]),
        (
            "Im 2. Jahr z. B. SAP, ca. 10 Std. Arbeit.",
            ["Im 2. Jahr z. B. SAP, ca. 10 Std. Arbeit."],
        ),
        ("Das hört er zu. Dann geht er.", ["Das hört er zu.", "Dann geht er."]),
        ("", []),
    ],
)
def test_cut(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in cut(text)] == expected


def test_words() -> None:
    assert words("„Ja“ – 3.000 € (brutto) C++, geht's?") == ["Ja", "3.000", "brutto", "C", "geht's"]
