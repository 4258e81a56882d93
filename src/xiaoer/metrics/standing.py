"""How far a figure can be relied on: what of it can still change, whether few cases or a correction stand behind it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xiaoer.base.days import DAY
from xiaoer.metrics.figure import Figure
from xiaoer.metrics.interval import cases_behind
from xiaoer.metrics.maturity import Immature
from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.metric import Metric
from xiaoer.metrics.report import Report
from xiaoer.metrics.report_rows import DimensionValue, Row
from xiaoer.metrics.request import Dimension

Place = tuple[DimensionValue, ...]
_TIMES = frozenset({Dimension.MONTH.value, Dimension.WEEK.value, Dimension.DAY.value})


@dataclass(frozen=True)
class Standing:
    """The state of one figure: its days that can still change, its cases where they are few, whether corrected."""

    immature: tuple[Immature, ...] = ()
    few_cases: int | None = None
    corrected: bool = False


SOUND = Standing()


@dataclass(frozen=True)
class Standings:
    """The states of a report's figures; `corrected` are the metrics that corrections changed, by row."""

    immature: Mapping[str, tuple[Immature, ...]]
    measures: Mapping[str, Mapping[Part, Measure]]
    few_below: int
    corrected: Mapping[Place, Collection[str]]

    def of(self, row: Row, metric: str) -> Standing:
        """Return the state of one figure; a figure that is unknown has none but that a correction took it away."""
        if row.figures[metric] is None and not self.corrected:
            return SOUND
        corrected = metric in self.corrected.get(place_of(row), ())
        if row.figures[metric] is None:
            return Standing(corrected=True) if corrected else SOUND
        immature = immature_in(row, self.immature.get(metric, ()))
        cases = cases_behind(self.measures[metric], row.parts[metric])
        few = cases if cases is not None and 0 < cases < self.few_below else None
        return Standing(immature, few, corrected) if immature or few or corrected else SOUND


def standings_of(
    report: Report, metrics: Mapping[str, Metric], *, few_below: int = 0, uncorrected: Report | None = None
) -> Standings:
    """Return the states of a report's figures; `uncorrected` is the same report with no correction in force."""
    by_metric: dict[str, list[Immature]] = {}
    for one in report.immature:
        by_metric.setdefault(one.metric, []).append(one)
    names = list(report.total.figures)
    return Standings(
        immature={name: tuple(days) for name, days in by_metric.items()},
        measures={name: measures_of(metrics[name], metrics) for name in names},
        few_below=few_below,
        corrected={} if uncorrected is None else corrected_figures(report, uncorrected),
    )


def corrected_figures(report: Report, uncorrected: Report) -> dict[Place, frozenset[str]]:
    """Return the metrics that corrections changed, by row; the totals row is at the empty place."""
    before = {place_of(row): row.figures for row in (*uncorrected.rows, uncorrected.total)}
    found = {}
    for row in (*report.rows, report.total):
        known = before.get(place_of(row))
        changed = frozenset(name for name, value in row.figures.items() if not _same(value, name, known))
        if changed:
            found[place_of(row)] = changed
    return found


def _same(value: Figure | None, name: str, before: Mapping[str, Figure | None] | None) -> bool:
    """Return whether a figure is what it was before; a row that was not there counted nothing."""
    return value == before[name] if before is not None else value in (None, 0)


def place_of(row: Row) -> Place:
    """Return which row it is: its dimension values; empty for the totals."""
    return tuple(row.dimensions.values())


def immature_in(row: Row, days: Iterable[Immature]) -> tuple[Immature, ...]:
    """Return the immature days that are part of a row."""
    times = [(Dimension(name), value) for name, value in row.dimensions.items() if name in _TIMES]
    weekday = row.dimensions.get(Dimension.WEEKDAY)
    return tuple(
        one
        for one in days
        if weekday in (None, one.day.isoweekday())
        and all(isinstance(value, date) and spans(name, value, one.day) for name, value in times)
    )


def spans(dimension: Dimension, value: date, day: date) -> bool:
    """Return whether a month, week or day named by its first day holds this day."""
    if dimension is Dimension.MONTH:
        return (value.year, value.month) == (day.year, day.month)
    return value <= day < value + (7 if dimension is Dimension.WEEK else 1) * DAY
