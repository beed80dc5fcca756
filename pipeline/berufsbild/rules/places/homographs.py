"""Names that are also ordinary words or persons: what makes them places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from berufsbild.rules.places.mention import NOT, SURE, WEAK, WITH_ARTICLE, Mention

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.places.gazetteer import Gazetteer

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
_NO_NOTES: Final[frozenset[str]] = frozenset()
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
_FLOW: Final = 6
_SCENT: Final = 6
"""How many words before "nach Essen" may say that it is a smell."""


class Homographs:
    """Judges the names of one text that may be something else."""

    def __init__(self, layout: Layout, gazetteer: Gazetteer) -> None:
        """Keep the text and the words that speak for a place."""
        self._layout = layout
        self._tokens = layout.tokens
        self._words = layout.tokens.words
        self._gazetteer = gazetteer
        self._context = gazetteer.context

    def judge(self, mention: Mention, strength: str, before: str, *, articled: bool) -> int:
        """Give a verdict by the words around the name, and by a base model if there is one."""
        verdict = self._by_words(mention, strength, before, articled=articled)
        tags, entities = self._tokens.tags, self._tokens.entities
        entity = entities[mention.first] if entities else ""
        tag = tags[mention.first] if tags else ""
        if entity in _OTHERS or tag in _NO_NAMES:
            return NOT
        if entity in _PLACES and strength == "medium":
            return SURE
        if entity in _PLACES or tag == "PROPN":
            return min(SURE, verdict + 1)
        return max(NOT, verdict - 1) if tag == "NOUN" and not entity else verdict

    def _by_words(self, mention: Mention, strength: str, before: str, *, articled: bool) -> int:
        if self._is_bare_name(mention, strength, before):
            return SURE
        kinds = {entry.place.kind for entry in mention.entries if entry.articled}
        lower = before.lower()
        if self._is_plain_noun(mention, before):
            return NOT
        if kinds and lower in WITH_ARTICLE:
            if lower in _NEUTER and self._noted(mention, "das"):
                return NOT
            if kinds == {"state"} and mention.name.isupper():
                return NOT  # die MV: die Mitgliederversammlung
            waters = kinds <= {"water"} and lower in {"die", "der"}
            subject = waters and self._ahead(mention) not in _BY_WATER  # Die Lippe, der Kocher
            return WEAK if strength == "strong" or subject else SURE
        if articled:
            district = any(entry.within for entry in mention.entries)
            return WEAK if district and strength == "medium" else NOT
        if before in self._context.firm_prepositions:
            return WEAK if strength == "strong" else SURE
        named = before in self._context.prepositions or bool(mention.joined)
        named = named or (strength == "medium" and before in self._context.bare_before)
        return WEAK if named or mention.name in self._gazetteer.surnames else NOT

    def is_word(self, mention: Mention, before: str) -> bool:
        """Tell that a name stands for the word, though the headline has the town."""
        if before in self._context.articles or before in self._context.mass_before:
            return True
        if before.endswith(("em", "es")) and len(before) > _PRONOUN:  # bei starkem Regen
            return before.islower() or self._layout.starts_sentence(mention.first - 1)
        after = self._after(mention)
        return self._is_plain_noun(mention, before) or (
            after.islower()
            and after.endswith("en")  # Leer stehen hier keine Betten
            and self._layout.starts_sentence(mention.first)
        )

    def _is_bare_name(self, mention: Mention, strength: str, before: str) -> bool:
        """Tell a name by what no word does: "95028 Hof", "Kiel sucht", "in Zug"."""
        if before[-1:].isdigit() and _POSTAL_CODE.fullmatch(before) and not before.endswith("00"):
            ahead = self._ahead(mention)
            code_first = self._layout.starts_sentence(mention.first - 1)
            return code_first or not ahead.isalpha() or ahead in self._context.prepositions - _ON
        after = self._after(mention)
        if mention.rule == "place.genitive":
            named = strength == "medium" and not self._noted(mention, "name", "surname")
            if not named or not after[:1].isupper():
                return False
            return before in self._context.prepositions or self._first(mention)
        if before in self._context.firm_prepositions:
            if before in _IN and self._noted(mention, "direction"):
                return True
            again = self._ahead(mention) == self._words[mention.first].text.lower()  # Zug um Zug
            listed = after in {"und", "oder", ",", "/"}
            return self._noted(mention, "countable", "finite") and not listed and not again
        return self._noted(mention, "countable", "plural") and self._is_subject(mention, after)

    def _is_subject(self, mention: Mention, after: str) -> bool:
        """Tell the large town before its verb: "Kiel sucht", but "Weiden schneidet man"."""
        if max(entry.population for entry in mention.entries) < self._context.big:
            return False
        if not after.islower() or not after.endswith("t") or after in self._context.no_verbs:
            return False
        if not self._first(mention):
            return False
        object_ = self._words[mention.last + 2 : mention.last + 3]  # Weiden schneidet man
        return self._noted(mention, "countable") or not (
            object_ and object_[0].text in self._context.subjects
        )

    def _first(self, mention: Mention) -> bool:
        return self._layout.starts_sentence(mention.first)

    def _noted(self, mention: Mention, *notes: str) -> bool:
        return not self._gazetteer.notes.get(mention.name, _NO_NOTES).isdisjoint(notes)

    def _after(self, mention: Mention) -> str:
        """Give the word behind a name, empty at the end of the text."""
        behind = self._words[mention.last + 1 : mention.last + 2]
        return behind[0].text if behind else ""

    def _is_plain_noun(self, mention: Mention, before: str) -> bool:
        """Tell the noun from the town: "roch nach Essen", "nach Essen und Wein"."""
        start = max(0, mention.first - _SCENT)
        if before in _SCENTED and any(
            word.key.startswith(self._context.scents)
            for word in self._words[start : mention.last + 3]
        ):
            return True
        behind = self._words[mention.last + 1 : mention.last + 3]
        if len(behind) < 2 or behind[0].text not in {"und", "oder"} or mention.joined:
            return False
        if behind[1].text.islower() and behind[1].text.endswith("en"):
            return mention.name.endswith("en")  # Siegen oder verlieren
        if before in _INSIDE or behind[1].text in self._context.surroundings:
            return False
        return behind[1].capital and behind[1].letters and len(behind[1].text) > 1

    def strongly_placed(self, mention: Mention, *, joined: bool, at_home: bool) -> bool:
        """Tell whether a name that is far oftener a word is a place all the same."""
        spelt = self._words[mention.first - 1].text if mention.first else ""
        before = spelt.lower()
        if (
            joined
            and (before in _INSIDE or before == "und")
            and any(entry.natural for entry in mention.entries)
        ):
            return True
        if any(entry.place.kind == "water" for entry in mention.entries):
            if before == "am":
                return True
            if at_home and self._flows(mention):
                return True
            if before not in _AT_WATER or self._ahead(mention) not in _BY_WATER:
                return False
            return at_home or self._noted(mention, "function")
        if self._noted(mention, "direction"):
            return at_home and joined  # aus Norden
        if any(entry.articled for entry in mention.entries):
            return at_home and before in WITH_ARTICLE
        weather = before == "bei"  # bei Regen
        return at_home and (joined or (spelt in self._context.firm_prepositions and not weather))

    def _flows(self, mention: Mention) -> bool:
        """Tell whether the words behind a name speak of water: "die Leine fließt"."""
        behind = self._words[mention.last + 1 : mention.last + _FLOW]
        return any(word.key.startswith(self._context.flows) for word in behind)

    def _ahead(self, mention: Mention) -> str:
        """Give the second word before a name, in lower case."""
        return self._words[mention.first - 2].text.lower() if mention.first > 1 else ""
