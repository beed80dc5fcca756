"""Stage `assemble`: the spaCy pipeline that `spacy.load` opens and `spacy package` packs."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import spacy

from berufsbild import __version__
from berufsbild.params import load_params
from berufsbild.stages.run import run

META: Final = {
    "name": "berufsbild",
    "version": __version__,
    "description": "German job-profile prose as data: euro ranges, roles, skills and places.",
    "author": "the Berufsbild authors",
    "license": "MIT",
    "requirements": [f"berufsbild>={__version__}"],
}
README: Final = """\
# de_berufsbild

Reads German job-profile prose and marks euro ranges, roles, skills and places: blank German with
the tokenizer of Berufsbild and its component.

```python
import spacy

nlp = spacy.load("de_berufsbild")
doc = nlp("Beruf Küfer in Trier\\nEin Küfer verdient 2.500 bis 3.100 Euro im Monat.")
for span in doc.spans["berufsbild"]:
    print(span.text, span.label_, span.kb_id_)
print(doc._.extraction.profile)
```

- Labels: `EURO_RANGE`, `ROLE`, `PLACE`, `SKILL`.
- `doc._.extraction` has the values and exact offsets, `doc.spans["berufsbild"]` the spans widened
  to whole tokens.
- Rules, lexicons and place tables are those of the installed package `berufsbild` (MIT; place
  tables CC BY 4.0, derived from GeoNames), and so are its scores: see the report there. This
  package adds own words, if it was made with any.
"""


def main(params: str, licence: str, output: str) -> None:
    """Write blank German with our tokenizer and the component `berufsbild`."""
    settings = load_params(Path(params))
    tokenizer = {"nlp": {"tokenizer": {"@tokenizers": "berufsbild.Tokenizer.v1"}}}
    nlp = spacy.blank("de", config=tokenizer, meta=META)
    config = {"lexicon": [str(path) for path in settings.lexicon], "base": settings.base}
    nlp.add_pipe("berufsbild", config=config)
    target = Path(output)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".assemble-") as folder:
        made = Path(folder, target.name)
        nlp.to_disk(made)
        (made / "README.md").write_text(README, encoding="utf-8")
        shutil.copyfile(licence, made / "LICENSE")
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    print(f"{output}: spacy.load({output!r}) opens it")


if __name__ == "__main__":
    run(main)
