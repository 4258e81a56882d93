"""Figures of refunds, complaints and service scores over the days up to the last one asked for."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.reference.facts import Counted
from tests.reference.figures import Figure, Slice, Value, ratio, seconds
from tests.reference.shop import DAY, Shop


def _recent(rows: Slice, kind: str) -> list[Any]:
    """Return the things of the look-back that ends with the last day asked for."""
    return [one.what for one in look_back(rows.shop, rows.ever[kind], last_day=rows.last_day)]


def look_back(
    shop: Shop, facts: list[Counted], *, last_day: date, days: str = "after_sale_period_days"
) -> list[Counted]:
    """Return the facts of the days that end with the last one; a setting of that day says how many."""
    first = last_day - (shop.settings_on(last_day).count(days) - 1) * DAY
    return [one for one in facts if first <= one.day <= last_day]


def _per_paid_order(kind: str, holds: Callable[[Any], bool]) -> Figure:
    return lambda rows: ratio(sum(holds(one) for one in _recent(rows, kind)), len(_recent(rows, "paid_order")))


def _finished(rows: Slice) -> list[Any]:
    return [row for row in _recent(rows, "refund") if row.get("finished_at") is not None]


def _self_finished_share(rows: Slice) -> Value:
    return ratio(sum(row.get("finished_by") == "merchant" for row in _finished(rows)), len(_finished(rows)))


def _finish_hours(rows: Slice) -> Value:
    total = sum((seconds(row["finished_at"] - row["requested_at"]) for row in _finished(rows)), Fraction(0))
    return ratio(total / 3600, len(_finished(rows)))


def _service_dsr(rows: Slice) -> Value:
    """Return the shop's score, whoever's row it is: a review names no agent."""
    reviews = look_back(rows.shop, rows.ever_of_shop["review"], last_day=rows.last_day, days="service_score_days")
    known = [Fraction(one.what["service_score"]) for one in reviews if one.what.get("service_score") is not None]
    return ratio(sum(known, Fraction(0)), len(known))


AFTER_SALE: dict[str, Figure] = {
    "refund_count": lambda rows: len(_recent(rows, "refund")),
    "refund_share": _per_paid_order("refund", lambda row: True),
    "dispute_share": _per_paid_order("refund", lambda row: bool(row.get("disputed"))),
    "self_finished_share": _self_finished_share,
    "refund_finish_hours": _finish_hours,
    "complaint_count": lambda rows: len(_recent(rows, "complaint")),
    "complaint_share": _per_paid_order("complaint", lambda row: True),
    "service_dsr": _service_dsr,
}
