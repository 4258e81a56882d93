"""Sorted partitions → facts, against reading the same columns and against window functions over the same files."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.facts_by_sql import facts_by_sql, sums_of
from benchmarks.messages import FIRST_DAY, message_batches
from xiaoer.base.days import Clock, Period
from xiaoer.base.settings import ShopSettings
from xiaoer.facts.lines import columns_needed
from xiaoer.facts.up_to_date import facts_of_days
from xiaoer.store.store import Store

SHOP = "云上小店"


@dataclass(frozen=True)
class Timed:
    """One contestant: its name, its seconds and those of the processor, medians of the runs."""

    name: str
    seconds: float
    processor_seconds: float


def facts_benchmark(folder: Path, *, messages: int, days: int, runs: int) -> list[Timed]:
    """Return the sort and the contestants' times over the same rows, all in this one run."""
    with Store(folder) as store:
        made = _timed("generate, sort and write partitions", lambda: fill(store, messages=messages, days=days), 1)
        (file,) = store.snapshot().files
        parquet = store.home.batches / "messages" / f"{file.hash}.parquet"
        ours = _walk(store, days=days)  # compiles once, as every process with a warm cache starts
        together = {name: pa.concat_tables([part[name] for part in ours]) for name in ours[0]}
        assert facts_by_sql(parquet) == sums_of(together), "the same facts"
        return [
            made,
            _timed("all facts: this project", lambda: _walk(store, days=days), runs),
            _timed("limit: read the same columns", lambda: _read(parquet), runs),
            _timed("all facts: DuckDB windows", lambda: facts_by_sql(parquet), runs),
            _timed("waits only: DuckDB windows", lambda: _duckdb_waits(parquet), runs),
            _timed("waits only: Polars", lambda: _polars_waits(parquet), runs),
        ]


def fill(store: Store, *, messages: int, days: int) -> None:
    """Import random messages as one file."""
    with store.importing(Clock()) as under_way:
        for batch in message_batches(messages, days=days):
            under_way.writer.add("messages", batch)
        file = {"file_name": "benchmark", "file_hash": "benchmark", "file_bytes": 0, "shop": SHOP}
        under_way.commit(file=file | {"platform": "canonical", "exported_at": None}, report={})


def _timed(name: str, work: Callable[[], object], runs: int) -> Timed:
    wall, processor = [], []
    for _ in range(runs):
        started, used = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return Timed(name, median(wall), median(processor))


def _walk(store: Store, *, days: int) -> list[dict[str, pa.Table]]:
    settings = ShopSettings().on(FIRST_DAY)
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
