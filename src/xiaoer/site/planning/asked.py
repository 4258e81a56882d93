"""What a page of planning is asked about, as its address says it: kind of contact, days, length of intervals."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from xiaoer.actions.data_span import data_reach
from xiaoer.actions.plan_data import PlanAsk
from xiaoer.base.days import DAY, Period, parse_day
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.no_data import NoData, days_with_data

TABLES = {"chat": "messages", "call": "calls"}
LENGTHS = (1, 7, 14, 28, 56, 91)
USUAL_DAYS = 14
INTERVALS = (15, 30, 60)


@dataclass(frozen=True)
class Asked:
    """The days from a first on; `on` is the one day that is shown by interval, `reach` the last with data."""

    shop: str
    kind: str
    kinds: tuple[str, ...]
    first: date
    days: int
    interval: str
    on: date | None
    reach: date

    @property
    def period(self) -> Period:
        """Return the days."""
        return Period(self.first, self.first + timedelta(days=self.days - 1))

    @property
    def ask(self) -> PlanAsk:
        """Return the question to the engine."""
        period = self.period
        return PlanAsk(str(period.first), str(period.last), self.shop, self.kind, interval=self.interval or None)

    def has_come(self, day: date) -> bool:
        """Return whether there are data of a day already."""
        return day <= self.reach

    def query(self, **more: object) -> str:
        """Return the address's question, with more in it."""
        own = {"kind": self.kind, "from": self.first, "days": self.days, "interval": self.interval, "on": self.on}
        return urlencode({key: value for key, value in (own | more).items() if value})

    @property
    def all_days(self) -> "Asked":
        """Return the same about all days."""
        return replace(self, on=None, days=max(self.days, LENGTHS[1]))


def asked_of(given: QueryDict, shop: Shop, *, usual_days: int = USUAL_DAYS, past: bool = False) -> Asked:
    """Return what an address asks for; NoData for a shop without chats and calls.

    Without a first day they begin after the last one with data, or, where the `past` is asked about, end with it.
    """
    days_with_data(shop)  # NoData: its name is not known to the data at all
    known = kept(data_reach, shop.name)
    reach = {kind: known[table] for kind, table in TABLES.items() if table in known}
    if not reach:
        raise NoData(shop)
    kind = given.get("kind", "")
    kind = kind if kind in reach else next(iter(reach))
    days = int(given["days"]) if given.get("days", "") in map(str, LENGTHS) else usual_days
    usual = reach[kind] - timedelta(days=days - 1) if past else reach[kind] + DAY
    first = parse_day(given["from"], name="from") if given.get("from") else usual
    interval = given.get("interval", "")
    on = parse_day(given["on"], name="on") if given.get("on") else first if days == 1 else None
    on = on if on is not None and first <= on < first + timedelta(days=days) else None
    return Asked(
        shop.name, kind, tuple(reach), first, days, interval if interval in map(str, INTERVALS) else "", on, reach[kind]
    )
