"""Made-up orders and refunds: at the ends of sessions and windows, and just beside them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.generative.moments import Moments, days
from tests.reference.shop import Row

STRANGERS = ("lan", "mei", "cat", "stranger", None, "l**")
AMOUNTS = tuple(Decimal(text) for text in ("0", "0.01", "9.99", "10", "199.9999"))
NOW = timedelta()
CREATED = (*[NOW] * 4, timedelta(minutes=5), *days(1, 2, -1, -2, -21))
PAID = (*[NOW] * 4, timedelta(minutes=5), *days(1, 2, 4))


@st.composite
def order_rows(draw: st.DrawFn, moments: Moments, messages: list[Row]) -> list[Row]:
    """Draw two to eight orders, most of a buyer and near what that buyer's chats said."""
    orders = []
    for number in range(draw(st.integers(2, 8))):
        buyers = [row["buyer"] for row in messages] or list(STRANGERS)
        buyer = draw(st.one_of(*[st.sampled_from(buyers)] * 3, st.sampled_from(STRANGERS)))
        spoken = [row["sent_at"] for row in messages if row["buyer"] == buyer]
        orders.append(draw(_order(moments, spoken, order_id=f"o{number}")) | {"buyer": buyer})
    return orders


@st.composite
def _order(draw: st.DrawFn, moments: Moments, spoken: list[datetime], *, order_id: str) -> Row:
    created_at = draw(moments.near(spoken, CREATED))
    is_paid = draw(st.sampled_from((True, True, True, False)))
    paid_at = max(draw(moments.near([*spoken, created_at, created_at], PAID)), created_at) if is_paid else None
    return {
        "shop": "shop",
        "order_id": order_id,
        "created_at": created_at,
        "paid_at": paid_at,
        "closed_at": draw(st.sampled_from((None, None, created_at + timedelta(days=3)))),
        "amount_paid": draw(st.sampled_from(AMOUNTS)) if is_paid else Decimal(0),
        "item_count": draw(st.sampled_from((None, 0, 1, 3))),
        "amount_payable": draw(st.sampled_from((None, *AMOUNTS))),
        "postage": draw(st.sampled_from((None, Decimal(0), Decimal(6)))),
        "shipped_at": draw(st.sampled_from((None, created_at + timedelta(days=1)))),
        "is_deposit": draw(st.sampled_from((None, False, True))),
        "payment": draw(st.sampled_from((None, "online", "cod"))),
    }


def line_rows(orders: list[Row]) -> st.SearchStrategy[list[Row]]:
    """Draw one to eight lines of these orders, quantities and prices known or not."""
    columns = {
        "order_id": tuple(row["order_id"] for row in orders),
        "line_id": ("l1", "l2"),
        "quantity": (None, 0, 1, 1, 3),
        "unit_price": (None, *AMOUNTS),
    }
    drawn = {name: st.sampled_from(values) for name, values in columns.items()}
    row = st.fixed_dictionaries({"shop": st.just("shop"), **drawn})
    return st.lists(row, min_size=1, max_size=8, unique_by=lambda row: (row["order_id"], row["line_id"]))


@st.composite
def refund_rows(draw: st.DrawFn, moments: Moments, orders: list[Row]) -> list[Row]:
    """Draw one to five refunds of these orders or of an unknown one, in every state."""
    order_ids = [*(row["order_id"] for row in orders), "unknown"]
    return [draw(_refund(moments, order_ids, refund_id=f"r{number}")) for number in range(draw(st.integers(1, 5)))]


@st.composite
def _refund(draw: st.DrawFn, moments: Moments, order_ids: list[str], *, refund_id: str) -> Row:
    requested_at = draw(moments.on_clock())
    of: dict[str, Any] = {
        "finished_at": (None, requested_at, requested_at + timedelta(hours=5)),
        "amount": (None, *AMOUNTS),
        "status": (None, "success", "success", "closed", "open"),
        "kind": (None, "refund_only", "refund_only", "return"),
        "disputed": (None, True, False),
        "finished_by": (None, "merchant", "merchant", "platform", "timeout"),
        "agent": (None, "amy", "bea"),
        "order_id": tuple(order_ids),
    }
    row = {"shop": "shop", "refund_id": refund_id, "requested_at": requested_at}
    return row | {name: draw(st.sampled_from(values)) for name, values in of.items()}
