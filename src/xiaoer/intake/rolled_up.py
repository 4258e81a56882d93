"""Several rows of a source that are one canonical row: amounts added up once, times and words put together."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.tables import Kind, Table

Row = dict[str, Any]
FIRST_TIMES = frozenset({"created_at", "paid_at", "requested_at"})  # of the others the last is when all of it was done
# What an order still is when a part of it is over: the first of these that a part is in.
STATES = ("success", "shipped", "paid", "unpaid", "closed")


def disagreeing(batch: pa.RecordBatch, table: Table, sums: Sequence[str]) -> pa.Array:
    """Return the positions of rows whose record is given two amounts where it has only one."""
    money = [column.name for column in table.columns if column.kind is Kind.MONEY and column.name not in sums]
    if not money or not batch.num_rows:
        return pa.array([], pa.int64())
    keys = pa.array([repr(key) for key in _keys(batch, table)])
    grouped = pa.table({"key": keys, **{name: batch.column(name) for name in money}}).group_by("key")
    counted = grouped.aggregate([(name, "count_distinct") for name in money])
    bad = [pc.greater(counted.column(f"{name}_count_distinct"), 1) for name in money]
    mask = bad[0]
    for other in bad[1:]:
        mask = pc.or_(mask, other)
    return pc.indices_nonzero(pc.is_in(keys, value_set=counted.column("key").filter(mask).combine_chunks()))


def rolled_up(batch: pa.RecordBatch, table: Table, sums: Sequence[str], parts: pa.Array | None) -> pa.RecordBatch:
    """Return one row per key. `parts` names the part that a row tells of: a part told twice counts once, as told last.

    Where no key comes twice, that is the batch itself.
    """
    groups: dict[tuple[Any, ...], list[int]] = {}
    for position, key in enumerate(_keys(batch, table)):
        groups.setdefault(key, []).append(position)
    if len(groups) == batch.num_rows:
        return batch
    alone = [positions[0] for positions in groups.values() if len(positions) == 1]
    several = [positions for positions in groups.values() if len(positions) > 1]
    names = None if parts is None else parts.to_pylist()
    made = [_one(_distinct(batch, positions, names), table, sums) for positions in several]
    together = pa.RecordBatch.from_pylist(made, schema=batch.schema)
    whole = pa.Table.from_batches([batch.take(pa.array(alone, pa.int64())), together])
    (first,) = whole.sort_by("source_row").combine_chunks().to_batches()
    return first


def _keys(batch: pa.RecordBatch, table: Table) -> list[tuple[Any, ...]]:
    return list(zip(*(batch.column(name).to_pylist() for name in table.key), strict=True))


def _distinct(batch: pa.RecordBatch, positions: list[int], names: list[str | None] | None) -> list[Row]:
    """Return the rows of one record, one for each part: of two tellings the one whose latest time is later."""
    rows: list[Row] = batch.take(pa.array(positions, pa.int64())).to_pylist()
    if names is None:
        return rows
    told: dict[str | None, Row] = {}
    unnamed: list[Row] = []
    for position, row in zip(positions, rows, strict=True):
        name = names[position]
        if name is None:
            unnamed.append(row)
        elif name not in told or _lateness(row) > _lateness(told[name]):
            told[name] = row
    return [*told.values(), *unnamed]


def _lateness(row: Row) -> tuple[str, list[tuple[str, str]]]:
    times = [str(value) for name, value in row.items() if name.endswith("_at") and value is not None]
    return max(times, default=""), sorted((name, str(value)) for name, value in row.items() if name != "source_row")


def _one(rows: list[Row], table: Table, sums: Sequence[str]) -> Row:
    one: Row = {"source_row": min(row["source_row"] for row in rows)}
    for column in table.columns:
        values = [row[column.name] for row in rows]
        known = [value for value in values if value is not None]
        if column.name in sums:
            whole = len(known) == len(values)
            one[column.name] = sum(known, Decimal(0) if column.kind is Kind.MONEY else 0) if whole else None
        elif not known:
            one[column.name] = None
        elif column.kind is Kind.INSTANT:
            one[column.name] = min(known) if column.name in FIRST_TIMES else max(known)
        elif column.name == "status":
            one[column.name] = next((state for state in STATES if state in known), min(known))
        elif column.name in ("buyer_note", "seller_note", "close_reason"):
            one[column.name] = "；".join(sorted(set(known)))
        else:
            one[column.name] = min(known)
    return one
