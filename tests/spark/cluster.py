"""A Spark cluster on this machine: a master and two executors, each a process of its own."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).parent


@contextlib.contextmanager
def two_executors(folder):
    """Start a session with two executors of one core; what it writes goes into the folder.

    `session.notes` is where the workers note their loads (counted_daemon.py).
    """
    import pyspark
    from pyspark.sql import SparkSession

    # Spark writes into its home; this one has the same files and takes what is written.
    home, notes = folder / "home", folder / "notes"
    home.mkdir()
    notes.mkdir()
    for one in Path(pyspark.__file__).parent.iterdir():
        if one.name != "work":
            (home / one.name).symlink_to(one)
    os.environ |= {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "512m",
        "spark.executorEnv.BERUFSBILD_NOTES": str(notes),
        "spark.executorEnv.PYTHONPATH": str(HERE),
        "spark.local.dir": str(folder / "local"),
        "spark.python.daemon.module": "counted_daemon",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("berufsbild")
    session = builder.config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    session.notes = notes
    try:
        yield session
    finally:
        session.stop()
        end_java()


def end_java():
    """End the Java process: the next session would take over its folder and settings."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    SparkContext._gateway = SparkContext._jvm = None
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(60)


def loads(notes):
    """Give the loads of each worker and the executor of each, by process id."""
    lines = {int(one.name): one.read_text().splitlines() for one in notes.iterdir()}
    counts = {worker: len(found) for worker, found in lines.items()}
    return counts, {worker: int(found[0].split()[2]) for worker, found in lines.items()}
