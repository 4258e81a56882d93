"""Rows behind a figure name the order that decided, the reason, and the other account that had a part."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.spec.engine_answers import Answers, answers
from tests.unit.metrics.random_shop import random_shop
from xiaoer.actions.wording import word
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.settings import ShopSettings
from xiaoer.metrics import ExplainedRow, Request, load_metrics
from xiaoer.metrics.example import example_request, example_tables

METRICS = load_metrics(Catalog())
EXAMPLE = METRICS["lost_buyers"].examples[0]
REQUEST: Request = example_request(EXAMPLE, METRICS)
Told = dict[str | None, tuple[str | None, str | None, str | None]]


@pytest.fixture(scope="module")
def shop() -> Iterator[Answers]:
    with answers(example_tables(EXAMPLE), REQUEST.settings, policy="order_first", metrics=METRICS) as session:
        yield session


def told(rows: tuple[ExplainedRow, ...]) -> Told:
    return {row.buyer: (row.reason, row.reference, row.other_agent) for row in rows}


def test_every_inquiry_has_its_order_and_reason(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="inquiry_buyers_all", where={"agent": "小夏"})
    assert told(found.rows) == {
        "阿青": ("converted", "A1", None),
        "小白": ("converted", "A2", None),
        "谷雨": ("not_ordered", None, None),
        "白露": ("not_paid_in_time", "A3", None),
        "山药": ("credited_to_colleague", "A4", "小秋"),
        "雨水": ("converted", "A6", None),
    }
    paid = {row.reference: row.order_paid_at for row in found.rows if row.reference}
    assert str(paid["A2"]) == "2024-09-05 09:00:00+08:00"
    assert paid["A3"] is None


def test_after_sale_names_the_earlier_order(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="after_sale_buyers", where={"agent": "小夏"})
    assert told(found.rows) == {"立冬": ("after_sale", "A5", None)}


def test_paid_after_the_next_day_is_too_late_for_the_next_day_share(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="conversion_share_next_day", where={"agent": "小夏"})
    reasons = told(tuple(row for row in found.rows if row.part.value == "denominator"))
    assert (reasons["阿青"], reasons["小白"]) == (("converted", "A1", None), ("not_paid_in_time", "A2", None))


def test_an_assist_names_who_was_credited(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="assisted_order_buyers", where={"agent": "小夏"})
    assert told(found.rows) == {"山药": ("assisted_order", "A4", "小秋")}
    assert [str(row.order_created_at) for row in found.rows] == ["2024-09-02 17:30:00+08:00"]


def test_a_sale_says_by_which_rule_and_whom_the_other_rule_names() -> None:
    example = METRICS["own_order_other_payment_yuan"].examples[0]
    request = replace(example_request(example, METRICS), policy="order_first")
    with answers(example_tables(example), request.settings, policy="order_first", metrics=METRICS) as session:
        sales = session.explanation(request, metric="shop_sales_yuan")
        by_payment = session.explanation(request, metric="payment_agent_sales_yuan", where={"agent": "小秋"})
    orders = {row.reference: (row.reason, row.other_agent) for row in sales.rows}
    assert orders == {
        "A1": ("order_agent", None), "A2": ("order_agent", "小秋"), "A3": ("payment_agent", None),
        "A4": ("order_agent", None), "A5": ("silent_order", None), "A6": ("silent_order", None),
    }  # fmt: skip
    assert {row.reference: (row.reason, row.other_agent) for row in by_payment.rows} == {
        "A2": ("payment_agent", "小夏"), "A3": ("payment_agent", None),
    }  # fmt: skip


def test_a_reception_says_whether_it_was_answered(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="received_buyers", where={"agent": "小夏"})
    assert {row.reason for row in found.rows} == {"replied"}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_most_at_once_are_sessions_that_share_an_instant(seed: int) -> None:
    request = Request(Period(date(2024, 9, 2), date(2024, 9, 4)), ("max_concurrent",), by=())
    with answers(random_shop(seed), ShopSettings(), policy="order_first", metrics=METRICS) as session:
        found = session.explanation(request, metric="max_concurrent")
        figure = session.report(request).total.figures["max_concurrent"]
    assert len(found.rows) == figure == found.figure
    assert len({(row.shop, row.day, row.agent) for row in found.rows}) == 1
    latest_start = max(row.start_at for row in found.rows if row.start_at)
    assert all(row.end_at and row.end_at >= latest_start for row in found.rows)


@pytest.mark.parametrize("policy", ["order", "payment", "order_first"])
def test_reasons_never_contradict_what_is_counted(policy: str) -> None:
    allowed = {
        "converted_buyers_final": {"converted"},
        "converted_buyers_next_day": {"converted"},
        "converted_buyers_same_day": {"converted"},
        "lost_not_ordered_buyers": {"not_ordered"},
        "lost_unpaid_buyers": {"not_paid_in_time", "ordered_silently"},
        "inquiry_buyers": {"converted", "not_ordered", "not_paid_in_time", "ordered_silently"},
        "after_sale_buyers": {"after_sale"},
    }
    request = Request(Period(date(2024, 9, 2), date(2024, 9, 4)), tuple(allowed), by=(), policy=policy)
    with answers(random_shop(2), ShopSettings(), policy=policy, metrics=METRICS) as session:
        rows = {name: session.explanation(request, metric=name).rows for name in allowed}
    assert {name: {row.reason for row in found} - allowed[name] for name, found in rows.items() if found} == {
        name: set() for name, found in rows.items() if found
    }
    assert all(rows[name] for name in ("converted_buyers_final", "inquiry_buyers", "lost_not_ordered_buyers"))
    assert all((row.reference is None) == (row.reason == "not_ordered") for found in rows.values() for row in found)


def test_every_reason_has_words() -> None:
    codes = (
        "converted credited_to_colleague not_paid_in_time ordered_silently not_ordered after_sale assisted_order "
        "assisted_follow_up order_agent payment_agent silent_agent silent_order replied unreplied transferred_out"
    ).split()
    for code in codes:
        assert len({word(f"reason_{code}", language) for language in ("zh", "en")}) == 2
