"""What adds up over days is said in one place, and what is kept of a month is portable SQL."""

from datetime import date

import pytest

from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.metrics import Dimension, Request, compile_from_sums, dimensions_of, load_metrics
from xiaoer.metrics.day_sums import AGENT_SUMS, SHOP_SUMS, adds_up, every_measure
from xiaoer.metrics.kept_tables import kept_tables
from xiaoer.metrics.measure import measures_of
from xiaoer.metrics.portable import step_issues
from xiaoer.metrics.relations import RELATIONS

METRICS = load_metrics(Catalog())
MONTH = Period(date(2024, 9, 1), date(2024, 9, 30))
NAMES = tuple(METRICS)


@pytest.mark.parametrize(
    ("name", "adds"),
    [
        ("rounds", True), ("online_seconds", True), ("sales_yuan", True), ("received_buyers", True),
        ("max_concurrent", True), ("first_online_at", True), ("pdd_three_minute_reply_share", True),
        ("paying_buyers", False), ("assisted_order_buyers", False), ("median_response_seconds", False),
        ("service_dsr", False),
    ],
)  # fmt: skip
def test_what_adds_up_over_days(name: str, adds: bool) -> None:
    assert adds_up(next(iter(measures_of(METRICS[name], METRICS).values()))) is adds


def test_the_steps_are_portable() -> None:
    kept = kept_tables(every_measure(METRICS), MONTH)
    before = set(RELATIONS)
    for name, table in kept.items():
        assert step_issues(list(table.steps), relations=before) == []
        before.add(name)
    for by in ((), ("agent",), ("agent", "day"), ("shop", "month"), ("week",)):
        request = Request(MONTH, NAMES, by=dimensions_of(by), shop="shop")
        assert step_issues(compile_from_sums(request, METRICS), relations=kept) == []


def test_a_report_by_day_reads_no_rows() -> None:
    steps = compile_from_sums(Request(MONTH, NAMES, by=(Dimension.AGENT, Dimension.DAY), shop="shop"), METRICS)
    looking_back = {"refund", "paid_order", "review", "complaint"}
    read = {relation for relation in RELATIONS if any(f"FROM {relation} " in step.sql for step in steps)}
    assert read <= looking_back
    assert any(f"FROM {AGENT_SUMS} " in step.sql for step in steps)
    assert any(f"FROM {SHOP_SUMS} " in step.sql for step in steps)
