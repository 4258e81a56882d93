"""Results of the last step → a report: figures with their parts, totals as Σ/Σ, what is not mature yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from xiaoer.metrics.compiler import measures_asked
from xiaoer.metrics.figure import Figure, exact_figure, exact_value, figure_of
from xiaoer.metrics.maturity import Immature, immature_on
from xiaoer.metrics.measure import Part, measures_of
from xiaoer.metrics.metric import Metric
from xiaoer.metrics.request import Dimension, Request
from xiaoer.metrics.scan import named, rows_of

DimensionValue = str | int | date | None


@dataclass(frozen=True)
class Found:
    """What a report is computed from: known tables, the last local day order data reach, snapshot, corrections then."""

    tables: frozenset[str]
    coverage: date | None = None
    snapshot: int | None = None
    corrections: int = 0


@dataclass(frozen=True)
class Row:
    """One row: its dimension values, its figures, and the exact parts (in stored units) behind each figure."""

    dimensions: Mapping[str, DimensionValue]
    figures: Mapping[str, Figure | None]
    parts: Mapping[str, Mapping[Part, Fraction | None]]


@dataclass(frozen=True)
class Report:
    """Rows sorted by their dimensions, the totals row, immature figures by metric and day, and how it was asked for."""

    rows: tuple[Row, ...]
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
    made = [_row(request, metrics, raw, found) for raw in rows.to_pylist()]
    whole = Request(
        request.period, request.metrics, by=(), shop=request.shop, policy=request.policy, settings=request.settings
    )
    return Report(
        rows=tuple(sorted(made, key=_sort_key)),
        total=_row(whole, metrics, total.to_pylist()[0], found),
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


def _row(request: Request, metrics: Mapping[str, Metric], raw: Mapping[str, object], found: Found) -> Row:
    exact = {
        name: exact_value(measure, raw) if rows_of(measure, request) is not None else None
        for name, measure in measures_asked(request, metrics).items()
    }
    zone = request.last_settings.clock.zone
    figures: dict[str, Figure | None] = {}
    parts: dict[str, Mapping[Part, Fraction | None]] = {}
    for name in request.metrics:
        metric = metrics[name]
        measures = measures_of(metric, metrics)
        known = found.tables.issuperset(metric.needs)
        parts[name] = {part: exact[measure.name] if known else None for part, measure in measures.items()}
        figures[name] = figure_of(metric, parts[name], next(iter(measures.values())).holds, zone)
    return Row({d.value: _dimension_value(raw[named(d)]) for d in request.by}, figures, parts)


def _dimension_value(value: object) -> DimensionValue:
    if isinstance(value, datetime):
        return value.date()
    assert value is None or isinstance(value, str | int | date)  # the dimensions hold nothing else
    return value


def _sort_key(row: Row) -> list[tuple[bool, DimensionValue]]:
    """Order by the dimensions as listed; unknown values last."""
    return [(value is None, "" if value is None else value) for value in row.dimensions.values()]


def _immature(request: Request, metrics: Mapping[str, Metric], found: Found) -> tuple[Immature, ...]:
    days = list(request.period.days())
    each = (
        immature_on(metrics[name], day, coverage=found.coverage, settings=request.settings)
        for name in request.metrics
        for day in days
    )
    return tuple(one for one in each if one is not None)


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
