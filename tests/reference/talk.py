"""Small tables for cases: a conversation written as lines, instants of one made-up month."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.reference.shop import Row, Shop
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings

SHANGHAI = ZoneInfo("Asia/Shanghai")
SENDERS = {"ask": "buyer", "reply": "agent", "auto": "agent", "robot": "robot", "note": "system", "transfer": "system"}


def at(text: str) -> datetime:
    """Return an instant of June 2024 from "HH:MM:SS" (the 10th) or "DDTHH:MM:SS", fractions of seconds allowed."""
    day, _, clock = text.rpartition("T")
    return datetime.fromisoformat(f"2024-06-{day or '10'}T{clock}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def june(day: int) -> date:
    """Return a day of June 2024."""
    return date(2024, 6, day)


def talk(text: str) -> list[Row]:
    """Return messages from lines "time buyer account what [text]"; what is ask, reply, auto, robot, note, transfer."""
    rows = []
    for position, line in enumerate(text.strip().splitlines(), start=1):
        when, buyer, account, what, *said = line.split(maxsplit=4)
        rows.append(
            {
                "shop": "shop",
                "buyer": buyer,
                "agent": account,
                "sent_at": at(when),
                "sender": SENDERS[what],
                "text": said[0] if said else None,
                "kind": "transfer" if what == "transfer" else "text",
                "auto": what == "auto",
                "source_row": position,
            }
        )
    return rows


def order(order_id: str, buyer: str | None, created: str, paid: str | None = None, **more: Any) -> Row:  # noqa: ANN401
    """Return an order of 10 yuan and one item, unless said otherwise."""
    row = {"shop": "shop", "order_id": order_id, "buyer": buyer, "created_at": at(created), "item_count": 1}
    return row | {"paid_at": at(paid) if paid else None, "amount_paid": Decimal(10)} | more


def shop_of(*, settings: dict[str, str] | None = None, **tables: list[Row]) -> Shop:
    """Return a shop of these tables with these settings from the first day on."""
    dated = tuple(
        DatedValue(name, THE_FIRST_DAY, seq, value) for seq, (name, value) in enumerate((settings or {}).items())
    )
    return Shop(tables=tables, settings=ShopSettings(dated))
