"""Which month a page shows: the one in the address, else the last with data."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.site.models import Shop
from xiaoer.site.no_data import days_with_data


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


def month_of(asked: str | None, shop: Shop) -> Month:
    """Return the month asked for as 2024-09, else the last with data; NoData without any, an error for no month."""
    known = days_with_data(shop)
    first = _read(asked) if asked else known.last.replace(day=1)
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    return Month(
        first, before.replace(day=1) if before >= known.first else None, after if after <= known.last else None
    )  # fmt: skip


def _read(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2024-09") else date.fromisoformat("")
    except ValueError:
        raise ReportableError.of("site.no_month", values={"found": text[:20]}) from None
