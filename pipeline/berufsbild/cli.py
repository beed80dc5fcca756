"""The command line: arguments in, library calls, files out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from berufsbild import __version__, annotation, measure
from berufsbild.errors import BerufsbildError, DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from berufsbild.inputs import Item

FINE, SOME_FAILED, WRONG_CALL = 0, 1, 2
_PROGRESS_EVERY: Final = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit code.

    0: all fine. 1: some texts failed, or problems were found. 2: the call
    itself was wrong.
    """
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except DataError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    except BerufsbildError as error:
        print(f"berufsbild: {error}", file=sys.stderr)
        return WRONG_CALL
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("berufsbild: interrupted", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="berufsbild", description="Read German job-profile prose and return it as data."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="extract spans and profiles from texts")
    extract.add_argument(
        "paths", nargs="+", metavar="PATH", help=".txt, folder, .jsonl(.gz) with id and text, or -"
    )
    extract.add_argument("-o", "--output", type=Path, metavar="OUT", help="write JSONL to a file")
    extract.add_argument("--view", action="store_true", help="show texts with their spans instead")
    extract.add_argument("--params", type=Path, metavar="FILE", help="settings, a params.yaml")
    extract.add_argument(
        "--lexicon", type=Path, action="append", default=[], metavar="DIR", help="add own words"
    )
    extract.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes")
    extract.set_defaults(run=_extract)

    measure.add_commands(commands)
    annotation.add_commands(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of a record")
    schema.set_defaults(run=_schema)
    doctor = commands.add_parser("doctor", help="say what is installed and whether it works")
    doctor.set_defaults(run=_doctor)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(run=_version)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1 on, got {text}")
    return number


def _extract(arguments: argparse.Namespace) -> int:
    from berufsbild.extractor import load
    from berufsbild.inputs import find_paths, read_items

    if arguments.output is not None and arguments.view:
        raise DataError(["--view: expected no --output beside it, got both"])
    paths = find_paths(arguments.paths)
    extractor = load(arguments.params, lexicon=arguments.lexicon)
    items = _counted(read_items(paths))
    if arguments.view:
        from berufsbild.view import show

        return show(extractor, items)
    from berufsbild.bulk import extract_to

    counts = extract_to(arguments.output, extractor, items, workers=arguments.workers)
    if arguments.output is not None:
        print(
            f"{arguments.output}: {counts['written']} records, {counts['failed']} of them errors",
            file=sys.stderr,
        )
    return SOME_FAILED if counts["failed"] else FINE


def _counted(items: Iterator[Item]) -> Iterator[Item]:
    """Show on a terminal how many texts have been read."""
    show = sys.stderr.isatty()
    number = 0
    for number, item in enumerate(items, 1):
        yield item
        if show and number % _PROGRESS_EVERY == 0:
            print(f"\r{number} texts", end="", file=sys.stderr, flush=True)
    if show and number >= _PROGRESS_EVERY:
        print(f"\r{number} texts", file=sys.stderr)


def _schema(_: argparse.Namespace) -> int:
    from berufsbild.records import schema

    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return FINE


def _doctor(_: argparse.Namespace) -> int:
    from berufsbild.doctor import examine

    lines, healthy = examine()
    print("\n".join(lines))
    return FINE if healthy else SOME_FAILED


def _version(_: argparse.Namespace) -> int:
    print(__version__)
    return FINE


if __name__ == "__main__":
    sys.exit(main())
