"""Another tool's report of the made-up shop, computed by the reference under planted causes."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.functional.reconcile.made_shop import PEOPLE, PERIOD, account, shop
from tests.reference.facts import facts_of
from tests.reference.shop import DAY, Row, Shop
from tests.reference.shop_report import shop_report
from xiaoer.base.days import Period

# Decimals that the other tool shows of each indicator.
PLACES = {
    "received_buyers": 0, "replied_buyers": 0, "unreplied_buyers": 0, "sessions": 0, "reply_share": 4,
    "buyer_messages": 0, "agent_messages": 0, "answer_question_ratio": 4, "session_seconds_mean": 2,
    "average_response_seconds": 2, "first_response_seconds": 2, "three_minute_share": 4, "slow_buyers": 0,
    "inquiry_buyers": 0, "converted_buyers_final": 0, "conversion_share_final": 4, "conversion_share_next_day": 4,
    "after_sale_buyers": 0, "paid_orders": 0, "paying_buyers": 0, "items_sold": 0, "sales_yuan": 2,
    "spend_per_buyer_yuan": 2, "refunded_yuan": 2, "net_sales_yuan": 2,
}  # fmt: skip
INDICATORS = tuple(PLACES)


@dataclass(frozen=True)
class Planted:
    """Why the other tool's figures differ: `names` are the causes that should be found."""

    names: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    policy: str = "order_first"
    known_days: int | None = None
    automatic_replies: bool = False
    instead: dict[str, str] = field(default_factory=dict)
    once: bool = False
    mean_of_days: bool = False
    period: Period = PERIOD

    def __and__(self, other: "Planted") -> "Planted":
        """Return both together."""
        known = [one for one in (self.known_days, other.known_days) if one is not None]
        return Planted(
            self.names + other.names,
            self.settings | other.settings,
            other.policy if other.policy != "order_first" else self.policy,
            min(known, default=None),
            self.automatic_replies or other.automatic_replies,
            self.instead | other.instead,
            self.once or other.once,
            self.mean_of_days or other.mean_of_days,
            other.period if other.period != PERIOD else self.period,
        )


def report_of(planted: Planted, *, indicators: Iterable[str] = INDICATORS) -> dict[str, dict[str, Fraction | None]]:
    """Return by person and indicator what the other tool would show, before it rounds."""
    told = told_shop(planted)
    names = tuple(sorted({*indicators, *_named(planted)}))
    rows = _rows(told, planted, names, planted.period)
    figures = {person: {name: _instead(planted, name, rows[person]) for name in indicators} for person in PEOPLE}
    if planted.mean_of_days:
        _put_mean_of_days(figures, told, planted)
    if planted.once:
        _put_once(figures, told, planted)
    return figures


def shown(indicator: str, value: Fraction | None) -> Decimal | None:
    """Return the value as the other tool shows it."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / value.denominator
    return exact.quantize(Decimal(1).scaleb(-PLACES[indicator]), ROUND_HALF_UP)


def told_shop(planted: Planted) -> Shop:
    """Return the shop as the other tool knows it."""
    made = shop(planted.settings)
    tables = dict(made.tables)
    if planted.automatic_replies:
        tables["messages"] = [row | {"auto": False} for row in tables["messages"]]
    if planted.known_days is not None:
        _forget(tables, made.start_of_day(PERIOD.last + (planted.known_days + 1) * DAY))
    return replace(made, tables=tables)


def _forget(tables: dict[str, list[Row]], end: datetime) -> None:
    """Leave out what happened from an instant on."""
    orders = [row for row in tables["orders"] if row["created_at"] < end]
    tables["orders"] = [
        row if row["paid_at"] is None or row["paid_at"] < end else row | {"paid_at": None} for row in orders
    ]
    tables["refunds"] = [row for row in tables["refunds"] if row["finished_at"] < end]


def _rows(told: Shop, planted: Planted, names: tuple[str, ...], period: Period) -> dict[str, Row]:
    rows = shop_report(told, period=period, by=("agent",), policy=planted.policy, metrics=names)
    found = {row["agent"]: row for row in rows}
    nothing: Row = dict.fromkeys(names)
    return {person: found.get(account(person), nothing) for person in PEOPLE}


def _named(planted: Planted) -> Iterable[str]:
    for formula in planted.instead.values():
        yield from (part for part in formula.split() if part not in "/-")


def _instead(planted: Planted, name: str, row: Row) -> Fraction | None:
    parts = planted.instead.get(name, name).split()
    left = row[parts[0]]
    if len(parts) == 1:
        return None if left is None else Fraction(left)
    right = row[parts[2]]
    return None if not right else Fraction(left) / Fraction(right)


RATES = ("reply_share", "answer_question_ratio", "average_response_seconds", "first_response_seconds",
         "three_minute_share", "conversion_share_final", "conversion_share_next_day")  # fmt: skip


def _put_mean_of_days(figures: dict[str, dict[str, Fraction | None]], told: Shop, planted: Planted) -> None:
    rows = shop_report(told, period=planted.period, by=("agent", "day"), policy=planted.policy, metrics=RATES)
    for person in PEOPLE:
        for name in RATES:
            days = [row[name] for row in rows if row["agent"] == account(person) and row[name] is not None]
            figures[person][name] = Fraction(sum(days)) / len(days) if days else None


def _put_once(figures: dict[str, dict[str, Fraction | None]], told: Shop, planted: Planted) -> None:
    """Count each buyer once in the whole period."""
    facts = facts_of(told, policy=planted.policy)["reception"]
    inside = [one for one in facts if PERIOD.first <= one.day <= PERIOD.last]
    for person in PEOPLE:
        received = {one.what.buyer for one in inside if one.agent == account(person)}
        figures[person]["received_buyers"] = Fraction(len(received))


def cause(name: str, **changed: Any) -> Planted:  # noqa: ANN401 -- the fields of Planted
    """Return one planted cause."""
    return Planted((name,), **changed)


NO_FILTERS = dict.fromkeys(
    ("filter_own_accounts", "filter_listed_nicks", "filter_advertising", "filter_bulk_messages", "filter_monologue",
     "filter_empty_chats", "filter_transferred_shells"), "false",
)  # fmt: skip
SINGLE = (
    cause("policy=payment", policy="payment"),
    cause("policy=order", policy="order"),
    cause("known_days=0", known_days=0),
    cause("no_filters", settings=NO_FILTERS),
    cause("no_advertising_filter", settings={"filter_advertising": "false"}),
    cause("no_monologue_filter", settings={"filter_monologue": "false"}),
    cause("no_bulk_filter", settings={"filter_bulk_messages": "false"}),
    cause("automatic_replies_counted", automatic_replies=True),
    cause("session_gap=300", settings={"session_gap_seconds": "300"}),
    cause("session_gap=1800", settings={"session_gap_seconds": "1800"}),
    cause("wait_from=last", settings={"wait_from": "last"}),
    cause("wait_over_cap=keep", settings={"wait_over_cap": "keep"}),
    cause("wait_over_cap=exclude", settings={"wait_over_cap": "exclude"}),
    cause("wait_cap=300", settings={"wait_cap_seconds": "300"}),
    cause("slow_count=1", settings={"slow_wait_count": "1"}),
    cause("credit_days=1", settings={"credit_days": "1"}),
    cause("credit_days=3", settings={"credit_days": "3"}),
    cause("inquiry_order_days=1", settings={"inquiry_order_days": "1"}),
    cause("after_sale_days=0", settings={"after_sale_days": "0"}),
    cause("final_payment_days=2", settings={"final_payment_days": "2"}),
    cause("consulted", instead={"received_buyers": "consulted_buyers", "reply_share": "platform_reply_share"}),
    cause("received_for_inquiries", instead={
        "inquiry_buyers": "received_buyers",
        "conversion_share_final": "converted_buyers_final / received_buyers",
        "conversion_share_next_day": "converted_buyers_next_day / received_buyers",
    }),
    cause("next_day_for_final", instead={
        "converted_buyers_final": "converted_buyers_next_day", "conversion_share_final": "conversion_share_next_day",
    }),
    cause("refunds_deducted", instead={
        "sales_yuan": "net_sales_yuan", "spend_per_buyer_yuan": "net_sales_yuan / paying_buyers",
    }),
    cause("sessions_for_buyers", instead={"received_buyers": "sessions"}),
    cause("first_for_average", instead={"average_response_seconds": "first_response_seconds"}),
    cause("mean_of_days", mean_of_days=True),
    cause("day_starts_at=06:00", settings={"day_starts_at": "06:00"}),
    cause("ends_early=2024-09-12", period=Period(PERIOD.first, PERIOD.last - 2 * DAY)),
)  # fmt: skip
