"""Which days the table shows: today, yesterday, this month, last month, a month, or any days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import QueryDict

from xiaoer.actions.shops import clock_of
from xiaoer.base.days import DAY, Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.no_data import days_with_data
from xiaoer.site.pages.months import Month, month_of

NAMED = ("today", "yesterday", "this_month", "last_month")
ANY = "days"
MOST_DAYS = 400
MOST_MONTHS = 24


@dataclass(frozen=True)
class Days:
    """The days chosen, the name under which they were, and the months that have data, the latest first."""

    name: str
    period: Period
    months: tuple[date, ...]

    @property
    def label(self) -> str:
        """Return the days as the name of a file has them."""
        month = f"{self.period.first:%Y-%m}"
        whole = Month(self.period.first.replace(day=1)).period == self.period
        return month if whole else f"{self.period.first}-{self.period.last}"


def days_of(asked: QueryDict, shop: Shop) -> Days:
    """Return the days that an address asks for, else the last month with data; NoData for a shop without any."""
    known = days_with_data(shop)
    name = asked.get("period") or asked.get("month") or ("" if not asked.get("from") else ANY)
    months = tuple(_months(known.first, known.last))
    if name in NAMED:
        return Days(name, named_days(name, kept(clock_of, shop.name).local_day(datetime.now(UTC))), months)
    if name == ANY:
        return Days(ANY, _any(asked, known.last), months)
    month = month_of(name or None, shop)
    return Days(f"{month.first:%Y-%m}", month.period, months)


def named_days(name: str, today: date) -> Period:
    """Return the days of a name, as they are on a day."""
    if name in ("today", "yesterday"):
        day = today if name == "today" else today - DAY
        return Period(day, day)
    first = today.replace(day=1)
    return Month(first if name == "this_month" else (first - DAY).replace(day=1)).period


def _any(asked: QueryDict, latest: date) -> Period:
    first = parse_day(asked.get("from") or str(latest.replace(day=1)), name="from")
    last = parse_day(asked.get("to") or str(max(first, latest)), name="to")
    if first > last:
        raise ReportableError.of("site.days_backwards", values={"first": str(first), "last": str(last)})
    if (last - first).days >= MOST_DAYS:
        raise ReportableError.of("site.too_many_days", values={"most": MOST_DAYS})
    return Period(first, last)


def _months(start: date, end: date) -> list[date]:
    months: list[date] = []
    month = end.replace(day=1)
    while month >= start.replace(day=1) and len(months) < MOST_MONTHS:
        months.append(month)
        month = (month - DAY).replace(day=1)
    return months
