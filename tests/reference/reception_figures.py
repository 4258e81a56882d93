"""Figures of receptions, speed and inquiries."""

from collections.abc import Callable
from datetime import time, timedelta
from fractions import Fraction

from tests.reference.figures import Figure, Slice, Value, mean_seconds, ratio, seconds
from tests.reference.inquiry import CONVERTED, LOST_NOT_ORDERED, LOST_UNPAID, Inquiry
from tests.reference.quantiles import quantile
from tests.reference.receptions import Reception
from tests.reference.rounds import Round, counted_wait


def _receptions(holds: Callable[[Reception], bool]) -> Callable[[Slice], int]:
    return lambda rows: rows.buyers("reception", holds, lambda one: one.buyer)


received = _receptions(lambda one: True)
replied = _receptions(lambda one: one.replied)


def _sum(name: str) -> Callable[[Slice], int]:
    return lambda rows: sum(getattr(one, name) for one in rows.all("reception"))


def _max_concurrent(rows: Slice) -> Value:
    return None if "hour" in rows.by else max(rows.all("agent_day"), default=0)


def _long_sessions(rows: Slice) -> int:
    return sum(
        one.duration > timedelta(seconds=rows.shop.settings_on(one.day).count("long_session_seconds"))
        for one in rows.all("session")
    )


RECEPTION: dict[str, Figure] = {
    "received_buyers": received,
    "replied_buyers": replied,
    "unreplied_buyers": _receptions(lambda one: one.unreplied),
    "transferred_out_buyers": _receptions(lambda one: one.transferred_out),
    "reply_share": lambda rows: ratio(replied(rows), received(rows)),
    "sessions": lambda rows: len(rows.all("session")),
    "buyer_messages": _sum("buyer_messages"),
    "agent_messages": _sum("agent_messages"),
    "agent_characters": _sum("agent_characters"),
    "answer_question_ratio": lambda rows: ratio(_sum("agent_messages")(rows), _sum("buyer_messages")(rows)),
    "max_concurrent": _max_concurrent,
    "long_sessions": _long_sessions,
    "session_seconds_mean": lambda rows: mean_seconds([one.duration for one in rows.all("session")]),
}


def _answered(rows: Slice) -> list[Round]:
    return [one for one in rows.all("round") if one.answered_at is not None]


def counted_waits(rows: Slice) -> list[timedelta]:
    """Return the waits as an average counts them: capped, kept, or left out."""
    waits = []
    for one in _answered(rows):
        settings = rows.shop.settings_on(one.day)
        cap = timedelta(seconds=settings.count("wait_cap_seconds"))
        counted = counted_wait(one.wait, cap=cap, over=settings.text("wait_over_cap"))
        waits += [counted] if counted is not None else []
    return waits


def _quantile(share: Fraction) -> Figure:
    return lambda rows: quantile([seconds(one.wait) for one in _answered(rows) if one.wait is not None], share)


def _three_minute_share(rows: Slice) -> Value:
    asked = [one for one in rows.all("round") if rows.shop.local(one.opened_at).time() >= time(8)]
    in_time = [one for one in asked if one.wait is not None and one.wait <= timedelta(minutes=3)]
    return ratio(len(in_time), len(asked))


def _first_response(rows: Slice) -> Value:
    return mean_seconds([one.first_response for one in rows.all("session") if one.first_response is not None])


SPEED: dict[str, Figure] = {
    "rounds": lambda rows: len(rows.all("round")),
    "answered_rounds": lambda rows: len(_answered(rows)),
    "first_response_seconds": _first_response,
    "average_response_seconds": lambda rows: mean_seconds(counted_waits(rows)),
    "median_response_seconds": _quantile(Fraction(1, 2)),
    "p90_response_seconds": _quantile(Fraction(9, 10)),
    "three_minute_share": _three_minute_share,
    "slow_buyers": _receptions(lambda one: one.slow),
}


def _inquiries(holds: Callable[[Inquiry], bool]) -> Callable[[Slice], int]:
    return lambda rows: rows.buyers("inquiry", holds, lambda one: one.reception.buyer)


_counted = _inquiries(lambda one: one.counts)
_next_day = _inquiries(lambda one: one.counts and one.converted_next_day)
_final = _inquiries(lambda one: one.outcome == CONVERTED)

INQUIRY: dict[str, Figure] = {
    "inquiry_buyers": _counted,
    "inquiry_buyers_all": _inquiries(lambda one: one.outcome is not None),
    "after_sale_buyers": _inquiries(lambda one: one.outcome is None),
    "ordered_buyers": _inquiries(lambda one: one.counts and one.ordered),
    "converted_buyers_next_day": _next_day,
    "converted_buyers_final": _final,
    "conversion_share_next_day": lambda rows: ratio(_next_day(rows), _counted(rows)),
    "conversion_share_final": lambda rows: ratio(_final(rows), _counted(rows)),
    "lost_not_ordered_buyers": _inquiries(lambda one: one.outcome == LOST_NOT_ORDERED),
    "lost_unpaid_buyers": _inquiries(lambda one: one.outcome == LOST_UNPAID),
}
