"""A report asked for → named SQL steps: few passes, joined on the dimensions; ratios are taken after the last step."""

from collections.abc import Mapping

from xiaoer.base.steps import Step
from xiaoer.metrics.literal import NO_TEXT
from xiaoer.metrics.measure import Measure, measures_of
from xiaoer.metrics.metric import Metric
from xiaoer.metrics.quantile_scan import quantile_scan
from xiaoer.metrics.request import AGENT_DIMENSIONS, Dimension, Request
from xiaoer.metrics.scan import (
    AGENT_PLACE,
    Rows,
    counts_each_row_once,
    distinct_scan,
    named,
    plain_scan,
    result_columns,
    rows_of,
)


def compile_report(request: Request, metrics: Mapping[str, Metric]) -> list[Step]:
    """Return the steps of a report; the last one has `by_<dimension>` and every measure's columns.

    The totals row is the same request with no dimensions. Metric names must be known (see check_metric_names).
    """
    planned = _planned(request, metrics)
    scans: dict[str, Rows] = {}
    steps: list[Step] = [AGENT_PLACE] if {Dimension.GROUP, Dimension.ROLE} & set(request.by) else []
    columns: dict[str, list[str]] = {}
    for rows, groups in planned.items():
        for group in groups:
            name = f"scan_{len(scans) + 1}"
            steps += scan_of(name, rows, group)
            scans[name] = rows
            columns[name] = [column for measure in group for column in result_columns(measure)]
    if not scans:
        return [*steps, _nothing(request)]
    if request.by:
        steps.append(_spine(request, scans, _seen_rows(request, metrics)))
    return [*steps, joined(request.by, scans, columns)]


def measures_asked(request: Request, metrics: Mapping[str, Metric]) -> dict[str, Measure]:
    """Return every measure that the report needs, by name."""
    found = [m for name in request.metrics for m in measures_of(metrics[name], metrics).values()]
    return {measure.name: measure for measure in found}


def _planned(request: Request, metrics: Mapping[str, Metric]) -> dict[Rows, list[list[Measure]]]:
    """Return the measures by the rows they share, and in those by what can be one pass."""
    by_rows: dict[Rows, list[Measure]] = {}
    for measure in measures_asked(request, metrics).values():
        rows = rows_of(measure, request)
        if rows is not None:
            by_rows.setdefault(rows, []).append(measure)
    return {rows: passes(measures) for rows, measures in by_rows.items()}


def passes(measures: list[Measure]) -> list[list[Measure]]:
    """Return groups of measures that one pass can compute: plain ones ride with the first distinct count."""
    groups: dict[tuple[str, ...], list[Measure]] = {}
    plain = [measure for measure in measures if measure.aggregate.kind not in ("distinct", "quantile")]
    for measure in measures:
        aggregate = measure.aggregate
        if aggregate.distinct:
            groups.setdefault(("distinct", aggregate.distinct), []).append(measure)
        elif aggregate.quantile:
            groups.setdefault(("quantile", aggregate.quantile.of, aggregate.where or ""), []).append(measure)
    host = next((group for key, group in groups.items() if key[0] == "distinct"), None)
    if host is not None:
        host += plain
    elif plain:
        return [plain, *groups.values()]
    return list(groups.values())


def scan_of(name: str, rows: Rows, measures: list[Measure]) -> list[Step]:
    """Return the steps of one pass; the last one has its name."""
    kinds = {measure.aggregate.kind for measure in measures}
    if "distinct" in kinds and not counts_each_row_once(rows, measures):
        return distinct_scan(name, rows, measures)
    if "quantile" in kinds:
        return quantile_scan(name, rows, measures)
    return plain_scan(name, rows, measures)


def _seen_rows(request: Request, metrics: Mapping[str, Metric]) -> set[Rows]:
    """Return the rows that say which rows the report has where passes leave dimensions or valueless rows out."""
    found: set[Rows] = set()
    for measure in measures_asked(request, metrics).values():
        rows = rows_of(measure, request)
        if rows is None or (rows.by == request.by and not measure.aggregate.quantile):
            continue
        whole = Rows(rows.relation, rows.agent, request.by, request.period)
        if (measure.relation.has_agent or not AGENT_DIMENSIONS & set(request.by)) and (
            measure.relation.by_hour or Dimension.HOUR not in request.by
        ):
            found.add(whole)
    return found


def _spine(request: Request, scans: Mapping[str, Rows], seen_rows: set[Rows]) -> Step:
    """Return the step with every combination of dimension values that some pass has."""
    keys = ", ".join(map(named, request.by))
    branches = [f"SELECT {keys} FROM {name}" for name, rows in scans.items() if rows.by == request.by]
    branches += sorted(f"SELECT {', '.join(rows.dimensions)} {rows.source}{rows.grouped}" for rows in seen_rows)
    if not branches:
        return Step("spine", _no_rows(request))
    return Step("spine", f"SELECT DISTINCT {keys} FROM ({' UNION ALL '.join(branches)}) AS seen")


def joined(by: tuple[Dimension, ...], scans: Mapping[str, Rows], columns: Mapping[str, list[str]]) -> Step:
    """Return the step that puts the columns of passes side by side, in the rows of `spine`, else in one row."""
    selected = [f"{name}.{column} AS {column}" for name, each in columns.items() for column in each]
    if not by:
        return Step("report", f"SELECT {', '.join(selected)} FROM {' CROSS JOIN '.join(columns)}")
    selected = [*(f"spine.{named(dimension)} AS {named(dimension)}" for dimension in by), *selected]
    joins = [
        f"LEFT JOIN {name} ON "
        + (" AND ".join(f"spine.{named(d)} IS NOT DISTINCT FROM {name}.{named(d)}" for d in rows.by) or "1 = 1")
        for name, rows in scans.items()
    ]
    return Step("report", f"SELECT {', '.join(selected)} FROM spine {' '.join(joins)}")


def _nothing(request: Request) -> Step:
    return Step("report", _no_rows(request) if request.by else "SELECT 1 AS nothing")


def _no_rows(request: Request) -> str:
    keys = ", ".join(f"{NO_TEXT} AS {named(dimension)}" for dimension in request.by)
    return f"SELECT {keys} WHERE 1 = 0"
