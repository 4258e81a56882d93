"""From what happened to the canonical tables, as they stand at the end of the last day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa

from xiaoer.base.tables import canonical_tables
from xiaoer.simulator.attendance import presence_rows
from xiaoer.simulator.calls import call_rows
from xiaoer.simulator.chat_log import ChatLog
from xiaoer.simulator.orders import Order, OrderBook
from xiaoer.simulator.people import Person
from xiaoer.simulator.reviews import review_rows
from xiaoer.simulator.wall_time import UTC_OFFSET_SECONDS, utc_datetime
from xiaoer.simulator.world import world

SENDERS = ("buyer", "agent", "robot", "system")
Row = Mapping[str, Any]


def all_tables(
    random: Random, *, log: ChatLog, book: OrderBook, people: tuple[Person, ...], shop: str, span: tuple[int, int]
) -> dict[str, pa.Table]:
    """Return every canonical table of the shop; what lies at or after the end of `span` is not known yet."""
    first, end = span
    calls_per_day = len(log.at) / ((end - first) / 86_400) / 130
    book.orders.sort(key=lambda order: (order.created, order.order_id))
    orders = [order for order in book.orders if order.created < end]
    rows: dict[str, Iterable[Row]] = {
        "orders": (_order_row(order, end) for order in orders),
        "order_lines": (row for order in orders for row in _line_rows(order, end)),
        "refunds": _refund_rows(orders, end),
        "reviews": review_rows(random, orders, end),
        "ratings": _rating_rows(log, people, end),
        "complaints": _complaint_rows(log, people, end),
        "presence": presence_rows(log, people, first=first, end=end),
        "calls": call_rows(random, people, first=first, end=end, per_day=calls_per_day),
        "agents": (_agent_row(person) for person in people),
        "products": _product_rows(),
    }  # fmt: skip
    tables = {"messages": message_table(log, people, shop=shop, end=end)}
    return tables | {name: table_of(name, found, shop=shop) for name, found in rows.items()}


def table_of(name: str, rows: Iterable[Row], *, shop: str) -> pa.Table:
    """Return rows as the canonical table of that name; what a row does not say is empty."""
    schema = canonical_tables()[name].schema
    listed = [dict(row, shop=shop, source_row=place) for place, row in enumerate(rows, 1)]
    columns = [pa.array([row.get(field.name) for row in listed], type=field.type) for field in schema]
    return pa.table(columns, schema=schema)


def message_order(log: ChatLog, end: int) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Return the places of the messages before `end`, by time, then as they were said."""
    at = np.asarray(log.at, dtype=np.int64)
    order = np.argsort(at, kind="stable")
    return np.asarray(order[at[order] < end], dtype=np.int64)


def message_table(log: ChatLog, people: Sequence[Person], *, shop: str, end: int) -> pa.Table:
    """Return the canonical messages in order of time."""
    order = message_order(log, end)
    accounts = pa.array([*(person.account for person in people), f"{shop}:{world().robot}"], pa.string())
    at = np.asarray(log.at, dtype=np.int64)[order]
    columns = {
        "shop": pa.repeat(pa.scalar(shop), len(order)),
        "buyer": pa.array(log.buyer, pa.string()).take(order),
        "agent": accounts.take(np.asarray(log.account, dtype=np.int64)[order]),
        "sent_at": pa.array((at - UTC_OFFSET_SECONDS) * 1_000_000, pa.timestamp("us")),
        "sender": pa.array(SENDERS).take(np.asarray(log.sender, dtype=np.int64)[order]),
        "text": pa.array(log.text, pa.string()).take(order),
        "kind": pa.array(log.kind, pa.string()).take(order),
        "auto": pa.array(log.auto, pa.bool_()).take(order),
        "transfer_to": pa.array(log.transfer_to, pa.string()).take(order),
        "message_id": pa.array([f"m{place:09d}" for place in range(1, len(order) + 1)], pa.string()),
        "source_row": pa.array(np.arange(1, len(order) + 1), pa.int64()),
    }
    schema = canonical_tables()["messages"].schema
    return pa.table([columns[field.name] for field in schema], schema=schema)


def yuan(fen: int) -> Decimal:
    """Return fen as yuan."""
    return Decimal(fen).scaleb(-2)


def _known(second: int | None, end: int) -> Any:  # noqa: ANN401 -- datetime or None, for Arrow
    return None if second is None or second >= end else utc_datetime(second)


def status_of(order: Order, end: int) -> str:
    """Return the order's state at `end` in one word."""
    if order.closed is not None and order.closed < end:
        return "closed"
    if order.finished is not None and order.finished < end:
        return "success"
    if order.shipped is not None and order.shipped < end:
        return "shipped"
    if order.payment == "cod" or (order.paid is not None and order.paid < end):
        return "paid"
    return "unpaid"


def _order_row(order: Order, end: int) -> Row:
    paid = order.paid is not None and order.paid < end
    closed = _known(order.closed, end)
    return {
        "order_id": order.order_id, "buyer": order.buyer, "created_at": utc_datetime(order.created),
        "paid_at": _known(order.paid, end), "shipped_at": _known(order.shipped, end),
        "received_at": _known(order.received, end), "finished_at": _known(order.finished, end), "closed_at": closed,
        "status": status_of(order, end), "amount_payable": yuan(order.payable_fen),
        "amount_paid": yuan(order.paid_fen if paid else 0), "postage": yuan(order.postage_fen),
        "item_count": sum(line.quantity for line in order.lines), "payment": order.payment,
        "is_deposit": order.is_deposit, "buyer_note": order.buyer_note, "seller_note": order.seller_note,
        "close_reason": order.close_reason if closed else None,
    }  # fmt: skip


def _line_rows(order: Order, end: int) -> Iterable[Row]:
    paid = order.paid is not None and order.paid < end
    for line in order.lines:
        yield {
            "order_id": order.order_id, "line_id": line.line_id, "product_id": product_id(line.product.title),
            "title": line.product.title, "sku": line.sku, "quantity": line.quantity, "unit_price": yuan(line.unit_fen),
            "amount_paid": yuan(line.paid_fen if paid and not order.is_deposit else 0),
        }  # fmt: skip


def _refund_rows(orders: Sequence[Order], end: int) -> Iterable[Row]:
    cases = [order.refund for order in orders if order.refund is not None and order.refund.requested < end]
    for case in sorted(cases, key=lambda case: (case.requested, case.refund_id)):
        done = case.finished is not None and case.finished < end
        yield {
            "refund_id": case.refund_id, "order_id": case.order.order_id, "buyer": case.order.buyer,
            "requested_at": utc_datetime(case.requested), "finished_at": _known(case.finished, end),
            "amount": yuan(case.fen), "kind": case.kind, "reason": case.reason,
            "status": case.status if done else "open", "stage": case.stage, "disputed": case.disputed,
            "finished_by": case.finished_by if done else None, "agent": case.account,
        }  # fmt: skip


def _rating_rows(log: ChatLog, people: Sequence[Person], end: int) -> Iterable[Row]:
    for asked in sorted(log.invitations, key=lambda one: (one.invited or one.rated or 0, one.buyer, one.account)):
        if (asked.invited or asked.rated or 0) < end:
            rated = _known(asked.rated, end)
            yield {
                "buyer": asked.buyer, "agent": people[asked.account].account, "invited_at": _known(asked.invited, end),
                "rated_at": rated, "score": float(asked.score) if rated and asked.score else None,
                "source": asked.source,
            }  # fmt: skip


def _complaint_rows(log: ChatLog, people: Sequence[Person], end: int) -> Iterable[Row]:
    known = [one for one in log.grievances if one.at < end]
    for place, one in enumerate(sorted(known, key=lambda one: (one.at, one.chat.number)), 1):
        closes = one.at + 2 * 86_400
        yield {
            "complaint_id": f"TS{place:06d}", "created_at": utc_datetime(one.at), "buyer": one.chat.buyer,
            "order_id": one.chat.order.order_id if one.chat.order else None, "agent": people[one.chat.agent].account,
            "channel": "旺旺", "category": "服务态度" if one.upheld else "商品问题",
            "upheld": one.upheld if closes < end else None, "closed_at": _known(closes, end),
            "text": f"{one.chat.scenario.label.zh}：{'客服言语不当' if one.upheld else '对处理结果不满意'}",
        }  # fmt: skip


def _agent_row(person: Person) -> Row:
    hired: date = person.hired_on
    return {"agent": person.account, "name": person.name, "group": person.group, "role": person.role,
            "hired_on": hired, "weight": person.weight}  # fmt: skip


def product_id(title: str) -> str:
    """Return the number of a product; chats show the same."""
    return str(620_000_000_000 + sum(map(ord, title)) * 7919)


def _product_rows() -> Iterable[Row]:
    for product in world().products:
        yield {
            "product_id": product_id(product.title), "title": product.title, "category": product.category,
            "list_price": Decimal(product.price),
            "attributes": f"颜色:{'/'.join(product.colours)};尺码:{'/'.join(product.sizes)}",
        }  # fmt: skip


def with_cards(products: pa.Table, cards: Sequence[Mapping[str, str]]) -> pa.Table:
    """Return the products with cards (title, attributes) that staged chats speak of; of a title only the first."""
    rows = [*products.to_pylist(), *({**card, "product_id": product_id(card["title"])} for card in cards)]
    by_title: dict[str, Row] = {}
    for row in rows:
        by_title.setdefault(row["title"], row)
    return table_of("products", by_title.values(), shop=products["shop"][0].as_py()) if cards else products
