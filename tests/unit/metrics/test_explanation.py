"""One figure explained: its rows, its formula with the numbers put in, and what decided."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.spec.engine_answers import Answers, answers
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.metrics import (
    Question,
    compile_explain,
    filters_of,
    load_metrics,
)
from xiaoer.metrics.behind import RELATIONS_BEHIND
from xiaoer.metrics.example import example_request, example_tables
from xiaoer.metrics.literal import sql_literal
from xiaoer.metrics.portable import step_issues
from xiaoer.metrics.relations import RELATIONS
from xiaoer.metrics.request import Request

METRICS = load_metrics(Catalog())
EXAMPLE = METRICS["net_sales_yuan"].examples[0]
REQUEST: Request = example_request(EXAMPLE, METRICS)


@pytest.fixture(scope="module")
def shop() -> Iterator[Answers]:
    with answers(example_tables(EXAMPLE), REQUEST.settings, policy="order_first", metrics=METRICS) as session:
        yield session


def test_a_difference_lists_both_sides_with_their_sign(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="net_sales_yuan", where={"agent": "小夏"})
    assert [(row.part.value, row.reference, float(row.adds or 0)) for row in found.rows] == [
        ("value", "A1", 100.0), ("value", "A2", 59.9), ("minus", "A1", -20.0), ("minus", "A2", 0.0),
    ]  # fmt: skip
    assert found.formula.zh == "销售额 − 退款金额：¥159.90 − ¥20.00 = ¥139.90"
    assert (found.policy, found.settings["credit_days"]) == ("order_first", "2")


def test_a_share_lists_what_is_counted_above_and_below(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="conversion_share_final", where={"agent": "小夏"})
    above = [row.buyer for row in found.rows if row.part.value == "numerator"]
    below = [row.buyer for row in found.rows if row.part.value == "denominator"]
    assert above == ["阿青", "小白"]
    assert below == ["阿青", "小白", "谷雨", "白露"]
    assert found.formula.en.endswith(": 2 ÷ 4 = 50.0 %")


def test_rows_can_be_chosen_by_day_and_hour(shop: Answers) -> None:
    found = shop.explanation(REQUEST, metric="rounds", where={"day": date(2024, 9, 2), "hour": 16})
    assert [row.start_at.isoformat() for row in found.rows if row.start_at] == ["2024-09-02T16:00:00+08:00"]


def test_a_day_without_anything_is_explained_as_the_report_has_it(shop: Answers) -> None:
    quiet = replace(REQUEST, period=Period(date(2024, 10, 1), date(2024, 10, 1)), metrics=tuple(METRICS), by=())
    total = shop.report(quiet).total.figures
    assert {name: shop.explanation(quiet, metric=name).figure for name in METRICS} == total
    assert total["max_concurrent"] == 0


def test_the_steps_of_every_explanation_are_portable() -> None:
    where = filters_of({"agent": "小夏", "group": None, "week": date(2024, 9, 2)})
    for metric in METRICS:
        steps = compile_explain(Question(metric, REQUEST, where), METRICS)
        assert step_issues(steps, relations=[*RELATIONS, *RELATIONS_BEHIND, "agents"]) == []


def test_a_figure_that_has_no_hours_says_so(shop: Answers) -> None:
    with pytest.raises(ReportableError) as refused:
        shop.explanation(REQUEST, metric="max_concurrent", where={"hour": 16})
    assert refused.value.issues[0].code == "metrics.explain_filter"


def test_a_filter_that_is_no_dimension_is_refused() -> None:
    with pytest.raises(ReportableError):
        filters_of({"buyer": "阿青"})


def test_names_with_quotes_and_backslashes_find_their_rows(shop: Answers) -> None:
    odd = "a'b\\c''d"
    assert shop.engine.execute(f"SELECT {sql_literal(odd)}, {sql_literal('')}") == [(odd, "")]
    assert "\\" not in sql_literal(odd)
    assert shop.explanation(REQUEST, metric="rounds", where={"agent": odd}).figure == 0
