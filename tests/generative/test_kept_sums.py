"""Whatever is imported, undone, set and corrected in between: sums that were kept give the figures of the rows."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.made_acts import ACTS, Act
from tests.unit.store.rows import SHOP
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.metrics import (
    Found,
    Metric,
    Request,
    assemble_report,
    compile_from_sums,
    compile_report,
    days_needed,
    dimensions_of,
    load_metrics,
    month_sums,
    sums_of_months,
)
from xiaoer.store.store import Store

# Of every relation and every way of counting: once a day or period, quantiles, extremes, scores, windows, the shop's.
NAMES = (
    "received_buyers", "consulted_buyers", "session_seconds_mean", "rounds", "median_response_seconds",
    "longest_response_seconds", "pdd_three_minute_reply_share", "max_concurrent", "inquiry_buyers",
    "conversion_share_final", "credited_orders", "payment_share", "sales_yuan", "refunded_yuan", "paying_buyers",
    "assisted_order_buyers", "shop_sales_yuan", "silent_spend_per_buyer_yuan", "satisfied_share", "service_dsr",
    "refund_share", "first_online_at", "online_hours_per_account",
)  # fmt: skip
PERIODS = (
    Period(date(2024, 7, 1), date(2024, 10, 31)), Period(date(2024, 8, 15), date(2024, 9, 30)),
    Period(date(2024, 9, 1), date(2024, 9, 2)),
)  # fmt: skip
BY = ((), ("agent",), ("day",), ("agent", "day"), ("agent", "month"), ("shop", "week"))
OURS = load_metrics(Catalog())


def with_those_they_name(names: tuple[str, ...]) -> dict[str, Metric]:
    """Return these metrics and the ones that they are made of: fewer than the catalog's, so that sums are made soon."""
    found: dict[str, Metric] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        metric = found[name] = OURS[name]
        parts = metric.ratio or metric.difference
        waiting += [part for part in (dict(parts).values() if parts else ()) if isinstance(part, str)]
    return found


METRICS = with_those_they_name(NAMES)


@pytest.fixture(autouse=True)
def sums_for_any_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_sums, "LONG_DAYS", 0)
    monkeypatch.setattr(month_sums, "FEWEST_MESSAGES", 0)


@settings(max_examples=max(6, settings().max_examples // 4))
@given(
    acts=ACTS, period=st.sampled_from(PERIODS), by=st.sampled_from(BY),
    policy=st.sampled_from(("order_first", "order", "payment")),
)  # fmt: skip
def test_kept_sums_give_the_figures_of_the_rows(
    acts: list[Act], period: Period, by: tuple[str, ...], policy: str
) -> None:
    with TemporaryDirectory() as folder, Store(Path(folder)) as store:
        for number, act in enumerate(acts):
            act(store, number)
            snapshot = store.snapshot()
            if number and snapshot.shops:
                request = Request(
                    period, NAMES, by=dimensions_of(by), shop=SHOP, policy=policy, settings=snapshot.settings_of(SHOP)
                )  # fmt: skip
                assert figures(store, request, from_sums=True) == figures(store, request, from_sums=False)


def figures(store: Store, request: Request, *, from_sums: bool) -> list[Any]:
    """Return every figure and part of the request's report, total last."""
    snapshot, metrics = store.snapshot(), METRICS
    needed = days_needed(request, metrics)
    back = (request.period.last - needed.first).days if needed.first < request.period.first else 0
    scope = Scope((SHOP,), request.period, request.policy, look_back_days=back)
    compile_ = compile_from_sums if from_sums else compile_report
    session = sums_of_months(store, snapshot, scope, metrics) if from_sums else None
    # Only of months that nothing is known of there are no sums.
    assert (
        not from_sums or session is not None or not store.slices(snapshot, SHOP, first=needed.first, last=needed.last)
    )
    with session or relations_for(store, snapshot, scope) as engine:
        if session is None:
            compile_ = compile_report
        rows, total = (engine.query(compile_(one, metrics)) for one in (request, replace(request, by=())))
    found = Found(tables=frozenset(name for metric in METRICS.values() for name in metric.needs))
    report = assemble_report(request, metrics, rows=rows, total=total, found=found)
    return [
        (dict(row.dimensions), dict(row.figures), {name: dict(parts) for name, parts in row.parts.items()})
        for row in (*report.rows, report.total)
    ]
