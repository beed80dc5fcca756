"""The frame of every page: templates, styles and scripts in one guarded file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from berufsbild.spans import Label

LETTERS: Final = {
    Label.EURO_RANGE: "E",
    Label.ROLE: "R",
    Label.PLACE: "P",
    Label.SKILL: "S",
}
NAMES: Final = {
    Label.EURO_RANGE: "euro range",
    Label.ROLE: "role",
    Label.PLACE: "place",
    Label.SKILL: "skill",
}


def render(template: str, *, styles: Sequence[str], scripts: Sequence[str], **data: object) -> str:
    """Render a template with its styles and scripts inside.

    The page's policy names the digests of exactly these, so that nothing else
    runs in it and nothing is fetched.
    """
    style = "\n".join(map(_resource, styles))
    script = "\n".join(map(_resource, scripts))
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    found = _environment().get_template(template)
    # Both are files of this package, and no text of a user is ever in them.
    own = {"style": Markup(style), "script": Markup(script)}  # noqa: S704
    page = found.render(
        policy=policy, letters=LETTERS, names=NAMES, anchor=anchor, link=link, **own, **data
    )
    return page.rstrip("\n") + "\n"


@cache
def _resource(name: str) -> str:
    return files("berufsbild.pages").joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        loader=FunctionLoader(_resource),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def anchor(id: str, start: int | None = None, end: int | None = None) -> str:
    """Name a text or one of its spans as an element's id, which has no blanks."""
    name = "".join(quote(sign) if sign.isspace() or sign == "%" else sign for sign in id)
    return name if start is None else f"{name}:{start}-{end}"


def link(id: str, start: int | None = None, end: int | None = None) -> str:
    """Write the deep link to a text or to one of its spans."""
    name = f"#{quote(id, safe='')}"
    return name if start is None else f"{name}:{start}-{end}"


def exact(text: str) -> Markup:
    """Escape text so that the browser keeps every character and every offset.

    A parser would read CR LF as one character and leave U+0000 out.
    """
    safe = escape(text.replace("\x00", "�"))
    return safe.replace("\r", Markup("&#13;"))
