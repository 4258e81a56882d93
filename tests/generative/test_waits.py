"""How responses are spread is the reference's, whatever the shop: each wait, each band, each quantile."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.generative.canonical import canonical
from tests.generative.shops import periods, shops
from tests.reference.facts import facts_of
from tests.reference.figures import seconds
from tests.reference.quantiles import quantile
from tests.reference.shop import Shop
from xiaoer.base.days import MICROS_PER_SECOND, Period
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings
from xiaoer.facts.relations import relations_of
from xiaoer.metrics.waits import Grade, Waited, Waits, bands_of, together, waits_by_whom, waits_steps

QUANTILES = tuple(Decimal(q) for q in ("0", "0.25", "0.5", "0.9", "0.99", "1"))


@given(shop=shops(), period=periods(), waited=st.sampled_from(Waited))
def test_waits_are_the_reference_s(shop: Shop, period: Period, waited: Waited) -> None:
    with relations_of(canonical(shop), shop.settings, policy="order_first") as engine:
        found = waits_by_whom(engine.query(waits_steps(period, waited)).to_pylist())
    expected = reference(shop, period, waited)
    groups = {row["agent"]: row.get("group") for row in shop.rows("agents")}
    assert {whose.agent: waits.times for whose, waits in found.items()} == {
        agent: tuple(sorted(Counter(micros(one) for one in waits).items())) for agent, waits in expected.items()
    }
    assert all(whose.group == groups.get(whose.agent) for whose in found if whose.agent is not None)
    whole, every = together(found.values()), [one for waits in expected.values() for one in waits]
    for q in QUANTILES:
        assert whole.quantile(q) == quantile(every, Fraction(q))
    assert whole.longest == max(every, default=None)


def reference(shop: Shop, period: Period, waited: Waited) -> dict[str | None, list[Fraction]]:
    """Return every wait in seconds by account."""
    found: dict[str | None, list[Fraction]] = {}
    for one in facts_of(shop, policy="order_first")["round" if waited is Waited.EACH else "session"]:
        wait = one.what.wait if waited is Waited.EACH else one.what.first_response
        if wait is not None and period.first <= one.day <= period.last:
            found.setdefault(one.agent, []).append(seconds(wait))
    return found


def micros(value: Fraction) -> int:
    exact = value * MICROS_PER_SECOND
    assert exact.denominator == 1
    return int(exact)


ENDS = st.sampled_from((1, 10, 20, 30, 45, 60, 100, 180, 300, 600, 700))


@given(good=ENDS, normal=ENDS, poor=ENDS, wait=st.integers(0, 800 * MICROS_PER_SECOND))
def test_every_wait_is_in_one_band_of_its_grade(good: int, normal: int, poor: int, wait: int) -> None:
    set_ = {"response_good_seconds": good, "response_normal_seconds": normal, "response_poor_seconds": poor}
    dated = (DatedValue(name, THE_FIRST_DAY, at, str(value)) for at, (name, value) in enumerate(set_.items()))
    bands = bands_of(ShopSettings(tuple(dated)).on(THE_FIRST_DAY))
    for one in (wait, *(second * MICROS_PER_SECOND for second in (good, normal, poor, 180))):
        holding = [band for band in bands if band.holds(one)]
        assert len(holding) == 1
        assert holding[0].grade == graded(one, good=good, normal=max(good, normal), poor=max(good, normal, poor))
    assert sum(Waits(((wait, 3),)).within(band) for band in bands) == 3


def graded(wait: int, *, good: int, normal: int, poor: int) -> Grade:
    """Return what a wait is by the standards."""
    if wait <= good * MICROS_PER_SECOND:
        return Grade.GOOD
    if wait <= normal * MICROS_PER_SECOND:
        return Grade.NORMAL
    return Grade.POOR if wait >= poor * MICROS_PER_SECOND else Grade.SLOW
