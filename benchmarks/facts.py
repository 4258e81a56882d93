"""Sorted partitions → facts, against reading the same columns and against all other tools over the same file.

Each contestant runs in a process of its own that has loaded what it uses; all who make all facts must have the same.
"""

import multiprocessing
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from statistics import median
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.facts_by_polars import facts_by_polars, polars_sums
from benchmarks.facts_by_spark import SparkHere, peak_megabytes
from benchmarks.facts_by_sql import Sums, facts_by_sql, sums_of
from benchmarks.messages import FIRST_DAY, message_batches
from xiaoer.base.days import Clock, Period
from xiaoer.base.settings import ShopSettings
from xiaoer.facts.lines import columns_needed
from xiaoer.facts.up_to_date import facts_of_days
from xiaoer.store.store import Store

SHOP = "云上小店"
SMALL, SMALL_DAYS = 2_000, 2
ENOUGH_SECONDS = 90  # whoever has taken so long is not run again


@dataclass(frozen=True)
class Ready:
    """A contestant that has loaded what it uses: its work, its processor's clock, its peak, what its facts come to."""

    work: Callable[[], Any]
    clock: Callable[[], float] = time.process_time
    peak: Callable[[], float] = peak_megabytes
    sums: Callable[[Any], Sums] | None = None


@dataclass(frozen=True)
class Timed:
    """One contestant: its seconds and those of the processor, medians of its runs, and its peak of memory."""

    name: str
    seconds: float
    processor_seconds: float
    peak_megabytes: float
    runs: int


@dataclass(frozen=True)
class Compared:
    """Who took what, ours first, and who was left out for which reason."""

    timed: list[Timed]
    left_out: dict[str, str]


def facts_benchmark(
    folder: Path, *, messages: int, days: int, runs: int, without: Collection[str] = ()
) -> Compared:  # fmt: skip
    """Return the contestants' times over the same rows; an AssertionError says who has other facts."""
    for name, many, some in (("small", SMALL, SMALL_DAYS), ("large", messages, days)):
        with Store(folder / name) as store:
            fill(store, messages=many, days=some)
    left_out = {name: why for name in CONTESTANTS if (why := _why_not(name, without))}
    timed, expected = [], None
    for name in CONTESTANTS:
        if name not in left_out:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                one, sums = pool.apply(_timed, (name, folder, days, runs))
            timed.append(one)
            expected = expected or sums
            assert sums in (None, expected), f"{name}: {sums}, ours {expected}"
    return Compared(timed, left_out)


def fill(store: Store, *, messages: int, days: int) -> None:
    """Import random messages as one file."""
    with store.importing(Clock()) as under_way:
        for batch in message_batches(messages, days=days):
            under_way.writer.add("messages", batch)
        file = {"file_name": "benchmark", "file_hash": "benchmark", "file_bytes": 0, "shop": SHOP}
        under_way.commit(file=file | {"platform": "canonical", "exported_at": None}, report={})


def _why_not(name: str, without: Collection[str]) -> str | None:
    """Return why a contestant is left out; None of one that runs."""
    tool = name.partition(": ")[2]
    if any(word.lower() in tool.lower() for word in without):
        return "asked for"
    if tool == SPARK and (find_spec("pyspark") is None or which("java") is None):
        return "PySpark or Java is not installed"
    return None


def _timed(name: str, folder: Path, days: int, runs: int) -> tuple[Timed, Sums | None]:
    """Run a contestant until it has run so often, or has taken long enough."""
    ready = CONTESTANTS[name](folder, days)
    wall: list[float] = []
    processor: list[float] = []
    made: Any = None
    while len(wall) < runs and sum(wall) < ENOUGH_SECONDS:
        made = None  # the facts of two runs need not be in memory
        started, used = time.perf_counter(), ready.clock()
        made = ready.work()
        wall.append(time.perf_counter() - started)
        processor.append(ready.clock() - used)
    peak = ready.peak()
    sums = ready.sums(made) if ready.sums is not None else None
    return Timed(name, median(wall), median(processor), peak, len(wall)), sums


def _parquet(folder: Path) -> Path:
    (file,) = (folder / "batches" / "messages").glob("*.parquet")
    return file


def _ours(folder: Path, days: int) -> Ready:
    _walk(folder / "small", SMALL_DAYS)  # compiles once, as every process with a warm cache starts
    return Ready(partial(_walk, folder / "large", days), sums=_our_sums)


def _our_sums(made: list[dict[str, pa.Table]]) -> Sums:
    return sums_of({name: pa.concat_tables([part[name] for part in made]) for name in made[0]})


def _spark(folder: Path, days: int) -> Ready:
    spark = SparkHere()
    for _ in range(2):  # what runs for the first time is interpreted by Java, which no long-lived session feels
        spark.facts(_parquet(folder / "small"))
    work = partial(spark.facts, _parquet(folder / "large"))
    return Ready(work, spark.processor_seconds, spark.peak_megabytes, _as_they_are)


def _as_they_are(sums: Sums) -> Sums:
    return sums


def _of_file(
    work: Callable[[Path], Any], sums: Callable[[Any], Sums] | None = None
) -> Callable[[Path, int], Ready]:  # fmt: skip
    """Return a contestant that needs the file of messages alone."""
    return lambda folder, days: Ready(partial(work, _parquet(folder / "large")), sums=sums)


def _walk(home: Path, days: int) -> list[dict[str, pa.Table]]:
    settings = ShopSettings().on(FIRST_DAY)
    with Store(home) as store:
        snapshot = store.snapshot()
        period = Period(FIRST_DAY, FIRST_DAY + timedelta(days=days - 1))
        slices = store.slices(snapshot, SHOP, first=period.first, last=period.last)
        return list(facts_of_days(store, snapshot, slices, settings=settings, own=frozenset()))


def _read(parquet: Path) -> int:
    file = pq.ParquetFile(parquet, read_dictionary=["buyer", "agent", "sender", "kind"])
    columns = list(columns_needed(ShopSettings().on(FIRST_DAY)))
    return sum(batch.num_rows for batch in file.iter_batches(1_000_000, columns=columns))


def _duckdb_waits(parquet: Path) -> object:
    """Waits of runs of buyer messages by window functions, as one would write them by hand: no sessions, no filters."""
    return duckdb.execute(f"""
        WITH spoken AS (SELECT *, lag(sender) OVER buyer_day AS before FROM read_parquet('{parquet}')
                        WINDOW buyer_day AS (PARTITION BY buyer, local_date ORDER BY sent_at, source_row)),
        runs AS (SELECT *, sum(CASE WHEN sender = 'buyer' AND before IS DISTINCT FROM 'buyer' THEN 1 ELSE 0 END)
                 OVER (PARTITION BY buyer, local_date ORDER BY sent_at, source_row) AS run FROM spoken),
        waits AS (SELECT buyer, local_date, run, min(sent_at) FILTER (sender = 'buyer') AS asked,
                  min(sent_at) FILTER (sender = 'agent' AND NOT auto) AS answered FROM runs GROUP BY ALL)
        SELECT count(answered), sum(epoch(answered - asked)) FROM waits""").fetchall()


def _polars_waits(parquet: Path) -> object:
    by = ["buyer", "local_date"]
    spoken = pl.scan_parquet(parquet).sort(*by, "sent_at", "source_row")
    first_of_run = (pl.col("sender") == "buyer") & (pl.col("sender").shift(1).over(by) != "buyer").fill_null(True)
    runs = spoken.with_columns(first_of_run.cast(pl.Int32).cum_sum().over(by).alias("run"))
    answered = (pl.col("sender") == "agent") & ~pl.col("auto")
    waits = runs.group_by(*by, "run").agg(
        pl.col("sent_at").filter(pl.col("sender") == "buyer").min().alias("asked"),
        pl.col("sent_at").filter(answered).min().alias("answered"),
    )
    return waits.select((pl.col("answered") - pl.col("asked")).sum()).collect()


SPARK = "Spark windows"
CONTESTANTS: dict[str, Callable[[Path, int], Ready]] = {
    "all facts: this project": _ours,
    "limit: read the same columns": _of_file(_read),
    "all facts: Polars": _of_file(facts_by_polars, polars_sums),
    "all facts: DuckDB windows": _of_file(facts_by_sql, _as_they_are),
    f"all facts: {SPARK}": _spark,
    "waits only: DuckDB windows": _of_file(_duckdb_waits),
    "waits only: Polars": _of_file(_polars_waits),
}
