"""Spark's daemon of Python workers, noting each load of the rule data by a worker.

Spark starts it as `spark.python.daemon.module` and forks the workers from it. A
load is a line in the file NOTES/WORKER: the process ids of the worker, of this
daemon and of the executor.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pyspark.daemon import manager

NOTES = Path(os.environ["BERUFSBILD_NOTES"])
EXECUTOR = os.getppid()


def note(event, arguments):
    if event == "open" and str(arguments[0]).endswith("lexicon/places/towns.tsv"):
        with (NOTES / str(os.getpid())).open("a", encoding="utf-8") as notes:
            notes.write(f"{os.getpid()} {os.getppid()} {EXECUTOR}\n")


if __name__ == "__main__":
    sys.addaudithook(note)
    manager()
