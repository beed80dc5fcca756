"""Names that are also ordinary words or persons: what makes them places."""

from __future__ import annotations

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
_INSIDE: Final = frozenset(["in", "In", "zwischen", "Zwischen"])
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
        kinds = {entry.place.kind for entry in mention.entries if entry.articled}
        lower = before.lower()
        if self._is_plain_noun(mention, before):
            return NOT
        if kinds and lower in WITH_ARTICLE:
            if lower in _NEUTER and mention.name in self._gazetteer.neuter:
                return NOT
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
        if before in _INSIDE or behind[1].text in self._context.surroundings:
            return False
        return behind[1].capital and behind[1].letters and len(behind[1].text) > 1

    def strongly_placed(self, mention: Mention, *, joined: bool, at_home: bool) -> bool:
        """Tell whether a name that is far oftener a word is a place all the same."""
        before = self._words[mention.first - 1].text if mention.first else ""
        if any(entry.place.kind == "water" for entry in mention.entries):
            if before in {"am", "Am"}:
                return True
            if at_home and self._flows(mention):
                return True
            if before not in _AT_WATER or self._ahead(mention) not in _BY_WATER:
                return False
            return at_home or mention.name in self._gazetteer.function_words
        if any(entry.articled for entry in mention.entries):
            return at_home and before in WITH_ARTICLE
        return at_home and (joined or before in self._context.firm_prepositions)

    def _flows(self, mention: Mention) -> bool:
        """Tell whether the words behind a name speak of water: "die Leine fließt"."""
        behind = self._words[mention.last + 1 : mention.last + _FLOW]
        return any(word.key.startswith(self._context.flows) for word in behind)

    def _ahead(self, mention: Mention) -> str:
        """Give the second word before a name, in lower case."""
        return self._words[mention.first - 2].text.lower() if mention.first > 1 else ""
