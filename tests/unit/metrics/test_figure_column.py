"""Figures of all rows at once are those of one row at a time, to the last digit."""

from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.base.catalog import Catalog
from xiaoer.metrics import load_metrics
from xiaoer.metrics.exact_column import ExactColumn, exact_column, nothing_known
from xiaoer.metrics.figure import figure_of
from xiaoer.metrics.figure_column import figure_column
from xiaoer.metrics.measure import measures_of

METRICS = load_metrics(Catalog())
ZONE = ZoneInfo("Asia/Shanghai")
OF_EVERY_KIND = (
    "received_buyers", "reply_share", "average_response_seconds", "longest_response_seconds", "refund_finish_hours",
    "sales_yuan", "net_sales_yuan", "price_per_item_yuan", "first_online_at", "service_dsr", "logins_per_day",
    "median_response_seconds",
)  # fmt: skip

numbers = st.none() | st.integers(0, 10**14)
columns = st.builds(
    ExactColumn,
    st.lists(numbers, min_size=4, max_size=4),
    st.sampled_from([1, 2, 10_000]),
) | st.builds(
    lambda values: ExactColumn(values, whole=False),
    st.lists(st.none() | st.fractions(0, 5, max_denominator=10**6), min_size=4, max_size=4),
)


@pytest.mark.parametrize("name", OF_EVERY_KIND)
@given(first=columns, second=columns)
def test_a_column_has_the_figures_of_its_rows(name: str, first: ExactColumn, second: ExactColumn) -> None:
    metric = METRICS[name]
    measures = measures_of(metric, METRICS)
    parts = dict(zip(measures, (first, second), strict=False))
    holds = next(iter(measures.values())).holds
    expected = [
        figure_of(metric, {part: column.value(row) for part, column in parts.items()}, holds, ZONE) for row in range(4)
    ]
    found = list(figure_column(metric, parts, holds, ZONE))
    assert [(type(value), value, str(value)) for value in found] == [
        (type(value), value, str(value)) for value in expected
    ]


def test_sums_are_exact_however_the_engine_types_them() -> None:
    measure = measures_of(METRICS["sales_yuan"], METRICS)
    (sales,) = measure.values()
    for kind in (pa.decimal128(38, 4), pa.decimal128(18, 4), pa.decimal128(38, 2)):
        amounts = [Decimal("-1.50"), None, None, Decimal("90071992547409.93")]
        table = pa.table({"sales_yuan": pa.array(amounts, kind), "sales_yuan__rows": pa.array([1, 2, 0, 1])})
        found = exact_column(sales, table)
        assert [found.value(row) for row in range(4)] == [
            Fraction("-1.5"), None, 0, Fraction("90071992547409.93"),
        ]  # fmt: skip


def test_a_sum_beyond_64_bits_is_exact_too() -> None:
    (sales,) = measures_of(METRICS["sales_yuan"], METRICS).values()
    huge = Decimal(10**30)
    table = pa.table({"sales_yuan": pa.array([huge], pa.decimal128(38, 4)), "sales_yuan__rows": pa.array([1])})
    assert exact_column(sales, table).value(0) == huge


def test_a_slice_of_a_result_has_its_own_rows() -> None:
    (sales,) = measures_of(METRICS["sales_yuan"], METRICS).values()
    amounts = pa.array([Decimal(1), Decimal(2), Decimal(3)], pa.decimal128(38, 4))
    table = pa.table({"sales_yuan": amounts, "sales_yuan__rows": [1, 1, 1]}).slice(1, 1)
    assert exact_column(sales, table).value(0) == 2


def test_scores_keep_every_digit() -> None:
    measures = list(measures_of(METRICS["service_dsr"], METRICS).values())
    for scores in ([4.5, 3.0], [4.8, 0.1]):
        table = pa.table({measures[0].name: scores, measures[0].counts_rows: [1, 1]})
        found = exact_column(measures[0], table)
        assert [found.value(row) for row in range(2)] == [Fraction(score) for score in scores]


def test_what_the_report_s_rows_can_not_tell_is_unknown() -> None:
    (sales,) = measures_of(METRICS["sales_yuan"], METRICS).values()
    assert exact_column(sales, pa.table({"by_agent": ["a", "b"]})).numbers == [None, None]
    assert nothing_known(1).value(0) is None
