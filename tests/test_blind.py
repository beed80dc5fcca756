"""The lists of marked sentences, and what is counted of them."""

from __future__ import annotations

import pytest

from berufsbild.corpus.lists import read_list, unmark
from berufsbild.errors import DataError
from berufsbild.scoring.blind import score_list, wilson
from berufsbild.spans import Label, Span
from berufsbild.values import Role
from house import ROOT


def role(text: str, part: str, kldb: str) -> Span:
    start = text.index(part)
    return Span(Label.ROLE, start, start + len(part), part, "role.x", Role("x", "X", kldb, None))


def test_marks_are_taken_out_and_counted_in_the_clean_sentence():
    assert unmark("Ein ⟦Koch⟧ und ⟦Kellner⟧.") == ("Ein Koch und Kellner.", [(4, 8), (13, 20)])


def test_a_list_says_what_is_expected_of_each_mark(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(
        '[[role]]\nkldb = "2930"\nspans = [{}, {kldb = "6330"}]\n'
        'sentences = ["⟦Koch⟧ und ⟦Kellner⟧."]\n\n[[paragraph]]\ntext = "Nichts."\n',
        encoding="utf-8",
    )
    first, second = read_list(path)
    assert first.spans == ((0, 4, {"kldb": "2930"}), (9, 16, {"kldb": "6330"}))
    assert (second.text, second.spans) == ("Nichts.", ())


def test_a_list_without_its_marks_is_refused(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('[[role]]\nsentences = ["Kein Zeichen."]\n', encoding="utf-8")
    with pytest.raises(DataError, match="expected marks that fit"):
        read_list(path)


def test_hits_are_counted_by_overlap_by_span_and_by_value(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(
        '[[role]]\nkldb = "2930"\nsentences = ["Ein ⟦Koch⟧.", "Der ⟦Jungkoch⟧.", "Die ⟦Köchin⟧."]\n'
        '[[role]]\nkldb = "6330"\nsentences = ["Ein ⟦Kellner⟧ rennt mit dem Boten."]\n',
        encoding="utf-8",
    )
    found = {
        "Ein Koch.": [("Koch", "2930")],
        "Der Jungkoch.": [("koch", "2930")],
        "Ein Kellner rennt mit dem Boten.": [("Kellner", "6331"), ("Boten", "5132")],
    }
    score = score_list(
        read_list(path),
        Label.ROLE,
        lambda text: [role(text, part, kldb) for part, kldb in found.get(text, ())],
    )
    assert (score.targets, score.overlap, score.whole, score.right) == (4, 3, 2, 1)
    assert (score.near, score.false) == (2, 1)
    assert score.groups["area 2"]["targets"] == 3


def test_the_interval_holds_the_share_and_narrows_with_more_targets():
    low, high = wilson(90, 100)
    assert (round(low, 3), round(high, 3)) == (0.826, 0.945)  # Newcombe 1998, method 3
    wide_low, wide_high = wilson(9, 10)
    assert wide_low < low < 0.9 < high < wide_high
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "corpus").glob("*/**/*.toml")), ids=lambda p: p.stem
)
def test_no_target_of_a_list_stands_twice(path):
    entries = read_list(path)
    texts = [entry.text for entry in entries]
    assert len(set(texts)) == len(texts)
    assert len(entries) >= 30


def test_the_lists_are_as_long_as_they_claim():
    count = {
        name: sum(len(entry.spans) for entry in read_list(ROOT / "corpus/blind" / f"{name}.toml"))
        for name in ("roles", "skills")
    }
    assert count == {"roles": 600, "skills": 800}
