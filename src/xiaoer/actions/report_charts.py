"""The charts of a report's page: those of its view that the rows at hand can draw."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from xiaoer.actions.figure_column import figure_column
from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.base.language import Language
from xiaoer.metrics import ChartKind as DeclaredKind
from xiaoer.metrics import Dimension, Metric, View

# How rows that the view did not foresee are drawn: times follow one another, hours are compared, people are listed.
KINDS = {
    Dimension.DAY: ChartKind.LINE,
    Dimension.WEEK: ChartKind.LINE,
    Dimension.MONTH: ChartKind.LINE,
    Dimension.WEEKDAY: ChartKind.COLUMN,
    Dimension.HOUR: ChartKind.COLUMN,
}


def report_charts(
    view: View, by: Collection[Dimension], metrics: Mapping[str, Metric], targets: Mapping[str, str], language: Language
) -> tuple[Chart, ...]:
    """Return the view's charts of these metrics; rows of several dimensions are drawn by funnels only."""
    charts = []
    for chart in view.charts:
        if not set(chart.metrics) <= set(metrics):
            continue
        if chart.kind is DeclaredKind.FUNNEL:
            charts.append(Chart(ChartKind.FUNNEL, chart.metrics, view.label.in_language(language)))
        elif len(by) == 1:
            foreseen = tuple(by) == view.dimensions
            kind = ChartKind(chart.kind) if foreseen else KINDS.get(next(iter(by)), ChartKind.BAR)
            title = figure_column(metrics[chart.metrics[0]], language).heading
            target = targets.get(chart.metrics[0])
            charts.append(Chart(kind, chart.metrics, title, Decimal(target) if target else None))
    return tuple(charts)
