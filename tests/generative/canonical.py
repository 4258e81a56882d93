"""Made-up shops as the engine takes them: Arrow tables with every canonical column."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa

from tests.reference.shop import Row, Shop
from xiaoer.base.tables import Kind, canonical_tables

# What intake makes of a value: instants are UTC without an offset, money has four places.
STORED: dict[Kind, Callable[[Any], Any]] = {
    Kind.INSTANT: lambda value: value.replace(tzinfo=None),
    Kind.MONEY: lambda value: value.quantize(Decimal("0.0001")),
}


def canonical(shop: Shop) -> dict[str, pa.Table]:
    """Return every canonical table of a shop; an unknown value is null, a default is filled in."""
    return {name: _arrow(name, shop.rows(name)) for name in canonical_tables()}


def _arrow(name: str, rows: list[Row]) -> pa.Table:
    table = canonical_tables()[name]
    stored = []
    for position, row in enumerate(rows, start=1):
        values = {column.name: _stored(row.get(column.name), column.kind, column.default) for column in table.columns}
        stored.append(values | {"shop": row.get("shop", "shop"), "source_row": row.get("source_row", position)})
    return pa.Table.from_pylist(stored, schema=table.schema)


def _stored(value: Any, kind: Kind, default: str | None) -> Any:  # noqa: ANN401
    if value is None and default is not None:
        value = default == "true" if kind is Kind.FLAG else default
    return value if value is None or kind not in STORED else STORED[kind](value)
