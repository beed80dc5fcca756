"""The command line: arguments in, library calls, files out."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from berufsbild import __version__, annotation, measure
from berufsbild.errors import BerufsbildError, DataError

if TYPE_CHECKING:
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
    _add_input(extract)
    extract.add_argument("-o", "--output", metavar="OUT", help="a .jsonl(.gz) or .parquet to write")
    extract.add_argument("--errors", metavar="FILE", help="write error records to another file")
    extract.add_argument(
        "--resume", action="store_true", help="go on behind the work of an interrupted run"
    )
    extract.add_argument(
        "--seconds-per-text", type=float, metavar="S", help="the longest time for one text"
    )
    extract.add_argument("--view", action="store_true", help="show texts with their spans instead")
    extract.set_defaults(run=_extract)

    view = commands.add_parser("view", help="show texts, spans and profiles as a page of HTML")
    _add_input(view)
    view.add_argument("-o", "--output", type=Path, required=True, metavar="PAGE", help="the page")
    view.set_defaults(run=_view)

    measure.add_commands(commands)
    annotation.add_commands(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of a record")
    schema.set_defaults(run=_schema)
    doctor = commands.add_parser("doctor", help="say what is installed and whether it works")
    doctor.add_argument("--params", type=Path, metavar="FILE", help="settings, a params.yaml")
    doctor.set_defaults(run=_doctor)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(run=_version)
    return parser


def _add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=".txt, folder, .jsonl(.gz) or .parquet with id and text, or -",
    )
    parser.add_argument("--params", type=Path, metavar="FILE", help="settings, a params.yaml")
    parser.add_argument(
        "--lexicon", type=Path, action="append", default=[], metavar="DIR", help="add own words"
    )
    parser.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1 on, got {text}")
    return number


def _extract(arguments: argparse.Namespace) -> int:
    from berufsbild.extractor import load
    from berufsbild.inputs import Meter, find_paths, read_items, size

    if arguments.output is not None and arguments.view:
        raise DataError(["--view: expected no --output beside it, got both"])
    paths = find_paths(arguments.paths)
    extractor = load(arguments.params, lexicon=arguments.lexicon)
    if arguments.view:
        from berufsbild.view import show

        return show(extractor, _counted(read_items(paths)))
    from berufsbild.bulk import Run, extract_to
    from berufsbild.housekeeping import settle
    from berufsbild.progress import Progress

    settle()
    run = Run(
        arguments.output,
        arguments.errors,
        arguments.workers,
        arguments.seconds_per_text,
        arguments.resume,
    )
    meter = Meter(size(paths))
    progress = Progress(sys.stderr, meter)
    try:
        with _terminable():
            counts = extract_to(run, extractor, read_items(paths, meter), progress)
    except (KeyboardInterrupt, SystemExit) as stop:
        print(*getattr(stop, "__notes__", []), sep="\n", end="", file=sys.stderr)
        raise
    finally:
        progress.end()
    if arguments.output is not None:
        where = f" in {arguments.errors}" if arguments.errors else ""
        print(
            f"{arguments.output}: {counts.read} texts read, {counts.written} records written, "
            f"{counts.failed} failed{where}",
            file=sys.stderr,
        )
    return SOME_FAILED if counts.failed else FINE


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end a run as Ctrl-C does: with everything finished kept, no half file."""

    def stop(*_: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _view(arguments: argparse.Namespace) -> int:
    from berufsbild.bulk import results
    from berufsbild.extraction import Failure
    from berufsbild.extractor import load
    from berufsbild.inputs import find_paths, read_items
    from berufsbild.outputs import whole_file
    from berufsbild.pages.view import view_page

    paths = find_paths(arguments.paths)
    extractor = load(arguments.params, lexicon=arguments.lexicon)
    items = list(read_items(paths))
    found = list(results(extractor, _counted(iter(items)), workers=arguments.workers))
    failed = sum(isinstance(one, Failure) for one in found)
    page = view_page(zip((item.text for item in items), found, strict=True))
    with whole_file(arguments.output) as file:
        file.write(page)
    print(f"{arguments.output}: {len(found)} texts, {failed} of them errors", file=sys.stderr)
    return SOME_FAILED if failed else FINE


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


def _doctor(arguments: argparse.Namespace) -> int:
    from berufsbild.doctor import examine

    lines, healthy = examine(arguments.params)
    print("\n".join(lines))
    return FINE if healthy else SOME_FAILED


def _version(_: argparse.Namespace) -> int:
    print(__version__)
    return FINE


if __name__ == "__main__":
    sys.exit(main())
