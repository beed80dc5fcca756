"""Measure Spark with two executors against a single process, over the same texts.

python tests/spark/measure.py [TEXTS]   default: 5,000 texts

Both are warm; ratios are the program's, seconds the machine's. CPU seconds are
those of the Python processes: other programs on the machine do not count.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
from cluster import loads, two_executors
from many import composed

from berufsbild.arrow import extract_batches
from berufsbild.spark import extract

ROUNDS = 3
TICKS = os.sysconf("SC_CLK_TCK")


def seconds(run):
    before = time.perf_counter()
    run()
    return time.perf_counter() - before


def cpu(pid):
    """Read the CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measured(run, processes):
    """Give the seconds of a call, and the CPU seconds of these processes meanwhile."""
    before = sum(map(cpu, processes))
    return seconds(run), sum(map(cpu, processes)) - before


def peak(pid):
    """Read the greatest memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(number):
    texts = composed(number)
    table = pa.table({"id": list(texts), "text": list(texts.values())})
    with tempfile.TemporaryDirectory() as folder, two_executors(Path(folder)) as spark:
        frame = spark.createDataFrame(table).repartition(40).cache()
        frame.count()

        def many():
            extract(frame).write.format("noop").mode("overwrite").save()

        def one():
            for _ in extract_batches(table.to_batches(1000)):
                pass

        print(f"{number} texts; first run: alone {seconds(one):.1f} s, Spark {seconds(many):.1f} s")
        workers = loads(spark.notes)[0]
        # Spark ends a worker that is without work for a minute, so its rounds come together.
        shared = [measured(many, list(workers)) for _ in range(ROUNDS)]
        print(f"peak memory of each Python worker, MB: {sorted(round(peak(w)) for w in workers)}")
        print(f"loads of each Python worker: {sorted(loads(spark.notes)[0].values())}")
        alone = [measured(one, ["self"]) for _ in range(ROUNDS)]
    for name, rounds in (("Spark", shared), ("alone", alone)):
        print(name, *(f"{wall:.1f} s (CPU {used:.1f} s)" for wall, used in rounds))
    wall, used = (
        statistics.median(a[which] for a in alone) / statistics.median(s[which] for s in shared)
        for which in (0, 1)
    )
    print(f"Spark is {wall:.2f} times as fast; its Python workers use {1 / used:.2f} times the CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5_000)
