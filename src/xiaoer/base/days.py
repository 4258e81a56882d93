"""Local days: the calendar date in a shop's zone, starting at a time of day of the shop's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from xiaoer.base.errors import ReportableError

MICROS_PER_SECOND = 1_000_000
DAY = timedelta(days=1)
DAY_MINUTES = 1440
FIRST_YEAR, LAST_YEAR = 1990, 2099  # years that a shop's data can be of
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


@dataclass(frozen=True)
class Clock:
    """A shop's zone and the time of day at which its local day starts."""

    zone: ZoneInfo = ZoneInfo("Asia/Shanghai")
    day_starts_at: time = time(0, 0)

    def local_day(self, instant: datetime) -> date:
        """Return the local day that an aware instant falls in."""
        local = instant.astimezone(self.zone)
        return local.date() if local.timetz().replace(tzinfo=None) >= self.day_starts_at else local.date() - DAY

    def start_of(self, day: date) -> datetime:
        """Return the aware UTC instant at which a local day starts."""
        return datetime.combine(day, self.day_starts_at, self.zone).astimezone(UTC)


@dataclass(frozen=True)
class Period:
    """Local days from first to last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ReportableError.of("period.backwards", values={"first": str(self.first), "last": str(self.last)})

    def days(self) -> Iterator[date]:
        """Yield each day in order."""
        day = self.first
        while day <= self.last:
            yield day
            day += DAY

    def widened(self, *, before: int = 0, after: int = 0) -> "Period":
        """Return the period with days added at either end."""
        return Period(self.first - before * DAY, self.last + after * DAY)


def parse_day(text: str, *, name: str) -> date:
    """Return the day of a text such as 2024-09-01 or 2024/9/1; a ReportableError names the option otherwise."""
    found = _DAY.fullmatch(text.strip())
    try:
        day = date(*map(int, found.groups())) if found else date.fromisoformat(text.strip())
    except ValueError:
        raise ReportableError.of("day.unreadable", values={"option": name, "found": text[:40]}) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ReportableError.of(
            "day.out_of_range",
            values={"option": name, "found": str(day), "first": FIRST_YEAR, "last": LAST_YEAR},
        )
    return day
