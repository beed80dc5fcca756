"""The commands for hand-labelled texts: corpus check, stats, agreement, export, import."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from berufsbild.errors import DataError
from berufsbild.measure import FAILED, FINE, add_texts

if TYPE_CHECKING:
    from berufsbild.corpus import Gold, GoldText

CASES: Final = Path("tests/cases")
FIRST, SECOND = Path("corpus/first"), Path("corpus/second")
FORMATS: Final = ("doccano", "label-studio", "docbin", "conll")
TOOLS: Final = ("doccano", "label-studio")
_KEPT: Final = """\
Spans come back exactly, whether the tool counts code points or UTF-16 units and
whatever it does to line ends. Attributes and the relation `about` travel in
`meta` (of a doccano line, of a Label Studio region) and come back from there;
where a file has none, a span that is where it was keeps those of the gold. A
new or moved span has none: run 'berufsbild corpus check' to see what it needs.
Label Studio needs <Labels name="label" toName="text"> with the four labels and
<Text name="text" value="$text"/>."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `corpus` and its verbs to the command line."""
    corpus = commands.add_parser("corpus", help="check, count, compare and exchange labelled texts")
    verbs = corpus.add_subparsers(required=True, metavar="VERB")

    check = verbs.add_parser("check", help="report every problem of texts, gold and splits")
    add_texts(check)
    check.add_argument(
        "--cases",
        type=Path,
        metavar="DIR",
        help=f"case tables that share no sentence with the texts (default: {CASES} if it exists)",
    )
    check.set_defaults(run=_check)

    stats = verbs.add_parser("stats", help="print what the corpus is made of, as Markdown")
    add_texts(stats)
    stats.add_argument(
        "--first",
        type=Path,
        default=FIRST,
        metavar="DIR",
        help="the first labelling as it was before the two were adjudicated (default: the gold)",
    )
    stats.add_argument(
        "--second", type=Path, default=SECOND, metavar="DIR", help="a second labelling, if any"
    )
    stats.add_argument(
        "--write", type=Path, metavar="FILE", help="put the tables between the markers of a page"
    )
    stats.set_defaults(run=_stats)

    agreement = verbs.add_parser("agreement", help="compare two labellings of the same texts")
    agreement.add_argument("first", type=Path, metavar="FIRST", help="a folder of gold")
    agreement.add_argument("second", type=Path, metavar="SECOND", help="another one")
    agreement.add_argument("--texts", type=Path, default=Path("corpus/profiles"), metavar="DIR")
    agreement.add_argument(
        "--disagreements", action="store_true", help="list them in their sentences, too"
    )
    agreement.set_defaults(run=_agreement)

    export = verbs.add_parser(
        "export",
        help="write gold for a labelling tool or for training",
        description="Write gold for a labelling tool or for training.",
        epilog=_KEPT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_texts(export)
    export.add_argument("--to", choices=FORMATS, required=True, help="the format")
    export.add_argument("-o", "--output", type=Path, metavar="OUT", help="write to a file")
    export.add_argument(
        "--utf16",
        action="store_true",
        help="count as browsers do, as doccano expects unless it counts grapheme clusters",
    )
    export.set_defaults(run=_export)

    read = verbs.add_parser(
        "import",
        help="take gold back from a labelling tool",
        description="Take gold back from a labelling tool; with any problem, nothing is written.",
        epilog=_KEPT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    read.add_argument("file", type=Path, metavar="FILE", help="what the tool exported")
    read.add_argument("--from", dest="tool", choices=TOOLS, required=True, help="the tool")
    read.add_argument("--gold", type=Path, required=True, metavar="DIR", help="write ID.ann here")
    read.add_argument(
        "--texts", type=Path, required=True, metavar="DIR", help="the texts as stored"
    )
    read.set_defaults(run=_import)


def _check(arguments: argparse.Namespace) -> int:
    from berufsbild.corpus import check

    cases = arguments.cases or (CASES if CASES.is_dir() else None)
    if arguments.cases is not None:
        _must_be(arguments.cases)
    found = check(arguments.texts, arguments.gold, arguments.splits, cases)
    for problem in found:
        print(problem)
    number = len(list(arguments.texts.glob("*.txt")))
    print(f"{arguments.texts}: {number} texts, {len(found)} problems", file=sys.stderr)
    return FAILED if found else FINE


def _stats(arguments: argparse.Namespace) -> int:
    from berufsbild.corpus.stats import composition, replaced
    from berufsbild.corpus.texts import gold_files, read_text

    tables = composition(_load(arguments))
    if gold_files(arguments.second):
        from berufsbild.scoring import agreement
        from berufsbild.scoring.agreement_report import render
        from berufsbild.scoring.files import load_texts

        first = arguments.first if gold_files(arguments.first) else arguments.gold
        labellings = [load_texts(arguments.texts, one) for one in (first, arguments.second)]
        tables += f"\n\n### Agreement of two labellers\n\n{render(agreement(*labellings))}"
    if arguments.write is None:
        print(tables)
        return FINE
    from berufsbild.outputs import whole_file

    _must_be(arguments.write)
    page = replaced(read_text(arguments.write), str(arguments.write), tables)
    with whole_file(arguments.write) as file:
        file.write(page)
    print(f"{arguments.write}: tables written", file=sys.stderr)
    return FINE


def _agreement(arguments: argparse.Namespace) -> int:
    from berufsbild.scoring import agreement
    from berufsbild.scoring.agreement_report import disagreements, render
    from berufsbild.scoring.files import load_texts

    for path in (arguments.texts, arguments.first, arguments.second):
        _must_be(path)
    labellings = [load_texts(arguments.texts, one) for one in (arguments.first, arguments.second)]
    found = agreement(*labellings)
    if not found.texts:
        print(f"{arguments.second}: no text is labelled in both folders", file=sys.stderr)
        return FAILED
    print(render(found))
    if arguments.disagreements:
        texts = {text.id: text.text for text in labellings[0]}
        print("\n" + "\n".join(disagreements(found, texts)))
    print(f"{len(found.disagreements)} disagreements", file=sys.stderr)
    return FINE


def _export(arguments: argparse.Namespace) -> int:
    from berufsbild.corpus import interchange, treebanks
    from berufsbild.outputs import whole_file, write_bytes

    if arguments.utf16 and arguments.to not in TOOLS:
        raise DataError(
            [f"--utf16: expected it with --to {' or '.join(TOOLS)}, got {arguments.to}"]
        )
    texts = _load(arguments)
    if arguments.to == "docbin":
        if arguments.output is None:
            raise DataError(["--to docbin: expected a file by -o, got none"])
        write_bytes(arguments.output, treebanks.write_docbin(texts))
    else:
        if arguments.to == "conll":
            written = treebanks.write_conll(texts)
        elif arguments.to == "doccano":
            written = interchange.write_doccano(texts, wide=arguments.utf16)
        else:
            written = interchange.write_label_studio(texts, wide=arguments.utf16)
        if arguments.output is None:
            sys.stdout.write(written)
            return FINE
        with whole_file(arguments.output) as file:
            file.write(written)
    print(f"{arguments.output}: {len(texts)} texts written", file=sys.stderr)
    return FINE


def _import(arguments: argparse.Namespace) -> int:
    from berufsbild.corpus import write_ann
    from berufsbild.corpus.interchange import read_doccano, read_label_studio
    from berufsbild.corpus.texts import read_text
    from berufsbild.outputs import whole_file

    for path in (arguments.file, arguments.texts):
        _must_be(path)
    texts = {path.stem: read_text(path) for path in sorted(arguments.texts.glob("*.txt"))}
    known = _known(arguments.gold)
    read = read_doccano if arguments.tool == "doccano" else read_label_studio
    found = read(read_text(arguments.file), str(arguments.file), texts, known)
    for problem in found.problems:
        print(problem)
    if found.problems:
        print(f"{arguments.gold}: nothing written", file=sys.stderr)
        return FAILED
    changed = {one: gold for one, gold in found.golds.items() if gold != known.get(one)}
    for one, gold in changed.items():
        with whole_file(arguments.gold / f"{one}.ann") as file:
            file.write(write_ann(gold))
    same, unlabelled = len(found.golds) - len(changed), len(found.unlabelled)
    told = f"{len(changed)} texts written, {same} unchanged, {unlabelled} not labelled yet"
    print(f"{arguments.gold}: {told}; run 'berufsbild corpus check'", file=sys.stderr)
    return FINE


def _known(folder: Path) -> dict[str, Gold]:
    from berufsbild.corpus import load_gold
    from berufsbild.corpus.texts import gold_files

    return {one: load_gold(path) for one, path in gold_files(folder).items()}


def _load(arguments: argparse.Namespace) -> list[GoldText]:
    from berufsbild.corpus import load_corpus

    for path in (arguments.texts, arguments.gold):
        _must_be(path)
    splits = arguments.splits if arguments.splits.is_file() else None
    return load_corpus(arguments.texts, gold=arguments.gold, splits=splits)


def _must_be(path: Path) -> None:
    if not path.exists():
        raise DataError([f"{path}: expected a file or folder, got nothing of that name"])
