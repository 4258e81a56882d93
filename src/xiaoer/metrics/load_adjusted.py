"""What an agent's figure would be at the team's mix of hours and traffic: indirect standardisation.

Of each stratum (workday or weekend, hour, kind of traffic) the team's rate times the agent's own cases is what could be
expected of anybody who had those cases. The team's overall rate times observed over expected is the adjusted figure.
Source: the standardised ratio of epidemiology, as in N. E. Breslow and N. E. Day, Statistical Methods in Cancer
Research II, IARC 1987, chapter 2; there deaths among workers, here answers and orders among buyers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from xiaoer.metrics.comparison import Unknown
from xiaoer.metrics.figure import exact_figure
from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.metric import Level, Metric
from xiaoer.metrics.report_rows import DimensionValue, Row
from xiaoer.metrics.request import Dimension, Request
from xiaoer.metrics.standing import Place, place_of
from xiaoer.metrics.team import members_of, summed, team_dimensions

STRATA = (Dimension.DAY_KIND, Dimension.HOUR, Dimension.TRAFFIC)


@dataclass(frozen=True)
class Stratum:
    """An agent's cases that came alike, and the team's: numerators and denominators as they are stored."""

    of: Mapping[str, DimensionValue]
    own: Fraction
    cases: Fraction
    team: Fraction
    team_cases: Fraction

    @property
    def expected(self) -> Fraction:
        """Return the numerator that these cases would have at the team's rate."""
        return self.cases * self.team / self.team_cases


@dataclass(frozen=True)
class LoadAdjusted:
    """A figure at the team's mix, exact and in the metric's unit; `unknown` says why there is none.

    `observed` and `expected` are numerators in the metric's unit, `shared` the share of cases that came when colleagues
    had some too: the rest says nothing about the agent.
    """

    adjusted: Fraction | None = None
    team: Fraction | None = None
    observed: Fraction | None = None
    expected: Fraction | None = None
    shared: Fraction | None = None
    strata: tuple[Stratum, ...] = ()
    unknown: Unknown | None = None


def not_adjustable(metric: Metric, measures: Mapping[Part, Measure]) -> Unknown | None:
    """Return why a metric can not be adjusted for load; None when nothing in its definition is against it."""
    every = list(measures.values())
    if any(measure.level is Level.SHOP for measure in every):
        return Unknown.WHOLE_SHOP
    if metric.ratio is None:
        return Unknown.NOT_A_RATE
    if any(measure.aggregate.by_day_window or not measure.relation.by_hour for measure in every):
        return Unknown.NO_HOURS
    if len({(measure.relation.name, measure.aggregate.agent) for measure in every}) > 1:
        return Unknown.TWO_SOURCES
    return None


def strata_request(request: Request, metrics: Mapping[str, Metric]) -> Request:
    """Return the request whose rows are the strata of a report's rows, for the metrics that can be adjusted."""
    names = tuple(n for n in request.metrics if not_adjustable(metrics[n], measures_of(metrics[n], metrics)) is None)
    return replace(request, metrics=names, by=tuple(dict.fromkeys((*request.by, *STRATA))))


def adjusted_rows(
    metric: Metric, metrics: Mapping[str, Metric], *, request: Request, rows: Sequence[Row], strata: Iterable[Row]
) -> dict[Place, LoadAdjusted]:
    """Return the adjusted figure of each row of a report by agent, from the rows of its strata."""
    reason = not_adjustable(metric, measures_of(metric, metrics))
    if reason is not None:
        return {place_of(row): LoadAdjusted(unknown=reason) for row in rows}
    by_row: dict[Place, list[Row]] = defaultdict(list)
    for stratum in strata:
        by_row[tuple(stratum.dimensions[dimension] for dimension in request.by)].append(stratum)
    if any(_spans_strata(metric, row, by_row[place_of(row)]) for row in rows):
        return {place_of(row): LoadAdjusted(unknown=Unknown.SPANS_HOURS) for row in rows}
    team_by = team_dimensions(request.by, "load_adjusted")
    found = {}
    for members in members_of(rows, team_by).values():
        mix = _mix(metric, [stratum for row in members for stratum in by_row[place_of(row)]], request)
        working = sum(bool(row.parts[metric.name][Part.DENOMINATOR]) for row in members)
        for row in members:
            own = by_row[place_of(row)]
            found[place_of(row)] = (
                _adjusted(metric, metrics, own=own, mix=mix, request=request)
                if working > 1
                else LoadAdjusted(unknown=Unknown.ALONE)
            )
    return found


Mix = Mapping[Place, tuple[Fraction, Fraction]]


def _stratum_of(row: Row, request: Request) -> Place:
    """Return the stratum of a row: what it is beside whose it is."""
    left_out = {dimension.value for dimension in request.by}
    return tuple(value for name, value in row.dimensions.items() if name not in left_out)


def _spans_strata(metric: Metric, row: Row, strata: Iterable[Row]) -> bool:
    """Return whether a thing counted once in the whole counts in several strata, as a buyer who asks in two hours."""
    parts = row.parts[metric.name]
    if None in parts.values():
        return False
    sums, _ = summed(metric.name, strata)
    return any(sums.get(part, Fraction(0)) != value for part, value in parts.items())


def _mix(metric: Metric, strata: Iterable[Row], request: Request) -> Mix:
    """Return the team's numerator and denominator of each stratum."""
    by_stratum: dict[Place, list[Row]] = defaultdict(list)
    for row in strata:
        by_stratum[_stratum_of(row, request)].append(row)
    sums = {stratum: summed(metric.name, rows)[0] for stratum, rows in by_stratum.items()}
    zero = Fraction(0)
    return {place: (each.get(Part.NUMERATOR, zero), each.get(Part.DENOMINATOR, zero)) for place, each in sums.items()}


def _adjusted(
    metric: Metric, metrics: Mapping[str, Metric], *, own: Sequence[Row], mix: Mix, request: Request
) -> LoadAdjusted:
    holds = next(iter(measures_of(metric, metrics).values())).holds

    def in_unit(stored: Fraction) -> Fraction | None:
        return exact_figure(metric, {Part.NUMERATOR: stored, Part.DENOMINATOR: Fraction(1)}, holds)

    strata = tuple(_strata(metric, own, mix, request))
    cases = sum((stratum.cases for stratum in strata), Fraction(0))
    if not cases:
        return LoadAdjusted(unknown=Unknown.NO_FIGURE)
    observed = sum((stratum.own for stratum in strata), Fraction(0))
    expected = sum((stratum.expected for stratum in strata), Fraction(0))
    rate = sum((team for team, _ in mix.values()), Fraction(0)) / sum((under for _, under in mix.values()), Fraction(0))
    with_colleagues = sum((one.cases for one in strata if one.team_cases > one.cases), Fraction(0))
    unknown = Unknown.NO_COLLEAGUE if not with_colleagues else Unknown.NOTHING_EXPECTED if not expected else None
    return LoadAdjusted(
        in_unit(rate * observed / expected) if unknown is None else None,
        in_unit(rate), in_unit(observed), in_unit(expected), with_colleagues / cases, strata, unknown,
    )  # fmt: skip


def _strata(metric: Metric, own: Iterable[Row], mix: Mix, request: Request) -> Iterable[Stratum]:
    left_out = {dimension.value for dimension in request.by}
    for row in own:
        parts = row.parts[metric.name]
        over, under = parts[Part.NUMERATOR], parts[Part.DENOMINATOR]
        if over is not None and under:
            team, team_cases = mix[_stratum_of(row, request)]
            of = {name: value for name, value in row.dimensions.items() if name not in left_out}
            yield Stratum(of, over, under, team, team_cases)
