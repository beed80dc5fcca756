"""An extractor without rules, whose texts say what happens to the process that has them."""

from __future__ import annotations

import os
import signal
import sys
import time
from decimal import Decimal
from pathlib import Path

from berufsbild.extraction import Extraction, Failure, Profile
from berufsbild.extractor import Extractor
from berufsbild.params import Params
from berufsbild.spans import Label, Span
from berufsbild.values import EuroRange, Skill


class Echo(Extractor):
    """Finds every word as a skill, and an amount behind them."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.params = Params()
        self.seconds = seconds

    def __reduce__(self):
        return (Echo, (self.seconds,))

    def extract(self, id, text):
        time.sleep(self.seconds)
        word, _, rest = text.partition(" ") if isinstance(text, str) else ("none", "", "")
        if word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "once" and not Path(rest).exists():
            Path(rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "sleep":
            time.sleep(float(rest))
        if word == "crash":
            raise ValueError(rest)
        if not isinstance(text, str):
            from berufsbild.errors import InputError

            return Failure.of(InputError("type", "expected a string"), id)
        skill = Skill(word or "nothing", word, "soft")
        pay = EuroRange(Decimal("16.55"), None, "at_least", "hour", True)
        spans = (
            Span(Label.SKILL, 0, len(word), word, "skill.echo", skill),
            Span(Label.EURO_RANGE, len(text), len(text), "", "euro.echo", pay),
        )
        return Extraction(id, spans, Profile(None, None, (pay,), ()))


def main(source, output, errors, workers, seconds, *, resume):
    """Run as a program, so that a test can end it."""
    import berufsbild.extractor
    from berufsbild import cli

    berufsbild.extractor.load = lambda *_args, **_kwargs: Echo(float(seconds))
    options = ["--resume"] if resume else []
    options += ["--errors", errors] if errors != "-" else []
    return cli.main(["extract", source, "-o", output, "--workers", workers, *options])


if __name__ == "__main__":
    # By its own name: a worker knows no class of the script that started it.
    import echo

    sys.exit(echo.main(*sys.argv[1:6], resume="--resume" in sys.argv))
