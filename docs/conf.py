"""How Sphinx builds the documentation: Markdown in, pages without outside assets out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexer import RegexLexer
from pygments.token import Comment, Generic, Text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ROOT = Path(__file__).parent.parent
_INIT = (_ROOT / "pipeline/berufsbild/__init__.py").read_text(encoding="utf-8")

project = "Berufsbild"
author = "the Berufsbild authors"
version = release = re.findall(r'__version__ = "([^"]+)"', _INIT)[0]

extensions = ["myst_parser"]
exclude_patterns = ["_build", "examples"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"Berufsbild {release}"
html_static_path = ["_static"]
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
# Same sources, same pages: no clock.
html_last_updated_fmt = None


class ExampleLexer(RegexLexer):
    """Sentences with ⟦spans⟧, and below each what the rules say of them."""

    name = "Berufsbild examples"
    aliases = ("example",)
    tokens = {  # noqa: RUF012 - Pygments' own way
        "root": [
            (r"^ +.*\n", Comment),
            (r"⟦[^⟧\n]*⟧", Generic.Strong),
            (r"[^⟦\n]+", Text),
            (r"\n", Text),
        ]
    }


def setup(app: Sphinx) -> None:
    """Teach Sphinx the blocks of examples."""
    app.add_lexer("example", ExampleLexer)
