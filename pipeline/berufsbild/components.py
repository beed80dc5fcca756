"""Berufsbild as a part of spaCy pipelines.

Imported by spaCy whenever a pipeline is made, so it loads rules only when used.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

if TYPE_CHECKING:
    from berufsbild.extraction import Extraction, Failure
    from berufsbild.extractor import Extractor

KEY = "berufsbild"
_LABELS = ["EURO_RANGE", "ROLE", "PLACE", "SKILL"]


@Language.factory(
    KEY,
    default_config={"labels": _LABELS, "lexicon": []},
    assigns=["doc._.extraction", "doc.spans"],
)
def make_component(
    nlp: Language,  # noqa: ARG001 - spaCy's signature
    name: str,
    labels: list[str],
    lexicon: list[str],
) -> BerufsbildComponent:
    """Make the component; `lexicon` lists folders of own words."""
    return BerufsbildComponent(name, labels, lexicon)


class BerufsbildComponent:
    """Extracts a document's text.

    Behind a tagger or an entity recognizer it takes their word as one more
    witness of what is a place.

    `doc._.extraction` has exact offsets and values; `doc.spans["berufsbild"]`
    has the same spans widened to whole tokens, the value's id as `kb_id_`.
    """

    def __init__(self, name: str, labels: list[str], lexicon: list[str]) -> None:
        """Keep the settings; the rules are loaded with the first document."""
        self.name = name
        self._labels = labels
        self._lexicon = lexicon
        if not Doc.has_extension("extraction"):
            Doc.set_extension("extraction", getter=_extraction)

    @cached_property
    def _extract(self) -> Extractor:
        from berufsbild.extractor import Extractor
        from berufsbild.params import Params
        from berufsbild.spans import Label

        params = Params(lexicon=tuple(map(Path, self._lexicon)))
        return Extractor(params, labels=tuple(map(Label, self._labels)))

    def __call__(self, doc: Doc) -> Doc:
        """Extract one document."""
        id_ = str(doc.user_data.get("id", "text"))
        result = self._extract(doc.text, id=id_, marks=_marks(doc))
        doc.user_data[KEY] = result.to_json()
        group = SpanGroup(doc, name=KEY)
        for span in result.spans:
            tokens = doc.char_span(
                span.start,
                span.end,
                label=span.label.value,
                kb_id=getattr(span.value, "id", ""),
                alignment_mode="expand",
            )
            if tokens is not None:
                group.append(tokens)
        doc.spans[KEY] = group
        return doc


def _marks(doc: Doc) -> dict[int, tuple[str, str]] | None:
    """Give what the components before this one say of the words, null where they are silent."""
    if not (doc.has_annotation("POS") or doc.has_annotation("ENT_IOB")):
        return None
    return {token.idx: (token.pos_, token.ent_type_) for token in doc}


def _extraction(doc: Doc) -> Extraction | Failure | None:
    """Give the extraction of a document, null before the component ran."""
    from berufsbild.records import loads

    record = doc.user_data.get(KEY)
    return None if record is None else loads(record)
