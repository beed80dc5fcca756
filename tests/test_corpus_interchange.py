"""Out to labelling tools and back: every span exact, every attribute kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from berufsbild.cli import FINE, SOME_FAILED, WRONG_CALL, main
from berufsbild.corpus import Gold, GoldText, load_corpus, write_ann
from berufsbild.corpus.brat import parse_ann
from berufsbild.corpus.interchange import (
    read_doccano,
    read_label_studio,
    write_doccano,
    write_label_studio,
)
from berufsbild.corpus.offsets import settle, tables, utf16, whole_words
from berufsbild.corpus.treebanks import write_conll, write_docbin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = (
    "Köchin 👩🏽‍🍳 in Köln\r\n"
    "😀 Gefragt: Führerschein 🚗 und SAP-Kenntnisse; ab 16,60 € brutto/Std. 💶, "
    "im Göttinger Umland zahlt man einem Küchenmeister 3.000–3.500€ im Monat.\r\n"
)
LABELS = [
    ("Köchin", "ROLE", ["headline {}"], "kldb:2930\tKoch"),
    ("Köln", "PLACE", ["headline {}"], "geonames:2886242\tKöln"),
    ("Führerschein", "SKILL", ["optional {}", "kind {} certificate"], "skill:fuehrerschein\tFührerschein"),
    ("SAP-Kenntnisse", "SKILL", ["kind {} tool"], "skill:sap\tSAP"),
    ("16,60 €", "EURO_RANGE", ["min {} 16.60", "bound {} at_least", "period {} hour", "gross {} true"], ""),
    ("Göttinger", "PLACE", ["adjective {}"], "geonames:2918632\tGöttingen"),
    ("Küchenmeister", "ROLE", ["members {} Küchenmeister|Koch"], "kldb:2939\tKüchenmeister"),
    ("3.000–3.500€", "EURO_RANGE", ["min {} 3000", "max {} 3500", "bound {} closed"], ""),
]  # fmt: skip


def labelled(text: str = TEXT) -> GoldText:
    lines = []
    for number, (surface, label, attributes, reference) in enumerate(LABELS, 1):
        start = text.index(surface)
        lines.append(f"T{number}\t{label} {start} {start + len(surface)}\t{surface}")
        lines += [f"A{number}\t" + one.format(f"T{number}") for one in attributes]
        lines += [f"N{number}\tReference T{number} {reference}"] if reference else []
    lines += ["R1\tabout Arg1:T8 Arg2:T7", "R2\tabout Arg1:T8 Arg2:T6"]
    gold, problems = parse_ann("\n".join(lines) + "\n")
    assert problems == []
    return GoldText("koechin", text, gold, "dev")


def taken(
    read: Callable[..., Any], source: str, known: Gold | None = None, text: str = TEXT
) -> Gold:
    found = read(source, "x.json", {"koechin": text}, {"koechin": known} if known else {})
    assert found.problems == []
    return found.golds["koechin"]


def bare(gold: Gold) -> list[tuple[str, int, int, str]]:
    return [(str(span.label), span.start, span.end, span.text) for span in gold.spans]


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(
    ("write", "read"),
    [(write_doccano, read_doccano), (write_label_studio, read_label_studio)],
)
def test_round_trip(write, read, wide) -> None:
    text = labelled()
    source = write([text], wide=wide)
    back = taken(read, source)
    assert back == text.gold
    assert json.loads(source.splitlines()[0] if write is write_doccano else source)
    # What is the same stays as it was written: 16.60, not 16.6.
    assert write_ann(taken(read, source, text.gold)) == write_ann(text.gold)


@pytest.mark.parametrize("wide", [False, True])
def test_doccano_without_meta_takes_attributes_from_gold(wide) -> None:
    text = labelled()
    record = json.loads(write_doccano([text], wide=wide))
    del record["meta"]
    record["id"] = 17  # doccano's own number: the words say which text it is
    back = taken(read_doccano, json.dumps(record), text.gold)
    assert back == text.gold
    without = taken(read_doccano, json.dumps(record))
    assert bare(without) == bare(text.gold)
    assert [span.attributes for span in without.spans] == [{}] * len(without.spans)


def test_doccano_with_entities_and_relations() -> None:
    text = labelled()
    record = json.loads(write_doccano([text], wide=True))
    entities = [
        {"id": 100 + number, "label": label, "start_offset": start, "end_offset": end}
        for number, (start, end, label) in enumerate(record.pop("label"))
    ]
    relations = [{"id": 1, "from_id": 107, "to_id": 106, "type": "about"}]
    source = json.dumps({**record, "entities": entities, "relations": relations})
    back = taken(read_doccano, source, text.gold)
    assert bare(back) == bare(text.gold)
    assert back.about == ((7, 6),)
    assert back.spans[7].attributes["about"] == {"role": "kuechenmeister"}


def test_new_moved_and_deleted_spans() -> None:
    text = labelled()
    record = json.loads(write_doccano([text]))
    umland = TEXT.index("Umland")
    record["label"] = [*record["label"][1:6], [umland, umland + 6, "PLACE"], *record["label"][7:]]
    back = taken(read_doccano, json.dumps(record), text.gold)
    assert [span.text for span in back.spans] == [
        "Köln", "Führerschein", "SAP-Kenntnisse", "16,60 €", "Göttinger", "Umland", "3.000–3.500€",
    ]  # fmt: skip
    assert back.spans[5].attributes == {}
    assert back.about == ((6, 4),)


def test_a_mixture_of_ways_to_count() -> None:
    """What went out in code points comes back so, what was added counts UTF-16 units."""
    text = labelled()
    record = json.loads(write_doccano([text]))
    umland = TEXT.index("Umland")
    added = [utf16(TEXT, umland), utf16(TEXT, umland + 6), "PLACE"]
    record["label"].append(added)
    back = taken(read_doccano, json.dumps(record))
    assert "Umland" in [span.text for span in back.spans]
    assert len(back.spans) == len(text.gold.spans) + 1


@pytest.mark.parametrize("folded", ["text and offsets", "offsets"])
@pytest.mark.parametrize("wide", [False, True])
def test_line_ends_that_a_tool_makes_one(folded: str, wide) -> None:
    text = labelled()
    lf = TEXT.replace("\r\n", "\n")
    record = json.loads(write_doccano([labelled(lf)], wide=wide))
    del record["meta"]
    if folded == "offsets":
        record["text"] = TEXT
    assert bare(taken(read_doccano, json.dumps(record))) == bare(text.gold)
    tasks = json.loads(write_label_studio([labelled(lf)], wide=wide))
    if folded == "offsets":
        tasks[0]["data"]["text"] = TEXT
    assert taken(read_label_studio, json.dumps(tasks)) == text.gold


def test_line_ends_that_a_tool_makes_two() -> None:
    lf = TEXT.replace("\r\n", "\n")
    assert taken(read_doccano, write_doccano([labelled()]), labelled(lf).gold, lf) is not None
    back = taken(read_label_studio, write_label_studio([labelled()]), None, lf)
    assert back == labelled(lf).gold


def test_label_studio_verifies_the_surface() -> None:
    tasks = json.loads(write_label_studio([labelled()]))
    value = tasks[0]["annotations"][0]["result"][3]["value"]
    value["start"] += 1
    source = json.dumps(tasks, indent=1)
    found = read_label_studio(source, "x.json", {"koechin": TEXT}, {})
    (problem,) = found.problems
    line = int(problem.split(":")[1])
    assert '"koechin-T4"' in source.splitlines()[line - 1]
    assert "expected 'SAP-Kenntnisse' at" in problem
    assert "got 'AP-Kenntnisse'" in problem


def test_label_studio_without_surfaces_or_with_another_label() -> None:
    text = labelled()
    tasks = json.loads(write_label_studio([text], wide=True))
    regions = tasks[0]["annotations"][0]["result"]
    for region in regions[:8]:
        del region["value"]["text"]
    assert taken(read_label_studio, json.dumps(tasks)) == text.gold
    regions[3]["value"]["labels"] = ["PLACE"]
    back = taken(read_label_studio, json.dumps(tasks), text.gold)
    assert (back.spans[3].label, back.spans[3].attributes) == ("PLACE", {})


def test_label_studio_relation_to_the_left_and_gone() -> None:
    text = labelled()
    tasks = json.loads(write_label_studio([text]))
    result = tasks[0]["annotations"][0]["result"]
    first = result[8]
    first["from_id"], first["to_id"] = first["to_id"], first["from_id"]
    assert taken(read_label_studio, json.dumps(tasks)) == text.gold
    del result[8:]
    assert taken(read_label_studio, json.dumps(tasks), text.gold).about == ()


def test_label_studio_tasks_that_do_not_count() -> None:
    text = labelled()
    tasks = json.loads(write_label_studio([text, text]))
    tasks[0]["annotations"] = [{"was_cancelled": True, "result": []}]
    texts = {"koechin": TEXT}
    found = read_label_studio(json.dumps(tasks), "x.json", texts, {})
    assert found.unlabelled == ("koechin",)
    assert found.golds["koechin"] == text.gold
    tasks[1]["annotations"] *= 2
    found = read_label_studio(json.dumps(tasks), "x.json", texts, {})
    assert "task 2 with data.text and one annotation, got 2 annotations" in found.problems[0]
    for source in ("{", "{}", "[1]", '[{"data": {}}]'):
        assert len(read_label_studio(source, "x.json", texts, {}).problems) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"label": [[0, 6, "CITY"]]}, "expected one of EURO_RANGE, ROLE, PLACE, SKILL, got 'CITY'"),
        ({"label": [[1, 5, "ROLE"]]}, "expected a span of whole words at 1 5, got 'öchi'"),
        ({"label": [[0, 9999, "ROLE"]]}, "expected a span of whole words at 0 9999"),
        ({"label": [["a", 2]]}, "expected a JSON object with text, label or entities"),
        ({"text": 5, "meta": {}, "id": "koch"}, "expected the id or the words of a text, got 'koch'"),
        ({"text": TEXT.replace("SAP", "SPSS")}, "expected the text of koechin, got 'PSS-Kenntnis' at"),
    ],
)  # fmt: skip
def test_problems_have_their_line(change: dict[str, Any], expected: str) -> None:
    record = json.loads(write_doccano([labelled()])) | change
    found = read_doccano("\n" + json.dumps(record), "x.jsonl", {"koechin": TEXT}, {})
    (problem,) = found.problems
    assert problem.startswith("x.jsonl:2: ")
    assert expected in problem


def test_all_problems_at_once() -> None:
    line = write_doccano([labelled()])
    found = read_doccano(line + "{\n" + line, "x.jsonl", {"koechin": TEXT}, {})
    assert [problem.split(":")[1] for problem in found.problems] == ["2", "3"]
    assert "expected 'koechin' once, got a second time" in found.problems[1]


SIGNS = st.sampled_from([*"aä ,.\n", "\r\n", "😀", "👩🏽‍🍳", "𝄞"])


@given(st.lists(SIGNS, max_size=30), st.booleans(), st.booleans())
def test_some_table_carries_every_offset(signs: list[str], wide, folded) -> None:
    text = "".join(signs)
    tool = text.replace("\r\n", "\n") if folded else text
    at = 0
    for number in range(len(signs) + 1):
        here = "".join(signs[:number])
        seen = here.replace("\r\n", "\n") if folded else here
        at = utf16(tool, len(seen)) if wide else len(seen)
        assert any(at < len(table) and table[at] == len(here) for table in tables(text, text))
        assert any(at < len(table) and table[at] == len(here) for table in tables(tool, text))


def test_code_points_come_first_and_then_utf16() -> None:
    text = "😀 Koch"
    ways = tables(text, text)

    def fits(_: int, start: int, end: int) -> bool:
        return whole_words(text, start, end)

    assert ways[0] == list(range(len(text) + 1))
    assert settle([(2, 6)], ways, fits) == [(2, 6)]
    assert settle([(3, 7)], ways, fits) == [(2, 6)]
    assert settle([(1, 2), (2, 6), (3, 7)], ways, fits) == [None, (2, 6), (2, 6)]


def test_docbin_has_the_spans_on_whole_tokens() -> None:
    text = labelled()
    vocab = Vocab()
    (doc,) = DocBin().from_bytes(write_docbin([text])).get_docs(vocab)
    assert doc.text == TEXT
    assert [(span.label_, span.text) for span in doc.spans["gold"]] == [
        (str(span.label), span.text) for span in text.gold.spans
    ]
    assert doc.spans["gold"][1].kb_id_ == "geonames:2886242"
    assert (doc.user_data["id"], doc.user_data["split"]) == ("koechin", "dev")
    assert doc.user_data["spans"][0]["value"]["kldb"] == "2930"
    inside = replace(
        text, gold=Gold((replace(text.gold.spans[3], end=text.gold.spans[3].start + 3),))
    )
    (doc,) = DocBin().from_bytes(write_docbin([inside])).get_docs(vocab)
    assert [span.text for span in doc.spans["gold"]] == ["SAP-Kenntnisse"]


def test_conll_has_a_token_a_line() -> None:
    blocks = write_conll([labelled(), GoldText("leer", "")]).split("\n\n")
    assert blocks[0] == "# id = koechin\nKöchin\tB-ROLE\n👩\tO\n🏽‍\tO\n🍳\tO\nin\tO\nKöln\tB-PLACE"
    assert blocks[1].splitlines()[:3] == ["😀\tO", "Gefragt\tO", ":\tO"]
    assert "16,60\tB-EURO_RANGE\n€\tI-EURO_RANGE\nbrutto" in blocks[1].replace(
        "brutto/", "brutto\n"
    )
    assert (
        "3.000\tB-EURO_RANGE\n–\tI-EURO_RANGE\n3.500\tI-EURO_RANGE\n€\tI-EURO_RANGE\nim"
        in blocks[1]
    )
    assert blocks[2:] == ["# id = leer", ""]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts/koechin.txt").write_bytes(TEXT.encode())
    (tmp_path / "gold/koechin.ann").write_text(write_ann(labelled().gold), encoding="utf-8")
    return tmp_path


def call(files: Path, *arguments: str) -> int:
    places = ["--texts", str(files / "texts"), "--gold", str(files / "gold")]
    return main(["corpus", *arguments, *places])


@pytest.mark.parametrize("tool", ["doccano", "label-studio"])
@pytest.mark.parametrize("count", [[], ["--utf16"]])
def test_the_commands_round_trip(files: Path, capsys, tool: str, count: list[str]) -> None:
    out = files / "out"
    assert call(files, "export", "--to", tool, "-o", str(out), *count) == FINE
    before = (files / "gold/koechin.ann").read_bytes()
    assert call(files, "import", "--from", tool, str(out)) == FINE
    assert "0 texts written, 1 unchanged" in capsys.readouterr().err
    (files / "gold/koechin.ann").unlink()
    assert call(files, "import", "--from", tool, str(out)) == FINE
    assert (files / "gold/koechin.ann").read_bytes() == before.replace(b"16.60", b"16.6")
    written = out.read_text(encoding="utf-8")
    out.write_text(re.sub(r'"SKILL"(?=\s*\])', '"ABILITY"', written), encoding="utf-8")
    (files / "gold/koechin.ann").unlink()
    assert call(files, "import", "--from", tool, str(out)) == SOME_FAILED
    told = capsys.readouterr()
    assert "got 'ABILITY'" in told.out
    assert "nothing written" in told.err
    assert not list((files / "gold").iterdir())


def test_exports_without_a_file(files: Path, capsys) -> None:
    assert call(files, "export", "--to", "conll") == FINE
    assert capsys.readouterr().out.startswith("# id = koechin\nKöchin\tB-ROLE\n")
    assert call(files, "export", "--to", "docbin") == WRONG_CALL
    assert "expected a file by -o" in capsys.readouterr().err
    assert call(files, "export", "--to", "docbin", "-o", str(files / "new/x.spacy")) == FINE
    assert [path.name for path in (files / "new").iterdir()] == ["x.spacy"]
    assert call(files, "export", "--to", "conll", "--utf16") == WRONG_CALL
    assert call(files, "import", "--from", "doccano", str(files / "none")) == WRONG_CALL


def test_the_corpus_survives_every_tool(root: Path) -> None:
    texts = load_corpus(root / "corpus")
    stored = {text.id: text.text for text in texts}
    known = {text.id: text.gold for text in texts}
    for write, read in ((write_doccano, read_doccano), (write_label_studio, read_label_studio)):
        for wide in (False, True):
            found = read(write(texts, wide=wide), "x", stored, {})
            assert (found.problems, found.golds) == ([], known)
    assert write_docbin(texts) == write_docbin(texts)
    begun = write_conll(texts).count("\tB-")
    assert begun == sum(len(text.gold.spans) for text in texts)
