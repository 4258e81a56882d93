"""Compiled reports take few passes over the relations."""

from datetime import date

from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.metrics import Request, compile_report, dimensions_of, load_metrics

METRICS = load_metrics(Catalog())
PERIOD = Period(date(2024, 9, 1), date(2024, 9, 30))


def passes(*metrics: str, by: tuple[str, ...] = ("agent",)) -> list[str]:
    steps = compile_report(Request(PERIOD, metrics, by=dimensions_of(by)), METRICS)
    return [word for step in steps for word in step.sql.split("FROM ")[1:] if " WHERE day " in word]


def test_measures_of_one_relation_share_one_pass() -> None:
    assert len(passes("received_buyers", "replied_buyers", "reply_share", "slow_buyers", "buyer_messages")) == 1
    assert len(passes("average_response_seconds", "three_minute_share", "rounds", "answered_rounds")) == 1


def test_two_quantiles_of_the_same_waits_share_one_pass_in_the_totals_row() -> None:
    assert len(passes("median_response_seconds", "p90_response_seconds", by=())) == 1


def test_buyers_once_a_day_and_once_a_period_are_two_passes() -> None:
    assert len(passes("paying_buyers", "received_buyers", "sales_yuan")) == 2


def test_the_groups_of_agents_are_read_only_when_asked_for() -> None:
    steps = compile_report(Request(PERIOD, ("rounds",), by=dimensions_of(["agent"])), METRICS)
    assert "agent_place" not in {step.name for step in steps}
