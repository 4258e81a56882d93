"""What people correct, made by hand: the log of what was said and withdrawn, and the shop's rows put right by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tests.reference.shop import Row, Shop

OF_ORDERS = ("orders", "order_lines", "refunds", "reviews", "complaints")
Contact = tuple[str, str, date]


@dataclass(frozen=True)
class Said:
    """One correction: of an order, or of a buyer's contact with an account on a day; `value` is who it really was."""

    kind: str
    order_id: str | None = None
    contact: Contact | None = None
    value: str | None = None


@dataclass(frozen=True)
class Withdrawn:
    """What was said first (0), second (1) … no longer holds."""

    place: int


Log = Sequence[Said | Withdrawn]


def holding(log: Log) -> list[Said]:
    """Return what holds at the end of the log: of each order and contact what was said last and not withdrawn."""
    said: list[Said | None] = []
    for entry in log:
        if isinstance(entry, Withdrawn):
            said[entry.place] = None
        else:
            said.append(entry)
    last: dict[object, Said] = {}
    for one in said:
        if one is not None:
            last[one.order_id or one.contact] = one
    return list(last.values())


def put_right(shop: Shop, log: Log) -> Shop:
    """Return the shop with its rows changed by hand as the log's corrections say."""
    tests, moves = set[str | None](), dict[Contact, str | None]()
    credits, reasons = dict[str, str | None](), dict[Contact, str | None]()
    for one in holding(log):
        match one.kind:
            case "test_order":
                tests.add(one.order_id)
            case "order_agent":
                credits[str(one.order_id)] = one.value
            case "contact_agent":
                assert one.contact is not None
                moves[one.contact] = one.value
            case kind:
                assert one.contact is not None
                reasons[one.contact] = {"spam_contact": "corrected", "keep_contact": None}[kind]
    tables = {
        name: [row for row in rows if name not in OF_ORDERS or row.get("order_id") not in tests]
        for name, rows in shop.tables.items()
    }
    tables["messages"] = [_moved(shop, row, moves) for row in shop.rows("messages")]
    # Every account that files name stays one of the shop's own, with or without a contact.
    listed = {row["agent"] for row in shop.rows("agents")}
    tables["own_accounts"] = [{"agent": row["agent"]} for row in shop.rows("messages") if row["agent"] not in listed]
    return replace(shop, tables=tables, credits=credits, reasons=reasons)


def _moved(shop: Shop, row: Row, moves: dict[Contact, str | None]) -> Row:
    who = moves.get((row["buyer"], row["agent"], shop.day(row["sent_at"])), row["agent"])
    return {**row, "agent": who}
