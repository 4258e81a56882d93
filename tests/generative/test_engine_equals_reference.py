"""Every figure of every report is exactly the reference's, for any made-up shop."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.generative.engine import By, declared_metrics, engine_reports
from tests.generative.moments import DAYS
from tests.generative.shops import POLICIES, periods, shops
from tests.reference.shop import Row, Shop
from tests.reference.shop_report import FIGURES, shop_report
from xiaoer.base.days import Period

BYS: tuple[By, ...] = (
    ("agent",),
    (),
    ("day",),
    ("hour",),
    ("shop",),
    ("group",),
    ("agent", "day"),
    ("agent", "hour"),
    ("group", "day"),
    ("shop", "day", "hour"),
)
# The engine gives money of four places and floats; the reference is exact.
HALF_OF_A_HUNDREDTH_CENT = Fraction(1, 20_000)
FLOAT_ERROR = Fraction(1, 10**12)


def test_every_public_name_is_declared() -> None:
    assert sorted(set(FIGURES) - set(declared_metrics())) == []


def test_every_metric_has_its_figure_in_the_reference() -> None:
    assert sorted(set(declared_metrics()) - set(FIGURES)) == []


@given(
    shop=shops(),
    period=periods(),
    bys=st.lists(st.sampled_from(BYS), min_size=2, max_size=2, unique=True),
    policy=st.sampled_from(POLICIES),
)
@example(shop=Shop(), period=Period(DAYS[0], DAYS[-1]), bys=list(BYS), policy="order_first")
def test_reports_have_the_reference_s_figures(shop: Shop, period: Period, bys: list[By], policy: str) -> None:
    metrics = tuple(name for name in FIGURES if name in declared_metrics())
    found = engine_reports(shop, period=period, bys=bys, policy=policy, metrics=metrics)
    for by in bys:
        wanted = shop_report(shop, period=period, by=by, policy=policy, metrics=metrics)
        assert differences(wanted, found[by], by=by) == []


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
