"""Parquet: columns keep their types; times stay times, everything else becomes text."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoer.base.errors import ReportableError
from xiaoer.intake.raw import RawBatch, RawPiece, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions

BATCH_ROWS = 65_536
MOST_COLUMNS = 2_000
LARGEST_EXACT_FLOAT = 2**53


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the file's one table; a ReportableError when it is damaged or has no columns."""
    with source.open() as stream:
        try:
            file = pq.ParquetFile(stream)
            header = tuple(file.schema_arrow.names)
        except (pa.ArrowException, OSError, ValueError):
            raise ReportableError.of("intake.damaged_file", place=source.place()) from None
        if not header or len(header) > MOST_COLUMNS:
            raise ReportableError.of("intake.no_columns", place=source.place())
        yield RawTable("parquet", source, None, header, 1, _pieces(file, source))


def _pieces(file: pq.ParquetFile, source: Source) -> Iterator[RawPiece]:
    row = 1
    try:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            columns = tuple(_readable(column) for column in batch.columns)
            yield RawBatch(columns, pa.array(np.arange(row, row + batch.num_rows), pa.int64()))
            row += batch.num_rows
    except (pa.ArrowException, OSError, ValueError):
        raise ReportableError.of("intake.damaged_file", place=source.place()) from None


def _readable(column: pa.Array) -> pa.Array:
    """Return the column as timestamps where it is some, else as text."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        return column
    if pa.types.is_floating(column.type):
        return _floats(column)
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, "true", "false")
    if pa.types.is_nested(column.type) or pa.types.is_null(column.type):
        return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())
    try:
        return pc.cast(column, pa.string())
    except pa.ArrowException:
        return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())


def _floats(column: pa.Array) -> pa.Array:
    """Return floats as text: whole ones without a point while they are exact, no number as empty."""
    column = pc.cast(column, pa.float64())
    numbers = pc.if_else(pc.is_finite(column), column, None)
    whole = pc.and_(pc.equal(pc.floor(numbers), numbers), pc.less_equal(pc.abs(numbers), LARGEST_EXACT_FLOAT))
    if not pc.any(whole, min_count=0).as_py():
        return pc.cast(numbers, pa.string())
    integers = pc.cast(pc.cast(pc.if_else(whole, numbers, None), pa.int64()), pa.string())
    return pc.if_else(whole, integers, pc.cast(numbers, pa.string()))


PARQUET = Reader(lambda source: source.head.startswith(b"PAR1"), read)
