"""Which endings a German noun may carry, told from how its base form ends.

The other direction of `words.bases`: an analysis counts only where the ending
that was taken off is one that the noun's class can have. Without it "Kochen"
would be a cook and "Richten" a judge.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_STRONG: Final = frozenset({"", "s", "es", "e", "en", "in", "innen"})
_ER: Final = frozenset({"", "s", "n", "in", "innen"})
_WEAK: Final = frozenset({"", "en", "s", "in", "innen"})
_UMLAUT: Final = frozenset({"", "s", "es", "~e", "~en", "~in", "~innen"})
_MANN: Final = frozenset({"", "s", "es", "~er", "~ern", "frau", "frauen", "leute", "leuten", "e"})
_ADJECTIVE: Final = frozenset({"", "r", "n", "m", "s", "in", "innen"})
_EN: Final = frozenset({"", "en"})
_N: Final = frozenset({"", "n"})

_PERSONS: Final = (
    ("mann", _MANN),
    ("kraft", frozenset({"", "~e", "~en"})),
    (("koch", "arzt", "anwalt", "rat", "vogt", "bischof", "kaplan"), _UMLAUT),
    ("bauer", frozenset({"", "s", "n", "~in", "~innen", "in", "innen"})),
    (("schwester", "amme", "hilfe", "spitze", "dame", "magd", "nonne"), _N),
    (("frau", "ung", "enz", "anz", "person"), _EN),
    (("e",), frozenset({"", "n", "ns", "in", "innen"})),
    (("er", "el"), _ER),
    (("or",), frozenset({"", "s", "en", "in", "innen"})),
    (
        ("ist", "ent", "ant", "at", "et", "ot", "it", "ast", "ost", "arch", "soph", "nom"),
        _WEAK,
    ),
    (
        ("urg", "graf", "graph", "loge", "herr"),
        _WEAK,
    ),
)

_THINGS: Final = (
    (("ung", "heit", "keit", "schaft", "ion", "tät", "enz", "anz", "ik", "ur", "ei"), _EN),
    (("nis",), frozenset({"", "se", "sen", "ses"})),
    (("e",), _N),
    (("er", "el", "en"), frozenset({"", "s", "n"})),
    (("um", "us", "ie"), frozenset({"", "s", "n"})),
    (
        ("bild", "feld", "lied", "schild", "brett", "geld", "licht", "kleid", "glied", "rind"),
        frozenset({"", "s", "es", "er", "ern"}),
    ),
)
_ANY: Final = frozenset({"", "s", "es", "e", "en", "n", "~e", "~en", "~er", "~ern"})

_SHORT: Final = 4
_FEW: Final = frozenset({"", "s", "es", "e", "en"})
"""For short names, where more endings would make other words: Dari is not darin."""

ADJECTIVAL: Final = (
    "angestellter", "beauftragter", "beamter", "bediensteter", "sachverständiger", "geistlicher",
    "abgeordneter", "delegierter", "bevollmächtigter", "kundiger", "verordneter", "gelehrter",
    "vorsitzender", "reisender", "auszubildender", "studierender", "lehrender", "forschender",
    "pflegender", "mitarbeitender", "kreativer", "bearbeitender", "dozierender", "assistierender",
    "beschäftigter", "vorgesetzter", "selbstständiger", "selbständiger", "lernender",
    "pensionierter", "betreuender", "gesandter", "verwalteter", "freiwilliger", "helfender",
    "ehrenamtlicher", "ratsuchender", "arbeitender", "umschulender",
)  # fmt: skip
"""Base forms of nouns that are declined like adjectives."""


def adjectival(key: str) -> bool:
    """Tell whether a noun is declined like an adjective (der Angestellte)."""
    return key.endswith(ADJECTIVAL)


@lru_cache(maxsize=1 << 14)
def person_endings(key: str) -> frozenset[str]:
    """Give the endings that a word for a person may carry."""
    if adjectival(key) or adjectival(key + "r"):
        return _ADJECTIVE
    for suffixes, endings in _PERSONS:
        if key.endswith(suffixes):
            return endings
    return _STRONG


@lru_cache(maxsize=1 << 14)
def thing_endings(key: str) -> frozenset[str]:
    """Give the endings that a word for a thing or a field may carry."""
    if len(key) <= _SHORT:
        return _FEW
    for suffixes, endings in _THINGS:
        if key.endswith(suffixes):
            return endings
    return _ANY
