"""Rows that make one record together are read together, wherever in the file they stand."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.raw import BadRow, RawBatch, RawPiece, RawTable
from xiaoer.intake.records_only import cells_of
from xiaoer.intake.values.read_values import as_texts
from xiaoer.intake.values.texts import cleaned

BATCH_ROWS = 65_536


def rows_together(pieces: Iterable[RawPiece], table: RawTable, *, key: int) -> Iterator[RawPiece]:
    """Yield the rows with those of one key side by side in one batch; they are held until all are read.

    What shares its key with a row that could not be read comes as a BadRow: half an order would look like a whole one.
    """
    batches: list[RawBatch] = []
    broken: set[str] = set()
    for piece in pieces:
        if isinstance(piece, RawBatch):
            batches.append(piece)
            continue
        if isinstance(piece, BadRow) and key < len(piece.cells):
            broken |= set(filter(None, cleaned(pa.array([piece.cells[key]], pa.string())).to_pylist()))
        yield piece
    if not batches:
        return
    whole = _one(batches)
    keys = keys_of(whole, key)
    for rows in _runs(keys):
        part = RawBatch(tuple(column.take(rows) for column in whole.columns), whole.lines.take(rows))
        yield from _without_broken(part, table, key=key, broken=broken)


def keys_of(batch: RawBatch, key: int) -> pa.Array:
    """Return the key of every row as text."""
    return cleaned(as_texts(batch.columns[key]))


def part_of_order(table: RawTable, line: int | None) -> Issue:
    """Return the issue of a row that is sound itself but belongs to an order with one that is not."""
    return Issue("intake.part_of_order", Severity.REJECTED, table.source.place(sheet=table.sheet, line=line))


def _one(batches: list[RawBatch]) -> RawBatch:
    width = len(batches[0].columns)
    columns = []
    for index in range(width):
        parts = [batch.columns[index] for batch in batches]
        if len({str(part.type) for part in parts}) > 1:
            parts = [as_texts(part) for part in parts]
        columns.append(pa.concat_arrays(parts))
    return RawBatch(tuple(columns), pa.concat_arrays([batch.lines for batch in batches]))


def _runs(keys: pa.Array) -> Iterator[pa.Array]:
    """Yield positions of rows, those of one key side by side and never parted; keys in the order they first come."""
    codes = keys.dictionary_encode().indices
    numbers = pc.fill_null(codes, -1).to_numpy(zero_copy_only=False)
    order = np.argsort(numbers, kind="stable")
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-2))
    first = 0
    while first < len(order):
        at = np.searchsorted(starts, first + BATCH_ROWS, side="right") - 1
        end = int(starts[at]) if starts[at] > first else int(starts[at + 1]) if at + 1 < len(starts) else len(order)
        end = len(order) if len(order) - first <= BATCH_ROWS else end
        yield pa.array(order[first:end])
        first = end


def _without_broken(batch: RawBatch, table: RawTable, *, key: int, broken: set[str]) -> Iterator[RawPiece]:
    if not broken:
        yield batch
        return
    among = pc.fill_null(pc.is_in(keys_of(batch, key), value_set=pa.array(sorted(broken), pa.string())), False)
    for row in pc.indices_nonzero(among).to_pylist():
        line = batch.lines[row].as_py()
        yield BadRow(line, cells_of(batch, row), (part_of_order(table, line),))
    kept = pc.indices_nonzero(pc.invert(among))
    if len(kept):
        yield RawBatch(tuple(column.take(kept) for column in batch.columns), batch.lines.take(kept))
