"""Names that are also ordinary words or persons: what makes them places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from berufsbild.rules.places.mention import NOT, SURE, WEAK, WITH_ARTICLE
from berufsbild.rules.places.spot import REACH

if TYPE_CHECKING:
    from collections.abc import Callable

    from berufsbild.rules.places.gazetteer import Gazetteer
    from berufsbild.rules.places.spot import Spot

_BY_WATER: Final = frozenset(
    [
        "an",
        "auf",
        "in",
        "entlang",
        "über",
        "jenseits",
        "diesseits",
        "zwischen",
        "links",
        "rechts",
        "hinter",
        "vor",
        "von",
        "bis",
        "ab",
    ]
)
_AT_WATER: Final = frozenset(["der", "dem", "des"])
"""Behind one of `_BY_WATER`: "an der Leine" may be the river, "an die Leine" never is."""
_ON: Final = frozenset(["auf", "für", "um", "über"])
"""Before a number of things, not before a postal code: "auf 12345 Waren"."""
_NAMES: Final = frozenset(["name", "surname"])
_STATE: Final = frozenset(["state"])
_WATER: Final = frozenset(["water"])
_NATURAL: Final = frozenset(["water", "mountain"])
_IN: Final = frozenset(["in", "In"])
_INSIDE: Final = frozenset(["in", "In", "zwischen", "Zwischen"])
_POSTAL_CODE: Final = re.compile(r"(?:D-)?\d{5}|(?:A-|CH-)\d{4}")
_PRONOUN: Final = 4
"""Up to so many letters a word in -em or -es is a pronoun: dem, es, alles."""
_SCENTED: Final = frozenset(["nach", "Nach"])
_PLACES: Final = frozenset(["LOC", "GPE"])
_OTHERS: Final = frozenset(["PER", "PERSON"])
_NO_NAMES: Final = frozenset(
    ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "NUM", "PART", "PRON", "SCONJ", "VERB"]
)
_NEUTER: Final = frozenset(["das", "zum"])
"""Before a neuter noun: "das Harz", "zum Baden"."""
_PAIRING: Final = frozenset(["und", "oder"])
_LISTING: Final = frozenset(["und", "oder", ",", "/"])


class Homographs:
    """Judges names that may be something else."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the words that speak for a place."""
        self._gazetteer = gazetteer
        self._context = gazetteer.context

    def with_model(self, strength: str, verdict: int, tag: str, entity: str) -> int:
        """Correct a verdict by what a base model says of the name."""
        if entity in _OTHERS or tag in _NO_NAMES:
            return NOT
        if entity in _PLACES and strength == "medium":
            return SURE
        if entity in _PLACES or tag == "PROPN":
            return min(SURE, verdict + 1)
        return max(NOT, verdict - 1) if tag == "NOUN" and not entity else verdict

    def judge(self, spot: Spot) -> int:
        """Give a verdict by the words around the name.

        Errors: BorderError where that takes words beyond the sentence.
        """
        name, before = spot.name, spot.before
        if self._is_bare_name(spot, before):
            return SURE
        if self._is_plain_noun(spot, before):
            return NOT
        lower = before.lower()
        if name.regions and lower in WITH_ARTICLE:
            if lower in _NEUTER and "das" in name.notes:
                return NOT
            if name.regions == _STATE and name.text.isupper():
                return NOT  # die MV: die Mitgliederversammlung
            waters = name.regions == _WATER and lower in {"die", "der"}
            subject = waters and spot.ahead not in _BY_WATER  # Die Lippe, der Kocher
            return WEAK if name.strength == "strong" or subject else SURE
        if before in self._context.articles:
            district = "district" in name.kinds
            return WEAK if district and name.strength == "medium" else NOT
        if before in self._context.firm_prepositions:
            return WEAK if name.strength == "strong" else SURE
        named = spot.joined or before in self._context.prepositions
        named = named or (name.strength == "medium" and before in self._context.bare_before)
        return WEAK if named or name.text in self._gazetteer.surnames else NOT

    def is_word(self, spot: Spot) -> bool:
        """Tell that a name stands for the word, though the headline has the town."""
        before = spot.before
        if before in self._context.articles or before in self._context.mass_before:
            return True
        if before.endswith(("em", "es")) and len(before) > _PRONOUN:  # bei starkem Regen
            return before.islower() or spot.opens(1)
        after = spot.after
        return self._is_plain_noun(spot, before) or (
            after.islower()
            and after.endswith("en")  # Leer stehen hier keine Betten
            and spot.opens()
        )

    def _is_bare_name(self, spot: Spot, before: str) -> bool:
        """Tell a name by what no word does: "95028 Hof", "Kiel sucht", "in Zug"."""
        name, notes = spot.name, spot.name.notes
        if before[-1:].isdigit() and _POSTAL_CODE.fullmatch(before) and not before.endswith("00"):
            if spot.opens(1):
                return True
            ahead = spot.ahead
            return not ahead.isalpha() or ahead in self._context.prepositions - _ON
        if name.rule == "place.genitive":
            named = name.strength == "medium" and notes.isdisjoint(_NAMES)
            if not named or not spot.after[:1].isupper():
                return False
            return before in self._context.prepositions or spot.opens()
        if before in self._context.firm_prepositions:
            if before in _IN and "direction" in notes:
                return True
            if "countable" not in notes and "finite" not in notes:
                return False
            again = spot.ahead == spot.written.lower()  # Zug um Zug
            return not again and spot.after not in _LISTING
        return ("countable" in notes or "plural" in notes) and self._is_subject(spot)

    def _is_subject(self, spot: Spot) -> bool:
        """Tell the large town before its verb: "Kiel sucht", but "Weiden schneidet man"."""
        if spot.name.size < self._context.big:
            return False
        after = spot.after
        if not after.islower() or not after.endswith("t") or after in self._context.no_verbs:
            return False
        if not spot.opens():
            return False
        if "countable" in spot.name.notes:
            return True
        object_ = spot.word(spot.last + 2)  # Weiden schneidet man
        return object_ is None or object_.text not in self._context.subjects

    def _is_plain_noun(self, spot: Spot, before: str) -> bool:
        """Tell the noun from the town: "roch nach Essen", "nach Essen und Wein"."""
        if before in _SCENTED and any(
            word.key.startswith(self._context.scents)
            for word in spot.window(spot.first - REACH, spot.last + 3)
        ):
            return True
        if spot.joined or spot.after not in _PAIRING:
            return False
        second = spot.word(spot.last + 2)
        if second is None:
            return False
        if second.text.islower() and second.text.endswith("en"):
            return spot.name.text.endswith("en")  # Siegen oder verlieren
        if before in _INSIDE or second.text in self._context.surroundings:
            return False
        return second.capital and second.letters and len(second.text) > 1

    def strongly_placed(self, spot: Spot, *, at_home: Callable[[], bool], joined: bool) -> bool:
        """Tell whether a name that is far oftener a word is a place all the same.

        Shape: `at_home` tells whether the place lies where the text is at home.
        """
        name, spelt = spot.name, spot.spelt
        before = spelt.lower()
        if (
            joined
            and (before in _INSIDE or before == "und")
            and not name.kinds.isdisjoint(_NATURAL)
        ):
            return True
        if "water" in name.kinds:
            if before == "am":
                return True
            if at_home() and self._flows(spot):
                return True
            if before not in _AT_WATER or spot.ahead not in _BY_WATER:
                return False
            return "function" in name.notes or at_home()
        if "direction" in name.notes:
            return joined and at_home()  # aus Norden
        if name.regions:
            return before in WITH_ARTICLE and at_home()
        weather = before == "bei"  # bei Regen
        placed = joined or (spelt in self._context.firm_prepositions and not weather)
        return placed and at_home()

    def _flows(self, spot: Spot) -> bool:
        """Tell whether the words behind a name speak of water: "die Leine fließt"."""
        return any(
            word.key.startswith(self._context.flows)
            for word in spot.window(spot.last + 1, spot.last + REACH)
        )
