"""Buyers of a simulated shop are hidden as platforms hide them, and what is found again is measured by the truth."""

from datetime import date

import pytest

from benchmarks.buyers import buyers_benchmark
from xiaoer.simulator import simulate
from xiaoer.simulator.hidden_buyers import Hidden, hide_buyers
from xiaoer.simulator.simulate import Simulated


@pytest.fixture(scope="module")
def shop() -> Simulated:
    return simulate(seed=7, first_day=date(2024, 9, 1), days=3, messages=1500, agents=3)


@pytest.mark.parametrize(("how", "length"), [(Hidden.FIRST, 3), (Hidden.ENDS, 4)])
def test_a_mask_keeps_what_it_says(shop: Simulated, how: Hidden, length: int) -> None:
    hidden = hide_buyers(shop, how).tables["orders"]["buyer"].to_pylist()
    for before, after in zip(shop.tables["orders"]["buyer"].to_pylist(), hidden, strict=True):
        assert (after[0], len(after)) == (before[0], length)
        assert after.endswith(before[-1] if how is Hidden.ENDS else "**")


def test_absent_buyers_are_absent_and_ids_are_named_in_chats_about_them(shop: Simulated) -> None:
    hidden = hide_buyers(shop, Hidden.ABSENT, named_percent=100)
    assert set(hidden.tables["orders"]["buyer"].to_pylist()) == {None}
    told = [text for text in hidden.tables["messages"]["text"].to_pylist() if text and " 订单号" in text]
    assert len(told) > 5
    known = set(shop.tables["orders"]["order_id"].to_pylist())
    assert {text.rpartition("订单号")[2] for text in told} <= known


def test_ids_are_always_right_and_sure_masks_nearly_always() -> None:
    found = list(buyers_benchmark(messages=2000, agents=2, days=15))
    by_id = next(one for one in found if one.how == "order_id")
    assert by_id.matched == by_id.right > 0
    sure = [one for one in found if one.how == "masked_nick" and one.band in ("90-100", "80-89")]
    assert sum(one.right for one in sure) >= 0.8 * sum(one.matched for one in sure)
