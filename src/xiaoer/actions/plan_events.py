"""A shop's own promotions and closed days: a log in the data folder; of a name and first day the latest word holds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from xiaoer.actions.home import must_have_data
from xiaoer.actions.plan_said import said_lines, say_line
from xiaoer.base.catalog import Words
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.planning.forecast.calendar import Event

LOG = "events"
MOST_DAYS = 92
MOST_TIMES = 100


@dataclass(frozen=True)
class OwnEvent:
    """A promotion of a shop's own: `lift` is what a day brings against an ordinary one; None: measured, 0: closed."""

    name: str
    days: Period
    lift: float | None = None
    author: str = ""

    def as_events(self) -> list[Event]:
        """Return it as a calendar takes it; a closed stretch is a day after another."""
        called = Words(zh=self.name, en=self.name)
        if self.lift == 0.0:
            return [Event(self.name, called, day, day, 0.0) for day in self.days.days()]
        return [Event(self.name, called, self.days.first, self.days.last, self.lift)]


@dataclass(frozen=True)
class Entry:
    """One line of the log."""

    at: str
    shop: str
    name: str
    first: str
    last: str
    lift: float | None
    author: str
    withdrawn: bool


def say_event(home: Path, shop: str, event: OwnEvent, *, now: datetime) -> None:
    """Write an event of a shop down; a ReportableError says what of it can not be used."""
    length = (event.days.last - event.days.first).days + 1
    if not event.name.strip() or length > MOST_DAYS:
        raise ReportableError.of("planning.event_form", values={"most": MOST_DAYS})
    if event.lift is not None and not 0 <= event.lift <= MOST_TIMES:
        raise ReportableError.of("planning.event_lift", values={"most": MOST_TIMES})
    _write(home, shop, event, now=now, withdrawn=False)


def withdraw_event(home: Path, shop: str, event: OwnEvent, *, now: datetime) -> None:
    """Take an event back; that it was there stays written."""
    _write(home, shop, event, now=now, withdrawn=True)


def events_of(home: Path, shop: str) -> tuple[OwnEvent, ...]:
    """Return the events that hold for a shop, the latest first."""
    latest = {(one.name, one.first): one for one in said_lines(home, LOG, Entry) if one.shop == shop}
    held = [
        OwnEvent(one.name, Period(date.fromisoformat(one.first), date.fromisoformat(one.last)), one.lift, one.author)
        for one in latest.values()
        if not one.withdrawn
    ]
    return tuple(sorted(held, key=lambda one: (one.days.first, one.name), reverse=True))


def _write(home: Path, shop: str, event: OwnEvent, *, now: datetime, withdrawn: bool) -> None:
    must_have_data(home)
    say_line(home, LOG, Entry(
        now.astimezone(UTC).isoformat(timespec="seconds"), shop, event.name.strip(), str(event.days.first),
        str(event.days.last), event.lift, event.author, withdrawn,
    ))  # fmt: skip
