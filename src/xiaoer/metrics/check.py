"""What is wrong with a metric's file beyond its shape: unknown names of any kind, SQL that is not portable."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import declared_settings
from xiaoer.base.tables import canonical_tables
from xiaoer.metrics.measure import measures_of
from xiaoer.metrics.metric import Aggregate, Level, Metric, Unit
from xiaoer.metrics.portable import expression_issues
from xiaoer.metrics.relations import RELATIONS, Holds

_DISTINCT = frozenset({"buyer", "agent", "order_id"})
_UNIT_HOLDS = {
    Unit.YUAN: Holds.MONEY,
    Unit.SECONDS: Holds.MICROS,
    Unit.HOURS: Holds.MICROS,
    Unit.INSTANT: Holds.INSTANT,
}


def metric_issues(metric: Metric, metrics: Mapping[str, Metric], *, file: str) -> list[Issue]:
    """Return every issue of one metric, each with its file and key."""
    issues: list[Issue] = []
    issues += _unknown(metric.needs, canonical_tables(), Place(file, column="needs"), "metrics.unknown_table")
    for key, aggregate in _aggregates(metric):
        issues += _aggregate_issues(aggregate, metric, file=file, key=key)
    for key, name in _references(metric):
        place = Place(file, column=key)
        issues += _unknown([name], metrics, place, "metrics.unknown_metric")
        if name in metrics and metrics[name].value is None:
            issues.append(_issue("metrics.not_a_value", place, name=name))
    return issues or _unit_issues(metric, metrics, Place(file, column="unit"))


def _unit_issues(metric: Metric, metrics: Mapping[str, Metric], place: Place) -> list[Issue]:
    """Return the issue of a unit that does not fit what the columns hold; shares and ratios fit anything."""
    holds = next(iter(measures_of(metric, metrics).values())).holds
    fits = _UNIT_HOLDS.get(metric.unit, Holds.COUNT)
    if metric.unit in (Unit.SHARE, Unit.RATIO) or holds is fits:
        return []
    return [_issue("metrics.unit_differs", place, unit=metric.unit.value, holds=holds.value)]


def _aggregates(metric: Metric) -> Iterator[tuple[str, Aggregate]]:
    if metric.value:
        yield "value", metric.value
    yield from ((key, given) for key, given in _ratio_parts(metric) if isinstance(given, Aggregate))


def _ratio_parts(metric: Metric) -> Iterator[tuple[str, Aggregate | str]]:
    if metric.ratio:
        yield "ratio.numerator", metric.ratio.numerator
        yield "ratio.denominator", metric.ratio.denominator


def _references(metric: Metric) -> Iterator[tuple[str, str]]:
    yield from ((key, given) for key, given in _ratio_parts(metric) if isinstance(given, str))
    if metric.difference:
        yield "difference.of", metric.difference.of
        yield "difference.minus", metric.difference.minus


def _aggregate_issues(aggregate: Aggregate, metric: Metric, *, file: str, key: str) -> list[Issue]:
    place = Place(file, column=f"{key}.from")
    relation = RELATIONS.get(aggregate.from_)
    if relation is None:
        return _unknown([aggregate.from_], RELATIONS, place, "metrics.unknown_relation")
    issues: list[Issue] = []
    for part, sql in (
        ("where", aggregate.where),
        ("every", aggregate.every),
        (aggregate.kind, aggregate.expression),
    ):
        if sql is not None:
            issues += expression_issues(sql, columns=relation.columns, place=Place(file, column=f"{key}.{part}"))
    if metric.level is Level.AGENT:
        agent = Place(file, column=f"{key}.agent")
        issues += _unknown([aggregate.agent], relation.columns, agent, "metrics.unknown_column")
    if aggregate.distinct is not None:
        known = {column for column in _DISTINCT if column in relation.columns}
        spelled = known | {f"{column} per day" for column in known}
        distinct = Place(file, column=f"{key}.distinct")
        issues += _unknown([aggregate.distinct], spelled, distinct, "metrics.unknown_column")
    if aggregate.by_day_window is not None:
        window = Place(file, column=f"{key}.by_day_window")
        issues += _unknown([aggregate.by_day_window], declared_settings(), window, "metrics.unknown_setting")
    return issues


def _unknown(names: Sequence[str], known: Collection[str], place: Place, code: str) -> list[Issue]:
    named = {"metrics.unknown_column": "column", "metrics.unknown_relation": "relation"}.get(code, "name")
    return [
        _issue(code, place, **{named: name, "near": ", ".join(near_names(name, known)) or "–"})
        for name in names
        if name not in known
    ]


def _issue(code: str, place: Place, **values: str) -> Issue:
    return Issue(code, Severity.ERROR, place, values)
