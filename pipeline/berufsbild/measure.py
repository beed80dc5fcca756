"""The commands that measure: score, gate, errors."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from berufsbild.errors import DataError, explain

if TYPE_CHECKING:
    from berufsbild.scoring import Report
    from berufsbild.scoring.gate import Pinned
    from berufsbild.scoring.mistakes import Mistake

FINE, FAILED = 0, 1
CLASSES: Final = ("missed", "spurious", "boundary", "type", "value")
LABELS: Final = ("EURO_RANGE", "ROLE", "PLACE", "SKILL")
HELD_BACK: Final = "test"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the measuring commands to the command line."""
    score = commands.add_parser("score", help="score any system's records against gold")
    _add_files(score)
    score.add_argument("--json", action="store_true", help="print all figures as JSON")
    score.set_defaults(run=_score)

    gate = commands.add_parser("gate", help="fail where a run is worse than the pinned floors")
    _add_files(gate)
    gate.add_argument("--floors", type=Path, default=Path("reports/floors.json"), metavar="FILE")
    gate.add_argument("--update", action="store_true", help="pin floors, gold and baseline anew")
    gate.add_argument("--allow-regression", action="store_true", help="let --update lower floors")
    gate.set_defaults(run=_gate)

    errors = commands.add_parser("errors", help="list errors in their sentences, new ones first")
    _add_files(errors)
    errors.add_argument("--label", choices=LABELS, help="of one label, in gold or predicted")
    errors.add_argument("--rule", metavar="RULE", help="of one rule or group of rules: skill.cued")
    errors.add_argument("--class", dest="kind", choices=CLASSES, help="of one class")
    errors.add_argument(
        "--split", metavar="NAME", help=f"of one split (default: all but {HELD_BACK})"
    )
    errors.add_argument("--new", action="store_true", help="only what the baseline did not have")
    errors.set_defaults(run=_errors)


def add_texts(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where texts, gold and splits are."""
    parser.add_argument("--texts", type=Path, default=Path("corpus/profiles"), metavar="DIR")
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"), metavar="DIR")
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.toml"), metavar="FILE")


def _add_files(parser: argparse.ArgumentParser) -> None:
    add_texts(parser)
    parser.add_argument(
        "--predicted",
        type=Path,
        default=Path("corpus/derived/records.jsonl"),
        metavar="FILE",
        help="records as JSON lines, or a folder of brat files",
    )
    parser.add_argument(
        "--baseline", type=Path, default=Path("reports/baseline.jsonl"), metavar="FILE"
    )
    parser.add_argument("--params", type=Path, metavar="FILE", help="settings, a params.yaml")


def _report(arguments: argparse.Namespace) -> Report | None:
    from berufsbild.params import Params, load_params
    from berufsbild.scoring.files import score_files

    for path in (arguments.texts, arguments.gold, arguments.predicted):
        if not path.exists():
            hint = "; run 'dvc repro'" if path == arguments.predicted else ""
            raise DataError([f"{path}: expected a file or folder, got nothing of that name{hint}"])
    params = load_params(arguments.params) if arguments.params else Params()
    return score_files(
        arguments.texts,
        arguments.gold,
        arguments.predicted,
        splits=arguments.splits,
        params=params.score,
    )


def _score(arguments: argparse.Namespace) -> int:
    from berufsbild.scoring import render
    from berufsbild.scoring.files import changes_since

    report = _report(arguments)
    if report is None:
        print(f"{arguments.gold}: nothing to score, no text has gold", file=sys.stderr)
        return FAILED
    if arguments.json:
        print(json.dumps(render.metrics(report), ensure_ascii=False, indent=2))
    else:
        changes = changes_since(arguments.baseline, report)
        print(render.evaluation(report, changes, hide=[HELD_BACK]))
    return FINE


def _gate(arguments: argparse.Namespace) -> int:
    from berufsbild.scoring import write_counts
    from berufsbild.scoring.gate import ALLOW, as_json, judge, pin

    report = _report(arguments)
    pinned = _pinned(arguments.floors)
    verdict = judge(report, pinned)
    if arguments.update and report is not None and len(report.unpredicted) < len(report.texts):
        fallen = [problem for problem in verdict.problems if ALLOW in problem]
        if fallen and not arguments.allow_regression:
            print("\n".join(fallen), file=sys.stderr)
            return FAILED
        from berufsbild.outputs import whole_file, write_json

        raised = pin(report, pinned, allow_regression=arguments.allow_regression)
        write_json(arguments.floors, as_json(raised))
        with whole_file(arguments.baseline) as file:
            file.write(write_counts(report.texts))
        print(f"{arguments.floors} and {arguments.baseline}: pinned; run 'dvc repro' and commit")
        return FINE
    print("\n".join(verdict.problems) or "gate: passed", file=sys.stdout)
    return FINE if verdict.passed else FAILED


def _pinned(path: Path) -> Pinned | None:
    from pydantic import ValidationError

    from berufsbild.scoring.gate import Pinned

    if not path.is_file():
        return None
    try:
        return Pinned.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        problems = [f"{path}: {explain(one)}" for one in error.errors()]
        raise DataError(problems) from error


def _errors(arguments: argparse.Namespace) -> int:
    from rich.console import Console

    from berufsbild.scoring.files import known_mistakes
    from berufsbild.scoring.listing import coloured

    report = _report(arguments)
    if report is None:
        print(f"{arguments.gold}: nothing to score, no text has gold", file=sys.stderr)
        return FAILED
    known = known_mistakes(arguments.baseline)
    chosen = [
        (known is not None and one.signature not in known.get(one.text_id, ()), one)
        for one in report.mistakes
        if _wanted(one, arguments)
    ]
    if arguments.new:
        chosen = [pair for pair in chosen if pair[0]]
    chosen.sort(key=lambda pair: (not pair[0], CLASSES.index(pair[1].kind), pair[1].label))
    console = Console(highlight=False, soft_wrap=True)
    for new, one in chosen:
        console.print(coloured(report.sources[one.text_id], one, new=new))
    console.print(f"{len(chosen)} errors, {sum(new for new, _ in chosen)} new since the baseline")
    return FINE


def _wanted(one: Mistake, arguments: argparse.Namespace) -> bool:
    split = one.split != HELD_BACK if arguments.split is None else one.split == arguments.split
    labels = {span.label for span in (one.gold, one.predicted) if span}
    rule = one.predicted.rule if one.predicted else ""
    return (
        split
        and arguments.kind in (None, one.kind)
        and (arguments.label is None or arguments.label in labels)
        and (
            arguments.rule is None
            or rule == arguments.rule
            or rule.startswith(arguments.rule + ".")
        )
    )
