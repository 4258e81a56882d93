"""What is known of days before they come: weekdays, holidays and make-up workdays, promotions, drivers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from xiaoer.base.catalog import Catalog, Declared, Words

NO_HOLIDAYS = "none"


class DayKind(StrEnum):
    """What the law makes of a day."""

    ORDINARY = "ordinary"
    OFF = "off"
    MAKE_UP = "make_up"


class Stretch(Declared):
    """Days from a first to a last; a single day where the last is left out."""

    from_: date = Field(alias="from")
    to: date | None = None

    def days(self) -> list[date]:
        """Return the days, in order."""
        last = self.to or self.from_
        return [self.from_ + timedelta(days=after) for after in range((last - self.from_).days + 1)]


class Holiday(Declared):
    """One holiday of a year: the days off and the days on which work is made up for."""

    name: Words
    off: tuple[Stretch, ...]
    make_up: tuple[date, ...] = ()


class Year(Declared):
    """The holidays of a year, and where they were announced."""

    source: Words
    holidays: tuple[Holiday, ...]


class HolidayCalendar(Declared):
    """A country's holidays by year."""

    label: Words
    years: dict[str, Year]


class Promotion(Declared):
    """A promotion that comes again: its name, and each time it was held; `lift` where somebody knows it beforehand."""

    name: str
    label: Words
    dates: tuple[Stretch, ...]
    lift: float | None = None


class Promotions(Declared):
    """Promotions of the big platforms, and the shop's own."""

    promotions: tuple[Promotion, ...]


@dataclass(frozen=True)
class Event:
    """One time that something is held: `lift` is what a day brings against an ordinary one, where entered."""

    name: str
    label: Words
    first: date
    last: date
    lift: float | None = None


@dataclass(frozen=True)
class Calendar:
    """What is known of days. Years whose holidays nobody entered are known to be unknown."""

    kinds: Mapping[date, tuple[DayKind, Words]] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    events: tuple[Event, ...] = ()
    drivers: Mapping[str, Mapping[date, float]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    def kind(self, day: date) -> DayKind:
        """Return what the law makes of a day."""
        return self.kinds[day][0] if day in self.kinds else DayKind.ORDINARY

    def events_on(self, day: date) -> list[Event]:
        """Return the events that a day belongs to, the shortest first: it says most of the day."""
        held = [event for event in self.events if event.first <= day <= event.last]
        return sorted(held, key=lambda event: (event.last - event.first, event.name))


def calendar_of(
    catalog: Catalog, holidays: str, *, own: Iterable[Event] = (),
    drivers: Mapping[str, Mapping[date, float]] | None = None, promotions: bool = True, closed: Iterable[date] = (),
) -> Calendar:  # fmt: skip
    """Return the calendar of a country's holidays ("none": none), the catalog's promotions and one's own events."""
    kinds: dict[date, tuple[DayKind, Words]] = {}
    years: frozenset[int] = frozenset()
    if holidays != NO_HOLIDAYS:
        country = catalog.load("planning/holidays", HolidayCalendar)[holidays]
        years = frozenset(map(int, country.years))
        for year in country.years.values():
            for holiday in year.holidays:
                kinds |= {day: (DayKind.OFF, holiday.name) for stretch in holiday.off for day in stretch.days()}
                kinds |= {day: (DayKind.MAKE_UP, holiday.name) for day in holiday.make_up}
    held = list(own)
    if promotions:
        declared = catalog.load_one("planning/promotions.yaml", Promotions)
        named = {event.name for event in held}
        held += [
            Event(one.name, one.label, stretch.from_, stretch.to or stretch.from_, one.lift)
            for one in declared.promotions
            if one.name not in named  # one's own dates and lift stand in for ours
            for stretch in one.dates
        ]
    ordered = tuple(sorted(held, key=lambda event: (event.first, event.last, event.name)))
    return Calendar(kinds, years, ordered, drivers or {}, frozenset(closed))
