"""Who is planned when: a roster as adherence takes it, from a table or from what was published."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from xiaoer.actions.plan_table import plan_rows
from xiaoer.base.days import DAY_MINUTES, Clock
from xiaoer.planning.adherence import Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOT_WORK = frozenset({"break", "leave", "training", "off", "休息", "午休", "请假", "培训", "休"})


@dataclass(frozen=True, order=True)
class Duty:
    """What somebody is planned to do on a day, in minutes of its wall clock; past midnight they go on above 1440."""

    agent: str
    day: date
    first_minute: int
    last_minute: int
    activity: str = ""

    @property
    def is_work(self) -> bool:
        """Return whether somebody is to be online then."""
        return self.activity.strip().lower() not in NOT_WORK

    def span(self, clock: Clock) -> Span:
        """Return it as instants of a shop's clock."""
        midnight = datetime.combine(self.day, datetime.min.time(), clock.zone)
        first, last = (midnight + timedelta(minutes=minute) for minute in (self.first_minute, self.last_minute))
        return Span(micros_of(first), micros_of(last))


def micros_of(instant: datetime) -> int:
    """Return an instant as whole microseconds since 1970."""
    return (instant.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


def instant_of(micros: int) -> datetime:
    """Return the instant of whole microseconds since 1970."""
    return EPOCH + timedelta(microseconds=micros)


def read_duties(file: Path) -> tuple[Duty, ...]:
    """Return the duties of a table: agent, day, from, to, activity; an end not after its start is on the next day."""
    found = []
    for cells in plan_rows(file, needed=(("agent",), ("day",), ("from",), ("to",))):
        first, last = cells.minute("from"), cells.minute("to")
        last += DAY_MINUTES if last <= first else 0
        found.append(Duty(cells.text("agent"), cells.day("day"), first, last, cells.text("activity")))
    return tuple(found)
