"""Pages in Debian's Chromium: every page is watched for errors and requests."""

from __future__ import annotations

import json
import shutil

import pytest
from nasty import NASTY, nasty_gold, nasty_record

from berufsbild.corpus import load_splits
from berufsbild.pages.evaluation import evaluation_page
from berufsbild.pages.view import view_page
from berufsbild.scoring import render, score
from berufsbild.scoring.files import load_texts


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    return tmp_path_factory.mktemp("pages")


def written(path, page):
    path.write_text(page, encoding="utf-8", newline="")
    return path.as_uri()


@pytest.fixture(scope="session")
def nasty(pages):
    hidden = nasty_gold("geheim", "test")
    texts = [nasty_gold(), hidden]
    records = [nasty_record(), nasty_record("geheim")]
    report = score(texts, records, resamples=100)
    return written(pages / "nasty.html", evaluation_page(report, texts, records, hide=["test"]))


@pytest.fixture(scope="session")
def corpus(pages, root, extract):
    """The page of the whole corpus and the scores that belong to it."""
    texts = load_texts(root / "corpus/profiles", root / "corpus/gold", root / "corpus/splits.toml")
    records = [json.loads(extract(text.text, id=text.id).to_json()) for text in texts]
    report = score(texts, records, resamples=100)
    page = evaluation_page(report, texts, records, hide=["test"])
    return written(pages / "corpus.html", page), render.metrics(report)


@pytest.fixture(scope="session")
def dev(root):
    splits = load_splits(root / "corpus/splits.toml")
    return sorted(one for one, split in splits.of.items() if split == "dev")


@pytest.fixture(scope="session")
def viewed(pages, extract, profiles, dev):
    texts = [*(profiles[one] for one in dev[:4]), NASTY, "Nichts."]
    ids = [*dev[:4], "böse</script> %41 😀", "leer"]
    found = [(text, extract(text, id=one)) for one, text in zip(ids, texts, strict=True)]
    return written(pages / "view.html", view_page(found))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        pytest.fail("expected chromium, got none; call make test-browser")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open a page; at the end nothing may have been logged, thrown or asked for."""
    seen, contexts = [], []

    def opened(url, **settings):
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 900}} | settings))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: seen.append(request.url))
        page.goto(url)
        assert [one.split("#")[0] for one in seen] == [url.split("#")[0]]
        seen.clear()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen == []
