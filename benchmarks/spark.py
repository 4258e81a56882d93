"""Facts built by Spark's executors: one against two, each in a process of its own; and waits by Spark SQL windows."""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.facts import fill
from xiaoer.base.days import Period
from xiaoer.facts.up_to_date import load_message_facts
from xiaoer.store.engine import Engine
from xiaoer.store.spark_engine import SparkEngine
from xiaoer.store.store import Store

EVER = Period(date(2000, 1, 1), date(2100, 1, 1))
WAITS = """
WITH spoken AS (SELECT *, lag(sender) OVER (PARTITION BY buyer, local_date ORDER BY sent_at, source_row) AS before
                FROM messages),
runs AS (SELECT *, sum(CASE WHEN sender = 'buyer' AND before IS DISTINCT FROM 'buyer' THEN 1 ELSE 0 END)
         OVER (PARTITION BY buyer, local_date ORDER BY sent_at, source_row) AS run FROM spoken),
waits AS (SELECT buyer, local_date, run, min(CASE WHEN sender = 'buyer' THEN sent_at END) AS asked,
          min(CASE WHEN sender = 'agent' AND NOT auto THEN sent_at END) AS answered FROM runs
          GROUP BY buyer, local_date, run)
SELECT count(answered) AS answered, sum(unix_micros(answered) - unix_micros(asked)) AS micros FROM waits"""


@dataclass(frozen=True)
class Ran:
    """One contestant: its name and its seconds, the median of the runs after a first one that warms up."""

    name: str
    seconds: float


def spark_benchmark(folder: Path, *, messages: int, days: int, runs: int) -> list[Ran]:
    """Return how long facts of the same messages take to build, on this machine and on one and two executors."""
    if not (folder / "manifest.sqlite").exists():
        with Store(folder) as store:
            fill(store, messages=messages, days=days)
    asked = ("here", "local-cluster[1,1,2048]", "local-cluster[2,1,2048]", "windows")
    return [Ran(one, _in_a_process(one, folder, runs)) for one in asked]


def _in_a_process(what: str, folder: Path, runs: int) -> float:
    command = [sys.executable, "-m", "benchmarks.spark", what, str(folder), str(runs)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(ran.stdout.splitlines()[-1])


def _build(folder: Path, engine: Engine | SparkEngine) -> float:
    """Return the seconds of one whole build; facts that are there are thrown away first."""
    for file in (folder / "facts").glob("*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    with Store(folder) as store:
        snapshot = store.snapshot()
        started = time.perf_counter()
        load_message_facts(engine, store, snapshot, shops=snapshot.shops, days=EVER)
        return time.perf_counter() - started


def _windows(folder: Path) -> float:
    from xiaoer.store.spark_session import spark_session

    session = spark_session("local[2]")
    session.read.parquet(str(folder / "batches" / "messages")).createOrReplaceTempView("messages")
    started = time.perf_counter()
    session.sql(WAITS).collect()
    return time.perf_counter() - started


def main() -> None:
    """Run one contestant and print its seconds: what, folder, runs."""
    what, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if what == "windows":
        took = [_windows(folder) for _ in range(runs + 1)]
    else:
        with Engine() if what == "here" else SparkEngine(what, scratch=folder / "spark") as engine:
            took = [_build(folder, engine) for _ in range(runs + 1)]
    print(median(took[1:]))


def print_spark(folder: Path, messages: int, days: int) -> None:
    """Print the table and the JSON."""
    ran = spark_benchmark(folder, messages=messages, days=days, runs=3)
    print(f"{messages:,} messages, medians of 3 runs after a first one")
    for one in ran:
        print(f"  {one.name:<30}{one.seconds:8.2f} s")
    print(json.dumps({"messages": messages, "ran": [asdict(one) for one in ran]}))


if __name__ == "__main__":
    main()
