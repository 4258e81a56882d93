"""Writing one import: rows gather in staging, are sorted once, named by their content, and only then become visible."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoer.base.days import Clock
from xiaoer.base.tables import Kind, canonical_tables
from xiaoer.store.engine import Engine, parquet_scan, sql_name, sql_text
from xiaoer.store.home import Home
from xiaoer.store.manifest import BatchFile, Slice
from xiaoer.store.message_columns import SORTED_BY, with_message_columns

RUN_BYTES = 64 * 1024 * 1024
ROW_GROUP_ROWS = 65_536
REPEATED = ("shop", "agent", "sender", "kind")  # columns of few different values


class ImportWriter:
    """Collects the rows of one import in staging; `finish` sorts and places them, still out of sight."""

    def __init__(self, home: Home, clock: Clock, sorter: Engine) -> None:
        self._home = home
        self._clock = clock
        self._sorter = sorter
        self._waiting_bytes: dict[str, int] = defaultdict(int)
        self._waiting: dict[str, list[pa.RecordBatch]] = defaultdict(list)
        self._runs: dict[str, list[Path]] = defaultdict(list)
        self._shops: dict[str, set[str]] = defaultdict(set)
        self._ids_given = False
        self.rows_by_table: dict[str, int] = defaultdict(int)
        self.repeated_by_table: dict[str, int] = {}

    def add(self, table: str, batch: pa.RecordBatch) -> None:
        """Take canonical rows of one table; memory stays bounded, full buffers go to staging."""
        self._waiting[table].append(batch)
        self.rows_by_table[table] += batch.num_rows
        self._waiting_bytes[table] += batch.nbytes
        if self._waiting_bytes[table] >= RUN_BYTES:
            self._spill(table)

    def finish(self) -> tuple[list[BatchFile], list[Slice]]:
        """Return the placed files and message slices (import number 0: the manifest gives the number)."""
        for table in list(self._waiting):
            self._spill(table)
        placed = [self._place(table, runs) for table, runs in sorted(self._runs.items())]
        return [file for file, _ in placed], [part for _, slices in placed for part in slices]

    def _spill(self, table: str) -> None:
        batches = self._waiting.pop(table)
        self._waiting_bytes[table] = 0
        rows = pa.Table.from_batches(batches)
        if table == "messages":
            rows = with_message_columns(rows, self._clock)
            self._ids_given |= rows["message_id"].null_count < len(rows)
        self._shops[table].update(pc.unique(rows["shop"]).to_pylist())
        run = self._home.staging / f"{table}-{len(self._runs[table])}.run.parquet"
        pq.write_table(rows, run, compression="lz4", use_dictionary=list(REPEATED), write_statistics=False)
        self._runs[table].append(run)

    def _place(self, table: str, runs: Sequence[Path]) -> tuple[BatchFile, list[Slice]]:
        staged = self._home.staging / f"{table}.parquet"
        self._sorter.execute(
            f"COPY ({self._sorted_once(table, runs)}) TO {sql_text(str(staged))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
        )
        scan = parquet_scan([staged])
        ((rows, first_at),) = self._sorter.execute(f"SELECT count(*), {_first_at(table)} FROM {scan}")
        shops = sorted(self._shops[table])
        days = self._sorter.execute(_DAYS.format(scan=scan)) if table == "messages" else []
        digest = placed(staged, self._home.batches / table)
        for run in runs:
            run.unlink()
        self.repeated_by_table[table] = self.rows_by_table[table] - int(str(rows))
        file = BatchFile(
            0, table, digest, int(str(rows)), None if first_at is None else int(str(first_at)), tuple(shops)
        )
        return file, _slices(digest, days)

    def _sorted_once(self, table: str, runs: Sequence[Path]) -> str:
        """Return the SQL of the import's rows, one per natural key, in the order they are kept in."""
        scan = parquet_scan(runs)
        if table != "messages":
            return _one_per_key(table, scan)
        if self._ids_given:
            scan = _one_per_id(scan)
        # To compare what is the same in every row is a sixth of the work of sorting.
        order = [name for name, _ in SORTED_BY if name != "shop" or len(self._shops[table]) > 1]
        return f"SELECT * FROM {scan} ORDER BY {', '.join(order)}"


_DAYS = (
    "SELECT shop, local_date, count(*), list_sort(list(DISTINCT agent)) FROM {scan} "
    "GROUP BY shop, local_date ORDER BY shop, local_date"
)


def _slices(digest: str, days: Iterable[Sequence[object]]) -> list[Slice]:
    slices, first_row = [], 0
    for shop, day, rows, accounts in days:
        assert isinstance(day, date) and isinstance(rows, int) and isinstance(accounts, list)
        slices.append(Slice(0, digest, str(shop), day, first_row, rows, tuple(accounts)))
        first_row += rows
    return slices


def _one_per_id(scan: str) -> str:
    """Return the SQL of messages, those with an id once each."""
    one_per_id = (
        "QUALIFY ROW_NUMBER() OVER (PARTITION BY shop, local_date, message_id "
        "ORDER BY sent_at DESC, text DESC NULLS LAST, source_row) = 1"
    )
    return (
        f"(SELECT * FROM {scan} WHERE message_id IS NOT NULL {one_per_id} "
        f"UNION ALL SELECT * FROM {scan} WHERE message_id IS NULL)"
    )


def _one_per_key(table: str, scan: str) -> str:
    """Return the SQL of the rows of a table other than messages, one per natural key, in the order of keys."""
    key = ", ".join(sql_name(name) for name in key_columns(table))
    content = ", ".join(f"{sql_name(column.name)} DESC NULLS LAST" for column in canonical_tables()[table].columns)
    return (
        f"SELECT * FROM (SELECT *, {latest_instant(table)} AS latest_at FROM {scan}) QUALIFY ROW_NUMBER() OVER "
        f"(PARTITION BY {key} ORDER BY latest_at DESC NULLS LAST, {content}) = 1 ORDER BY {key}"
    )


def key_columns(table: str) -> tuple[str, ...]:
    """Return the natural key of a table other than messages; every key starts with the shop."""
    return ("shop", *(name for name in canonical_tables()[table].key if name != "shop"))


def latest_instant(table: str) -> str:
    """Return the SQL of a row's latest time: an export of the same thing made later can only have a later one."""
    instants = [sql_name(c.name) for c in canonical_tables()[table].columns if c.kind is Kind.INSTANT]
    return f"greatest({', '.join(instants)})" if instants else "CAST(NULL AS TIMESTAMP)"


def _first_at(table: str) -> str:
    return "epoch_us(min(sent_at))" if table == "messages" else "NULL"


def placed(staged: Path, folder: Path) -> str:
    """Move a finished file to its content's name, safely on disk, and return the name."""
    with staged.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()[:32]
        os.fsync(content.fileno())
    folder.mkdir(parents=True, exist_ok=True)
    staged.replace(folder / f"{digest}.parquet")
    return digest
