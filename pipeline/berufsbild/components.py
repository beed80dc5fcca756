"""Berufsbild as parts of spaCy pipelines: component, tokenizer, colours.

spaCy imports this module whenever a pipeline is made (entry points), so rules
and words are loaded with the first document, and nothing of ours before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Literal

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, SpanGroup
from spacy.util import registry

from berufsbild.scorer import KEY

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

    from berufsbild.extraction import Extraction, Failure
    from berufsbild.extractor import Extractor

COLOURS: Final = {
    "EURO_RANGE": "#c9eccd",
    "ROLE": "#cfe3fb",
    "PLACE": "#fbe4a8",
    "SKILL": "#ecdaf8",
}
"""What displaCy paints behind the labels: the fills of our own pages."""

Copies = dict[str, dict[str, str]]
Base = Literal["blank", "de_core_news_md"]


@registry.tokenizers("berufsbild.Tokenizer.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Make spaCy's German tokenizer with the additions for job prose."""

    def create(nlp: Language) -> Tokenizer:
        from berufsbild.german.tokenizer import build

        return build(nlp.vocab)

    return create


@Language.factory(
    KEY,
    default_config={
        "labels": [*COLOURS],
        "lexicon": [],
        "base": "blank",
        "evidence": True,
        "scorer": {"@scorers": "berufsbild.scorer.v1"},
    },
    assigns=["doc._.extraction", "doc.spans"],
    # Shown by `spacy train`, without a say in which of its models is the best.
    default_score_weights={f"spans_{KEY}_{part}": 0.0 for part in "fpr"}
    | {f"spans_{KEY}_per_type": None},
)
def make_component(
    nlp: Language,  # noqa: ARG001 - spaCy's signature
    name: str,
    labels: list[str],
    lexicon: list[str],
    base: Base,
    evidence: bool,  # noqa: FBT001 - the same
    scorer: Callable[..., dict[str, Any]] | None,
) -> BerufsbildComponent:
    """Make the component.

    `labels` are what to look for; `lexicon` lists folders of own words, laid
    over the rule data; with `evidence` the parts of speech and entities that
    earlier components set are witnesses where a name may be an ordinary word,
    and where they are silent, `base` is asked: "blank" is no model.
    """
    return BerufsbildComponent(name, labels, lexicon, base=base, evidence=evidence, scorer=scorer)


class BerufsbildComponent(Pipe):  # type: ignore[misc] # spaCy has no types
    """Extracts a document's text.

    `doc._.extraction` has exact offsets and values; `doc.spans["berufsbild"]`
    has the same spans widened to whole tokens, the value's id as `kb_id_`.
    """

    def __init__(
        self,
        name: str,
        labels: list[str],
        lexicon: list[str],
        *,
        base: Base = "blank",
        evidence: bool = True,
        scorer: Callable[..., dict[str, Any]] | None = None,
        copies: Copies | None = None,
    ) -> None:
        """Keep the settings; the rules are loaded with the first document.

        `copies` holds the folders of `lexicon` that a saved pipeline carries:
        folder, file in it, its text.

        Errors: DataError for an unknown label, and where another program has
            registered an extension of the name `extraction`.
        """
        from berufsbild.errors import DataError

        unknown = [label for label in labels if label not in COLOURS]
        if unknown or not labels:
            got = ", ".join(map(repr, unknown)) or "none"
            raise DataError([f"{name}.labels: expected some of {', '.join(COLOURS)}, got {got}"])
        register_extension()
        self.name = name
        self._base: Base = base
        self.scorer = scorer
        self._labels = labels
        self._lexicon = lexicon
        self._evidence = evidence
        self._copies: Copies = copies or {}

    @property
    def labels(self) -> tuple[str, ...]:
        """Give the labels that it looks for."""
        return tuple(self._labels)

    @cached_property
    def _extract(self) -> Extractor:
        from berufsbild.extractor import Extractor
        from berufsbild.lexicon.copies import write_copy
        from berufsbild.params import Params
        from berufsbild.spans import Label

        with TemporaryDirectory() as folder:
            lexicon = tuple(
                write_copy(self._copies[source], Path(folder, str(number)))
                if source in self._copies
                else Path(source)
                for number, source in enumerate(self._lexicon)
            )
            labels = tuple(label for label in Label if label in self._labels)
            return Extractor(Params(lexicon=lexicon, base=self._base), labels=labels)

    def __call__(self, doc: Doc) -> Doc:
        """Extract one document, known by `doc.user_data["id"]` if it is there.

        Errors: what the extraction raises; the document then holds a `Failure`
            and no spans.
        """
        return self._run(self._extract, doc)

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's signature
        """Extract a stream of documents; each comes out, also one that failed.

        Errors: what the pipeline's error handler makes of a failure; by
            default it is raised. DataError for words that cannot be read,
            whatever the handler is.
        """
        handle = self.get_error_handler()
        extract = self._extract
        for doc in stream:
            try:
                self._run(extract, doc)
            except Exception as error:  # noqa: BLE001 - the handler's business
                handle(self.name, self, [doc], error)
            yield doc

    def _run(self, extract: Extractor, doc: Doc) -> Doc:
        id_ = str(doc.user_data.get("id", "text"))
        try:
            result = extract(doc.text, id=id_, marks=_marks(doc) if self._evidence else None)
        except Exception as error:
            _keep(doc, _failure(error, id_))
            raise
        _keep(doc, result)
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 - spaCy's signature
        """Write the words of the folders in `lexicon`; the settings are in the config.

        Errors: DataError for a folder that is not there or cannot be read.
        """
        from berufsbild.lexicon.copies import read_copy

        copies = {
            source: self._copies[source] if source in self._copies else read_copy(Path(source))
            for source in self._lexicon
        }
        return json.dumps(copies, ensure_ascii=False, indent=1, sort_keys=True).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> BerufsbildComponent:  # noqa: ARG002 - spaCy's signature
        """Read what `to_bytes` wrote; a folder in `lexicon` is then its copy."""
        self._copies = json.loads(data)
        self.__dict__.pop("_extract", None)
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write `to_bytes` into a folder, if there are words to keep."""
        if self._lexicon:
            Path(path).mkdir(parents=True, exist_ok=True)
            Path(path, "lexicon.json").write_bytes(self.to_bytes(exclude=exclude))

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> BerufsbildComponent:
        """Read what `to_disk` wrote."""
        file = Path(path, "lexicon.json")
        return self.from_bytes(file.read_bytes() if file.is_file() else b"{}", exclude=exclude)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the settings, the words that it carries and the error handler."""
        settings = {
            "base": self._base,
            "evidence": self._evidence,
            "scorer": self.scorer,
            "copies": self._copies,
        }
        handler = self.__dict__.get("error_handler")
        return (_again, (self.name, self._labels, self._lexicon, settings, handler))


def _again(
    name: str,
    labels: list[str],
    lexicon: list[str],
    settings: dict[str, Any],
    handler: Callable[..., None] | None,
) -> BerufsbildComponent:
    component = BerufsbildComponent(name, labels, lexicon, **settings)
    if handler is not None:
        component.set_error_handler(handler)
    return component


def register_extension() -> None:
    """Let documents have `doc._.extraction`, as every component does when made.

    Needed before documents are read where no pipeline has the component.

    Errors: DataError where another program has registered that name.
    """
    from berufsbild.errors import DataError

    if not Doc.has_extension("extraction"):
        Doc.set_extension("extraction", getter=_extraction)
    getter = Doc.get_extension("extraction")[2]
    if getattr(getter, "__module__", None) != __name__:
        raise DataError(["doc._.extraction: expected a free name, got another program's extension"])


def _extraction(doc: Doc) -> Extraction | Failure | None:
    """Give the extraction of a document, null before the component ran."""
    from berufsbild.records import loads

    record = doc.user_data.get(KEY)
    return None if record is None else loads(record)


def _failure(error: Exception, id_: str) -> Failure:
    from berufsbild.errors import InputError
    from berufsbild.extraction import Failure, Problem, Source

    if isinstance(error, InputError):
        return Failure.of(error, id_)
    message = f"expected an extraction, got {type(error).__name__}: {error}"
    return Failure(id_, Problem("internal", message, Source()))


def _keep(doc: Doc, result: Extraction | Failure) -> None:
    """Put a result into a document, its spans widened to whole tokens."""
    doc.user_data[KEY] = result.to_json()
    group = SpanGroup(doc, name=KEY)
    for span in getattr(result, "spans", ()):
        kb_id = getattr(span.value, "id", "")
        tokens = doc.char_span(
            span.start, span.end, span.label.value, kb_id=kb_id, alignment_mode="expand"
        )
        if tokens is not None:
            group.append(tokens)
    doc.spans[KEY] = group


def _marks(doc: Doc) -> dict[int, tuple[str, str]] | None:
    """Give what the components before this one say of the words, null where they are silent."""
    if not (doc.has_annotation("POS") or doc.has_annotation("ENT_IOB")):
        return None
    return {token.idx: (token.pos_, token.ent_type_) for token in doc}
