"""A customer or an order by its whole name: the orders, and the conversations of the last days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc

from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.base.days import DAY, Period
from xiaoer.base.steps import Step
from xiaoer.metrics import Request
from xiaoer.metrics.literal import sql_literal

MOST = 10
DAYS = 31  # of conversations: relations of a month are kept anyway


@dataclass(frozen=True)
class FoundOrder:
    """An order: whose, from which local day, of which amount in yuan."""

    order_id: str
    buyer: str
    created_on: date | None
    amount: Decimal | None


@dataclass(frozen=True)
class FoundChat:
    """A conversation: of whom, with which account, on which local day."""

    buyer: str
    agent: str
    shown: str
    day: date


@dataclass(frozen=True)
class FoundCustomer:
    """What was found, the latest first, at most ten of each."""

    orders: tuple[FoundOrder, ...]
    chats: tuple[FoundChat, ...]


def find_customer(home: Path, shop: str, name: str) -> FoundCustomer:
    """Return the orders of this number or of a customer of this whole name, and the customer's conversations.

    Parts of names find nobody: who may search need not be able to leaf through customers.
    """
    with open_shops(home, shop) as data:
        orders = _orders(data, name)
        buyers = sorted({name, *(one.buyer for one in orders if one.buyer)})
        return FoundCustomer(orders, tuple(_chats(data, buyers)))


def _orders(data: ShopData, name: str) -> tuple[FoundOrder, ...]:
    orders = data.store.current(data.snapshot, "orders", shops=data.shops)
    fits = pc.or_kleene(pc.equal(orders["order_id"], name), pc.equal(orders["buyer"], name))
    rows = orders.filter(fits).select(["order_id", "buyer", "created_at", "amount_paid"]).to_pylist()
    clock = data.settings.clock
    found = [
        FoundOrder(
            row["order_id"], row["buyer"] or "",
            None if row["created_at"] is None else clock.local_day(row["created_at"].replace(tzinfo=UTC)),
            row["amount_paid"],
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (str(one.created_on), one.order_id), reverse=True)[:MOST])


def _chats(data: ShopData, buyers: Iterable[str]) -> Iterable[FoundChat]:
    runs = data.days_with_data()
    if not runs:
        return
    last = runs[-1].last
    period = Period(last - (DAYS - 1) * DAY, last)
    names = ", ".join(sql_literal(one) for one in buyers)
    sql = (
        f"SELECT buyer, agent, day FROM contact WHERE buyer IN ({names}) AND NOT is_robot "
        f"AND day BETWEEN DATE '{period.first}' AND DATE '{period.last}'"
    )
    policy = data.policy(None, last)
    with data.session(Request(period, (), shop=data.shop, policy=policy, settings=data.settings)) as engine:
        rows = engine.query([Step("chats", sql)]).to_pylist()
    shown = data.shown_agents({row["agent"] for row in rows})
    ordered = sorted(rows, key=lambda row: (row["day"], row["agent"], row["buyer"]), reverse=True)
    for row in ordered[:MOST]:
        yield FoundChat(row["buyer"], row["agent"], shown[row["agent"]], row["day"])
