"""The rows that move are exactly those that the reference counts on one side only."""

from collections.abc import Callable

import pytest

from tests.functional.reconcile.conftest import Bench
from tests.functional.reconcile.made_shop import PEOPLE, PERIOD, account, shop
from tests.functional.reconcile.planted import SINGLE, Planted, told_shop
from tests.reference.facts import facts_of
from tests.reference.inquiry import CONVERTED
from xiaoer.base.catalog import Catalog
from xiaoer.reconcile.behind import rows_that_move
from xiaoer.reconcile.cause import load_causes, variants_of
from xiaoer.reconcile.moved import Side

# What was computed of a cause for one test serves all others: they run in one process.
pytestmark = pytest.mark.xdist_group("bench")

Keys = Callable[[Planted, str], set[object]]


def orders(planted: Planted, person: str) -> set[object]:
    """Return the orders paid in the period that are a person's."""
    paid = facts_of(told_shop(planted), policy=planted.policy)["paid_order"]
    return {
        one.what.row["order_id"]
        for one in paid
        if one.agent == account(person) and PERIOD.first <= one.day <= PERIOD.last
    }


def receptions(planted: Planted, person: str) -> set[object]:
    """Return the receptions of a person in the period."""
    facts = facts_of(told_shop(planted), policy=planted.policy)["reception"]
    return {
        (one.what.buyer, one.day)
        for one in facts
        if one.agent == account(person) and PERIOD.first <= one.day <= PERIOD.last
    }


def conversions(planted: Planted, person: str) -> set[object]:
    """Return the inquiries of a person in the period that ended in a final payment."""
    facts = facts_of(told_shop(planted), policy=planted.policy)["inquiry"]
    return {
        (one.what.reception.buyer, one.day)
        for one in facts
        if one.agent == account(person) and PERIOD.first <= one.day <= PERIOD.last and one.what.outcome == CONVERTED
    }


CASES = (
    ("policy=payment", "paid_orders", orders),
    ("known_days=0", "converted_buyers_final", conversions),
    ("final_payment_days=2", "converted_buyers_final", conversions),
    ("credit_days=1", "paid_orders", orders),
    ("no_advertising_filter", "received_buyers", receptions),
    ("no_monologue_filter", "received_buyers", receptions),
)


@pytest.mark.parametrize(("name", "metric", "keys"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_rows_are_those_of_the_reference(bench: Bench, name: str, metric: str, keys: Keys) -> None:
    planted = next(one for one in SINGLE if one.names == (name,))
    variant = next(one for one in variants_of(load_causes(Catalog()), PERIOD) if one.name == name)
    moved_at_all = 0
    for person in PEOPLE:
        cell = next(one for one in bench.ours.cells if (one.agent, one.metric) == (account(person), metric))
        rows = rows_that_move(bench.ours.asked, cell, bench.ours.effect((variant,)))
        found = {side: {_key(one.row, keys) for one in rows if one.side is side} for side in Side}
        ours, theirs = keys(Planted(), person), keys(planted, person)
        assert found[Side.OURS] == ours - theirs
        assert found[Side.THEIRS] == theirs - ours
        moved_at_all += len(rows)
    assert moved_at_all


def _key(row: object, keys: Keys) -> object:
    return getattr(row, "reference", None) if keys is orders else (row.buyer, row.day)  # type: ignore[attr-defined]


def test_the_shop_has_every_kind_of_row() -> None:
    facts = facts_of(shop(), policy="order_first")
    assert {one.what.reason for one in facts["contact"]} >= {
        None, "advertising", "bulk_message", "monologue", "own_account", "listed_nick", "transferred_shell",
    }  # fmt: skip
