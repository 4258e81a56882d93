"""Causes planted by the reference are found: each alone, and in pairs; nothing is found where nothing differs."""

from itertools import combinations

import pytest

from tests.functional.reconcile.conftest import Bench
from tests.functional.reconcile.planted import SINGLE, Planted

# What was computed of a cause for one test serves all others: they run in one process.
pytestmark = pytest.mark.xdist_group("bench")


def test_nothing_differs_and_nothing_is_said(bench: Bench) -> None:
    answer = bench.answer(Planted())
    assert (answer.chosen, answer.by_cell) == ((), {})


def test_the_first_cause_that_explains_all_ends_the_search(bench: Bench) -> None:
    answer = bench.answer(SINGLE[0])
    assert tuple(variant.name for variant in answer.chosen) == SINGLE[0].names


@pytest.mark.slow
@pytest.mark.parametrize("planted", SINGLE, ids=lambda planted: planted.names[0])
def test_each_cause_alone_is_named(bench: Bench, planted: Planted) -> None:
    answer = bench.answer(planted)
    assert tuple(variant.name for variant in answer.chosen) == planted.names
    assert answer.by_cell, "it explains something"


# One of each family: every pair is a search of its own, which takes a while.
PAIRED = tuple(
    planted
    for planted in SINGLE
    if planted.names[0]
    in {
        "policy=payment", "known_days=0", "no_advertising_filter", "session_gap=300", "wait_cap=300", "credit_days=1",
        "inquiry_order_days=1", "refunds_deducted",
    }
)  # fmt: skip
PAIRS = tuple(one & other for one, other in combinations(PAIRED, 2))


@pytest.mark.slow
@pytest.mark.parametrize("planted", PAIRS, ids=lambda planted: "+".join(planted.names))
def test_both_causes_of_a_pair_are_named(bench: Bench, planted: Planted) -> None:
    answer = bench.answer(planted)
    assert {variant.name for variant in answer.chosen} == set(planted.names)
