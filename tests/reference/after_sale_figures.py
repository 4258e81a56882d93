"""Figures of refunds, complaints and service scores over the days up to the last one asked for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.reference.facts import Counted
from tests.reference.figures import Figure, Slice, Value, ratio, seconds
from tests.reference.sales import is_successful
from tests.reference.shop import DAY, Row, Shop


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


def _refunds(**wanted: object) -> Callable[[Slice], list[Row]]:
    return lambda rows: [
        row for row in _recent(rows, "refund") if all(row.get(name) == value for name, value in wanted.items())
    ]


def _hours(**wanted: object) -> Figure:
    def mean(rows: Slice) -> Value:
        done = [row for row in _refunds(**wanted)(rows) if row.get("finished_at") is not None]
        total = sum((seconds(row["finished_at"] - row["requested_at"]) for row in done), Fraction(0))
        return ratio(total / 3600, len(done))

    return mean


def _finished_by(whom: str) -> Figure:
    return lambda rows: ratio(sum(row.get("finished_by") == whom for row in _finished(rows)), len(_finished(rows)))


def _granted(rows: Slice) -> list[Row]:
    return [row for row in _recent(rows, "refund") if is_successful(row)]


def _reviews(rows: Slice) -> list[str | None]:
    """Return the ratings of the shop's reviews, whoever's row it is."""
    return [one.what.get("rating") for one in look_back(rows.shop, rows.ever_of_shop["review"], last_day=rows.last_day)]


def _good_reviews(rows: Slice) -> Value:
    known = [rating for rating in _reviews(rows) if rating is not None]
    return ratio(known.count("good"), len(known))


AFTER_SALE: dict[str, Figure] = {
    "refund_success_count": lambda rows: len(_granted(rows)),
    "refund_success_yuan": lambda rows: sum((row.get("amount") or Decimal(0) for row in _granted(rows)), Decimal(0)),
    "refund_only_count": lambda rows: len(_refunds(kind="refund_only")(rows)),
    "return_count": lambda rows: len(_refunds(kind="return")(rows)),
    "refund_only_finish_hours": _hours(kind="refund_only"),
    "return_finish_hours": _hours(kind="return"),
    "self_refund_only_finish_hours": _hours(kind="refund_only", finished_by="merchant"),
    "self_finish_hours": _hours(finished_by="merchant"),
    "platform_help_share": lambda rows: ratio(
        sum(bool(row.get("disputed")) for row in _recent(rows, "refund")), len(_recent(rows, "refund"))
    ),
    "platform_finished_share": _finished_by("platform"),
    "timeout_finished_share": _finished_by("timeout"),
    "upheld_complaint_count": lambda rows: sum(bool(row.get("upheld")) for row in _recent(rows, "complaint")),
    "bad_review_count": lambda rows: _reviews(rows).count("bad"),
    "good_review_share": _good_reviews,
    "refund_count": lambda rows: len(_recent(rows, "refund")),
    "refund_share": _per_paid_order("refund", lambda row: True),
    "dispute_share": _per_paid_order("refund", lambda row: bool(row.get("disputed"))),
    "self_finished_share": _self_finished_share,
    "refund_finish_hours": _finish_hours,
    "complaint_count": lambda rows: len(_recent(rows, "complaint")),
    "complaint_share": _per_paid_order("complaint", lambda row: True),
    "service_dsr": _service_dsr,
}
