"""How fast: ratios to spaCy's bare German tokenizer, measured in one process.

Run with `make bench`. Prints texts and tokens per second of bare
`spacy.blank("de").pipe`, of our tokenizer and of the full extraction with its
JSON, cold and warm, on two sets of texts; the time to start; the peak memory.
Absolute figures are the machine's, ratios are the program's.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

import berufsbild
from berufsbild.german.normalise import normalise
from berufsbild.german.tokenizer import make_tokenizer
from berufsbild.layout import Layout
from berufsbild.params import Params
from berufsbild.spans import Tokens

PROFILES = Path("corpus/profiles")


def composed(texts: Sequence[str], number: int) -> list[str]:
    """Compose texts of shuffled corpus sentences, as long as corpus texts."""
    tokenizer = make_tokenizer(Params().tokens)
    sentences = []
    for text in texts:
        clean = normalise(text).text
        layout = Layout(Tokens(clean, *tokenizer(clean)))
        sentences += [clean[start:end] for start, end in layout.sentences]
    draw = random.Random(2010)
    return ["\n".join(draw.choices(sentences, k=45)) for _ in range(number)]


def seconds(run: Callable[[], object]) -> float:
    """Time one call."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def measure(name: str, texts: Sequence[str], rounds: int) -> None:
    """Print the table of one set of texts."""
    tokens = sum(len(doc) for doc in spacy.blank("de").pipe(texts))
    bare = spacy.blank("de")
    tokenizer = make_tokenizer(Params().tokens)
    extract = berufsbild.load()
    runs: dict[str, Callable[[], object]] = {
        "bare spaCy tokenizer": lambda: [None for _ in bare.pipe(texts)],
        "our tokenizer": lambda: [tokenizer(normalise(text).text) for text in texts],
        "full extraction, JSON": lambda: [extract(text).to_json() for text in texts],
    }
    cold = {what: seconds(run) for what, run in runs.items()}
    warm: dict[str, list[float]] = {what: [] for what in runs}
    for _ in range(rounds):
        for what, run in runs.items():
            warm[what].append(seconds(run))
    print(f"\n{name}: {len(texts)} texts, {tokens} tokens, median of {rounds} warm rounds")
    print(
        f"{'':24}{'cold texts/s':>13}{'warm texts/s':>13}{'warm tokens/s':>14}{'cold ratio':>11}{'warm ratio':>11}"
    )
    base = warm["bare spaCy tokenizer"]
    for what in runs:
        once = statistics.median(warm[what])
        ratio = statistics.median(b / o for b, o in zip(base, warm[what], strict=True))
        print(
            f"{what:24}{len(texts) / cold[what]:13.0f}{len(texts) / once:13.0f}{tokens / once:14.0f}"
            f"{cold['bare spaCy tokenizer'] / cold[what]:11.2f}{ratio:11.2f}"
        )


def start_up(rounds: int) -> None:
    """Print the time of `berufsbild extract` on one short text, and of `import spacy`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "koch.txt"
        path.write_text("Beruf Koch in Bochum", encoding="utf-8")
        commands = {
            "berufsbild extract": [sys.executable, "-m", "berufsbild.cli", "extract", str(path)],
            "import spacy": [sys.executable, "-c", "import spacy"],
        }
        print()
        for what, command in commands.items():
            times = [
                seconds(
                    lambda command=command: subprocess.run(command, check=True, capture_output=True)
                )
                for _ in range(rounds)
            ]
            print(f"start-up, {what}: {statistics.median(times):.2f} s (median of {rounds})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=Path, default=PROFILES, help="the real texts")
    arguments = parser.parse_args()
    real = [path.read_bytes().decode() for path in sorted(arguments.texts.glob("*.txt"))]
    corpus = [path.read_bytes().decode() for path in sorted(PROFILES.glob("*.txt"))]
    measure("real texts repeated", real * (200 // len(real) + 1), arguments.rounds)
    measure("shuffled corpus sentences", composed(corpus, 2000), arguments.rounds)
    start_up(arguments.rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
