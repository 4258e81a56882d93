"""What is told in parts adds up to the whole, for every agent of any made-up shop and under every policy."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.generative.busy_shop import BUSY
from tests.generative.engine import engine_reports
from tests.generative.moments import DAYS
from tests.generative.shops import POLICIES, shops
from tests.reference.shop import Shop
from tests.reference.talk import june
from xiaoer.base.days import Period

WHOLES: dict[str, tuple[str, ...]] = {
    "received_buyers": ("direct_buyers", "transferred_in_buyers"),
    "inquiry_buyers": ("converted_buyers_final", "lost_buyers"),
    "lost_buyers": ("lost_not_ordered_buyers", "lost_unpaid_buyers"),
    "order_agent_sales_yuan": (
        "own_order_own_payment_yuan",
        "own_order_other_payment_yuan",
        "own_order_silent_payment_yuan",
    ),
    "payment_agent_sales_yuan": (
        "own_order_own_payment_yuan",
        "other_order_own_payment_yuan",
        "silent_order_own_payment_yuan",
    ),
    "total_messages": ("buyer_messages", "agent_messages"),
    "present_seconds": ("service_seconds", "away_seconds"),
    "shop_sales_yuan": ("team_sales_yuan", "silent_sales_yuan"),
}
METRICS = tuple({name for whole, parts in WHOLES.items() for name in (whole, *parts)})
EVERY_DAY = Period(DAYS[0], june(30))


@settings(max_examples=10)
@given(shop=shops(), policy=st.sampled_from(POLICIES))
@example(shop=BUSY, policy="order_first")
@example(shop=BUSY, policy="payment")
def test_parts_add_up(shop: Shop, policy: str) -> None:
    rows = engine_reports(shop, period=EVERY_DAY, bys=[("agent", "day")], policy=policy, metrics=METRICS)[
        ("agent", "day")
    ]
    off = [
        f"{whole} of {row['agent']} on {row['day']}: {row[whole]} ≠ {[row[part] for part in parts]}"
        for row in rows
        for whole, parts in WHOLES.items()
        if row[whole] != sum(row[part] for part in parts)
    ]
    assert off == []
