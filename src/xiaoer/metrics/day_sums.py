"""Sums by day: which measures add up over days, and a report put together from what is kept of months.

For every metric, sums by shop, agent and day and sums by shop and day are kept. For quantiles values are kept with how
often a day has each; for buyers counted once in a period the rows, as narrow as their SQL allows (`kept_tables.py`).
"""

import hashlib
from collections.abc import Iterable, Mapping

from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.metrics.compiler import joined, measures_asked, passes, scan_of
from xiaoer.metrics.measure import Measure, measures_of
from xiaoer.metrics.metric import Aggregate, Level, Metric
from xiaoer.metrics.quantile_scan import quantiles_of_counts
from xiaoer.metrics.relations import Holds
from xiaoer.metrics.request import AGENT_DIMENSIONS, Dimension, Request
from xiaoer.metrics.scan import Rows, distinct_alone_scan, grouping, result_columns, rows_of, within

AGENT_SUMS, SHOP_SUMS = "agent_sums", "shop_sums"
FROM_SUMS = frozenset({Dimension.SHOP, Dimension.AGENT, Dimension.MONTH, Dimension.WEEK, Dimension.DAY})

# What the pages of a report say beside its figures; counted like them.
BESIDE = {
    "beside__filtered": Aggregate(**{"from": "contact", "count": "rows", "where": "filter_reason IS NOT NULL"}),
    **{
        f"beside__{how}": Aggregate(**{"from": "created_order", "count": "rows", "where": f"buyer_by = '{how}'"})
        for how in ("given", "order_id", "masked_nick", "none")
    },
}


def adds_up(measure: Measure) -> bool:
    """Return whether a measure of several days is the sum (or the largest, the smallest) of those of each day.

    A buyer who paid on two days is one buyer of both; a quantile of two days is no sum; scores are no whole numbers, so
    in what order they are added is left as it is.
    """
    match measure.aggregate.kind:
        case "distinct":
            return measure.aggregate.per_day
        case "sum":
            return measure.holds is not Holds.SCORE
        case kind:
            return kind != "quantile"


def can_come_from_sums(request: Request) -> bool:
    """Return whether a report by these dimensions can be put together from sums by day."""
    return set(request.by) <= FROM_SUMS


def every_measure(metrics: Mapping[str, Metric]) -> list[Measure]:
    """Return the measures of all metrics and what is counted beside them, each once."""
    found = {m.name: m for metric in metrics.values() for m in measures_of(metric, metrics).values()}
    beside = {name: Measure(name, aggregate, Level.SHOP) for name, aggregate in BESIDE.items()}
    return list((found | beside).values())


def counts_beside(days: Period, *, from_sums: bool = False) -> list[Step]:
    """Return the steps to what is counted beside the figures of these days, over rows or over sums."""
    if from_sums:
        columns = [f"SUM({name}) AS {name}" for name in BESIDE]
        return [Step("beside", f"SELECT {', '.join(columns)} FROM {SHOP_SUMS} WHERE {within(days)}")]
    by_relation: dict[str, list[Measure]] = {}
    for name, aggregate in BESIDE.items():
        by_relation.setdefault(aggregate.from_, []).append(Measure(name, aggregate, Level.SHOP))
    scans = {f"scan_{name}": Rows(name, "agent", (), days) for name in by_relation}
    columns_of = {f"scan_{name}": [one.name for one in mine] for name, mine in by_relation.items()}
    steps = [
        step for name, mine in by_relation.items() for step in scan_of(f"scan_{name}", scans[f"scan_{name}"], mine)
    ]
    return [*steps, joined((), scans, columns_of)]


def seen_of(measure: Measure) -> Measure:
    """Return the measure that says whether a relation has any row: which rows a report has follows from it."""
    aggregate = measure.aggregate
    counted = Aggregate(**{"from": aggregate.from_, "count": "rows", "agent": aggregate.agent})
    return Measure(f"seen__{aggregate.from_}__{aggregate.agent}", counted, measure.level)


def compile_from_sums(request: Request, metrics: Mapping[str, Metric]) -> list[Step]:
    """Return the steps of a report as `compile_report` does, over what is kept of the months; its columns are the same.

    The request must be one that `can_come_from_sums`.
    """
    one_shop = request.shop is not None or Dimension.SHOP in request.by
    summed: dict[Rows, list[Measure]] = {}
    over_rows: dict[Rows, list[Measure]] = {}
    for measure in measures_asked(request, metrics).values():
        rows = rows_of(measure, request)
        assert rows is not None  # no hours here
        # In a report by day each row is one row of the sums, so even what does not add up over days is in it.
        if adds_up(measure) or (Dimension.DAY in rows.by and one_shop):
            sums = AGENT_SUMS if Dimension.AGENT in rows.by else SHOP_SUMS
            summed.setdefault(Rows(sums, "agent", rows.by, rows.period), []).append(measure)
        else:
            over_rows.setdefault(rows, []).append(measure)
    scans: dict[str, Rows] = {}
    columns: dict[str, list[str]] = {}
    steps: list[Step] = []
    for rows, mine in summed.items():
        name = f"sums_{len(scans) + 1}"
        steps.append(_sums(name, rows, mine, alone=set(rows.by) >= {Dimension.AGENT, Dimension.DAY} and one_shop))
        scans[name], columns[name] = rows, [column for measure in mine for column in result_columns(measure)]
    for rows, mine in over_rows.items():
        for group in passes(mine):
            name = f"scan_{len(scans) + 1}"
            steps += _over_kept_rows(name, rows, group)
            scans[name], columns[name] = rows, [column for measure in group for column in result_columns(measure)]
    if request.by:
        steps.append(_spine(request, metrics))
    return [*steps, joined(request.by, scans, columns)]


def _over_kept_rows(name: str, rows: Rows, group: list[Measure]) -> list[Step]:
    """Return the steps to measures that do not add up over days."""
    first = group[0].aggregate
    if first.quantile:
        return quantiles_from_days(name, rows, group)
    if len(group) == 1 and first.distinct and first.every is None:
        return distinct_alone_scan(name, rows, group[0])
    return scan_of(name, rows, group)


def quantiles_from_days(name: str, rows: Rows, measures: list[Measure]) -> list[Step]:
    """Return the steps to quantiles from the values kept of each day."""
    values = values_name(measures[0], of_agents=bool(AGENT_DIMENSIONS & set(rows.by)))
    kept = Rows(values, "agent", rows.by, rows.period, rows.nobody_too)
    columns = ", ".join([*kept.dimensions, "v", "SUM(n) AS n"])
    grouped = grouping([*map(kept.spelled, kept.by), "v"])
    counted = Step(f"{name}_counted", f"SELECT {columns} {kept.source}{grouped}")
    return [counted, *quantiles_of_counts(name, kept, measures)]


def values_name(measure: Measure, *, of_agents: bool) -> str:
    """Return the table of a quantile's values by day, by agent or of the shop: one for all quantiles of the same."""
    aggregate = measure.aggregate
    same = repr((aggregate.from_, aggregate.agent, aggregate.expression, aggregate.where))
    return f"values_{hashlib.sha256(same.encode()).hexdigest()[:8]}_{'by_agent' if of_agents else 'of_shop'}"


def _sums(name: str, rows: Rows, measures: Iterable[Measure], *, alone: bool) -> Step:
    """Return the step that adds days up; `alone`: each of its rows is one row of the sums, nothing is to add."""
    columns = [
        column if alone else f"{together(measure, column)}({column}) AS {column}"
        for measure in measures
        for column in result_columns(measure)
    ]
    grouped = "" if alone else rows.grouped
    return Step(name, f"SELECT {', '.join([*rows.dimensions, *columns])} {rows.source}{grouped}")


def together(measure: Measure, column: str) -> str:
    """Return the function that puts days, or agents, of a measure's column together."""
    kind = measure.aggregate.kind
    return kind.upper() if kind in ("max", "min") and column == measure.name else "SUM"


def _spine(request: Request, metrics: Mapping[str, Metric]) -> Step:
    """Return the step with every row of the report: where some relation that is asked has a row."""
    of_agents = bool(AGENT_DIMENSIONS & set(request.by))
    measures = measures_asked(request, metrics).values()
    seen = {seen_of(measure).name for measure in measures if measure.relation.has_agent or not of_agents}
    rows = Rows(AGENT_SUMS if of_agents else SHOP_SUMS, "agent", request.by, request.period)
    any_row = " OR ".join(f"{name} > 0" for name in sorted(seen)) or "1 = 0"
    return Step("spine", f"SELECT DISTINCT {', '.join(rows.dimensions)} {rows.source} AND ({any_row})")
