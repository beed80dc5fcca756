"""Stage `profiles`: the spans of all labels to one record per text."""

from __future__ import annotations

import json
from pathlib import Path

from berufsbild.extraction import Extraction, Failure
from berufsbild.german.words import Words
from berufsbild.manifest import manifest, manifest_path
from berufsbild.outputs import whole_file, write_json
from berufsbild.params import load_params
from berufsbild.profile import finish
from berufsbild.records import loads, span_from
from berufsbild.stages.files import layout_of, read_lines
from berufsbild.stages.run import run


def main(params: str, output: str, tokens: str, *spans: str) -> None:
    """Write the records, and their manifest beside them."""
    settings = load_params(Path(params))
    words = Words(settings.tokens.cache)
    counts = {"written": 0, "failed": 0}
    sources = [read_lines(Path(path)) for path in spans]
    with whole_file(Path(output)) as file:
        for line, *found in zip(read_lines(Path(tokens)), *sources, strict=True):
            record: Extraction | Failure
            if "error" in line:
                record = loads(json.dumps(line))
            else:
                view, layout = layout_of(line, words)
                every = [span_from(span) for one in found for span in one["spans"]]
                record = finish(line["id"], line["text"], view, layout, every)
            counts["written"] += 1
            counts["failed"] += isinstance(record, Failure)
            file.write(record.to_json() + "\n")
    write_json(manifest_path(Path(output)), manifest(settings, counts))
    print(f"{output}: {counts['written']} records, {counts['failed']} of them errors")


if __name__ == "__main__":
    run(main)
