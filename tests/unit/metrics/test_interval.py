"""The interval of a share: published values, what must hold of any, and of which metrics one can be given."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spec.engine_answers import answers
from tests.unit.metrics.random_shop import random_shop
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.settings import ShopSettings
from xiaoer.metrics import Request, Unit, cases_behind, counts_a_part, dimensions_of, interval_of, load_metrics, wilson
from xiaoer.metrics.measure import Part, measures_of

METRICS = load_metrics(Catalog())
PARTS = tuple(name for name, metric in METRICS.items() if counts_a_part(metric, METRICS))
# A part of nothing that can be counted: money, seconds, or things of another table.
NOT_PARTS = (
    "agent_sales_share", "refunded_share", "occupancy_share", "refund_share", "complaint_share", "invited_share",
    "douyin_three_minute_message_share",
)  # fmt: skip


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_values_published_for_the_score_method(hits: int, cases: int, low: float, high: float) -> None:
    found = wilson(hits, cases)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.cases == cases


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int]:
    cases = draw(st.integers(1, 200_000))
    return draw(st.integers(0, cases)), cases


@given(sample=samples())
def test_it_is_a_range_of_shares_around_the_share(sample: tuple[int, int]) -> None:
    hits, cases = sample
    found = wilson(hits, cases)
    assert 0 <= found.low <= hits / cases <= found.high <= 1
    mirrored = wilson(cases - hits, cases)
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((found.low, found.high), abs=1e-12)


@given(sample=samples(), times=st.integers(2, 50))
def test_more_cases_of_the_same_share_make_it_narrower(sample: tuple[int, int], times: int) -> None:
    hits, cases = sample
    one, many = wilson(hits, cases), wilson(hits * times, cases * times)
    assert many.high - many.low < one.high - one.low
    assert one.low <= many.low
    assert many.high <= one.high


def test_nothing_to_divide_by_or_unknown_has_none() -> None:
    assert interval_of({Part.NUMERATOR: Fraction(0), Part.DENOMINATOR: Fraction(0)}) is None
    assert interval_of({Part.NUMERATOR: None, Part.DENOMINATOR: Fraction(3)}) is None
    assert interval_of({Part.NUMERATOR: Fraction(4), Part.DENOMINATOR: Fraction(3)}) is None


def test_only_shares_of_counted_things_have_one() -> None:
    assert {METRICS[name].unit for name in PARTS} == {Unit.SHARE}
    assert {"reply_share", "three_minute_share", "conversion_share_final", "satisfied_share"} <= set(PARTS)
    assert not set(NOT_PARTS) & set(PARTS)


@pytest.mark.parametrize("seed", range(4))
def test_no_numerator_is_ever_more_than_its_denominator(seed: int) -> None:
    period = Period(date(2024, 9, 2), date(2024, 9, 4))
    request = Request(period, PARTS, by=dimensions_of(["agent", "day"]), shop="示例店")
    with answers(random_shop(seed), ShopSettings(), policy="order_first", metrics=METRICS) as session:
        report = session.report(request)
    found = 0
    for row in (*report.rows, report.total):
        for name, parts in row.parts.items():
            over, under = parts[Part.NUMERATOR], parts[Part.DENOMINATOR]
            assert over is not None
            assert under is not None
            assert over <= under, (name, row.dimensions)
            found += over > 0
    assert found > 20


def test_cases_are_what_a_share_or_a_mean_is_over() -> None:
    def cases(name: str, under: int) -> int | None:
        parts = {Part.NUMERATOR: Fraction(1), Part.DENOMINATOR: Fraction(under)}
        return cases_behind(measures_of(METRICS[name], METRICS), parts)

    assert cases("reply_share", 7) == 7
    assert cases("average_response_seconds", 7) == 7
    assert cases("agent_sales_share", 7) is None
    assert cases_behind(measures_of(METRICS["rounds"], METRICS), {Part.VALUE: Fraction(3)}) is None
