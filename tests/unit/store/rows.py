"""Small canonical rows for tests of the store and the facts."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from xiaoer.base.days import Clock
from xiaoer.base.tables import canonical_tables
from xiaoer.store.store import Store

SHOP = "云上小店"


def at(text: str) -> datetime:
    """Return the UTC instant (without offset, as stored) of a local time in Shanghai."""
    return datetime.fromisoformat(text) - timedelta(hours=8)


def table_of(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Return canonical rows; what a row does not name is null, or the column's default."""
    table = canonical_tables()[name]
    blank = {column.name: None for column in table.columns}
    filled = [{**blank, "shop": SHOP, **row, "source_row": place} for place, row in enumerate(rows, start=1)]
    return pa.Table.from_pylist(filled, schema=table.schema)


def message(buyer: str, agent: str, sent_at: str, sender: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return one message row."""
    row = {"buyer": buyer, "agent": agent, "sent_at": at(sent_at), "sender": sender, "kind": "text", "auto": False}
    return {**row, "text": "亲", **more}


def order(
    order_id: str, buyer: str | None, created_at: str, paid_at: str | None = None, paid: str = "0"
) -> dict[str, Any]:
    """Return one order row."""
    when = at(paid_at) if paid_at else None
    return {
        "order_id": order_id, "buyer": buyer, "created_at": at(created_at), "paid_at": when,
        "amount_paid": Decimal(paid),
    }  # fmt: skip


def put(store: Store, name: str, *, exported_at: str | None = None, **tables: list[dict[str, Any]]) -> int:
    """Import rows of some tables as one file and return its number."""
    with store.importing(Clock()) as under_way:
        for table, rows in tables.items():
            for batch in table_of(table, rows).to_batches():
                under_way.writer.add(table, batch)
        file = {
            "file_name": name, "file_hash": name, "file_bytes": 1, "shop": SHOP, "platform": "canonical",
            "exported_at": exported_at,
        }  # fmt: skip
        return under_way.commit(file=file, report={}).number
