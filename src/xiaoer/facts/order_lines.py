"""What an order's lines tell of it: its items where the order does not say, and its amount at list prices."""

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.tables import ARROW_TYPES, Kind

MONEY = ARROW_TYPES[Kind.MONEY]
KEY = ["shop", "order_id"]


def with_lines(orders: pa.Table, lines: pa.Table) -> pa.Table:
    """Return the orders with missing item counts filled from their lines, and `list_amount`.

    `list_amount` is null unless every line's quantity and price are known.
    """
    if len(lines) == 0:
        return orders.append_column("list_amount", pa.nulls(len(orders), MONEY))
    joined = orders.join(_of_orders(lines), keys=KEY, join_type="left outer")
    filled = pc.coalesce(joined["item_count"], joined["quantity_sum"])
    place = joined.schema.get_field_index("item_count")
    return joined.set_column(place, "item_count", filled).select([*orders.column_names, "list_amount"])


def _of_orders(lines: pa.Table) -> pa.Table:
    """Return one row per order: `quantity_sum` of what is known, `list_amount` where all is known."""
    amount = pc.multiply(lines["unit_price"], lines["quantity"].cast(pa.decimal128(19, 0)))
    summed = lines.append_column("amount", amount)
    summed = summed.append_column("unknown", pc.is_null(amount).cast(pa.int64()))
    grouped = summed.group_by(KEY).aggregate([("quantity", "sum"), ("amount", "sum"), ("unknown", "sum")])
    known = pc.equal(grouped["unknown_sum"], 0)
    list_amount = pc.if_else(known, grouped["amount_sum"].cast(MONEY), pa.scalar(None, MONEY))
    return grouped.append_column("list_amount", list_amount).select([*KEY, "quantity_sum", "list_amount"])
