"""Several rows of a source that are one canonical row: amounts added up once, times and words put together."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.tables import Column, Kind, Table

Row = dict[str, Any]
FIRST_TIMES = frozenset({"created_at", "paid_at", "requested_at"})  # of the others the last is when all of it was done
NOTES = frozenset({"buyer_note", "seller_note", "close_reason"})
# What an order still is when a part of it is over: the first of these that a part is in.
WHOLE = pc.ScalarAggregateOptions(skip_nulls=False)  # a sum with an unknown part is unknown
STATES = pa.array(["success", "shipped", "paid", "unpaid", "closed"])


def disagreeing(batch: pa.RecordBatch, table: Table, sums: Sequence[str]) -> pa.Array:
    """Return the positions of rows whose record is given two amounts where it has only one."""
    money = [column.name for column in table.columns if column.kind is Kind.MONEY and column.name not in sums]
    if not money or not batch.num_rows:
        return pa.array([], pa.int64())
    codes = _codes(batch, table)
    grouped = pa.table({"code": codes, **{name: batch.column(name) for name in money}}).group_by("code")
    counted = grouped.aggregate([(name, "count_distinct") for name in money])
    mask = pc.greater(counted.column(f"{money[0]}_count_distinct"), 1)
    for name in money[1:]:
        mask = pc.or_(mask, pc.greater(counted.column(f"{name}_count_distinct"), 1))
    return pc.indices_nonzero(pc.is_in(codes, value_set=counted.column("code").filter(mask).combine_chunks()))


def rolled_up(batch: pa.RecordBatch, table: Table, sums: Sequence[str], parts: pa.Array | None) -> pa.RecordBatch:
    """Return one row per key. `parts` names the part that a row tells of: a part told twice counts once, as told last.

    Where no key comes twice, that is the batch itself.
    """
    if not batch.num_rows or pc.max(_codes(batch, table)).as_py() == batch.num_rows - 1:
        return batch
    if parts is not None:
        batch = batch.take(_told_once(batch, _codes(batch, table), parts))
    grouped = pa.table([_codes(batch, table), *batch.columns], ["code", *batch.schema.names])
    states = batch.column("status") if "status" in batch.schema.names else pa.nulls(batch.num_rows, pa.string())
    grouped = grouped.append_column("state", pc.index_in(states, value_set=STATES))
    hows = {column.name: _how(column, sums) for column in table.columns}
    hows |= {"source_row": "min", "state": "min"}
    notes = [name for name in batch.schema.names if name in NOTES]
    wanted = [(name, how, WHOLE if how == "sum" else None) for name, how in hows.items()]
    counts = [(name, "count_distinct", None) for name in notes]
    found = grouped.group_by("code", use_threads=False).aggregate([*wanted, *counts])
    columns = {name: found.column(f"{name}_{how}") for name, how in hows.items()}
    if "status" in columns:
        columns["status"] = pc.coalesce(STATES.take(columns["state"]), columns["status"])
    columns |= {name: _all_notes(grouped, found, name) for name in notes}
    whole = pa.table([columns[name] for name in batch.schema.names], batch.schema.names).cast(batch.schema)
    (first,) = whole.sort_by("source_row").combine_chunks().to_batches()
    return first


def _codes(batch: pa.RecordBatch, table: Table) -> pa.Array:
    """Return a number for each row, the same for rows of one key, counted from 0."""
    names = [pc.cast(batch.column(name), pa.string()) for name in table.key]
    joined = pc.binary_join_element_wise(*names, "\x1f", null_handling="replace", null_replacement="")
    return joined.dictionary_encode().indices


def _how(column: Column, sums: Sequence[str]) -> str:
    """Return how the parts of a column make the whole."""
    if column.name in sums:
        return "sum"
    return "max" if column.kind is Kind.INSTANT and column.name not in FIRST_TIMES else "min"


def _all_notes(grouped: pa.Table, found: pa.Table, name: str) -> pa.ChunkedArray:
    """Return the notes, different ones of a record joined: most have one."""
    first = found.column(f"{name}_min")
    several = found.column("code").filter(pc.greater(found.column(f"{name}_count_distinct"), 1)).combine_chunks()
    if not len(several):
        return first
    rows = grouped.filter(pc.is_in(grouped.column("code"), value_set=several))
    said: dict[int, set[str]] = {}
    for code, note in zip(rows.column("code").to_pylist(), rows.column(name).to_pylist(), strict=True):
        said.setdefault(code, set()).update({note} - {None})
    codes = found.column("code").to_pylist()
    joined = ["；".join(sorted(said[code])) if code in said else None for code in codes]
    return pc.coalesce(pa.array(joined, pa.string()), first)


def _told_once(batch: pa.RecordBatch, codes: pa.Array, parts: pa.Array) -> pa.Array:
    """Return the positions to keep: of two tellings of a part the one whose latest time is later."""
    names = pc.binary_join_element_wise(pc.cast(codes, pa.string()), parts, "\x1f").dictionary_encode().indices
    numbers = pc.fill_null(names, -1).to_numpy(zero_copy_only=False)
    counts = np.bincount(numbers + 1)
    twice = np.flatnonzero((counts[numbers + 1] > 1) & (numbers >= 0))
    if not len(twice):
        return pa.array(np.arange(batch.num_rows), pa.int64())
    best: dict[int, tuple[tuple[str, list[tuple[str, str]]], int]] = {}
    for position, row in zip(twice.tolist(), batch.take(pa.array(twice)).to_pylist(), strict=True):
        number, lateness = int(numbers[position]), _lateness(row)
        if number not in best or lateness > best[number][0]:
            best[number] = lateness, position
    kept = {position for _, position in best.values()}
    left_out = np.array([position for position in twice.tolist() if position not in kept], np.int64)
    return pa.array(np.delete(np.arange(batch.num_rows), left_out), pa.int64())


def _lateness(row: Row) -> tuple[str, list[tuple[str, str]]]:
    times = [str(value) for name, value in row.items() if name.endswith("_at") and value is not None]
    return max(times, default=""), sorted((name, str(value)) for name, value in row.items() if name != "source_row")
