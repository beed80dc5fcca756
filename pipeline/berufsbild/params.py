"""The settings of params.yaml: every key checked, every default here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from berufsbild.errors import DataError, explain

Positive = Annotated[int, Field(gt=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TokenParams(_Strict):
    """Limits of the tokenizer.

    Units: up to `cache` whitespace chunks and word types are remembered, those
        met lately; chunks over `longest_chunk` characters are cut.
    """

    cache: Positive = 40_000
    longest_chunk: Annotated[int, Field(ge=32)] = 256


class ScoreParams(_Strict):
    """How sure the figures of the report are.

    Units: `draws` bootstrap samples and shuffles; `seed` makes them the same
        every time.
    """

    draws: Annotated[int, Field(ge=100)] = 1_000
    seed: int = 20_100


class Params(_Strict):
    """All settings.

    `input` names the texts: a folder of .txt files, a .txt or a .jsonl(.gz)
    file. `lexicon` is a folder of own words, or several, laid over the rule data.
    `base` is the model whose parts of speech and names are one more witness:
    "blank" for none, or "de_core_news_md", which `make model` installs.
    """

    input: str = "corpus/profiles"
    lexicon: tuple[Path, ...] = ()
    base: Literal["blank", "de_core_news_md"] = "blank"
    tokens: TokenParams = TokenParams()
    score: ScoreParams = ScoreParams()

    @field_validator("lexicon", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str | Path) else value


def load_params(path: Path) -> Params:
    """Read params.yaml as YAML 1.2.

    Errors: DataError with the line of every unknown or wrong key.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML(typ="rt")
    try:
        data = yaml.load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([f"{path}: expected a UTF-8 file, got {error}"]) from error
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise DataError([f"{path}:{line}: expected YAML, got {error}"]) from error
    try:
        return Params.model_validate({} if data is None else data)
    except ValidationError as error:
        raise DataError(
            [
                f"{path}:{_line(data, problem['loc'])}: {explain(problem)}"
                for problem in error.errors()
            ]
        ) from error


def settled(params: Params | Path | str | None, lexicon: Sequence[Path | str] = ()) -> Params:
    """Give the settings of a params.yaml or ready ones, with more folders of own words.

    Errors: DataError as of `load_params`.
    """
    settings = params if isinstance(params, Params) else None
    if settings is None:
        settings = Params() if params is None else load_params(Path(str(params)))
    folders = (*settings.lexicon, *map(Path, lexicon))
    return settings.model_copy(update={"lexicon": folders})


def _line(data: Any, names: tuple[int | str, ...]) -> int:  # noqa: ANN401 - ruamel's own types
    """Find the line of a key in what ruamel read."""
    line = 1
    for name in names:
        marks = getattr(data, "lc", None)
        if marks is None:
            break
        position = (marks.data or {}).get(name)
        if position is not None:
            line = position[0] + 1
        try:
            data = data[name]
        except (KeyError, IndexError, TypeError):
            break
    return line
