"""What the shop knows beside the chat: the buyer's orders with their notes, product cards, limits of the shop."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import MICROS_PER_SECOND, Clock
from xiaoer.base.local_time import local_days
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.facts.walked import Flags
from xiaoer.inspection.talk import Talk

Row = Mapping[str, Any]
LOOK_BACK = timedelta(days=180)  # an order older than this makes nobody a regular
LOOK_AHEAD = timedelta(days=4)
REGULAR_AFTER = 15 * 86_400 * MICROS_PER_SECOND  # a customer of a younger order has perhaps come about just that
_INSTANTS = ("created_at", "paid_at", "shipped_at", "received_at")
_ORDER = ("order_id", "buyer", *_INSTANTS, "seller_note")
_PRODUCT = ("product_id", "title", "attributes")


@dataclass(frozen=True)
class Known:
    """Orders by buyer (instants in whole microseconds), product cards, the day's settings, who is a regular."""

    settings: DaySettings
    orders: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    products: Sequence[Row] = ()
    regular: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    noted: bool = False  # whether any order has a seller's note: without one nothing can be said of notes


@dataclass(frozen=True)
class ShopKnowledge:
    """A shop's orders and product cards, ready to be asked for the buyers of a talk."""

    orders: pa.Table
    products: pa.Table

    def of(self, talk: Talk, settings: DaySettings) -> Known:
        """Return what is known of the buyers of these conversations."""
        own = self.orders.filter(pc.is_in(self.orders["buyer"], pc.unique(talk.buyer)))
        orders: dict[str, list[Row]] = {}
        for row in own.to_pylist():
            orders.setdefault(row["buyer"], []).append(row)
        starts = talk.at[talk.start] if len(talk) else np.empty(0, np.int64)
        regular = np.zeros(len(starts), np.bool_)
        for number, (buyer, at) in enumerate(zip(talk.buyer.to_pylist(), starts.tolist(), strict=True)):
            regular[number] = _is_regular(orders.get(buyer, ()), at)
        noted = self.orders["seller_note"].null_count < len(self.orders)
        return Known(settings, orders, self.products.to_pylist(), regular, noted)

    def digests(self, settings: ShopSettings, days: Sequence[date]) -> dict[date, str]:
        """Return for each day a name of the orders and cards that its findings can depend on."""
        by_day = _by_day(self.orders, settings.clock)
        cards = _digest(self.products)
        ordered = sorted(by_day)
        named: dict[date, str] = {}
        for day in days:
            near = (by_day[one] for one in ordered if day - LOOK_BACK <= one <= day + LOOK_AHEAD)
            named[day] = hashlib.sha256("".join([cards, *near]).encode()).hexdigest()[:16]
        return named


def shop_knowledge(orders: pa.Table, products: pa.Table) -> ShopKnowledge:
    """Return the shop's orders (those with a buyer) and product cards in the form that findings need."""
    named = orders.filter(pc.is_valid(orders["buyer"])).select(_ORDER)
    for name in _INSTANTS:
        named = named.set_column(named.column_names.index(name), name, named[name].cast(pa.int64()))
    sorted_orders = named.sort_by([("created_at", "ascending"), ("order_id", "ascending")])
    return ShopKnowledge(sorted_orders, products.select(_PRODUCT).sort_by("product_id"))


def _is_regular(orders: Sequence[Row], at: int) -> bool:
    earliest = at - LOOK_BACK // timedelta(microseconds=1)
    paid = (row["paid_at"] for row in orders)
    return any(one is not None and earliest <= one <= at - REGULAR_AFTER for one in paid)


def _by_day(orders: pa.Table, clock: Clock) -> dict[date, str]:
    if not len(orders):
        return {}
    days = local_days(orders["created_at"].cast(pa.timestamp("us")), clock).combine_chunks()
    numbers = days.cast(pa.int32()).to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
    ends = [*starts[1:].tolist(), len(numbers)]
    return {
        days[start].as_py(): _digest(orders.slice(start, end - start))
        for start, end in zip(starts.tolist(), ends, strict=True)
    }


def _digest(rows: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows.combine_chunks())
    return hashlib.sha256(sink.getvalue()).hexdigest()[:16]
