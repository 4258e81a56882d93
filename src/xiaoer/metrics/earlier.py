"""Comparisons with earlier days: which days, and which row of the earlier report stands beside which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xiaoer.base.days import DAY, Period
from xiaoer.base.errors import ReportableError
from xiaoer.metrics.comparison import Comparison
from xiaoer.metrics.report_rows import DimensionValue
from xiaoer.metrics.request import Dimension, Request

EARLIER = (
    Comparison.PREVIOUS_DAY,
    Comparison.PREVIOUS_WEEK,
    Comparison.PREVIOUS_PERIOD,
    Comparison.PREVIOUS_MONTH,
    Comparison.SAME_PERIOD_LAST_YEAR,
)
_DATED = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)


@dataclass(frozen=True)
class Earlier:
    """A shift of days: so many days back, or so many calendar months where there are none."""

    days_back: int | None
    months_back: int = 12

    def day(self, day: date) -> date:
        """Return the earlier day; of a day that the earlier month does not have its last."""
        if self.days_back is not None:
            return day - self.days_back * DAY
        months = day.year * 12 + day.month - 1 - self.months_back
        first = date(months // 12, months % 12 + 1, 1)
        return min(first + (day.day - 1) * DAY, _last_day(Dimension.MONTH, first))

    def period(self, period: Period) -> Period:
        """Return the earlier days of a period; the month before a whole month is whole."""
        first, last = self.day(period.first), self.day(period.last)
        if self.days_back is None and self.months_back == 1 and _whole_months(period):
            last = _last_day(Dimension.MONTH, last.replace(day=1))
        return Period(first, last)

    def place(self, dimensions: Mapping[str, DimensionValue]) -> tuple[DimensionValue, ...]:
        """Return the dimension values of the earlier row that stands beside a row with these."""
        own_day = dimensions.get(Dimension.DAY)
        earlier_day = self.day(own_day) if isinstance(own_day, date) else None
        return tuple(self._value(name, value, earlier_day) for name, value in dimensions.items())

    def _value(self, name: str, value: DimensionValue, day: date | None) -> DimensionValue:
        if name not in _DATED or not isinstance(value, date):
            return value
        if day is None:
            return self.day(value)
        weekday = day - day.weekday() * DAY
        return {Dimension.DAY: day, Dimension.WEEK: weekday, Dimension.MONTH: day.replace(day=1)}[Dimension(name)]


def earlier_of(comparison: Comparison, request: Request) -> Earlier:
    """Return the shift of days that a comparison asks for.

    A ReportableError where rows would not stand beside like ones: a week against the same week less a day, a month
    against 30 days that are no month.
    """
    days = (request.period.last - request.period.first).days + 1
    back = {Comparison.PREVIOUS_DAY: 1, Comparison.PREVIOUS_WEEK: 7, Comparison.PREVIOUS_PERIOD: days}.get(comparison)
    shift = Earlier(back, 1 if comparison is Comparison.PREVIOUS_MONTH else 12)
    dated = [dimension for dimension in request.by if dimension in _DATED]
    if Dimension.DAY in dated:
        return shift
    if comparison is Comparison.PREVIOUS_MONTH and not dated:
        fits = shift.period(request.period).last < request.period.first
    elif back is None:
        fits = Dimension.WEEK not in dated
    elif dated == [Dimension.WEEK]:
        fits = back % 7 == 0
    else:
        fits = not dated and back >= days
    if not fits:
        raise ReportableError.of("metrics.rows_do_not_match", values={"name": comparison.value})
    return shift


def days_of_row(dimensions: Mapping[str, DimensionValue], period: Period) -> Period:
    """Return the local days of the period that a row stands for."""
    first, last = period.first, period.last
    for name, value in dimensions.items():
        if name in _DATED and isinstance(value, date):
            first, last = max(first, value), min(last, _last_day(Dimension(name), value))
    return Period(first, max(first, last))


def _last_day(dimension: Dimension, first: date) -> date:
    if dimension is Dimension.MONTH:
        return (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return first + (6 if dimension is Dimension.WEEK else 0) * DAY


def _whole_months(period: Period) -> bool:
    return period.first.day == 1 and (period.last + DAY).day == 1
