"""Which month a page shows: the one in the address, else the last with data."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.site.kept import first_day_known, last_day_known
from xiaoer.site.models import Shop


@dataclass(frozen=True)
class Month:
    """One month, and whether there are others beside it that have data."""

    first: date
    earlier: "date | None" = None
    later: "date | None" = None

    @property
    def period(self) -> Period:
        """Return its days."""
        return Period(self.first, self.first.replace(day=monthrange(self.first.year, self.first.month)[1]))


def month_of(asked: str | None, shop: Shop) -> Month | None:
    """Return the month asked for as 2024-09, else the last with data; None without data, an error for no month."""
    start, end = first_day_known(shop.name), last_day_known(shop.name)
    if start is None or end is None:
        return None
    first = _read(asked) if asked else end.replace(day=1)
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    return Month(
        first, before.replace(day=1) if before >= start else None, after if after <= end else None
    )  # fmt: skip


def _read(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2024-09") else date.fromisoformat("")
    except ValueError:
        raise ReportableError.of("site.no_month", values={"found": text[:20]}) from None
