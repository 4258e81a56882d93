"""Who helped whom is the reference's, and each listed assist leads to a chat that the helper had by then."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.generative.busy_shop import BUSY
from tests.generative.canonical import canonical
from tests.generative.shops import POLICIES, periods, shops
from tests.reference.assist import Assist
from tests.reference.facts import Facts, facts_of
from tests.reference.shop import Shop
from tests.reference.talk import june
from xiaoer.base.days import Period
from xiaoer.facts.relations import relations_of
from xiaoer.metrics.assists import Helped, OfPair, helped_steps, listed_steps, pairs_of, pairs_step


@given(shop=shops(), period=periods(), policy=st.sampled_from(POLICIES))
def test_pairs_are_the_reference_s(shop: Shop, period: Period, policy: str) -> None:
    compare(shop, period, policy)


def test_a_busy_shop_has_some_of_each_kind() -> None:
    kinds = {one.kind for policy in POLICIES for one in compare(BUSY, Period(june(1), june(30)), policy)}
    assert kinds == {"order", "follow_up"}


def compare(shop: Shop, period: Period, policy: str) -> list[Helped]:
    """Hold pairs and lists against the reference, and return the pairs."""
    with relations_of(canonical(shop), shop.settings, policy=policy) as engine:
        pairs = pairs_of(engine.query([*helped_steps(period), pairs_step()]).to_pylist())
        lists = {
            one: engine.query([
                *helped_steps(period),
                *listed_steps(
                    OfPair(one.helper, one.credited, one.kind, silent=one.credited is None), first_row=0, rows=1000
                ),
            ]).to_pylist()
            for one in pairs
        }  # fmt: skip
    facts = facts_of(shop, policy=policy)
    told = [one.what for one in facts["assist"] if period.first <= one.day <= period.last]
    assert sorted(map(plain, pairs)) == sorted(map(plain, expected(shop, told)))
    for one, rows in lists.items():
        mine = [each for each in told if (each.agent, each.credited, each.kind) == (one.helper, one.credited, one.kind)]
        assert sorted(row["order_id"] for row in rows) == sorted(each.order_id for each in mine)
        for row in rows:
            each = next(each for each in mine if each.order_id == row["order_id"])
            order = next(one.what for one in facts["created_order"] if one.what.row["order_id"] == each.order_id)
            assert row["chat_day"] == last_chat(shop, facts, one.helper, each.buyer, each.at)
            assert row["credited_day"] == last_chat(
                shop, facts, each.credited, each.buyer, order.paid_at or order.created_at
            )
    return pairs


def last_chat(shop: Shop, facts: Facts, agent: str | None, buyer: str, at: datetime) -> date | None:
    """Return the day of an agent's last session with a buyer that was begun and had a human word by then."""
    begun = [
        one.what.start_at
        for one in facts["session"]
        if (one.agent, one.what.buyer) == (agent, buyer)
        and one.what.start_at <= at
        and one.what.human_at
        and one.what.human_at[0] <= at
    ]
    return shop.day(max(begun)) if begun else None


def plain(one: Helped) -> tuple[object, ...]:
    return one.helper, one.credited or "", one.kind, one.orders, one.buyers, one.paid_yuan


def expected(shop: Shop, told: list[Assist]) -> list[Helped]:
    """Return the pairs of the reference's assists."""
    paid = {row["order_id"]: row["amount_paid"] for row in shop.rows("orders") if row.get("paid_at") is not None}
    by_pair: dict[tuple[str, str | None, str], list[Assist]] = defaultdict(list)
    for one in told:
        by_pair[one.agent, one.credited, one.kind].append(one)
    return [
        Helped(
            *pair, orders=len(each), buyers=len({one.buyer for one in each}),
            paid_yuan=sum((paid.get(one.order_id) or Decimal(0) for one in each), Decimal(0)),
        )
        for pair, each in by_pair.items()
    ]  # fmt: skip
