"""The load-adjusted figures of any made-up shop are exactly the reference's, and together expect what was observed."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.generative.busy_shop import BUSY
from tests.generative.canonical import canonical
from tests.generative.engine import declared_metrics
from tests.generative.moments import DAYS
from tests.generative.shops import POLICIES, periods, shops
from tests.reference.load_adjusted import ENDS, load_adjusted
from tests.reference.shop import Shop
from tests.reference.talk import june
from xiaoer.base.days import Period
from xiaoer.base.tables import canonical_tables
from xiaoer.facts.relations import relations_of
from xiaoer.metrics import (
    Dimension,
    Found,
    LoadAdjusted,
    Report,
    Request,
    adjusted_rows,
    assemble_report,
    compile_report,
    strata_request,
)
from xiaoer.store.engine import Engine

METRICS = tuple(ENDS)


def answered(engine: Engine, request: Request) -> Report:
    declared = declared_metrics()
    rows = engine.query(compile_report(request, declared))
    total = engine.query(compile_report(replace(request, by=()), declared))
    return assemble_report(request, declared, rows=rows, total=total, found=Found(frozenset(canonical_tables())))


def engine_adjusted(shop: Shop, *, period: Period, policy: str) -> dict[str, dict[str, LoadAdjusted]]:
    declared = declared_metrics()
    request = Request(period, METRICS, by=(Dimension.AGENT,), shop=shop.name, policy=policy, settings=shop.settings)
    with relations_of(canonical(shop), shop.settings, policy=policy) as engine:
        rows, strata = answered(engine, request).rows, answered(engine, strata_request(request, declared)).rows
    return {
        name: {
            str(place[0]): one
            for place, one in adjusted_rows(declared[name], declared, request=request, rows=rows, strata=strata).items()
        }
        for name in METRICS
    }


@settings(max_examples=12)
@given(shop=shops(), period=periods(), policy=st.sampled_from(POLICIES))
@example(shop=BUSY, period=Period(DAYS[0], june(30)), policy="order_first")
def test_adjusted_figures_are_the_reference_s(shop: Shop, period: Period, policy: str) -> None:
    found = engine_adjusted(shop, period=period, policy=policy)
    for name in METRICS:
        wanted = load_adjusted(shop, name, period=period, policy=policy)
        given_figures = {agent: one.adjusted for agent, one in found[name].items()}
        assert {agent: given_figures.get(agent) for agent in wanted} == wanted, name
        assert {agent for agent, one in found[name].items() if one.strata} <= set(wanted), name


def test_a_busy_shop_has_figures_to_adjust_and_expects_what_was_observed() -> None:
    found = engine_adjusted(BUSY, period=Period(DAYS[0], june(30)), policy="order_first")
    adjusted = 0
    for name, by_agent in found.items():
        told = [one for one in by_agent.values() if one.strata]
        observed = sum((one.observed or Fraction(0) for one in told), Fraction(0))
        assert sum((one.expected or Fraction(0) for one in told), Fraction(0)) == observed, name
        adjusted += sum(one.adjusted is not None for one in told)
    assert adjusted >= 2
