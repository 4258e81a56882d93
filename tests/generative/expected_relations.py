"""The reference's facts written with the columns of the engine's relations."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from tests.reference.facts import Counted
from tests.reference.inquiry import CONVERTED
from tests.reference.messages import AUTO, BUYER, HUMAN
from tests.reference.presence import clock_hours
from tests.reference.rounds import counted_wait
from tests.reference.sales import is_successful, items_of, list_amount, refunded
from tests.reference.shop import Row, Shop

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Columns = dict[str, Callable[[Shop, Any], Any]]


def micros(length: timedelta | None) -> int | None:
    """Return a length in whole microseconds."""
    return None if length is None else length // timedelta(microseconds=1)


def instant(at: datetime | None) -> int | None:
    """Return an instant as relations hold it: whole microseconds since 1970."""
    return None if at is None else micros(at - EPOCH)


def _same(*names: str) -> Columns:
    return {name: partial(_attribute, name) for name in names}


def _instants(*names: str) -> Columns:
    return {name: partial(_instant_attribute, name) for name in names}


def _cells(*names: str) -> Columns:
    return {name: partial(_cell, name) for name in names}


def _attribute(name: str, shop: Shop, one: Any) -> Any:  # noqa: ANN401
    return getattr(one, name)


def _instant_attribute(name: str, shop: Shop, one: Any) -> int | None:  # noqa: ANN401
    return instant(getattr(one, name))


def _cell(name: str, shop: Shop, row: Row) -> Any:  # noqa: ANN401
    return row.get(name)


CONTACT: Columns = _same("buyer", "is_robot") | {
    "agent": lambda shop, one: one.account,
    "filter_reason": lambda shop, one: one.reason,
    "buyer_messages": lambda shop, one: len(one.said(BUYER)),
    "agent_messages": lambda shop, one: len(one.said(HUMAN)),
    "auto_messages": lambda shop, one: len(one.said(AUTO)),
    "agent_characters": lambda shop, one: sum(len(line.text) for line in one.said(HUMAN)),
    "first_human_at": lambda shop, one: instant(one.said(HUMAN)[0].at) if one.said(HUMAN) else None,
    "answered_rounds": lambda shop, one: sum(each.wait is not None for each in one.rounds),
    "slow_waits": lambda shop, one: sum(
        each.wait is not None and each.wait > timedelta(seconds=shop.settings_on(one.day).count("slow_wait_seconds"))
        for each in one.rounds
    ),
    "transferred_out": lambda shop, one: one.has_transfer and not one.said(HUMAN),
    "transferred_in": lambda shop, one: one.transferred_in,
    "handed_over": lambda shop, one: one.handed_over,
}
CONSULTATION: Columns = _same("buyer") | {
    "filter_reason": lambda shop, one: one.reason,
    "filtered": lambda shop, one: one.reason is not None,
    "replied": lambda shop, one: bool(one.said(HUMAN)),
    "unreplied": lambda shop, one: not one.said(HUMAN) and not one.has_transfer,
}
RECEPTION: Columns = _same(
    "buyer",
    "agent",
    "buyer_messages",
    "agent_messages",
    "agent_characters",
    "replied",
    "transferred_out",
    "unreplied",
    "slow",
    "buyer_opened",
    "transferred_in",
    "handed_over",
    "recommendations",
) | _instants("start_at")
SESSION: Columns = (
    _same("buyer", "agent")
    | _instants("start_at", "end_at")
    | {
        "first_human_at": lambda shop, one: instant(one.human_at[0]) if one.human_at else None,
        "last_human_at": lambda shop, one: instant(one.human_at[-1]) if one.human_at else None,
        "first_response_micros": lambda shop, one: micros(one.first_response),
        "buyer_opened": lambda shop, one: one.lines[0].who == BUYER,
        "duration_micros": lambda shop, one: micros(one.duration),
        "long": lambda shop, one: (
            one.duration > timedelta(seconds=shop.settings_on(one.day).count("long_session_seconds"))
        ),
        "answered_rounds": lambda shop, one: len(one.answered),
        "unanswered_rounds": lambda shop, one: len(one.unanswered),
        "wait_micros": lambda shop, one: micros(sum(one.waits, timedelta())),
        "longest_wait_micros": lambda shop, one: micros(max(one.waits, default=timedelta())),
    }
)


def _counted(shop: Shop, one: Any) -> int | None:  # noqa: ANN401
    settings = shop.settings_on(one.day)
    cap = timedelta(seconds=settings.count("wait_cap_seconds"))
    return micros(counted_wait(one.wait, cap=cap, over=settings.text("wait_over_cap")))


def _messages_in_time(shop: Shop, one: Any) -> int:  # noqa: ANN401
    limit = timedelta(seconds=shop.settings_on(one.day).count("message_in_time_seconds"))
    return sum(wait <= limit for wait in one.message_waits)


ROUND: Columns = (
    _same("buyer")
    | _instants("opened_at", "answered_at")
    | {
        "wait_micros": lambda shop, one: micros(one.wait),
        "counted_wait_micros": _counted,
        "messages": lambda shop, one: len(one.asked),
        "messages_in_time": _messages_in_time,
        "message_wait_micros": lambda shop, one: (
            micros(sum(one.message_waits, timedelta())) if one.answer is not None else None
        ),
    }
)
INQUIRY: Columns = _same("outcome") | {
    "buyer": lambda shop, one: one.reception.buyer,
    "start_at": lambda shop, one: instant(one.reception.start_at),
    "is_inquiry": lambda shop, one: one.outcome is not None,
    "ordered": lambda shop, one: one.ordered,
    "converted_next_day": lambda shop, one: one.converted_next_day,
    "converted_same_day": lambda shop, one: one.converted_same_day,
    "ordered_same_day": lambda shop, one: one.ordered_same_day,
    "ordered_next_day": lambda shop, one: one.ordered_next_day,
    "shipped": lambda shop, one: one.shipped,
    "final_amount_paid": lambda shop, one: one.final_amount_paid,
    "same_day_amount_paid": lambda shop, one: one.same_day_amount_paid,
    "recommendations": lambda shop, one: one.reception.recommendations,
    "converted_final": lambda shop, one: one.outcome == CONVERTED,
}
ORDER: Columns = _same("order_agent", "payment_agent", "buyer") | {
    "order_id": lambda shop, one: one.row["order_id"],
    "buyer_by": lambda shop, one: one.found.how,
    "buyer_confidence": lambda shop, one: one.found.confidence,
}
TOLD: Columns = {
    "amount_payable": lambda shop, one: one.row.get("amount_payable"),
    "item_count": lambda shop, one: items_of(shop, one.row),
    "shipped": lambda shop, one: one.row.get("shipped_at") is not None,
}
CREATED: Columns = ORDER | TOLD | {"paid": lambda shop, one: one.paid_at is not None}
PAID: Columns = (ORDER | TOLD) | {
    "postage": lambda shop, one: one.row.get("postage"),
    "list_amount": lambda shop, one: list_amount(shop, one.row),
    "is_deposit": lambda shop, one: bool(one.row.get("is_deposit")),
    "is_cod": lambda shop, one: one.row.get("payment") == "cod",
    "amount_paid": lambda shop, one: one.row["amount_paid"],
    "refunded": lambda shop, one: refunded(shop, one.row["order_id"]),
}


def _clock(shop: Shop, one: Any, at: datetime | None) -> int | None:  # noqa: ANN401
    return None if at is None else micros(clock_hours(shop, one.day, at))


PRESENCE: Columns = _instants("first_online_at", "last_online_at") | {
    "online_micros": lambda shop, one: micros(one.online),
    "away_micros": lambda shop, one: micros(one.away),
    "present_micros": lambda shop, one: micros(one.present),
    "first_online_clock_micros": lambda shop, one: _clock(shop, one, one.first_online_at),
    "last_online_clock_micros": lambda shop, one: _clock(shop, one, one.last_online_at),
    "logins": lambda shop, one: one.logins,
}
REFUND: Columns = _cells("refund_id", "order_id", "kind", "finished_by") | {
    "amount": lambda shop, row: row.get("amount") or Decimal(0),
    "success": lambda shop, row: is_successful(row),
}
RATING: Columns = _cells("buyer", "score")
CALL: Columns = _same("answered", "abandoned", "within_service_level", "minute") | {
    "wait_micros": lambda shop, one: micros(one.wait),
    "talk_micros": lambda shop, one: micros(one.talk),
    "handle_micros": lambda shop, one: micros(one.handle),
}
RELATIONS: dict[str, Columns] = {
    "contact": CONTACT,
    "reception": RECEPTION,
    "consultation": CONSULTATION,
    "session": SESSION,
    "round": ROUND,
    "agent_day": {"max_concurrent": lambda shop, most: most},
    "inquiry": INQUIRY,
    "created_order": CREATED,
    "paid_order": PAID,
    "assist": _same("buyer", "kind"),
    "presence_day": PRESENCE,
    "refund": REFUND,
    "rating": RATING,
    "client_rating": RATING,
    "review": _cells("service_score"),
    "complaint": _cells("complaint_id"),
    "call": CALL,
}
NO_HOUR = {"agent_day", "presence_day"}
# A contact names its account even when that is a robot (a column of its own above); a review is about nobody.
NO_AGENT = {"contact", "review"}


def columns_of(relation: str) -> list[str]:
    """Return the columns that are compared: day, hour and agent where the relation has them, and its own."""
    hour = [] if relation in NO_HOUR else ["hour"]
    agent = [] if relation in NO_AGENT else ["agent"]
    return ["day", *hour, *agent, *RELATIONS[relation]]


def expected_rows(shop: Shop, relation: str, facts: list[Counted]) -> list[Row]:
    """Return the reference's facts as rows of a relation."""
    rows = []
    for one in facts:
        row: Row = {"day": one.day, "hour": one.hour, "agent": one.agent}
        row |= {name: read(shop, one.what) for name, read in RELATIONS[relation].items()}
        rows.append({name: row[name] for name in columns_of(relation)})
    return rows
