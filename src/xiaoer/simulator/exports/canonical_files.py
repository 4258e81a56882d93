"""Canonical tables as CSV (local times, plain amounts) or Parquet."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from xiaoer.simulator.wall_time import UTC_OFFSET_SECONDS

if TYPE_CHECKING:
    from xiaoer.simulator.simulate import Simulated


def write_canonical(
    simulated: "Simulated", folder: Path, *, container: Literal["csv", "parquet"] = "csv"
) -> list[Path]:
    """Write every table as one file named after it, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_table(table, folder / f"{name}.{container}") for name, table in simulated.tables.items()]


def write_table(table: pa.Table, path: Path) -> Path:
    """Write one canonical table without its source_row, in the container that the suffix names, and return the path."""
    kept = table.drop_columns(["source_row"])
    if path.suffix == ".parquet":
        pq.write_table(pa.table([_with_offset(column) for column in kept.columns], names=kept.column_names), path)
    else:
        pa_csv.write_csv(pa.table([_as_text(column) for column in kept.columns], names=kept.column_names), path)
    return path


def _with_offset(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return instants marked as UTC: without an offset a reader takes them for local times."""
    return pc.assume_timezone(column, "UTC") if pa.types.is_timestamp(column.type) else column


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(local_seconds(column), format="%Y-%m-%d %H:%M:%S")
    if pa.types.is_decimal(column.type):
        return pc.cast(pc.cast(column, pa.decimal128(18, 2)), pa.string())
    return column


def local_seconds(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return UTC instants as the shop's wall clock, whole seconds."""
    offset = pa.scalar(UTC_OFFSET_SECONDS * 1_000_000, pa.duration("us"))
    return pc.cast(pc.add(column, offset), pa.timestamp("s"))
