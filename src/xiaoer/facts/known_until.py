"""Orders and what follows from them as they were known at the end of a local day."""

from collections.abc import Mapping
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import DAY
from xiaoer.base.settings import ShopSettings

# The instant that a row begins to exist with, and those that it may have got later.
_BORN = {
    "orders": "created_at", "refunds": "requested_at", "reviews": "created_at", "complaints": "created_at",
}  # fmt: skip
_LATER = {
    "orders": ("paid_at", "shipped_at", "received_at", "finished_at", "closed_at"),
    "refunds": ("finished_at",),
    "ratings": ("rated_at",),
    "complaints": ("closed_at",),
}
STILL_OPEN = "open"


def known_until(
    canonical: Mapping[str, pa.Table], last: date, shops: Mapping[str, ShopSettings]
) -> dict[str, pa.Table]:
    """Return canonical tables without what happened after a local day; tables that have no such times stay."""
    tables = dict(canonical)
    for name in {*_BORN, *_LATER} & set(tables):
        parts = [
            _known(tables[name].filter(pc.equal(tables[name]["shop"], shop)), name, settings.clock.start_of(last + DAY))
            for shop, settings in shops.items()
        ]
        tables[name] = pa.concat_tables(parts) if parts else tables[name]
    return tables


def _known(rows: pa.Table, table: str, end: datetime) -> pa.Table:
    stop = pa.scalar(end.replace(tzinfo=None), pa.timestamp("us"))
    born = rows[_BORN[table]] if table in _BORN else pc.coalesce(rows["invited_at"], rows["rated_at"])
    rows = rows.filter(pc.fill_null(pc.less(born, stop), True))
    for column in _LATER.get(table, ()):
        later = pc.fill_null(pc.greater_equal(rows[column], stop), False)
        if column == "finished_at" and table == "refunds":
            rows = _with(rows, "status", pc.if_else(later, STILL_OPEN, rows["status"]))
        if column == "rated_at":
            rows = _with(rows, "score", pc.if_else(later, pa.scalar(None, rows["score"].type), rows["score"]))
        rows = _with(rows, column, pc.if_else(later, pa.scalar(None, rows[column].type), rows[column]))
    return rows


def _with(rows: pa.Table, column: str, values: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.column_names.index(column), column, values)
