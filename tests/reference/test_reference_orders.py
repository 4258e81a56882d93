"""Hand-computed cases that pin the reference itself: whose an order is, and what became of an inquiry."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.reference.facts import facts_of
from tests.reference.shop import Row, Shop
from tests.reference.shop_report import shop_report
from tests.reference.talk import at, june, order, shop_of, talk
from xiaoer.base.days import Period

CHAT = "10T10:00:00 lan amy ask\n10T10:00:30 lan amy reply\n10T10:05:00 lan amy reply"
BOTH = CHAT + "\n10T10:01:00 lan bea ask\n10T10:02:00 lan bea reply"


def credit_of(text: str, one: Row, policy: str = "order_first") -> tuple[str | None, str | None, str | None]:
    """Return the agents of an order: at creation, at payment, by the policy."""
    shop = shop_of(messages=talk(text), orders=[one])
    (found,) = (counted.what for counted in facts_of(shop, policy=policy)["created_order"])
    return found.order_agent, found.payment_agent, found.agent


def outcomes(text: str, *orders: Row, policy: str = "order_first", **settings: str) -> dict[str, str | None]:
    """Return what became of each agent's reception."""
    shop = shop_of(messages=talk(text), orders=list(orders), settings=settings)
    return {one.agent or "": one.what.outcome for one in facts_of(shop, policy=policy)["inquiry"]}


def row_of(shop: Shop, *names: str, policy: str = "order_first", **where: Any) -> Row:  # noqa: ANN401
    """Return one row of a report over June, by the names of `where`."""
    rows = shop_report(shop, period=Period(june(1), june(30)), by=tuple(where), policy=policy, metrics=names)
    return next({name: row[name] for name in names} for row in rows if where.items() <= row.items())


@pytest.mark.parametrize(
    ("created", "agent"),
    [
        ("10T10:00:29.999999", None),
        ("10T10:00:30", "amy"),
        ("10T10:05:00", "amy"),
        ("12T10:05:00", "amy"),
        ("12T10:05:00.000001", None),
    ],
    ids=["before anyone spoke", "as the agent speaks", "at its end", "two days after", "just over two days after"],
)
def test_credit_from_the_first_human_message_to_two_days_after_the_end(created: str, agent: str | None) -> None:
    assert credit_of(CHAT, order("1", "lan", created))[0] == agent


def test_a_session_that_contains_the_instant_comes_before_one_that_ended_earlier() -> None:
    assert credit_of(BOTH, order("1", "lan", "10T10:01:30"))[0] == "amy"
    assert credit_of(BOTH, order("1", "lan", "10T10:04:00"))[0] == "amy"
    assert credit_of(BOTH + "\n10T10:07:00 lan bea reply", order("1", "lan", "10T10:04:00"))[0] == "bea"
    late = BOTH + "\n10T11:00:00 lan bea reply"
    assert credit_of(late, order("1", "lan", "10T12:00:00"))[0] == "bea"


def test_ties_go_to_the_latest_start_then_the_name() -> None:
    same_end = CHAT + "\n10T10:02:00 lan bea ask\n10T10:03:00 lan bea reply\n10T10:05:00 lan bea reply"
    assert credit_of(same_end, order("1", "lan", "10T12:00:00"))[0] == "bea"
    same = "10T10:00:00 lan bea reply\n10T10:00:00 lan amy reply\n10T09:59:00 lan zoe ask"
    # Nobody asked amy or bea, but one of them answered zoe's round; the other is a monologue.
    assert credit_of(same, order("1", "lan", "10T12:00:00"))[0] == "bea"
    asked = same + "\n10T10:00:00 lan amy ask"
    assert credit_of(asked, order("1", "lan", "10T12:00:00"))[0] == "amy"


def test_the_three_policies() -> None:
    text = CHAT + "\n12T10:00:00 lan bea ask\n12T10:01:00 lan bea reply"
    one = order("1", "lan", "10T11:00:00", "12T11:00:00")
    assert credit_of(text, one, "order") == ("amy", "bea", "amy")
    assert credit_of(text, one, "payment") == ("amy", "bea", "bea")
    assert credit_of(text, one, "order_first") == ("amy", "bea", "amy")
    silent_order = order("1", "lan", "09T11:00:00", "10T11:00:00")
    assert credit_of(text, silent_order, "order") == (None, "amy", None)
    assert credit_of(text, silent_order, "order_first") == (None, "amy", "amy")
    assert credit_of(text, order("1", "lan", "10T11:00:00"), "payment") == ("amy", None, None)


@pytest.mark.parametrize("buyer", [None, "", "l**"])
def test_an_order_without_a_known_buyer_is_nobody_s(buyer: str | None) -> None:
    assert credit_of(CHAT, order("1", buyer, "10T11:00:00", "10T11:00:00")) == (None, None, None)


@pytest.mark.parametrize(
    ("created", "outcome"),
    [
        ("10T09:59:59", None),
        ("10T10:00:00", "lost_unpaid"),
        ("12T09:59:59", "lost_unpaid"),
        ("12T10:00:00", "lost_not_ordered"),
    ],
)
def test_the_order_window_of_an_inquiry(created: str, outcome: str | None) -> None:
    assert outcomes(CHAT, order("1", "lan", created)) == {"amy": outcome}


@pytest.mark.parametrize(("created", "outcome"), [("09T10:00:00", None), ("09T09:59:59.999999", "lost_not_ordered")])
def test_the_look_back_of_an_inquiry(created: str, outcome: str | None) -> None:
    assert outcomes(CHAT, order("1", "lan", created), after_sale_days="1") == {"amy": outcome}


@pytest.mark.parametrize(("paid", "outcome"), [("14T10:10:00", "converted"), ("14T10:10:00.000001", "lost_unpaid")])
def test_paid_within_four_days_of_creation(paid: str, outcome: str) -> None:
    assert outcomes(CHAT, order("1", "lan", "10T10:10:00", paid)) == {"amy": outcome}


def test_another_agent_s_order_is_an_assist_unless_one_is_one_s_own() -> None:
    amy, bea = order("1", "lan", "10T10:05:00", "10T11:00:00"), order("2", "lan", "10T10:10:00")
    late = BOTH + "\n10T10:07:00 lan bea reply"
    assert outcomes(late, amy) == {"amy": "assist", "bea": "converted"}
    assert outcomes(BOTH, amy) == {"amy": "converted", "bea": "assist"}
    two = BOTH + "\n10T10:09:00 lan bea reply"
    assert outcomes(two, order("1", "lan", "10T10:00:40", "10T11:00:00"), bea) == {
        "amy": "converted",
        "bea": "lost_unpaid",
    }
    assert outcomes(two, bea, policy="payment") == {"amy": "lost_unpaid", "bea": "lost_unpaid"}


def test_next_day_is_the_day_of_the_reception_or_the_next() -> None:
    names = ("inquiry_buyers", "converted_buyers_next_day", "converted_buyers_final", "conversion_share_next_day")
    for paid, expected in (("11T23:59:59", [1, 1, 1, Fraction(1)]), ("12T00:00:00", [1, 0, 1, Fraction(0)])):
        shop = shop_of(messages=talk(CHAT), orders=[order("1", "lan", "10T10:10:00", paid)])
        assert list(row_of(shop, *names, day=june(10)).values()) == expected


def test_assists_of_both_kinds() -> None:
    text = BOTH + "\n10T12:00:00 lan cat ask\n10T12:01:00 lan cat reply\n10T09:00:00 lan dan ask"
    shop = shop_of(messages=talk(text), orders=[order("1", "lan", "10T10:30:00", "10T12:30:00")])
    assisted = [(one.what.agent, one.what.kind) for one in facts_of(shop, policy="order_first")["assist"]]
    assert sorted(assisted) == [("bea", "order"), ("cat", "follow_up")]
    assert row_of(shop, "assisted_order_buyers", "assisted_follow_up_buyers") == {
        "assisted_order_buyers": 1,
        "assisted_follow_up_buyers": 1,
    }


def test_sales_refunds_and_silent_orders() -> None:
    orders = [
        order("1", "lan", "10T10:10:00", "10T11:00:00", amount_paid=Decimal("30.50"), item_count=2),
        order("2", "lan", "10T10:20:00", "11T11:00:00", amount_paid=Decimal("9.50")),
        order("3", "mei", "10T10:20:00", "11T12:00:00", amount_paid=Decimal("20")),
        order("4", "lan", "10T10:30:00"),
    ]
    refunds = [
        {"order_id": "1", "amount": Decimal("5"), "status": "success", "requested_at": at("20T10:00:00")},
        {
            "order_id": "1",
            "amount": Decimal("7"),
            "status": "closed",
            "requested_at": at("20T10:00:00"),
            "finished_at": at("21T10:00:00"),
        },
        {"order_id": "2", "amount": Decimal("1"), "requested_at": at("20T10:00:00"), "finished_at": at("21T10:00:00")},
        {"order_id": "2", "amount": Decimal("2"), "requested_at": at("20T10:00:00")},
        {"order_id": "9", "amount": Decimal("3"), "status": "success", "requested_at": at("20T10:00:00")},
    ]
    shop = shop_of(messages=talk(CHAT), orders=orders, refunds=refunds)
    expected = {
        "credited_orders": 3,
        "paid_orders": 2,
        "payment_share": Fraction(2, 3),
        "sales_yuan": Decimal("40"),
        "refunded_yuan": Decimal("6"),
        "net_sales_yuan": Decimal("34"),
        "items_sold": 3,
        "paying_buyers": 1,
        "spend_per_buyer_yuan": Fraction(40),
        "price_per_item_yuan": Fraction(40, 3),
        "agent_sales_share": Fraction(2, 3),
    }
    assert row_of(shop, *expected, agent="amy") == expected
    assert row_of(shop, "sales_yuan", "shop_sales_yuan", "silent_sales_yuan", "silent_spend_per_buyer_yuan") == {
        "sales_yuan": Decimal("40"),
        "shop_sales_yuan": Decimal("60"),
        "silent_sales_yuan": Decimal("20"),
        "silent_spend_per_buyer_yuan": Fraction(20),
    }
    assert row_of(shop, "agent_sales_share", agent="amy", day=june(11)) == {"agent_sales_share": Fraction(19, 59)}
