"""The two wheels, `berufsbild` and `de_berufsbild`, in an environment of their own.

Nothing comes from the source tree: what the lock names is installed by its
hashes, then the library's wheel; that environment assembles the pipeline, packs
it as the documentation says, and installs what came out.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from email.parser import Parser

import pytest

import berufsbild

pytestmark = pytest.mark.package

TEXT = "Beruf Gerber in Trier\nEin Gerber verdient 2.500 bis 3.100 € im Monat. Gefragt ist Watzeln."
SKILLS = "id\tname\tkind\tsurfaces\nwatzeln\tWatzeln\tknowledge\t\n"


class Place:
    """A fresh environment and what runs in it."""

    def __init__(self, folder, lock):
        self.folder = folder
        self.lock = lock
        self.python = folder / "env/bin/python"

    def run(self, *command, **variables) -> str:
        environment = {
            "PATH": f"{self.python.parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", str(self.folder)),
            "PYTHONUTF8": "1",
            **{key: value for key, value in os.environ.items() if key.startswith("PIP_")},
            **variables,
        }
        done = subprocess.run(
            [str(self.python), "-m", *map(str, command)],
            cwd=self.folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("package")
    venv.create(folder / "env", with_pip=True)
    place = Place(folder, root / "requirements-package.lock")
    place.run("pip", "install", "--quiet", "--require-hashes", "-r", place.lock)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, root],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("berufsbild-*.whl")
    place.run("pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    return place


@pytest.fixture(scope="module")
def wheel(place, root):
    """The wheel of the pipeline, made with a skill of the user's own."""
    words = place.folder / "words/skills"
    words.mkdir(parents=True)
    (words / "own.tsv").write_text(SKILLS, encoding="utf-8")
    (place.folder / "params.yaml").write_text("lexicon: words\n")
    (place.folder / "packages").mkdir()
    model = "models/de_berufsbild"
    place.run("berufsbild.stages.assemble", "params.yaml", root / "LICENSE", model)
    # What builds the wheel is the locked setuptools, fetched by its hash.
    (setuptools,) = re.findall(
        r"^setuptools==(?:.*\\\n)+.*\n", place.lock.read_text(), re.MULTILINE
    )
    (place.folder / "setuptools.txt").write_text(setuptools)
    place.run(
        "pip", "download", "--quiet", "--require-hashes", "-r", "setuptools.txt", "-d", "tools"
    )
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(place.folder / "tools")}
    said = place.run("spacy", "package", model, "packages", "--build", "wheel", **offline)
    assert "falling back" not in said.lower()
    name = f"de_berufsbild-{berufsbild.__version__}"
    return place.folder / "packages" / name / "dist" / f"{name}-py3-none-any.whl"


def test_the_wheel_says_what_it_is_and_what_it_needs(wheel):
    with zipfile.ZipFile(wheel) as file:
        names = file.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        found = Parser().parsestr(file.read(metadata).decode())
        meta = json.loads(file.read("de_berufsbild/meta.json"))
    ours, spacys = sorted(found.get_all("Requires-Dist"))
    assert ours == f"berufsbild>={berufsbild.__version__}"
    assert re.fullmatch(r"spacy<3\.9\.0,>=3\.8\.\d+", spacys)
    assert (found["Author"], found["License"]) == ("the Berufsbild authors", "MIT")
    assert 'spacy.load("de_berufsbild")' in found.get_payload()
    assert meta["labels"] == {"berufsbild": ["EURO_RANGE", "ROLE", "PLACE", "SKILL"]}
    assert any(name.endswith("/LICENSE") for name in names)
    assert any(name.endswith("/berufsbild/lexicon.json") for name in names)


def test_it_installs_loads_and_extracts_away_from_the_source(place, wheel, root):
    place.run("pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    place.run("pip", "check")
    (place.folder / "words/skills/own.tsv").unlink()  # the package carries it
    (place.folder / "use.py").write_text(
        "import berufsbild, de_berufsbild, json, spacy\n"
        "nlp = spacy.load('de_berufsbild')\n"
        f"doc = nlp({TEXT!r})\n"
        "print(json.dumps({\n"
        "    'homes': [berufsbild.__file__, de_berufsbild.__file__],\n"
        "    'spans': [[span.text, span.label_, span.kb_id_] for span in doc.spans['berufsbild']],\n"
        "    'same': doc._.extraction == de_berufsbild.load()(doc.text)._.extraction,\n"
        "    'pay': int(doc._.extraction.profile.pay[0].max),\n"
        "    'tokenizer': nlp.config['nlp']['tokenizer'],\n"
        "}))\n",
        encoding="utf-8",
    )
    found = json.loads(place.run("use"))
    assert all(home.startswith(str(place.folder / "env")) for home in found["homes"])
    assert found["spans"] == [
        ["Gerber", "ROLE", "gerber"],
        ["Trier", "PLACE", "geonames:2821164"],
        ["Gerber", "ROLE", "gerber"],
        ["2.500 bis 3.100 €", "EURO_RANGE", ""],
        ["Watzeln", "SKILL", "watzeln"],
    ]
    assert (found["same"], found["pay"]) == (True, 3100)
    assert found["tokenizer"] == {"@tokenizers": "berufsbild.Tokenizer.v1"}
    assert not str(place.folder).startswith(str(root))
