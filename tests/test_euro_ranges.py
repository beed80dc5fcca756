"""The euro rule against its case table, and its cost on hostile texts."""

from __future__ import annotations

import time
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from berufsbild.layout import Layout, Sentences
from berufsbild.rules.euro_ranges import EuroRanges, load_lexicon
from berufsbild.spans import Span, Tokens
from berufsbild.values import EuroRange
from tables import Case, compare, load_cases, parameters

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = load_cases("euro_ranges.toml")
_UNSAID = {"gross": None, "level": None, "purpose": "pay"}


@cache
def rule() -> EuroRanges:
    return EuroRanges(load_lexicon())


class Found(NamedTuple):
    start: int
    end: int
    text: str
    value: EuroRange


def shapes() -> dict[str, str]:
    """Give texts of 100,000 characters that a rule of characters might choke on."""
    units = {
        "digits": "7",
        "dots": ".",
        "dashes": "–",
        "numbers joined by dashes": "3-",
        "grouped digits": ".000",
        "repeated amounts": "3.000 € ",
        "amounts joined by dashes": "3 € - ",
        "currency signs": "€",
        "openers": "rund ",
        "number words": "tausend",
        "colons": "Lohn: ",
    }
    return {name: unit * (100_000 // len(unit)) for name, unit in units.items()}


def seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def find(text: str) -> list[Found]:
    return [
        Found(span.start, span.end, span.text, span.value)
        for span in rule().find(Layout.of(Tokens(text, [], [], [])))
        if isinstance(span.value, EuroRange)
    ]


def found_with(memory: Sentences, text: str) -> list[Span]:
    return rule().find(Layout.read(text, lambda _text, _at: ([], [], []), memory))


def told(value: EuroRange, expected: dict[str, Any]) -> dict[str, Any]:
    """Tell the value as a table does: what is unsaid there must be null here."""
    for key, unsaid in _UNSAID.items():
        expected.setdefault(key, unsaid)
    for end in ("min", "max"):
        if end in expected:
            expected[end] = Decimal(str(expected[end]))
    if "bound" not in expected:
        expected["bound"] = "exact" if expected.get("min") == expected.get("max") else "closed"
    keys = {"min", "max", "bound", *expected} - {"reason"}
    return {key: getattr(value, key) for key in keys}


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case) -> None:
    compare(case, [(found.start, found.end, found.value) for found in find(case.text)], told)


def test_the_table_is_large_enough() -> None:
    assert sum(case.kind == "range" for case in CASES) >= 300
    assert sum(case.kind == "none" for case in CASES) >= 150
    assert len({case.text for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    "unit", ["1", "1.", ".", "-", "1-", "1.000-", "€", "1 €", "1.000 bis ", "Euro ", "drei"]
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    def cost(length: int) -> float:
        text = (unit * length)[:length] + " 3.000 €"
        best = float("inf")
        for _ in range(2):
            start = time.perf_counter()
            find(text)
            best = min(best, time.perf_counter() - start)
        return best

    short, long = cost(20_000), cost(100_000)
    assert long < 12 * short + 0.05
    assert long < 10


@pytest.mark.parametrize("shape", sorted(shapes()))
def test_ten_times_the_text_takes_about_ten_times_as_long(shape: str) -> None:
    text = shapes()[shape]
    short = min(seconds(lambda: find(text[:10_000])) for _ in range(3))
    long = min(seconds(lambda: find(text[:100_000])) for _ in range(2))
    assert long < 25 * short + 0.05


def only(text: str) -> EuroRange:
    (found,) = find(text)
    return found.value


def test_every_opener_gives_its_bound() -> None:
    wrong = [
        word
        for opener in load_lexicon().opener
        for word in opener.words
        if only(f"Das Gehalt: {word} 3.000 Euro.").bound != opener.bound
    ]
    assert wrong == []


def test_every_joiner_makes_one_range() -> None:
    for joiner in load_lexicon().joiner:
        for word in joiner.words:
            before = joiner.after[0] if joiner.after else "etwa"
            gap = "" if word[0] in ",(/" else " "
            (span,) = find(f"Gezahlt wird {before} 3.000{gap}{word} 3.600 Euro.")
            assert span.value.bound == "closed", word


def test_every_unit_and_scale_is_read() -> None:
    lexicon = load_lexicon()
    for unit in lexicon.units:
        assert only(f"Das Gehalt: 3.000 {unit} im Monat.").min == 3000
    for unit in lexicon.leading:
        assert only(f"Das Gehalt: {unit} 3.000 im Monat.").min == 3000
    for scale in lexicon.scale:
        for word in scale.words:
            (span,) = find(f"Das Gehalt: 3 {word} Euro im Jahr.")
            assert span.value.min == 3 * scale.factor, word
    for scale in lexicon.leading_scale:
        for word in scale.words:
            assert only(f"Das Gehalt: {word} 30 im Jahr.").min == 30 * scale.factor, word
    for label in lexicon.labels:
        assert only(f"{label}: 3.200").min == 3200
    for tally in lexicon.tally:
        for word in tally.words:
            (span,) = find(f"Das Gehalt: 3 {word} im Monat.")
            assert span.value.min == 3 * tally.factor, word


def plain_words(words: tuple[str, ...]) -> list[str]:
    return [
        word.strip("*") for word in words if "*" not in word.strip("*") and not {"#", "@"} & {*word}
    ]


def test_every_period_word_states_its_period() -> None:
    wrong = [
        word
        for period in load_lexicon().period
        for word in plain_words(period.words)
        if period.value != "none" and (only(f"Es sind 3.000 € {word}.").period != period.value)
    ]
    assert wrong == []


def test_every_level_word_gives_its_level() -> None:
    lexicon = load_lexicon()
    hidden = {word for part in lexicon.level if part.value == "none" for word in part.words}
    wrong = [
        word
        for level in lexicon.level
        for word in plain_words(level.words)
        if level.value not in {"none", "next", "year"}
        and word not in hidden
        and only(f"{word}: Das Gehalt beträgt 3.000 €.").level != level.value
    ]
    assert wrong == []


def test_every_purpose_word_gives_its_purpose() -> None:
    lexicon = load_lexicon()
    hidden = {word for part in lexicon.purpose if part.value == "none" for word in part.words}
    wrong = [
        word
        for purpose in lexicon.purpose
        for word in plain_words(purpose.words)
        if purpose.value != "none"
        and word.capitalize() not in hidden
        and only(f"Hier sind {word} 3.000 €.").purpose != purpose.value
    ]
    assert wrong == []


@given(amount=st.integers(min_value=100, max_value=999_999), notation=st.integers(0, 7))
def test_every_amount_is_exact_in_every_notation(amount: int, notation: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    surface = (
        f"{amount} €",
        f"{dotted} Euro",
        f"{dotted},00 €",
        f"{dotted},- €",
        f"EUR {dotted}",
        f"{dotted.replace('.', ' ')} EUR",
        f"{dotted.replace('.', chr(39))} €",
        f"{num2words(amount, lang='de')} Euro",
    )[notation]
    (span,) = find(f"Am Ende sind es {surface} im Jahr.")
    assert span.text == surface
    assert span.value.min == span.value.max == amount


@given(st.text(alphabet="0123456789.,-–€ Eurozwischnbdk/'", max_size=80))
def test_any_text_gives_spans_in_order(text: str) -> None:
    spans = find(text)
    for span in spans:
        assert span.text == text[span.start : span.end] == span.text.strip()
        assert span.value.min is None or span.value.max is None or span.value.min <= span.value.max
    assert all(one.end <= two.start for one, two in pairwise(spans))


@given(
    picked=st.lists(
        st.tuples(
            st.sampled_from([case.text for case in CASES]),
            st.sampled_from([" ", "\n", "\n- ", "\n\n", " Und sonst? "]),
        ),
        min_size=2,
        max_size=8,
    )
)
def test_sentences_met_before_change_nothing(picked: list[tuple[str, str]]) -> None:
    text = "".join(part for pair in picked for part in pair)
    turned = "".join(part for pair in reversed(picked) for part in pair)
    memory = Sentences()
    found_with(memory, turned)
    assert found_with(memory, text) == found_with(Sentences(), text)
    assert found_with(memory, turned) == found_with(Sentences(), turned)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Gezahlt werden zwischen 4.200 €\nund 5.200 €", ["4.200 €\nund 5.200 €"]),
        ("Im Schnitt sind es 4.200 €\nbis\n5.200 € brutto.", ["4.200 €\nbis\n5.200 €"]),
        ("Es gibt 4.200 €.\nMehr zahlt hier niemand, 5.200 € nie.", ["4.200 €", "5.200 €"]),
        ("Einsteigergehalt: 3.000 €. In Bonn eher 3.200.", ["3.000 €", "3.200"]),
        ("Die Stadt zählt 3.200 Häuser. Das Gehalt: 3.000 €.", ["3.000 €"]),
        ("Gehalt:\n3.200", ["3.200"]),
    ],
)
def test_amounts_reach_over_the_borders_of_lines_and_sentences(
    text: str, surfaces: list[str]
) -> None:
    assert [found.text for found in find(text)] == surfaces


def test_openers_reach_over_lines() -> None:
    (found,) = find("Mit Erfahrung verdient man dort mindestens\n3.000 € im Monat.")
    assert found.value.bound == "at_least"
    (found,) = find("Am Anfang sind es\nmehr\nals 3.000 € im Monat.")
    assert found.value.bound == "at_least"
