"""Results of the last step → a report: figures with their parts, totals as Σ/Σ, what is not mature yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from xiaoer.base.days import DAY
from xiaoer.metrics.compiler import measures_asked
from xiaoer.metrics.exact_column import ExactColumn, exact_column, nothing_known
from xiaoer.metrics.figure import Figure, exact_figure
from xiaoer.metrics.figure_column import figure_column
from xiaoer.metrics.maturity import Immature, days_to_mature
from xiaoer.metrics.measure import Part, measures_of
from xiaoer.metrics.metric import Maturity, Metric
from xiaoer.metrics.report_rows import ColumnRows, Columns, DimensionValue, Row
from xiaoer.metrics.request import Dimension, Request
from xiaoer.metrics.scan import named


@dataclass(frozen=True)
class Found:
    """What a report is computed from: known tables, the last local day order data reach, snapshot, corrections then."""

    tables: frozenset[str]
    coverage: date | None = None
    snapshot: int | None = None
    corrections: int = 0


@dataclass(frozen=True)
class Report:
    """Rows sorted by their dimensions, the totals row, immature figures by metric and day, and how it was asked for."""

    rows: Sequence[Row]
    total: Row
    immature: tuple[Immature, ...]
    meta: Mapping[str, object]

    def to_json(self) -> dict[str, object]:
        """Return the report in the shape that scripts depend on; numbers are JSON numbers, instants ISO texts."""
        return {
            "rows": [_row_json(row) for row in self.rows],
            "immature": [
                {"metric": each.metric, "day": str(each.day), "mature_on": str(each.mature_on)}
                for each in self.immature
            ],
            "meta": dict(self.meta),
        }


def assemble_report(
    request: Request, metrics: Mapping[str, Metric], *, rows: pa.Table, total: pa.Table, found: Found
) -> Report:
    """Return the report of a request from the result of its steps and of the same request without dimensions."""
    (whole,) = _rows(replace(request, by=()), metrics, total.slice(0, 1), found)
    return Report(
        rows=_rows(request, metrics, _in_order(rows, request), found),
        total=whole,
        immature=_immature(request, metrics, found),
        meta=_meta(request, found),
    )


def exact_of(metric: Metric, row: Row, metrics: Mapping[str, Metric]) -> Fraction | None:
    """Return the exact value of a row's figure in the metric's unit; None where it is unknown."""
    holds = next(iter(measures_of(metric, metrics).values())).holds
    return exact_figure(metric, row.parts[metric.name], holds)


def json_value(value: Figure | DimensionValue) -> str | int | float | None:
    """Return a figure or dimension value as JSON has it: instants and days as text, money as a number."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _rows(request: Request, metrics: Mapping[str, Metric], table: pa.Table, found: Found) -> Sequence[Row]:
    exact = {name: exact_column(measure, table) for name, measure in measures_asked(request, metrics).items()}
    unknown = nothing_known(len(table))
    zone = request.last_settings.clock.zone
    columns: dict[str, Mapping[Part, ExactColumn]] = {}
    figures: dict[str, Sequence[Figure | None]] = {}
    for name in request.metrics:
        metric = metrics[name]
        measures = measures_of(metric, metrics)
        known = found.tables.issuperset(metric.needs)
        columns[name] = {part: exact[measure.name] if known else unknown for part, measure in measures.items()}
        figures[name] = figure_column(metric, columns[name], next(iter(measures.values())).holds, zone)
    dimensions = {d.value: _dimension_values(table[named(d)]) for d in request.by}
    return ColumnRows(Columns(dimensions, figures, columns), len(table))


def _dimension_value(value: object) -> DimensionValue:
    if isinstance(value, datetime):
        return value.date()
    assert value is None or isinstance(value, str | int | date)  # the dimensions hold nothing else
    return value


def _dimension_values(column: pa.ChunkedArray) -> list[DimensionValue]:
    """Return a dimension's values, each made once: rows repeat them."""
    coded = column.combine_chunks().dictionary_encode()
    values = [_dimension_value(value) for value in coded.dictionary.to_pylist()]
    return [None if place is None else values[place] for place in coded.indices.to_pylist()]


def _in_order(table: pa.Table, request: Request) -> pa.Table:
    """Return the rows by the dimensions as listed; unknown values last."""
    if not request.by:
        return table
    return table.sort_by([(named(dimension), "ascending") for dimension in request.by])


def _immature(request: Request, metrics: Mapping[str, Metric], found: Found) -> tuple[Immature, ...]:
    days = list(request.period.days())
    # Of all metrics that ripen alike a day is asked once: settings of a year of days take longer than the report.
    ripe_on: dict[Maturity, list[date]] = {}
    for metric in (metrics[name] for name in request.metrics if metrics[name].maturity is not Maturity.NONE):
        if metric.maturity not in ripe_on:
            ripe_on[metric.maturity] = [day + days_to_mature(metric, day, request.settings) * DAY for day in days]
    return tuple(
        Immature(name, day, mature_on)
        for name in request.metrics
        for day, mature_on in zip(days, ripe_on.get(metrics[name].maturity, ()), strict=False)
        if found.coverage is None or found.coverage < mature_on
    )


def _meta(request: Request, found: Found) -> dict[str, object]:
    return {
        "shop": request.shop,
        "from": str(request.period.first),
        "to": str(request.period.last),
        "policy": request.policy,
        "by": [Dimension(dimension).value for dimension in request.by],
        "snapshot": found.snapshot,
        "corrections": found.corrections,
        "settings": dict(request.last_settings.values),
    }


def _row_json(row: Row) -> dict[str, object]:
    figures = {name: json_value(value) for name, value in row.figures.items()}
    return {**{name: json_value(value) for name, value in row.dimensions.items()}, **figures}
