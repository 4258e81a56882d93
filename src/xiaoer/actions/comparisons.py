"""The comparisons that a report was asked for: each figure held against earlier days, the team, its target …"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from xiaoer.actions.data_span import data_spans, has_data
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import ShopData
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.metrics import (
    EARLIER,
    OF_THE_METRIC,
    Compared,
    Comparison,
    Earlier,
    Metric,
    Report,
    Request,
    Row,
    Standings,
    Unknown,
    adjusted_rows,
    compared,
    days_of_row,
    earlier_of,
    exact_of,
    is_quantile,
    members_of,
    not_of_a_team,
    place_of,
    standings_of,
    strata_request,
    team_dimensions,
    team_figure,
    team_place,
)
from xiaoer.metrics.measure import measures_of
from xiaoer.metrics.standing import Place
from xiaoer.store.engine_session import EngineSession

Found = Mapping[tuple[Place, str], Compared]
Result = tuple[tuple[Place, str], Compared]
NOT_ASKED = Compared()


@dataclass(frozen=True)
class Comparisons:
    """What was compared, with which days, and what came of it by row and metric."""

    found: Mapping[Comparison, Found] = field(default_factory=dict)
    periods: Mapping[Comparison, Period] = field(default_factory=dict)

    def of(self, comparison: Comparison, row: Row, metric: str) -> Compared:
        """Return what came of one figure; nothing where the totals have nothing to be compared with."""
        return self.found[comparison].get((place_of(row), metric), NOT_ASKED)

    def never(self, comparison: Comparison, metric: str) -> Unknown | None:
        """Return why no row's figure of a metric can be compared so; None when some can, or might on other days."""
        return self._never.get((comparison, metric))

    @cached_property
    def _never(self) -> dict[tuple[Comparison, str], Unknown]:
        reasons: dict[tuple[Comparison, str], set[Unknown | None]] = {}
        for comparison, found in self.found.items():
            for (_, metric), one in found.items():
                reasons.setdefault((comparison, metric), set()).add(one.unknown)
        alike = {key: next(iter(each)) for key, each in reasons.items() if len(each) == 1}
        return {key: reason for key, reason in alike.items() if reason is not None and reason in OF_THE_METRIC}


@dataclass(frozen=True)
class Answered:
    """A report, where it comes from, and how far its figures can be relied on."""

    data: ShopData
    engine: EngineSession
    request: Request
    report: Report
    standings: Standings

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return every row with the totals."""
        return (*self.report.rows, self.report.total)

    @property
    def metrics(self) -> list[Metric]:
        """Return the metrics of the report."""
        return [self.data.metrics[name] for name in self.request.metrics]


def check_comparisons(asked: tuple[Comparison, ...], request: Request) -> None:
    """Raise a ReportableError where rows have nothing like them to stand beside; before anything is computed."""
    for comparison in asked:
        if comparison in EARLIER:
            earlier_of(comparison, request)
        elif comparison is not Comparison.TARGET:
            team_dimensions(request.by, comparison.value)


def that_fit(asked: tuple[Comparison, ...], request: Request) -> tuple[Comparison, ...]:
    """Return the comparisons for which this report's rows have something to stand beside."""
    return tuple(one for one in asked if _fits(one, request))


def _fits(comparison: Comparison, request: Request) -> bool:
    try:
        check_comparisons((comparison,), request)
    except ReportableError:
        return False
    return True


def compare(asked: tuple[Comparison, ...], answered: Answered) -> Comparisons:
    """Return every comparison asked for."""
    earlier = {one: earlier_of(one, answered.request) for one in asked if one in EARLIER}
    return Comparisons(
        {one: dict(_with_few(_found(one, earlier.get(one), answered), answered)) for one in asked},
        {one: shift.period(answered.request.period) for one, shift in earlier.items()},
    )


def _with_few(found: Iterator[Result], answered: Answered) -> Iterator[Result]:
    """Yield the results, those marked behind whose own figure few cases stand."""
    rows = {place_of(row): row for row in answered.rows}
    for (place, metric), one in found:
        few = answered.standings.of(rows[place], metric).few_cases is not None
        yield (place, metric), replace(one, few=one.few or few) if one.difference is not None else one


def _found(comparison: Comparison, shift: Earlier | None, answered: Answered) -> Iterator[Result]:
    if shift is not None:
        return _with_earlier(answered, shift)
    others: Mapping[Comparison, Callable[[Answered], Iterator[Result]]] = {
        Comparison.TARGET: _with_target,
        Comparison.TEAM: _with_team,
        Comparison.LOAD_ADJUSTED: _with_load_adjusted,
    }
    return others[comparison](answered)


def _with_earlier(answered: Answered, shift: Earlier) -> Iterator[Result]:
    data, request = answered.data, replace(answered.request, period=shift.period(answered.request.period))
    with data.session(request) as engine:
        report = report_of(data, engine, request)
    earlier = replace(answered, request=request, report=report, standings=_standings(report, answered))
    rows = {place_of(row): row for row in earlier.rows}
    spans = data_spans(data)
    for row in answered.rows:
        other = rows.get(shift.place(row.dimensions))
        days = days_of_row(row.dimensions, answered.request.period)
        for metric in answered.metrics:
            known = has_data(metric, _looked_at(metric, answered, days), spans)
            known &= has_data(metric, _looked_at(metric, earlier, shift.period(days)), spans)
            key = (place_of(row), metric.name)
            yield key, _beside(metric, answered, row, earlier, other) if known else Compared(unknown=Unknown.NO_DATA)


def _standings(report: Report, like: Answered) -> Standings:
    return standings_of(report, like.data.metrics, few_below=like.standings.few_below)


def _looked_at(metric: Metric, answered: Answered, days: Period) -> Period:
    """Return the days behind a figure; one that looks back from the last day has days of its own."""
    measures = measures_of(metric, answered.data.metrics).values()
    windows = [answered.request.window(one) for one in measures if one.aggregate.by_day_window]
    return windows[0] if windows else days


def _beside(metric: Metric, own: Answered, row: Row, earlier: Answered, other: Row | None) -> Compared:
    if other is None:
        return Compared(unknown=Unknown.NO_ROW)
    figures = [exact_of(metric, one, own.data.metrics) for one in (row, other)]
    if None in figures:
        return Compared(other=figures[1], unknown=Unknown.NO_FIGURE)
    before = earlier.standings.of(other, metric.name)
    if own.standings.of(row, metric.name).immature or before.immature:
        return Compared(unknown=Unknown.IMMATURE)
    return replace(compared(metric, *figures), few=before.few_cases is not None)


def _with_target(answered: Answered) -> Iterator[Result]:
    settings, metrics = answered.data.settings, answered.data.metrics
    targets: dict[object, Mapping[str, str]] = {}
    for row in answered.rows:
        last = days_of_row(row.dimensions, answered.request.period).last
        on_day = targets.setdefault(last, settings.targets(last))
        for metric in answered.metrics:
            target = Fraction(on_day[metric.name]) if metric.name in on_day else None
            result = compared(metric, exact_of(metric, row, metrics), target)
            if target is None:
                result = Compared(unknown=Unknown.NO_TARGET)
            elif answered.standings.of(row, metric.name).immature:
                result = Compared(other=target, unknown=Unknown.IMMATURE)
            yield (place_of(row), metric.name), result


def _with_team(answered: Answered) -> Iterator[Result]:
    """The team has had the same days, so its figures are as far from mature as anybody's."""
    data, request, rows = answered.data, answered.request, answered.report.rows
    dimensions = team_dimensions(request.by, Comparison.TEAM.value)
    members = members_of(rows, dimensions)
    asked = tuple(m.name for m in answered.metrics if is_quantile(measures_of(m, data.metrics)))
    whole = report_of(data, answered.engine, replace(request, by=dimensions, metrics=asked)) if asked else None
    teams = {place_of(row): row for row in whole.rows} if whole is not None else {}
    for metric in answered.metrics:
        reason = not_of_a_team(metric, measures_of(metric, data.metrics), request)
        figures: dict[Place, Fraction | None] = {}
        for place, team in members.items():
            if metric.name in asked:
                figures[place] = exact_of(metric, teams[place], data.metrics) if place in teams else None
            elif reason is None:
                figures[place] = team_figure(metric, data.metrics, team)
        for row in rows:
            place = team_place(row, dimensions)
            alone = Unknown.ALONE if len(members[place]) < 2 else reason
            own = exact_of(metric, row, data.metrics)
            key = (place_of(row), metric.name)
            yield key, compared(metric, own, figures[place]) if alone is None else Compared(unknown=alone)


def _with_load_adjusted(answered: Answered) -> Iterator[Result]:
    metrics, request, rows = answered.data.metrics, answered.request, answered.report.rows
    strata = report_of(answered.data, answered.engine, strata_request(request, metrics)).rows
    for metric in answered.metrics:
        found = adjusted_rows(metric, metrics, request=request, rows=rows, strata=strata)
        for row in rows:
            one = found[place_of(row)]
            own = exact_of(metric, row, metrics)
            known = one.unknown is None
            yield (
                (place_of(row), metric.name),
                compared(metric, own, one.adjusted) if known else Compared(unknown=one.unknown),
            )
