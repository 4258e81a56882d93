"""Every figure of every report is exactly the reference's, for any made-up shop."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import cycle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.generative.busy_shop import BUSY
from tests.generative.corners import ONE_FOR_EACH_FILTER
from tests.generative.engine import By, declared_metrics, engine_reports
from tests.generative.made_settings import SWITCHES
from tests.generative.moments import DAYS
from tests.generative.shops import POLICIES, periods, shops
from tests.generative.varied import Varied
from tests.reference.shop import Row, Shop
from tests.reference.shop_report import FIGURES, shop_report
from tests.reference.talk import june
from xiaoer.base.days import Period
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings

TOTAL: By = ()
BYS: tuple[By, ...] = (
    ("agent",),
    ("day",),
    ("hour",),
    ("weekday",),
    ("weekday", "hour"),
    ("shop",),
    ("group",),
    ("agent", "day"),
    ("agent", "hour"),
    ("group", "day"),
    ("shop", "day", "hour"),
)
JUNE = Period(june(1), june(30))
# The engine gives money of four places and floats; the reference is exact.
HALF_OF_A_HUNDREDTH_CENT = Fraction(1, 20_000)
FLOAT_ERROR = Fraction(1, 10**12)


def test_every_public_name_is_declared() -> None:
    assert sorted(set(FIGURES) - set(declared_metrics())) == []


def test_every_metric_has_its_figure_in_the_reference() -> None:
    assert sorted(set(declared_metrics()) - set(FIGURES)) == []


def test_reports_have_the_reference_s_figures() -> None:
    """And every metric, policy and filter, on and off, is tried by some shop: made by chance or by hand."""
    varied, metrics = Varied(), tuple(FIGURES)

    @given(
        shop=shops(),
        period=periods(),
        by=st.sampled_from(BYS),
        policy=st.sampled_from(POLICIES),
    )
    def compared(shop: Shop, period: Period, by: By, policy: str) -> None:
        rows = compare(shop, period, [by, TOTAL], policy, metrics=metrics)
        varied.note(shop, policy=policy, rows=rows, metrics=metrics)

    compared()
    for switch, policy, by in zip((None, *SWITCHES), cycle(POLICIES), cycle(BYS)):
        shop = BUSY if switch is None else switched_off(ONE_FOR_EACH_FILTER, switch)
        rows = compare(shop, JUNE, [by, TOTAL], policy, metrics=metrics)
        varied.note(shop, policy=policy, rows=rows, metrics=metrics)
    assert varied.never(metrics) == {}


def switched_off(shop: Shop, switch: str) -> Shop:
    """Return the shop with one filter switched off."""
    off = DatedValue(switch, THE_FIRST_DAY, len(shop.settings.dated), "false")
    return replace(shop, settings=ShopSettings((*shop.settings.dated, off)))


def test_a_shop_without_anything() -> None:
    compare(Shop(), Period(DAYS[0], DAYS[-1]), [TOTAL, *BYS], "order_first", metrics=tuple(FIGURES))


def compare(shop: Shop, period: Period, bys: list[By], policy: str, *, metrics: tuple[str, ...]) -> list[Row]:
    """Hold the engine's reports against the reference's and return the reference's rows, those of the whole too."""
    found = engine_reports(shop, period=period, bys=bys, policy=policy, metrics=metrics)
    rows = []
    for by in bys:
        wanted = shop_report(shop, period=period, by=by, policy=policy, metrics=metrics)
        assert differences(wanted, found[by], by=by) == []
        rows += wanted
    return rows


def test_what_was_never_tried_is_named() -> None:
    varied = Varied()
    varied.note(BUSY, policy="order", rows=[{"rounds": 0, "reply_share": None}], metrics=("rounds", "reply_share"))
    never = varied.never(("rounds", "reply_share"))
    assert never["policies"] == ["order_first", "payment"]
    assert never["figures"] == ["reply_share"]
    assert "filter_bulk_messages" not in never["filters at work"]  # one buyer of the busy shop writes to everybody
    assert "filter_listed_nicks" in never["filters at work"]
    assert never["filters switched off"] == list(SWITCHES)
    varied.note(switched_off(BUSY, "filter_bulk_messages"), policy="order", rows=[], metrics=())
    assert "filter_bulk_messages" not in varied.never(())["filters switched off"]


def differences(wanted: list[Row], found: list[Row], *, by: By) -> list[str]:
    """Return what is not the same, one sentence each: rows, their order, figures."""
    places = [[tuple(row[name] for name in by) for row in rows] for rows in (wanted, found)]
    if places[0] != places[1]:
        return [f"rows by {by}: reference {places[0]}, engine {places[1]}"]
    return [
        f"{name} at {place}: reference {left[name]!r}, engine {right[name]!r}"
        for place, left, right in zip(places[0], wanted, found, strict=True)
        for name in left.keys() - set(by)
        if not same(left[name], right[name])
    ]


def same(exact: Any, given_value: Any) -> bool:  # noqa: ANN401
    """Return whether the engine's value is the reference's: exact, save for what its own kind of number can hold."""
    if any(value is None or isinstance(value, str | datetime) for value in (exact, given_value)):
        return bool(exact == given_value)
    off = abs(Fraction(given_value) - Fraction(exact))
    if isinstance(given_value, float):
        return off <= FLOAT_ERROR * abs(Fraction(exact))
    # A mean of money is rounded to four places; sums of money and counts are what they are.
    rounds = isinstance(exact, Fraction) and isinstance(given_value, Decimal)
    return off <= (HALF_OF_A_HUNDREDTH_CENT if rounds else 0)


def test_same_knows_a_difference() -> None:
    assert same(Fraction(1, 3), 1 / 3)
    assert same(Fraction(1, 3), Decimal("0.3333"))
    assert same(Decimal("1.10"), Decimal("1.1"))
    assert not same(Fraction(1, 3), 0.333333)
    assert not same(Decimal("1.10"), Decimal("1.1001"))
    assert not same(0, None)
    assert not same(1, 2)
