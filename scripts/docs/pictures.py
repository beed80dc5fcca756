"""Take the pictures of README and docs from what the program shows today.

    python scripts/docs/pictures.py [REPORT]

`docs/_static/terminal.svg` is what `berufsbild extract --view` prints, written by
rich. The others are pages opened in a headless Chromium: `view.png`,
`view-phone.png` and `view-dark.png` the page of `berufsbild view`, `report.png` and
`report-text.png` the evaluation (REPORT, or else `reports/evaluation.html`). Needs what
`make test-browser` installs; without it only the first is made. The texts are those
of `docs/examples/`; of the corpus only a text of the dev split is shown.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme

import berufsbild
from berufsbild.cli import main
from berufsbild.inputs import find_paths, read_items
from berufsbild.view import show

ROOT: Final = Path(__file__).resolve().parents[2]
PICTURES: Final = ROOT / "docs/_static"
EXAMPLES: Final = ROOT / "docs/examples"
REPORT: Final = ROOT / "reports/evaluation.html"
SHOWN: Final = "hafenlogistikerin-emden"
OF_DEV: Final = "dachdecker-regensburg"
# rich's own picture asks a server for its font.
SVG: Final = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
# As rich's own, but with a black that can be read on the colours of the labels.
THEME: Final = TerminalTheme((41, 41, 41), (217, 220, 218), [(0, 0, 0), *[(128, 128, 128)] * 7])
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")


def terminal() -> None:
    """Write what the terminal shows as an SVG without outside assets."""
    with tempfile.TemporaryFile("w", encoding="utf-8") as nowhere:
        console = Console(
            file=nowhere, record=True, width=92, force_terminal=True, color_system="truecolor"
        )
        items = read_items(find_paths([str(EXAMPLES / f"{SHOWN}.txt")]))
        show(berufsbild.load(), items, console)
        title = f"berufsbild extract {SHOWN}.txt --view"
        picture = console.export_svg(
            title=title, code_format=SVG, unique_id="terminal", theme=THEME
        )
    picture = "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"
    (PICTURES / "terminal.svg").write_text(picture, encoding="utf-8")


def pages(chromium: str, report: Path) -> None:
    """Take the pictures of both pages."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = Path(folder) / "view.html"
        main(["view", str(EXAMPLES / f"{SHOWN}.txt"), "-o", str(view)])
        wide = browser.new_page(viewport={"width": 1240, "height": 900})
        wide.goto(view.as_uri())
        wide.screenshot(path=PICTURES / "view.png", full_page=True)
        wide.emulate_media(color_scheme="dark")
        wide.screenshot(path=PICTURES / "view-dark.png", full_page=True)
        phone = browser.new_page(viewport={"width": 390, "height": 844})
        phone.goto(view.as_uri())
        phone.screenshot(path=PICTURES / "view-phone.png")
        if report.exists():
            wide.emulate_media(color_scheme="light")
            wide.goto(report.as_uri())
            wide.screenshot(path=PICTURES / "report.png")
            wide.goto("about:blank")
            wide.goto(f"{report.as_uri()}#{OF_DEV}")
            wide.wait_for_timeout(1000)  # the text is laid out when it comes into view
            wide.screenshot(path=PICTURES / "report-text.png")
        browser.close()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    terminal()
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None or find_spec("playwright") is None:
        sys.exit(
            "pictures: expected chromium and playwright for the pages, got none; "
            "terminal.svg is made, for the others call make test-browser once"
        )
    pages(found, Path(sys.argv[1]).resolve() if sys.argv[1:] else REPORT)
