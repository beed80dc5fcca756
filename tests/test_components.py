"""Berufsbild inside spaCy: component, tokenizer, scorer and colours."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import tomllib

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import ignore_error, registry

from berufsbild import components, scorer
from berufsbild.components import COLOURS, BerufsbildComponent
from berufsbild.errors import DataError, InputError
from berufsbild.extraction import Failure
from berufsbild.pages.page import LETTERS
from berufsbild.scoring import score
from berufsbild.scoring.files import load_texts
from berufsbild.spans import Label

TEXTS = [
    "Beruf Küfer in Trier\nEin Küfer verdient 2.500 bis 3.100€ im Monat, in Mainz 200 Euro mehr.",
    "Die Segelmacherin aus Kappeln sollte Nervenstärke und Englisch mitbringen.",
    "Hier steht nichts davon.",
    "",
]
OWN = {"nlp": {"tokenizer": {"@tokenizers": "berufsbild.Tokenizer.v1"}}}


def with_component(**config):
    nlp = spacy.blank("de")
    nlp.add_pipe("berufsbild", config=config)
    return nlp


def tuples(doc) -> list[tuple[str, int, int, str]]:
    return [
        (span.label_, span.start_char, span.end_char, span.kb_id_)
        for span in doc.spans["berufsbild"]
    ]


@pytest.fixture(scope="module")
def nlp():
    return with_component()


# What spaCy finds, and what that costs.


def test_a_blank_pipeline_imports_two_small_modules_of_ours():
    code = (
        "import sys, spacy\n"
        "spacy.blank('de')\n"
        "print(*sorted(name for name in sys.modules if name.startswith('berufsbild')))\n"
        "nlp = spacy.blank('de')\n"
        "nlp.add_pipe('berufsbild')\n"
        "print(*[name for name in sys.modules if name.startswith(('berufsbild.rules', 'berufsbild.lexicon'))])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    assert done.stdout.splitlines() == ["berufsbild berufsbild.components berufsbild.scorer", ""]


@pytest.mark.parametrize(
    ("group", "found", "name", "value"),
    [
        ("factories", registry._entry_point_factories, "berufsbild", components.make_component),
        ("tokenizers", registry.tokenizers, "berufsbild.Tokenizer.v1", components.make_tokenizer),
        ("scorers", registry.scorers, "berufsbild.scorer.v1", scorer.make_scorer),
        ("displacy_colors", registry.displacy_colors, "berufsbild", COLOURS),
    ],
)
def test_the_entry_points_lead_to_what_is_there(root, group, found, name, value):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert list(project["entry-points"][f"spacy_{group}"]) == [name]
    assert found.get_entry_point(name) is value


def test_the_tokenizer_is_named_in_the_config():
    own, plain = spacy.blank("de", config=OWN), spacy.blank("de")
    text = "Bis zu 4€/Std. für Entwickler/-innen"
    assert [token.text for token in own(text)] != [token.text for token in plain(text)]
    assert "Entwickler/-innen" in [token.text for token in own(text)]
    assert own.config["nlp"]["tokenizer"] == {"@tokenizers": "berufsbild.Tokenizer.v1"}
    again = spacy.blank("de").from_config(own.config)
    assert [token.text for token in again(text)] == [token.text for token in own(text)]


# Colours.


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_displacy_paints_with_the_colours_of_our_pages(root, nlp):
    light = (root / "pipeline/berufsbild/pages/base.css").read_text().partition("@media")[0]
    fills = dict(re.findall(r"--fill(\w): (#[0-9a-f]{6});", light))
    assert {label.value: fills[LETTERS[label]] for label in Label} == COLOURS
    assert list(COLOURS) == [label.value for label in Label]
    for colour in COLOURS.values():  # the text on them is black
        assert (luminance(colour) + 0.05) / 0.05 > 7
    doc = nlp(TEXTS[0])
    page = displacy.render(doc, style="span", options={"spans_key": "berufsbild"}, jupyter=False)
    for label in ("ROLE", "PLACE", "EURO_RANGE"):
        assert label in page
        assert COLOURS[label] in page


# Documents.


def test_in_a_foreign_pipeline_spans_are_widened_to_tokens():
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "TARIF", "pattern": "3.000–4.000€"}])
    nlp.add_pipe("berufsbild", config={"labels": ["PLACE", "EURO_RANGE"]})
    text = "In Bochum zahlt man mehr. Es sind (3.000–4.000€)je Monat."
    doc = nlp(text)
    assert [(span.label_, span.text, span.kb_id_) for span in doc.spans["berufsbild"]] == [
        ("PLACE", "Bochum", "geonames:2947416"),
        ("EURO_RANGE", "3.000–4.000€)je", ""),
    ]
    assert [span.text for span in doc._.extraction.spans] == ["Bochum", "3.000–4.000€"]
    for span in doc._.extraction.spans:
        assert text[span.start : span.end] == span.text
    assert len(list(doc.sents)) == 2


def test_it_reads_the_text_of_another_tokenizer(extract):
    nlp = spacy.blank("xx")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split(" "))
    nlp.add_pipe("berufsbild")
    doc = nlp("Ein Küfer in Trier verdient 2.500 bis 3.100 Euro!")
    assert doc._.extraction == extract(doc.text)
    assert doc.spans["berufsbild"][-1].text == "2.500 bis 3.100 Euro!"


def test_a_document_has_its_own_id_and_none_before(nlp):
    doc = nlp.make_doc(TEXTS[0])
    assert doc._.extraction is None
    doc.user_data["id"] = "k-1"
    assert nlp(doc)._.extraction.id == "k-1"


def test_evidence_of_earlier_components_can_be_left_out():
    def places(**config):
        nlp = spacy.blank("de")
        nlp.add_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": "Essen"}])
        nlp.add_pipe("berufsbild", config={"labels": ["PLACE"], **config})
        doc = nlp("Essen sucht Fachkräfte.")
        return [span.text for span in doc.spans["berufsbild"]]

    assert places() == places(evidence=True) == ["Essen"]
    assert places(evidence=False) == []


def test_a_stream_keeps_its_order(nlp, extract):
    docs = list(nlp.pipe(TEXTS, batch_size=2))
    assert [doc.text for doc in docs] == TEXTS
    assert [doc._.extraction for doc in docs] == [extract(text) for text in TEXTS]
    pairs = list(nlp.pipe([(text, len(text)) for text in TEXTS], as_tuples=True))
    assert [context for _, context in pairs] == [len(text) for text in TEXTS]


def test_two_processes_give_what_one_gives(nlp):
    """In a fresh process: spaCy forks, and the tests' process may have threads."""
    code = (
        "import json, sys, spacy\n"
        "nlp = spacy.blank('de')\n"
        "nlp.add_pipe('berufsbild')\n"
        "for doc in nlp.pipe(json.load(sys.stdin), n_process=2, batch_size=1):\n"
        "    spans = [(s.label_, s.start_char, s.end_char, s.kb_id_) for s in doc.spans['berufsbild']]\n"
        "    print(json.dumps([spans, doc._.extraction.to_json()]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        input=json.dumps(TEXTS), capture_output=True, check=True, text=True, encoding="utf-8",
    )  # fmt: skip
    found = [json.loads(line) for line in done.stdout.splitlines()]
    docs = list(nlp.pipe(TEXTS))
    assert [[tuple(one) for one in spans] for spans, _ in found] == [tuples(doc) for doc in docs]
    assert [record for _, record in found] == [doc._.extraction.to_json() for doc in docs]


# Failures.


class Failing:
    """An extractor that cannot bear some texts."""

    def __init__(self, extract):
        self.extract = extract

    def __call__(self, text, **settings):
        if "Segel" in text:
            raise InputError("surrogate", "expected text")
        if "nichts" in text:
            raise RuntimeError("boom")
        return self.extract(text, **settings)


@pytest.fixture
def failing(extract):
    nlp = with_component()
    nlp.get_pipe("berufsbild").__dict__["_extract"] = Failing(extract)
    return nlp


def test_a_text_that_fails_is_raised_by_default(failing):
    with pytest.raises(InputError, match="expected text"):
        failing(TEXTS[1])
    with pytest.raises(RuntimeError, match="boom"):
        list(failing.pipe(TEXTS[2:]))


def test_with_an_error_handler_no_document_is_lost(failing, extract):
    seen = []
    failing.set_error_handler(lambda name, _, docs, error: seen.append((name, docs, str(error))))
    docs = list(failing.pipe(TEXTS))
    assert [doc.text for doc in docs] == TEXTS
    assert docs[0]._.extraction == extract(TEXTS[0])
    kinds = [doc._.extraction.error.kind for doc in docs[1:3]]
    assert kinds == ["surrogate", "internal"]
    assert docs[2]._.extraction.error.message == "expected an extraction, got RuntimeError: boom"
    assert [list(doc.spans["berufsbild"]) for doc in docs[1:3]] == [[], []]
    assert seen == [("berufsbild", [docs[1]], "expected text"), ("berufsbild", [docs[2]], "boom")]
    assert isinstance(failing(TEXTS[1])._.extraction, Failure)


def test_what_a_failed_document_held_before_is_gone(failing, nlp):
    failing.set_error_handler(ignore_error)
    doc = nlp(TEXTS[1])
    assert doc.spans["berufsbild"]
    doc = failing(doc)
    assert not doc.spans["berufsbild"]
    assert isinstance(doc._.extraction, Failure)


@pytest.mark.parametrize(
    ("labels", "got"), [(["ROLE", "Beruf", "Ort"], "got 'Beruf', 'Ort'"), ([], "got none")]
)
def test_unknown_labels_are_refused(labels, got):
    with pytest.raises(DataError, match=f"berufsbild.labels: expected some of EURO_RANGE.* {got}"):
        with_component(labels=labels)


@pytest.mark.parametrize(
    "config", [{"labels": "ROLE"}, {"evidence": "yes"}, {"base": "de_core_news_xl"}]
)
def test_spacy_refuses_settings_of_another_kind(config):
    with pytest.raises(ValueError, match="Config error for 'berufsbild'"):
        with_component(**config)


def test_missing_words_are_an_error_whatever_the_handler_is(tmp_path):
    nlp = with_component(lexicon=[str(tmp_path / "nirgends")])
    nlp.set_error_handler(ignore_error)
    with pytest.raises(DataError, match="nirgends: expected a folder of own words"):
        list(nlp.pipe(TEXTS))


def test_another_programs_extension_is_not_taken_for_ours():
    ours = Doc.remove_extension("extraction") if Doc.has_extension("extraction") else None
    Doc.set_extension("extraction", default=1)
    try:
        with pytest.raises(DataError, match=r"doc\._\.extraction: expected a free name"):
            with_component()
    finally:
        Doc.remove_extension("extraction")
        if ours:
            Doc.set_extension("extraction", getter=ours[2])


# Scores.


def test_evaluate_gives_the_strict_scores_of_our_report(root, extract):
    splits = tomllib.loads((root / "corpus/splits.toml").read_text())["splits"]
    folders = (root / "corpus" / name for name in ("profiles", "gold", "splits.toml"))
    gold = [text for text in load_texts(*folders) if text.id in set(splits["dev"][:24])]
    records = [json.loads(extract(text.text, id=text.id).to_json()) for text in gold]
    estimates = score(gold, records, resamples=100).estimates["all"]
    nlp = with_component()
    examples = []
    for text in gold:
        doc = nlp.make_doc(text.text)
        doc.spans["berufsbild"] = [
            doc.char_span(span.start, span.end, span.label.value, alignment_mode="expand")
            for span in text.gold.spans
        ]
        examples.append(Example(nlp.make_doc(text.text), doc))
    found = nlp.evaluate(examples)
    names = {"p": "precision", "r": "recall", "f": "f1"}
    assert set(found["spans_berufsbild_per_type"]) == set(COLOURS)
    for label, ratios in found["spans_berufsbild_per_type"].items():
        for key, name in names.items():
            value = estimates[f"all.{label}.strict.{name}"].value
            assert ratios[key] == pytest.approx(value, abs=5e-5), (label, name)
    for key, name in names.items():
        value = estimates[f"all.micro.strict.{name}"].value
        assert found[f"spans_berufsbild_{key}"] == pytest.approx(value, abs=5e-5)


def example(nlp, text, spans) -> Example:
    return Example.from_dict(nlp.make_doc(text), {"spans": {"berufsbild": spans}})


def test_evaluate_counts_the_labels_that_are_looked_for():
    spans = [(4, 9, "ROLE"), (13, 18, "PLACE"), (0, 3, "SKILL")]
    text = "Ein Küfer in Trier verdient gut."
    all_ = with_component()
    found = all_.evaluate([example(all_, text, spans)])
    assert (found["spans_berufsbild_p"], found["spans_berufsbild_r"]) == (1.0, 2 / 3)
    one = with_component(labels=["ROLE"])
    found = one.evaluate([example(one, text, spans)])
    assert found["spans_berufsbild_f"] == 1.0
    assert set(found["spans_berufsbild_per_type"]) == {"ROLE"}


def test_a_text_without_gold_is_not_scored(nlp):
    doc = nlp.make_doc(TEXTS[0])
    found = nlp.evaluate([Example(doc, doc.copy())])
    assert found["spans_berufsbild_f"] is None


def test_the_scorer_can_be_changed_by_the_config():
    silent = with_component(scorer=None)
    keys = silent.evaluate([example(silent, TEXTS[0], [])])
    assert not [key for key in keys if key.startswith("spans_")]
    assert silent.config["components"]["berufsbild"]["scorer"] is None
    assert with_component().config["components"]["berufsbild"]["scorer"] == {
        "@scorers": "berufsbild.scorer.v1"
    }


def test_it_has_no_say_in_which_trained_model_is_the_best(nlp):
    weights = nlp.config["training"]["score_weights"]
    assert set(weights) == {f"spans_berufsbild_{part}" for part in ("p", "r", "f", "per_type")}
    assert not any(weights.values())


def test_analysis_finds_no_problems(nlp):
    found = nlp.analyze_pipes(keys=["assigns", "requires", "scores"])
    assert found["problems"] == {"berufsbild": []}
    assert found["summary"]["berufsbild"]["assigns"] == ["doc._.extraction", "doc.spans"]
    assert "spans_berufsbild_f" in found["summary"]["berufsbild"]["scores"]


# Storing.


@pytest.fixture
def words(tmp_path):
    folder = tmp_path / "words"
    (folder / "skills").mkdir(parents=True)
    (folder / "skills/own.tsv").write_text(
        "id\tname\tkind\tsurfaces\npriggensetzen\tPriggensetzen\tknowledge\tPriggen setzen\n",
        encoding="utf-8",
    )
    (folder / "README.md").write_text("Not a table.\n")
    return folder


def skills(nlp) -> list[str]:
    doc = nlp("Sie kann Priggen setzen.")
    return [span.kb_id_ for span in doc.spans["berufsbild"]]


@pytest.mark.parametrize("how", ["disk", "bytes", "pickle"])
def test_a_stored_pipeline_has_its_settings_and_its_own_words(how, words, tmp_path):
    nlp = spacy.blank("de", config=OWN)
    nlp.add_pipe(
        "berufsbild", config={"labels": ["SKILL"], "lexicon": [str(words)], "evidence": False}
    )
    if how == "disk":
        nlp.to_disk(tmp_path / "model")
        (words / "skills/own.tsv").unlink()
        (words / "skills").rmdir()
        (words / "README.md").unlink()
        words.rmdir()
        again = spacy.load(tmp_path / "model")
    elif how == "bytes":
        data = nlp.to_bytes()
        words.rename(tmp_path / "elsewhere")
        again = spacy.lang.de.German.from_config(nlp.config).from_bytes(data)
    else:
        assert skills(nlp) == ["priggensetzen"]  # what it has loaded stays behind
        again = pickle.loads(pickle.dumps(nlp))  # noqa: S301 - our own
    assert skills(again) == ["priggensetzen"]
    assert again.config["components"] == nlp.config["components"]
    assert again.get_pipe("berufsbild").labels == ("SKILL",)
    if how == "disk":  # and again: the copy is the only one left
        again.to_disk(tmp_path / "second")
        assert skills(spacy.load(tmp_path / "second")) == ["priggensetzen"]
        stored = json.loads((tmp_path / "model/berufsbild/lexicon.json").read_text())
        assert list(stored[str(words)]) == ["skills/own.tsv"]


def test_settings_can_be_changed_when_loading(tmp_path):
    with_component().to_disk(tmp_path / "model")
    assert not (tmp_path / "model/berufsbild").exists()  # nothing to keep
    only = spacy.load(tmp_path / "model", config={"components.berufsbild.labels": ["PLACE"]})
    doc = only(TEXTS[0])
    assert {label for label, *_ in tuples(doc)} == {"PLACE"}


def test_a_component_pickles_with_its_error_handler(failing):
    failing.set_error_handler(ignore_error)
    again = pickle.loads(pickle.dumps(failing.get_pipe("berufsbild")))  # noqa: S301 - our own
    assert isinstance(again, BerufsbildComponent)
    assert again.get_error_handler() is ignore_error
    assert again.scorer is scorer.score
    assert "_extract" not in again.__dict__


def test_documents_come_back_from_a_docbin_with_their_values(nlp, tmp_path):
    docs = list(nlp.pipe(TEXTS))
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    vocab = spacy.blank("de").vocab
    again = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(vocab))
    assert [doc._.extraction for doc in again] == [doc._.extraction for doc in docs]
    assert [tuples(doc) for doc in again] == [tuples(doc) for doc in docs]
    assert again[0]._.extraction.profile.pay[0].max == 3100
    one = Doc(vocab).from_bytes(docs[0].to_bytes())
    assert one._.extraction == docs[0]._.extraction


def test_documents_can_be_read_where_no_pipeline_has_the_component(nlp, tmp_path):
    DocBin(docs=[nlp(TEXTS[0])], store_user_data=True).to_disk(tmp_path / "docs.spacy")
    code = (
        "import sys, spacy\n"
        "from berufsbild.components import register_extension\n"
        "register_extension()\n"
        "(doc,) = spacy.tokens.DocBin().from_disk(sys.argv[1]).get_docs(spacy.blank('de').vocab)\n"
        "print(doc._.extraction.profile.role.id)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "docs.spacy")],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert done.stdout == "kuefer\n"
