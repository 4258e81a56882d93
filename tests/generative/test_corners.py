"""The corners, one test each, so that a disagreement is small and has a name."""

import pytest

from tests.generative import corners
from tests.generative.busy_shop import BUSY
from tests.generative.engine import engine_reports
from tests.generative.test_engine_equals_reference import BYS, TOTAL, differences
from tests.generative.test_relations_equal_reference import relation_differences
from tests.reference.shop import Shop
from tests.reference.shop_report import FIGURES, shop_report
from tests.reference.talk import june
from xiaoer.base.days import Period

CORNERS = {name.lower(): shop for name, shop in vars(corners).items() if isinstance(shop, Shop)} | {"busy": BUSY}
JUNE = Period(june(1), june(30))


@pytest.mark.parametrize("shop", CORNERS.values(), ids=CORNERS)
def test_relations_at_a_corner(shop: Shop) -> None:
    assert relation_differences(shop, policy="order_first") == {}


@pytest.mark.parametrize("shop", CORNERS.values(), ids=CORNERS)
def test_figures_at_a_corner(shop: Shop) -> None:
    bys = [TOTAL, *BYS[:3]]
    found = engine_reports(shop, period=JUNE, bys=bys, policy="order_first", metrics=tuple(FIGURES))
    assert [one for by in bys for one in differences(shop_report(shop, period=JUNE, by=by), found[by], by=by)] == []


@pytest.mark.parametrize("policy", ["order", "payment"])
def test_a_busy_shop_by_the_other_policies(policy: str) -> None:
    assert relation_differences(BUSY, policy=policy) == {}
    found = engine_reports(BUSY, period=JUNE, bys=[("agent",)], policy=policy, metrics=tuple(FIGURES))
    wanted = shop_report(BUSY, period=JUNE, by=("agent",), policy=policy)
    assert differences(wanted, found[("agent",)], by=("agent",)) == []


def test_nothing_agrees_by_being_empty() -> None:
    rows = [row for by in (("agent",), ()) for row in shop_report(BUSY, period=JUNE, by=by)]
    assert [name for name in FIGURES if not any(row[name] for row in rows)] == []
