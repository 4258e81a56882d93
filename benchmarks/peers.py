"""The same chain as a good engineer writes it with each tool: a CSV of messages → Parquet → waits by agent and day.

A round opens at the buyer's first message and ends at the first answer that is no automatic one; more than ten minutes
count as ten. One of them makes all the facts that we do on the way. `read_in` writes the tool's own Parquet, `waits`
gives {(agent, day): (answered rounds, Σ seconds)}.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Answer = dict[tuple[str, str], tuple[int, int]]
CAP = 600


@dataclass(frozen=True)
class Peer:
    """One tool: how it reads the CSV into Parquet, and how it gets the answer from that."""

    name: str
    modules: tuple[str, ...]
    read_in: Callable[[Path, Path], object]
    waits: Callable[[Path], Answer]


def peers() -> list[Peer]:
    """Return the tools that are installed."""
    every = (
        Peer("DuckDB SQL", ("duckdb",), duckdb_read_in, duckdb_waits),
        Peer("DuckDB SQL, all facts", ("duckdb",), duckdb_read_in, duckdb_facts),
        Peer("Polars", ("polars",), polars_read_in, polars_waits),
        Peer("pandas", ("pandas", "pyarrow.csv", "pyarrow.parquet"), pandas_read_in, pandas_waits),
        Peer("chDB", ("chdb",), chdb_read_in, chdb_waits),
    )
    return [peer for peer in every if find_spec(peer.modules[0]) is not None]


def duckdb_read_in(csv: Path, parquet: Path) -> object:
    """Write the CSV as Parquet, in its own order."""
    import duckdb

    return duckdb.execute(f"COPY (SELECT * FROM read_csv('{csv}')) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)")


def duckdb_sorted(csv: Path, parquet: Path) -> object:
    """Write the CSV as Parquet, sorted as the partitions are: the least that sorting can cost."""
    import duckdb

    order = "ORDER BY CAST(sent_at AS DATE), buyer, sent_at, place"
    return duckdb.execute(
        f"COPY (SELECT * FROM read_csv('{csv}') {order}) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)"
    )


def duckdb_waits(parquet: Path) -> Answer:
    """Return the answer by window functions."""
    import duckdb

    rows = duckdb.execute(f"""
        WITH spoken AS (SELECT buyer, agent, sender, sent_at, place, CAST(sent_at AS DATE) AS day,
            lag(sender) OVER (PARTITION BY buyer, CAST(sent_at AS DATE) ORDER BY sent_at, place) AS before
          FROM read_parquet('{parquet}') WHERE NOT (auto AND sender = 'agent')),
        runs AS (SELECT *, sum(CASE WHEN sender = 'buyer' AND before IS DISTINCT FROM 'buyer' THEN 1 ELSE 0 END)
          OVER (PARTITION BY buyer, day ORDER BY sent_at, place) AS run FROM spoken),
        waits AS (SELECT agent, day, min(sent_at) FILTER (sender = 'buyer') AS asked,
          min(sent_at) FILTER (sender = 'agent') AS answered FROM runs GROUP BY agent, day, buyer, run)
        SELECT agent, CAST(day AS VARCHAR), count(*), CAST(sum(least(epoch(answered - asked), {CAP})) AS BIGINT)
        FROM waits WHERE asked IS NOT NULL AND answered IS NOT NULL GROUP BY ALL""").fetchall()
    return {(agent, day): (count, seconds) for agent, day, count, seconds in rows}


def duckdb_facts(parquet: Path) -> Answer:
    """Return the answer from contacts, sessions, rounds and most at once, all made by window functions."""
    from benchmarks.facts_by_sql import with_facts

    lines = (
        "SELECT CAST(sent_at AS DATE) AS day, buyer, agent, epoch_us(sent_at) AS moment, sender, auto, "
        f"length(text) AS characters, starts_with(text, '@') AS bulk, place FROM read_parquet('{parquet}')"
    )
    with with_facts(lines) as database:
        rows = database.execute(
            "SELECT agent, CAST(day AS VARCHAR), count(*), CAST(sum(counted_wait_micros) // 1000000 AS BIGINT) "
            "FROM round WHERE answered_at IS NOT NULL GROUP BY ALL"
        ).fetchall()
    return {(agent, day): (count, seconds) for agent, day, count, seconds in rows}


def polars_read_in(csv: Path, parquet: Path) -> object:
    """Write the CSV as Parquet, in its own order."""
    import polars as pl

    return pl.scan_csv(csv, try_parse_dates=True).sink_parquet(parquet)


def polars_waits(parquet: Path) -> Answer:
    """Return the answer by expressions over groups."""
    import polars as pl

    by = ["buyer", "day"]
    spoken = (
        pl.scan_parquet(parquet)
        .filter(~(pl.col("auto") & (pl.col("sender") == "agent")))
        .select("buyer", "agent", "sender", "sent_at", "place", pl.col("sent_at").dt.date().alias("day"))
        .sort(*by, "sent_at", "place")
    )
    begins = (pl.col("sender") == "buyer") & (pl.col("sender").shift(1).over(by) != "buyer").fill_null(True)
    waits = (
        spoken.with_columns(begins.cast(pl.Int32).cum_sum().over(by).alias("run"))
        .group_by("agent", *by, "run")
        .agg(
            pl.col("sent_at").filter(pl.col("sender") == "buyer").min().alias("asked"),
            pl.col("sent_at").filter(pl.col("sender") == "agent").min().alias("answered"),
        )
        .drop_nulls()
        .with_columns((pl.col("answered") - pl.col("asked")).dt.total_seconds().clip(0, CAP).alias("seconds"))
    )
    found = waits.group_by("agent", "day").agg(pl.len(), pl.col("seconds").sum()).collect()
    return {(agent, str(day)): (count, seconds) for agent, day, count, seconds in found.iter_rows()}


def pandas_read_in(csv: Path, parquet: Path) -> object:
    """Write the CSV as Parquet, in its own order."""
    import pandas as pd

    rows: Any = pd.read_csv(csv, engine="pyarrow", parse_dates=["sent_at"])
    return rows.to_parquet(parquet, compression="zstd")


def pandas_waits(parquet: Path) -> Answer:
    """Return the answer by groups of a sorted frame."""
    import pandas as pd

    rows: Any = pd.read_parquet(parquet, columns=["buyer", "agent", "sender", "sent_at", "place", "auto"])
    rows = rows[~(rows["auto"] & (rows["sender"] == "agent"))]
    rows["day"] = rows["sent_at"].dt.date.astype(str)
    rows = rows.sort_values(["buyer", "day", "sent_at", "place"])
    asks = rows["sender"] == "buyer"
    before = rows.groupby(["buyer", "day"], sort=False)["sender"].shift(1)
    rows["run"] = (asks & (before != "buyer")).groupby([rows["buyer"], rows["day"]], sort=False).cumsum()
    keys = ["agent", "day", "buyer", "run"]
    asked = rows[asks].groupby(keys, sort=False)["sent_at"].min()
    answered = rows[~asks].groupby(keys, sort=False)["sent_at"].min()
    both = pd.concat([asked.rename("asked"), answered.rename("answered")], axis=1).dropna()
    seconds = (both["answered"] - both["asked"]).dt.total_seconds().clip(0, CAP)
    found = seconds.groupby(level=["agent", "day"]).agg(["count", "sum"])
    return {key: (int(row["count"]), int(row["sum"])) for key, row in found.iterrows()}


def chdb_read_in(csv: Path, parquet: Path) -> object:
    """Write the CSV as Parquet, in its own order."""
    import chdb

    return chdb.query(f"SELECT * FROM file('{csv}', CSVWithNames) INTO OUTFILE '{parquet}' TRUNCATE FORMAT Parquet")


def chdb_waits(parquet: Path) -> Answer:
    """Return the answer by ClickHouse's window functions."""
    import chdb

    rows = chdb.query(
        f"""
        WITH spoken AS (SELECT buyer, agent, sender, sent_at, place, toDate(sent_at) AS day,
            lagInFrame(sender) OVER (PARTITION BY buyer, toDate(sent_at) ORDER BY sent_at, place
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before
          FROM file('{parquet}', Parquet) WHERE NOT (toString(auto) = 'true' AND sender = 'agent')),
        runs AS (SELECT *, sum(if(sender = 'buyer' AND before != 'buyer', 1, 0))
          OVER (PARTITION BY buyer, day ORDER BY sent_at, place
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run FROM spoken),
        waits AS (SELECT agent, day, minIf(sent_at, sender = 'buyer') AS asked, countIf(sender = 'buyer') AS asks,
          minIf(sent_at, sender = 'agent') AS answered, countIf(sender = 'agent') AS answers
          FROM runs GROUP BY agent, day, buyer, run)
        SELECT agent, toString(day), count(), sum(least(dateDiff('second', asked, answered), {CAP}))
        FROM waits WHERE asks > 0 AND answers > 0 GROUP BY agent, day""",
        "CSV",
    )
    lines = [line.replace('"', "").split(",") for line in str(rows).strip().splitlines()]
    return {(agent, day): (int(count), int(seconds)) for agent, day, count, seconds in lines}
