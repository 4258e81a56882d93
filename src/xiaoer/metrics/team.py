"""The team's figure: Σ over Σ of the agents of a group or of the whole; of what is only added up, each one's share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from xiaoer.base.errors import ReportableError
from xiaoer.metrics.comparison import Unknown
from xiaoer.metrics.figure import exact_figure
from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.metric import Level, Metric
from xiaoer.metrics.report_rows import DimensionValue, Row
from xiaoer.metrics.request import AGENT_DIMENSIONS, Dimension, Request

Place = tuple[DimensionValue, ...]
Sums = dict[Part, Fraction]
_ADDED = ("count", "sum", "distinct")


def team_dimensions(by: Sequence[Dimension], comparison: str) -> tuple[Dimension, ...]:
    """Return what a team's rows stand for: the report's dimensions without the agents, or without their groups.

    A ReportableError where the rows are nobody's.
    """
    if Dimension.AGENT in by:
        return tuple(dimension for dimension in by if dimension is not Dimension.AGENT)
    if AGENT_DIMENSIONS & set(by):
        return tuple(dimension for dimension in by if dimension not in AGENT_DIMENSIONS)
    raise ReportableError.of("metrics.rows_are_nobodys", values={"name": comparison})


def team_place(row: Row, team: Sequence[Dimension]) -> Place:
    """Return which team a row belongs to."""
    return tuple(row.dimensions[dimension] for dimension in team)


def members_of(rows: Iterable[Row], team: Sequence[Dimension]) -> dict[Place, list[Row]]:
    """Return the rows of each team."""
    members: dict[Place, list[Row]] = defaultdict(list)
    for row in rows:
        members[team_place(row, team)].append(row)
    return members


def not_of_a_team(metric: Metric, measures: Mapping[Part, Measure], request: Request) -> Unknown | None:
    """Return why a team has no figure of a metric to compare with; None when it has, or its own quantile must be asked.

    The earliest login or the most at once of a team is one person's; groups differ in size, so their sums say nothing.
    """
    if any(measure.level is Level.SHOP for measure in measures.values()):
        return Unknown.WHOLE_SHOP
    kinds = {measure.aggregate.kind for measure in measures.values()}
    if kinds & {"max", "min"} or (metric.ratio is None and Dimension.AGENT not in request.by and kinds != {"quantile"}):
        return Unknown.NOT_COMPARABLE
    return None


def is_quantile(measures: Mapping[Part, Measure]) -> bool:
    """Return whether a figure can not be made of sums: its team's must be asked for by itself."""
    return any(measure.aggregate.kind not in _ADDED for measure in measures.values())


def team_figure(metric: Metric, metrics: Mapping[str, Metric], members: Sequence[Row]) -> Fraction | None:
    """Return the exact figure of a team: Σ numerators ÷ Σ denominators; of what is added up, the mean of the members.

    Nobody's and robots' work is in no row and so in no team. Unknown parts are left out with their rows.
    """
    measures = measures_of(metric, metrics)
    holds = next(iter(measures.values())).holds
    sums, known = summed(metric.name, members)
    if not known:
        return None
    if metric.ratio is None:
        sums = {part: value / known for part, value in sums.items()}
    return exact_figure(metric, sums, holds)


def summed(metric: str, rows: Iterable[Row]) -> tuple[Sums, int]:
    """Return the sum of each part of a metric over the rows that know all of its parts, and how many those are."""
    sums: Sums = defaultdict(Fraction)
    known = 0
    for row in rows:
        parts = {part: value for part, value in row.parts[metric].items() if value is not None}
        if len(parts) == len(row.parts[metric]):
            known += 1
            for part, value in parts.items():
                sums[part] += value
    return sums, known
