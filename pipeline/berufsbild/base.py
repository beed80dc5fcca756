"""The optional base model: finds it, refuses a wrong package, marks tokens with its tags.

The name `de_core_news_md` is taken on the package index by somebody else's
placeholder. So a package is judged by its files, and none of its code is run.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from berufsbild.errors import DataError

if TYPE_CHECKING:
    from spacy.language import Language

    from berufsbild.spans import Tokens

BLANK: Final = "blank"
NAME: Final = "de_core_news_md"
VERSION: Final = "3.8.0"
SHA256: Final = "b903f59220f1e76dd672acdaa7fa454d6703fe056c5ccd6457820e70874116d0"
"""Of the wheel, as the maintainers publish it; `models/de_core_news_md.txt` has it too."""
REMEDY: Final = "make model installs the right one"

_WANTED: Final = {
    "author": "Explosion",
    "lang": "de",
    "name": "core_news_md",
    "version": VERSION,
}
_UNUSED: Final = ("tagger", "parser", "lemmatizer", "senter", "attribute_ruler")
"""Components that say nothing we ask for: parts of speech are the morphologizer's, names ner's."""
_LONGEST: Final = 2_000
"""Tokens in one document, so that a text of any length takes bounded memory."""


class Base:
    """A base model; its tokenizer is not used, so that its marks fit our tokens.

    Not shared between threads while a text is being marked.
    """

    def __init__(self, nlp: Language) -> None:
        """Keep the pipeline."""
        self._nlp = nlp

    def mark(self, tokens: Tokens) -> None:
        """Say the part of speech and the entity type of each token.

        Shape: fills `tokens.tags` (coarse, Universal Dependencies) and
            `tokens.entities` ("LOC", "PER", "ORG", "MISC" or empty).
        """
        from spacy.tokens import Doc

        tags: list[str] = []
        entities: list[str] = []
        for words, spaces in _pieces(tokens):
            with self._nlp.memory_zone():  # else every new word stays in spaCy's vocabulary
                doc = self._nlp(Doc(self._nlp.vocab, words=words, spaces=spaces))
                said = [(token.pos_, token.ent_type_) for token in doc if token.text != "\n"]
            tags += [tag for tag, _ in said]
            entities += [entity for _, entity in said]
        tokens.tags, tokens.entities = tags, entities


def load_base(name: str) -> Base | None:
    """Load the base model that the settings name, null for "blank".

    Errors: DataError where it is not installed, or another package of its name is.
    """
    if name == BLANK:
        return None
    folder = checked()
    if folder is None:
        raise DataError([f"base: expected the package {name} {VERSION}, got none; {REMEDY}"])
    from spacy.util import load_model_from_path

    try:
        return Base(load_model_from_path(folder, exclude=_UNUSED))
    except (OSError, ValueError) as error:
        raise DataError([f"{folder}: expected a spaCy pipeline, got {error}"]) from error


def title(name: str) -> str:
    """Name a base with its version, for the manifest."""
    return name if name == BLANK else f"{name} {VERSION}"


def checked() -> Path | None:
    """Find the model's files, null where nothing of its name is installed.

    Errors: DataError with all that is wrong about a package of its name.
    """
    spec = importlib.util.find_spec(NAME)
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    package = Path(places[0]) if places else None
    problems = _distribution(spec is not None)
    if spec is not None:
        where = str(package or spec.origin)
        problems += [f"{where}: {problem}" for problem in _package(package)]
    if problems:
        raise DataError([*problems, f"{NAME}: {REMEDY}"])
    return None if package is None else _folder(package)


def _package(package: Path | None) -> list[str]:
    """List what is wrong about the files of a package."""
    meta = None if package is None else _meta(package)
    if package is None or meta is None:
        return ["expected a spaCy pipeline with a meta.json, got none"]
    problems = [
        f"expected {key} {wanted!r} in meta.json, got {meta.get(key)!r}"
        for key, wanted in _WANTED.items()
        if meta.get(key) != wanted
    ]
    if not problems and not (_folder(package) / "config.cfg").is_file():
        problems.append(f"expected a spaCy pipeline in {_folder(package).name}, got none")
    return problems


def _meta(package: Path) -> dict[str, Any] | None:
    try:
        meta = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None


def _folder(package: Path) -> Path:
    return package / f"{NAME}-{VERSION}"


def _distribution(found: bool) -> list[str]:  # noqa: FBT001 - of one caller
    """List what is wrong about what pip says of the package.

    A package on the path that pip did not install has nothing to say.
    """
    try:
        installed = metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        return []
    problems = []
    if installed.version != VERSION:
        problems.append(f"{NAME}: expected version {VERSION} installed, got {installed.version}")
    if not found:
        problems.append(f"{NAME}: expected a spaCy pipeline, got a package without a module")
    digest = _digest(installed.read_text("direct_url.json"))
    if digest is not None and digest != SHA256:
        problems.append(f"{NAME}: expected the file with sha256 {SHA256}, got {digest}")
    return problems


def _digest(origin: str | None) -> str | None:
    """Read the digest of the file that was installed, null where pip wrote none down."""
    archive = json.loads(origin or "{}").get("archive_info", {})
    digest: str | None = archive.get("hashes", {}).get("sha256")
    return digest


def _pieces(tokens: Tokens) -> Iterator[tuple[list[str], list[bool]]]:
    """Cut a text into documents: words, and whether a blank follows each.

    A line break is a word of its own, as spaCy's models know it; where a text
    is long, it is cut at one.
    """
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    words: list[str] = []
    spaces: list[bool] = []
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        gap = text[end : starts[at + 1]] if at + 1 < len(starts) else ""
        words.append(text[start:end])
        spaces.append(" " in gap and "\n" not in gap)
        if "\n" not in gap and len(words) < 2 * _LONGEST:
            continue
        if len(words) >= _LONGEST:
            yield words, spaces
            words, spaces = [], []
        elif "\n" in gap:
            words.append("\n")
            spaces.append(False)
    if words:
        yield words, spaces
