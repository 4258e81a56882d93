"""Reports over a made-up shop: dimensions, totals as Σ/Σ, what is missing, what is not mature yet, the JSON shape."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.spec.engine_answers import Answers, answers
from tests.unit.metrics.random_shop import random_shop
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.settings import DatedValue, ShopSettings
from xiaoer.metrics import Found, Request, days_needed, dimensions_of, load_metrics
from xiaoer.metrics.compiler import compile_report
from xiaoer.metrics.measure import Part
from xiaoer.metrics.portable import step_issues
from xiaoer.metrics.relations import RELATIONS

METRICS = load_metrics(Catalog())
FIRST, LAST = date(2024, 9, 2), date(2024, 9, 4)
PERIOD = Period(FIRST, LAST)


@pytest.fixture(scope="module")
def shop() -> Iterator[Answers]:
    with answers(random_shop(3), ShopSettings(), policy="order_first", metrics=METRICS) as session:
        yield session


def asked(*metrics: str, by: tuple[str, ...] = ("agent",)) -> Request:
    return Request(PERIOD, metrics, by=dimensions_of(by), shop="示例店")


@pytest.mark.parametrize(
    "by", [(), ("agent",), ("day",), ("hour",), ("group",), ("role",), ("shop",), ("week", "agent"), ("month", "group")]
)
def test_all_metrics_by_any_dimensions_are_portable_and_run(shop: Answers, by: tuple[str, ...]) -> None:
    request = asked(*METRICS, by=by)
    assert step_issues(compile_report(request, METRICS), relations=[*RELATIONS, "agents"]) == []
    report = shop.report(request)
    assert report.rows
    keys = [tuple(row.dimensions.values()) for row in report.rows]
    assert len(set(keys)) == len(keys)
    assert all(set(row.dimensions) == set(by) and set(row.figures) == set(METRICS) for row in report.rows)


def test_rows_are_sorted_and_agents_with_orders_only_are_there() -> None:
    tables = random_shop(4)
    tables["messages"] = tables["messages"].slice(0, 0)
    with answers(tables, ShopSettings(), policy="order_first", metrics=METRICS) as session:
        report = session.report(asked("received_buyers", "online_seconds"))
    assert [row.dimensions["agent"] for row in report.rows] == sorted({*tables["presence"]["agent"].to_pylist()})
    assert {row.figures["received_buyers"] for row in report.rows} == {0}


def test_the_total_of_a_share_is_the_sum_of_numerators_over_the_sum_of_denominators(shop: Answers) -> None:
    report = shop.report(asked("three_minute_share", by=("day",)))
    parts = [row.parts["three_minute_share"] for row in report.rows]
    over = sum(part[Part.NUMERATOR] or 0 for part in parts)
    under = sum(part[Part.DENOMINATOR] or 0 for part in parts)
    assert under > 0
    assert report.total.figures["three_minute_share"] == float(over / under)
    shares = [row.figures["three_minute_share"] for row in report.rows]
    assert report.total.figures["three_minute_share"] != sum(s for s in shares if isinstance(s, float)) / len(shares)


def test_weeks_are_named_by_their_monday_and_months_by_their_first_day(shop: Answers) -> None:
    report = shop.report(asked("rounds", by=("month", "week")))
    assert [row.dimensions for row in report.rows] == [{"month": date(2024, 9, 1), "week": date(2024, 9, 2)}]


def test_a_figure_that_needs_a_table_that_was_never_imported_is_unknown(shop: Answers) -> None:
    without = replace(shop, found=Found(frozenset({"messages"})))
    total = without.report(asked("received_buyers", "sales_yuan", "conversion_share_final", "online_seconds")).total
    assert isinstance(total.figures["received_buyers"], int)
    assert [name for name, value in total.figures.items() if value is None] == [
        "sales_yuan", "conversion_share_final", "online_seconds",
    ]  # fmt: skip


def test_no_metric_at_all_is_still_a_report(shop: Answers) -> None:
    report = shop.report(asked("max_concurrent", by=("hour",)))
    assert tuple(report.rows) == ()
    assert report.total.figures["max_concurrent"] is not None


def test_a_day_is_immature_until_order_data_reach_it(shop: Answers) -> None:
    covered = replace(shop, found=Found(shop.found.tables, coverage=date(2024, 9, 7)))
    report = covered.report(asked("rounds", "conversion_share_next_day", "conversion_share_final", "refunded_yuan"))
    found = [(each.metric, each.day.day, str(each.mature_on)) for each in report.immature]
    assert found == [
        ("conversion_share_final", 4, "2024-09-08"),
        ("refunded_yuan", 2, "2024-09-16"), ("refunded_yuan", 3, "2024-09-17"), ("refunded_yuan", 4, "2024-09-18"),
    ]  # fmt: skip


def test_maturity_follows_the_setting_of_the_day(shop: Answers) -> None:
    settings = ShopSettings((DatedValue("final_payment_days", date(2024, 9, 4), 1, "9"),))
    covered = replace(shop, found=Found(shop.found.tables, coverage=date(2024, 9, 12)))
    report = covered.report(replace(asked("conversion_share_final"), settings=settings))
    assert [(each.day, each.mature_on) for each in report.immature] == [(LAST, LAST + timedelta(days=9))]


def test_without_orders_nothing_that_depends_on_them_ripens(shop: Answers) -> None:
    report = shop.report(asked("conversion_share_final", "rounds"))
    assert {each.metric for each in report.immature} == {"conversion_share_final"}
    assert [each.mature_on - each.day for each in report.immature] == [timedelta(days=4)] * 3


def test_the_json_shape(shop: Answers) -> None:
    request = replace(asked("received_buyers", "sales_yuan", "first_online_at", by=("agent", "day")))
    said = json.loads(json.dumps(shop.report(request).to_json()))
    assert set(said) == {"rows", "immature", "meta"}
    assert list(said["rows"][0]) == ["agent", "day", "received_buyers", "sales_yuan", "first_online_at"]
    assert {key: said["meta"][key] for key in ("shop", "from", "to", "policy", "by", "snapshot")} == {
        "shop": "示例店", "from": "2024-09-02", "to": "2024-09-04", "policy": "order_first", "by": ["agent", "day"],
        "snapshot": None,
    }  # fmt: skip
    assert said["meta"]["settings"]["wait_cap_seconds"] == "600"
    instants = [row["first_online_at"] for row in said["rows"] if row["first_online_at"]]
    assert instants
    assert all(text.endswith("+08:00") for text in instants)


def test_money_is_decimal_with_four_places(shop: Answers) -> None:
    total = shop.report(asked("sales_yuan")).total.figures["sales_yuan"]
    assert isinstance(total, Decimal)
    assert total == total.quantize(Decimal("0.0001"))


def test_figures_do_not_depend_on_the_order_of_rows() -> None:
    tables = random_shop(5)
    turned: dict[str, pa.Table] = {
        name: table.take(list(range(len(table)))[::-1]) for name, table in tables.items() if name != "messages"
    }
    request = asked(*METRICS, by=("agent", "day"))
    reports = []
    for each in (tables, {**tables, **turned}):
        with answers(each, ShopSettings(), policy="order_first", metrics=METRICS) as session:
            reports.append(session.report(request))
    assert reports[0].rows == reports[1].rows


def test_after_sale_figures_look_back_further() -> None:
    assert days_needed(asked("rounds"), METRICS) == PERIOD
    assert days_needed(asked("refund_share"), METRICS).first == LAST - timedelta(days=27)
    assert days_needed(asked("rounds", "service_dsr"), METRICS).first == LAST - timedelta(days=179)
