"""Render the figures of the benchmark as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench_extract import NO_RULE, SETS, Pass, Passes, SetName
from measures import Aim, Found, aims
from systems import BARE, FULL, LIMIT, STEPS

from berufsbild import Label

_POINTS = 20


def benchmark(found: Found) -> str:
    """Render the whole report."""
    parts = [
        _head(found),
        _aims(aims(found)),
        _speed(found.speed),
        _steps(found.steps),
        _alone(found.alone),
        _workers(found),
        _memory(found),
        _growth(found),
    ]
    return "\n\n".join(parts) + "\n"


def summary(found: Found) -> str:
    """Render the aims in plain lines, for the terminal."""
    return "\n".join(
        f"{'met    ' if aim.met else 'not met'}  {aim.name}: {aim.figure} (aim {aim.wanted})"
        for aim in aims(found)
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Render a table, its first column to the left and the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _head(found: Found) -> str:
    machine = found.machine
    return (
        "# Benchmark\n\n"
        f"Written by `make bench` on {machine.cores} cores, {machine.system}, Python "
        f"{machine.python}, spaCy {machine.spacy}. Ratios are the program's, absolute figures the "
        "machine's. Everything that is compared was taken in turns in one process, the garbage "
        "collector set as `berufsbild extract` sets it; *bare* is "
        '`spacy.blank("de").pipe`, the *limit* is our tokenizer alone, which looks every chunk '
        "between blanks up. Cold is the first pass in a fresh process, warm what comes behind it. "
        "A ratio is that of the sums cold, the median over the blocks of texts warm."
    )


def _aims(held: Sequence[Aim]) -> str:
    rows = [[aim.name, aim.wanted, aim.figure, "met" if aim.met else "**not met**"] for aim in held]
    return "## Aims\n\n" + table(["aim", "wanted", "figure", ""], rows)


def _speed(found: dict[SetName, Passes]) -> str:
    rows = []
    for name, passes in found.items():
        for phase, one in passes.items():
            for what in (BARE, LIMIT, FULL):
                seconds = sum(one.times[what])
                rows.append(
                    [
                        f"{SETS[name]}, {phase}",
                        what,
                        f"{one.texts:,}",
                        f"{one.tokens:,}",
                        f"{one.texts / seconds:,.0f}",
                        f"{one.tokens / seconds:,.0f}",
                        f"{one.ratio(what, phase=phase):.2f} ×",
                        f"{sum(one.times[LIMIT]) / seconds:.2f} ×",
                    ]
                )
    head = ["texts", "run", "number", "tokens", "texts/s", "tokens/s", "of bare", "of the limit"]
    return (
        "## Speed\n\n"
        "The real texts are whole profiles, the same in every pass. A text of the stream is a title "
        "line and four paragraphs of three to six corpus sentences, composed anew. The third set is "
        "such texts with 30 % of their words replaced by made-up ones, ending and case kept; no text "
        "and no made-up word comes twice.\n\n"
        + table(head, rows)
        + "\n\n`python tests/benchmarks/bench_extract.py` takes these alone, `--texts DIR` with other "
        "real texts."
    )


def _columns(found: dict[SetName, Passes]) -> list[tuple[str, Pass]]:
    """List the phases that tell most: warm for what comes again, cold for what does not."""
    chosen: list[tuple[str, Pass]] = []
    for name, passes in found.items():
        for phase, one in passes.items():
            if (name == "new") == (phase == "cold") or name == "stream":
                chosen.append((f"{SETS[name]}, {phase}", one))
    return chosen


def _steps(found: dict[SetName, Passes]) -> str:
    columns = _columns(found)
    rows = []
    for step in STEPS:
        cells = [step]
        for _, one in columns:
            whole = sum(sum(one.times[other]) for other in STEPS)
            spent = sum(one.times[step])
            cells.append(f"{1e9 * spent / one.tokens:,.0f} ns, {100 * spent / whole:.0f} %")
        rows.append(cells)
    every = [1e9 * sum(sum(one.times[step]) for step in STEPS) / one.tokens for _, one in columns]
    bare = [1e9 * sum(one.times[BARE]) / one.tokens for _, one in columns]
    rows.append(["all steps", *(f"{time:,.0f} ns" for time in every)])
    rows.append([BARE, *(f"{time:,.0f} ns" for time in bare)])
    return (
        "## Where the time goes\n\n"
        "Nanoseconds per token, and the share of the whole. A part of the layout that is found out "
        "when it is first asked for is paid by the step that asks.\n\n"
        + table(["step", *(name for name, _ in columns)], rows)
    )


def _alone(found: dict[SetName, Passes]) -> str:
    columns = _columns(found)
    rows = [[NO_RULE, *(f"{one.share(NO_RULE):.2f} ×" for _, one in columns)]]
    for label in Label:
        cells = [f"{one.share(label) - one.share(NO_RULE):+.2f} ×" for _, one in columns]
        rows.append([str(label), *cells])
    return (
        "## Each rule alone\n\n"
        "What `Extractor(params, labels=[LABEL])` takes beyond an extractor without rules (tokens, "
        "layout, JSON), as a multiple of the time of bare spaCy.\n\n"
        + table(["rule", *(name for name, _ in columns)], rows)
    )


def _workers(found: Found) -> str:
    rows = [
        [name, f"{one.ratio:.2f} ×", *(f"{rate:,.0f}" for rate in one.rates), f"{one.ready:.2f} s"]
        for name, one in found.workers.items()
    ]
    head = ["way", "two against one", "texts/s, one", "texts/s, two", "first result of two"]
    start = found.start
    return (
        "## Workers and start-up\n\n"
        "One worker is the calling process, two are processes of their own. The rates begin at the "
        "first result.\n\n"
        + table(head, rows)
        + f"\n\n`berufsbild extract` on one short text takes {start.extract:.2f} s, `import spacy` "
        f"{start.spacy:.2f} s, the difference in a pair of runs is {start.beyond:.2f} s.\n\n"
        "`python tests/benchmarks/bench_workers.py`, `python tests/benchmarks/bench_start.py`"
    )


def _memory(found: Found) -> str:
    memory = found.memory
    every = max(1, len(memory.over_time) // _POINTS)
    rows = [[f"{texts:,}", f"{size:.0f}"] for texts, size in memory.over_time[every - 1 :: every]]
    return (
        "## Memory\n\n"
        f"{memory.texts:,} texts of three sentences, 30 % of their words never seen before: "
        f"{memory.start:.0f} MB with the rules loaded, {memory.peak:.0f} MB at most, "
        f"{memory.slope:+.1f} MB per 100,000 texts over the second half.\n\n"
        + table(["texts", "MB"], rows)
        + "\n\n`python tests/benchmarks/bench_memory.py`"
    )


def _growth(found: Found) -> str:
    shapes = [
        [name, f"{one.lengths[-1]:,}", *(f"{one.nanoseconds[at]:,.0f} ns" for at in (0, -1)),
         f"{one.factor:.2f} ×"]
        for name, one in found.lengths.items()
    ]  # fmt: skip
    lexicons = [
        [name, f"{one.entries:,}", f"{one.repeated:.2f} ×", f"{one.new:.2f} ×",
         *(f"{load:.2f} s" for load in one.load)]
        for name, one in found.lexicons.items()
    ]  # fmt: skip
    return (
        "## Growth\n\n"
        "Time for a character in the shortest and the longest text of a kind: prose from an eighth, "
        "one unit repeated from a quarter of the length on (shorter where it takes too long). 1 is linear.\n\n"
        + table(["text", "characters", "shortest", "longest", "factor"], shapes)
        + "\n\nNine made-up entries laid over the rule data for every one that is there, and how many "
        "times as long it then takes.\n\n"
        + table(
            ["lexicons", "entries more", "texts repeated", "new words", "load", "load, tenfold"],
            lexicons,
        )
        + "\n\n`python tests/benchmarks/bench_length.py`, `python tests/benchmarks/bench_lexicon.py`"
    )
