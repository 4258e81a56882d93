"""A report as scripts read it: the figures, and beside them the state and the interval of each."""

from collections.abc import Iterator
from fractions import Fraction

from xiaoer.actions.report_context import Context
from xiaoer.metrics import Ranking, Report, Row, counts_a_part, in_unit, interval_of, json_value


def report_json(report: Report, context: Context) -> dict[str, object]:
    """Return the report's JSON: what Report.to_json gives, and lists of what is told of single figures."""
    return {
        **report.to_json(),
        "states": [one for row in report.rows for one in _states(row, context)],
        "intervals": [one for row in report.rows for one in _intervals(row, context)],
        **({"sorted": _sorted(context.ranking)} if context.ranking is not None else {}),
        **({"comparisons": list(_comparisons(report, context))} if context.comparisons.found else {}),
    }


def figure_key(row: Row, metric: str) -> dict[str, object]:
    """Return which figure it is: the row's dimension values and the metric."""
    return {**{name: json_value(value) for name, value in row.dimensions.items()}, "metric": metric}


def _states(row: Row, context: Context) -> Iterator[dict[str, object]]:
    for metric in context.request.metrics:
        standing = context.standings.of(row, metric)
        state: dict[str, object] = {}
        if standing.immature:
            state["immature_days"] = [str(one.day) for one in standing.immature]
            state["mature_on"] = str(max(one.mature_on for one in standing.immature))
        if standing.few_cases is not None:
            state["few_cases"] = standing.few_cases
        if standing.corrected:
            state["corrected"] = True
        if state:
            yield {**figure_key(row, metric), **state}


def _sorted(ranking: Ranking) -> dict[str, object]:
    like = [{name: json_value(value) for name, value in row.dimensions.items()} for row in ranking.like_first]
    return {"metric": ranking.metric, "by": ranking.by.value, "not_told_from_first": like}


def _comparisons(report: Report, context: Context) -> Iterator[dict[str, object]]:
    """Yield what came of each comparison; numbers are in the figure's own unit, so a share differs by a share."""
    for comparison in context.comparisons.found:
        for row in report.rows:
            for name in context.request.metrics:
                result = context.comparisons.of(comparison, row, name)
                yield {
                    **figure_key(row, name),
                    "compared_with": comparison.value,
                    "other": _number(context, name, result.other),
                    "difference": _number(context, name, result.difference),
                    "verdict": None if result.verdict is None else result.verdict.value,
                    **({"few_cases": True} if result.few else {}),
                    "unknown": None if result.unknown is None else result.unknown.value,
                }


def _number(context: Context, metric: str, exact: Fraction | None) -> object:
    return None if exact is None else json_value(in_unit(context.data.metrics[metric], exact))


def _intervals(row: Row, context: Context) -> Iterator[dict[str, object]]:
    metrics = context.data.metrics
    for name in context.request.metrics:
        interval = interval_of(row.parts[name]) if counts_a_part(metrics[name], metrics) else None
        if interval is not None:
            yield {**figure_key(row, name), "low": interval.low, "high": interval.high, "cases": interval.cases}
