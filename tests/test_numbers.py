"""German numbers are read exactly, in words and in digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
import regex
from num2words import num2words

from berufsbild.german.numbers import DIGITS, read_digits, read_words


def test_every_number_word_up_to_99999_is_read() -> None:
    wrong = [
        number for number in range(1, 100_000) if read_words(num2words(number, lang="de")) != number
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("zweieinhalbtausend", "2500"),
        ("anderthalbtausend", "1500"),
        ("eineinhalbtausend", "1500"),
        ("dreieinhalb", "3.5"),
        ("anderthalb", "1.5"),
        ("fünfzehnhundert", "1500"),
        ("Fuenfzehnhundert", "1500"),
        ("zwölfhundertfünfzig", "1250"),
        ("drei Tausend fünfhundert", "3500"),
        ("dreitausendundfünf", "3005"),
        ("hundertundeins", "101"),
        ("tausend", "1000"),
        ("zwo", "2"),
        ("dreissig", "30"),
        ("einen", "1"),
        ("zwei Komma fünf", "2.5"),
        ("drei Komma zwei fünf", "3.25"),
        ("eine halbe", "0.5"),
        ("zweitausend-achthundert", "2800"),
    ],
)
def test_colloquial_words(surface: str, value: str) -> None:
    assert read_words(surface) == Decimal(value)


@pytest.mark.parametrize(
    "surface",
    ["", "und", "hundertzig", "tausendtausend", "Hunderte", "zweihunderttausende", "viele"],
)
def test_no_number_words(surface: str) -> None:
    assert read_words(surface) is None


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("3500", "3500"),
        ("3.500", "3500"),
        ("3 500", "3500"),
        ("3'500", "3500"),
        ("3’500", "3500"),
        ("3,500", "3500"),
        ("1.250.000", "1250000"),
        ("3.500,50", "3500.50"),
        ("16,5", "16.5"),
        ("12.50", "12.50"),
        ("3.500,-", "3500"),
        ("3.500,–", "3500"),
        ("3500.--", "3500"),
        ("0,50", "0.50"),
    ],
)
def test_digits(surface: str, value: str) -> None:
    assert read_digits(surface) == Decimal(value)
    assert regex.fullmatch(DIGITS, surface)


def test_a_scale_makes_the_comma_decimal() -> None:
    assert read_digits("1,250", scaled=True) == Decimal("1.250")


@pytest.mark.parametrize("surface", ["3.50.00", "12.34.56", "3.5000", "", "1,2,3"])
def test_no_digits(surface: str) -> None:
    assert read_digits(surface) is None
