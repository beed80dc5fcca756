from __future__ import annotations

import gc
import json
import pickle
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import berufsbild
from berufsbild.errors import InputError
from berufsbild.extraction import Failure
from berufsbild.records import dumps, loads, schema, span_from, value_dict
from berufsbild.spans import Label, Span, resolve
from berufsbild.values import Skill

TEXT = """Köchin Jobs und Stellenangebote in Bochum
Beruf Köchin in Bochum
Zum Einstieg verdienen Köchinnen in Bochum meist 2.200 bis 2.500 € brutto im Monat, in Köln sind es 2.700 €.
Gefragt sind Warenkunde, HACCP und Belastbarkeit."""


def told(result):
    return [(span.label.value, span.text) for span in result.spans]


def test_a_text_becomes_spans_and_a_profile(extract):
    result = extract(TEXT, id="köchin")
    assert told(result) == [
        ("ROLE", "Köchin"),
        ("PLACE", "Bochum"),
        ("ROLE", "Köchin"),
        ("PLACE", "Bochum"),
        ("ROLE", "Köchinnen"),
        ("PLACE", "Bochum"),
        ("EURO_RANGE", "2.200 bis 2.500 €"),
        ("PLACE", "Köln"),
        ("EURO_RANGE", "2.700 €"),
        ("SKILL", "Warenkunde"),
        ("SKILL", "HACCP"),
        ("SKILL", "Belastbarkeit"),
    ]
    profile = result.profile
    assert (profile.role.name, profile.role.kldb) == ("Koch", "2930")
    assert (profile.place.id, profile.place.name) == ("geonames:2947416", "Bochum")
    assert [(pay.min, pay.max, pay.level) for pay in profile.pay] == [
        (2200, 2500, "entry"),
        (2700, 2700, "entry"),
    ]
    assert profile.pay[0].about is None
    assert profile.pay[1].about.place == "geonames:2886242"
    assert [skill.name for skill in profile.skills] == ["Warenkunde", "HACCP", "Belastbarkeit"]


def test_spans_are_what_stands_there(extract, profiles):
    for id_, text in profiles.items():
        result = extract(text, id=id_)
        end = 0
        for span in result.spans:
            assert text[span.start : span.end] == span.text
            assert end <= span.start
            assert span.rule.startswith(("euro.", "role.", "skill.", "place."))
            end = span.end


def test_odd_signs_change_the_offsets_and_nothing_else(extract):
    odd = unicodedata.normalize("NFD", TEXT).replace("Waren", "Wa\xadren").replace(" €", "\xa0€")
    plain, changed = extract(TEXT), extract("\ufeff" + odd.replace("\n", "\r\n"))
    assert [(span.label, span.value) for span in plain.spans] == [
        (span.label, span.value) for span in changed.spans
    ]
    assert changed.spans[0].start == 1


def test_records_are_json_and_come_back(extract, profiles):
    validator = jsonschema.Draft202012Validator(schema())
    for id_, text in profiles.items():
        result = extract(text, id=id_)
        line = dumps(result)
        data = json.loads(line)
        validator.validate(data)
        assert loads(line) == result
        assert json.dumps(data, ensure_ascii=False) == line
        for span, found in zip(result.spans, data["spans"], strict=True):
            assert found["value"] == value_dict(span.value)
            assert span_from(found) == span


def test_amounts_are_exact(extract):
    value = extract("Gezahlt werden 16,55 € pro Stunde.").spans[0].value
    assert str(value.min) == "16.55"
    assert (
        json.loads(extract("Gezahlt werden 16,55 € pro Stunde.").to_json())["spans"][0]["value"][
            "min"
        ]
        == 16.55
    )


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x00", "=" * 8000, "?"])
def test_texts_with_nothing_in_them_give_nothing(extract, text):
    result = extract(text)
    assert result.spans == ()
    assert result.profile == berufsbild.Profile(None, None, (), ())


def test_a_very_long_text_is_read_to_its_end(extract):
    text = "Ein Satz ohne Belang, und noch einer dazu. " * 115_000 + "In Bochum zahlt man 2.400 €."
    assert len(text) > 4_900_000
    assert told(extract(text)) == [("PLACE", "Bochum"), ("EURO_RANGE", "2.400 €")]


@pytest.mark.parametrize(
    ("text", "kind"), [(None, "type"), (b"Koch", "type"), ("Koch \udc80", "surrogate")]
)
def test_what_is_no_text_is_an_input_error(extract, text, kind):
    with pytest.raises(InputError) as caught:
        extract(text)
    assert caught.value.kind == kind
    assert pickle.loads(pickle.dumps(caught.value)).kind == kind  # noqa: S301 - our own


def test_pipe_keeps_order_and_context(extract):
    texts = [f"In Bochum verdient man {number}.000 €." for number in range(2, 9)]
    results = list(extract.pipe(texts))
    assert [result.id for result in results] == [str(number) for number in range(7)]
    pairs = list(extract.pipe([(text, {"n": at}) for at, text in enumerate(texts)], as_tuples=True))
    assert [context["n"] for _, context in pairs] == list(range(7))
    assert [result.spans for result, _ in pairs] == [result.spans for result in results]


def test_pipe_raises_or_records(extract):
    texts = ["Koch", None, "Köchin"]
    with pytest.raises(InputError, match="expected a string"):
        list(extract.pipe(texts))
    good, bad, last = extract.pipe(texts, on_error="record")
    assert told(good) == [("ROLE", "Koch")]
    assert isinstance(bad, Failure)
    assert (bad.id, bad.error.kind) == ("1", "type")
    assert told(last) == [("ROLE", "Köchin")]
    assert json.loads(bad.to_json())["error"]["kind"] == "type"
    assert loads(bad.to_json()) == bad


def test_workers_give_the_same(extract, profiles):
    texts = list(profiles.values()) * 3
    assert list(extract.pipe(texts, workers=2, batch=2)) == list(extract.pipe(texts))


def test_an_extractor_pickles_and_serves_threads(extract, profiles):
    again = pickle.loads(pickle.dumps(extract))  # noqa: S301 - our own
    expected = [extract(text).to_json() for text in profiles.values()]
    assert [again(text).to_json() for text in profiles.values()] == expected
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: extract(text).to_json(), list(profiles.values()) * 4))
    assert found == expected * 4


def test_own_words_lie_over_the_rule_data(tmp_path):
    folder = tmp_path / "skills"
    folder.mkdir()
    (folder / "own.tsv").write_text(
        "# Own words.\nid\tname\tkind\tsurfaces\nkesselflicken\tKesselflicken\tknowledge\tKesselflickerei\n",
        encoding="utf-8",
    )
    extract = berufsbild.load(lexicon=[tmp_path])
    (span,) = extract("Man lernt dort Kesselflickerei.").spans
    assert (span.text, span.value) == (
        "Kesselflickerei",
        Skill("kesselflicken", "Kesselflicken", "knowledge"),
    )


def spans(*marks):
    return [
        Span(label, start, end, "x" * (end - start), rule, Skill("x", "x", "soft"))
        for label, start, end, rule in marks
    ]


def test_the_longer_span_wins_then_the_label_then_the_start():
    long = (Label.SKILL, 0, 10, "a")
    short = (Label.EURO_RANGE, 8, 12, "b")
    assert resolve(spans(short, long)) == spans(long)
    role, skill = (Label.ROLE, 0, 5, "z"), (Label.SKILL, 0, 5, "a")
    assert resolve(spans(skill, role)) == spans(role)
    left, right = (Label.ROLE, 0, 4, "b"), (Label.ROLE, 3, 7, "a")
    assert resolve(spans(right, left)) == spans(left)
    assert resolve(spans((Label.ROLE, 0, 4, "b"), (Label.ROLE, 4, 7, "a"))) == spans(
        (Label.ROLE, 0, 4, "b"), (Label.ROLE, 4, 7, "a")
    )
    assert resolve([]) == []


marks = st.tuples(
    st.sampled_from(list(Label)), st.integers(0, 20), st.integers(1, 6), st.sampled_from("abc")
)


@settings(deadline=None)
@given(st.lists(marks, max_size=8), st.randoms())
def test_resolving_is_stable_and_free_of_overlaps(found, random):
    some = spans(*((label, start, start + length, rule) for label, start, length, rule in found))
    chosen = resolve(some)
    shuffled = list(some)
    random.shuffle(shuffled)
    assert resolve(shuffled) == chosen
    assert all(one.end <= other.start for one, other in pairwise(chosen))
    for span in some:
        assert any(span.start < other.end and other.start < span.end for other in chosen)


def test_time_grows_with_the_length_of_a_text(extract, profiles):
    text = "\n".join(profiles.values())[:30_000]
    extract(text)

    def seconds(times):
        begin = time.perf_counter()
        extract(text * times)
        return time.perf_counter() - begin

    assert seconds(20) < 80 * max(seconds(1), 0.01)


@pytest.fixture
def without_collection():
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("without_collection")
@pytest.mark.parametrize("unit", ["Lohn: ", "Koch in Bochum ", "Python, ", "Kochen\n", "3.000 € "])
def test_one_thing_said_again_and_again_takes_linear_time(extract, unit):
    def seconds(length, number):
        begin = time.thread_time()
        extract(f"Nummer{number} " + unit * (length // len(unit)))
        return time.thread_time() - begin

    seconds(1_000, 0)
    short = min(seconds(20_000, number) for number in (1, 2))
    long = min(seconds(160_000, number) for number in (3, 4))
    assert long < 14 * max(short, 0.01)
