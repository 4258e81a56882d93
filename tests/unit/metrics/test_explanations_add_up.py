"""For every metric, the rows behind a figure give the figure: in the totals row and in rows of several dimensions."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.spec.engine_answers import Answers, answers
from tests.unit.metrics.random_shop import random_shop
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.settings import ShopSettings
from xiaoer.metrics import Explanation, Request, Row, Unit, dimensions_of, load_metrics
from xiaoer.metrics.figure import EPOCH, rounded_yuan
from xiaoer.metrics.measure import Part
from xiaoer.metrics.quantile import exact_quantile

METRICS = load_metrics(Catalog())
PERIOD = Period(date(2024, 9, 2), date(2024, 9, 4))


@pytest.fixture(scope="module", params=[1, 2])
def shop(request: pytest.FixtureRequest) -> Iterator[Answers]:
    with answers(random_shop(request.param), ShopSettings(), policy="order_first", metrics=METRICS) as session:
        yield session


def asked(*by: str) -> Request:
    return Request(PERIOD, tuple(METRICS), by=dimensions_of(by))


@pytest.mark.parametrize("metric", METRICS)
def test_the_rows_give_the_figure_of_the_totals_row(shop: Answers, metric: str) -> None:
    request = Request(PERIOD, (metric,), by=())
    report = shop.report(request)
    agrees(shop.explanation(request, metric=metric), report.total.figures[metric])


@pytest.mark.parametrize("by", [("agent",), ("group", "day"), ("agent", "hour"), ("weekday", "hour")])
def test_the_rows_give_the_figure_of_some_row_of_every_metric(shop: Answers, by: tuple[str, ...]) -> None:
    report = shop.report(asked(*by))
    explained = 0
    for number, metric in enumerate(METRICS):
        row = report.rows[number % len(report.rows)]
        if unknown_by_hour(metric, row):
            continue
        agrees(shop.explanation(asked(*by), metric=metric, where=dict(row.dimensions)), row.figures[metric])
        explained += 1
    assert explained > 60


def unknown_by_hour(metric: str, row: Row) -> bool:
    """Whole days' figures have no rows of an hour."""
    from_presence = METRICS[metric].needs[-1] == "presence" or metric == "max_concurrent"
    return "hour" in row.dimensions and from_presence


def agrees(explanation: Explanation, figure: object) -> None:
    """The explanation's own figure is the report's, and adding up its rows here gives it once more."""
    assert explanation.figure == figure
    if figure is None:
        return
    by_part: dict[Part, list[Fraction]] = {part: [] for part in explanation.put_together}
    for row in explanation.rows:
        if row.adds is not None:
            by_part[row.part].append(row.adds)
    sums = {part: put_together(how, by_part[part]) for part, how in explanation.put_together.items()}
    if Part.DENOMINATOR in sums:
        again = sums[Part.NUMERATOR] / sums[Part.DENOMINATOR]
    else:
        again = sum(sums.values(), Fraction(0))
    metric = METRICS[explanation.metric]
    if metric.unit is Unit.INSTANT:
        assert hasattr(figure, "timestamp")
        assert again == (figure - EPOCH).total_seconds() * 1_000_000  # type: ignore[operator]
    elif metric.unit is Unit.YUAN and metric.ratio is None:
        assert rounded_yuan(again) == figure
    else:
        assert isinstance(figure, int | float | Decimal)
        assert again.numerator / again.denominator == figure


def put_together(how: str, adds: list[Fraction]) -> Fraction:
    if how.startswith("quantile"):
        return exact_quantile(adds, Decimal(how.split()[1]))
    if how == "sum":
        return sum(adds, Fraction(0))
    return max(adds, default=Fraction(0)) if how == "max" else min(adds)
