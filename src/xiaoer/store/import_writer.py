"""Writing one import: rows gather in staging, are sorted once, named by their content, and only then become visible."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoer.base.days import Clock
from xiaoer.base.tables import Kind, canonical_tables
from xiaoer.store.engine import Engine, parquet_scan, sql_name, sql_text
from xiaoer.store.home import Home
from xiaoer.store.manifest import BatchFile, Slice
from xiaoer.store.message_writer import REPEATED, MessageWriter

RUN_BYTES = 64 * 1024 * 1024
ROW_GROUP_ROWS = 65_536


class ImportWriter:
    """Collects the rows of one import in staging; `finish` sorts and places them, still out of sight."""

    def __init__(self, home: Home, clock: Clock, sorter: Engine) -> None:
        self._home = home
        self._sorter = sorter
        self._waiting_bytes: dict[str, int] = defaultdict(int)
        self._waiting: dict[str, list[pa.RecordBatch]] = defaultdict(list)
        self._runs: dict[str, list[Path]] = defaultdict(list)
        self._shops: dict[str, set[str]] = defaultdict(set)
        self._messages = MessageWriter(home.staging, clock)
        self.rows_by_table: dict[str, int] = defaultdict(int)
        self.repeated_by_table: dict[str, int] = {}

    def add(self, table: str, batch: pa.RecordBatch) -> None:
        """Take canonical rows of one table; memory stays bounded, full buffers go to staging."""
        self.rows_by_table[table] += batch.num_rows
        if table == "messages":
            self._messages.add(batch)
            return
        self._waiting[table].append(batch)
        self._waiting_bytes[table] += batch.nbytes
        if self._waiting_bytes[table] >= RUN_BYTES:
            self._spill(table)

    def finish(self) -> tuple[list[BatchFile], list[Slice]]:
        """Return the placed files and message slices (import number 0: the manifest gives the number)."""
        for table in list(self._waiting):
            self._spill(table)
        files = [self._place(table, runs) for table, runs in sorted(self._runs.items())]
        if "messages" not in self.rows_by_table:
            return files, []
        messages, slices = self._place_messages()
        return [*files, messages], slices

    def _spill(self, table: str) -> None:
        rows = pa.Table.from_batches(self._waiting.pop(table))
        self._waiting_bytes[table] = 0
        self._shops[table].update(pc.unique(rows["shop"]).to_pylist())
        run = self._home.staging / f"{table}-{len(self._runs[table])}.run.parquet"
        pq.write_table(rows, run, compression="lz4", use_dictionary=list(REPEATED), write_statistics=False)
        self._runs[table].append(run)

    def _place(self, table: str, runs: Sequence[Path]) -> BatchFile:
        staged = self._home.staging / f"{table}.parquet"
        self._sorter.execute(
            f"COPY ({_one_per_key(table, parquet_scan(runs))}) TO {sql_text(str(staged))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
        )
        rows = pq.read_metadata(staged).num_rows
        digest = placed(staged, self._home.batches / table)
        for run in runs:
            run.unlink()
        self.repeated_by_table[table] = self.rows_by_table[table] - rows
        return BatchFile(0, table, digest, rows, None, tuple(sorted(self._shops[table])))

    def _place_messages(self) -> tuple[BatchFile, list[Slice]]:
        digest = placed(self._messages.write(), self._home.batches / "messages")
        slices, rows = [], 0
        for written in self._messages.days:
            slices.append(Slice(0, digest, written.shop, written.day, rows, written.rows, written.accounts))
            rows += written.rows
        self.repeated_by_table["messages"] = self.rows_by_table["messages"] - rows
        shops = tuple(sorted({part.shop for part in slices}))
        return BatchFile(0, "messages", digest, rows, self._messages.first_at, shops), slices


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


def placed(staged: Path, folder: Path) -> str:
    """Move a finished file to its content's name, safely on disk, and return the name."""
    with staged.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()[:32]
        os.fsync(content.fileno())
    folder.mkdir(parents=True, exist_ok=True)
    staged.replace(folder / f"{digest}.parquet")
    return digest
