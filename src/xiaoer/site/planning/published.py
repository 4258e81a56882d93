"""Who is to work when by the rosters that were published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xiaoer.site.models import Roster, Shop

WORK, BREAK = "work", "break"


@dataclass(frozen=True)
class PlannedDuty:
    """A stretch of one agent's shift: work or a break, in minutes since the midnight that begins its day.

    What lies after 1440 is on the next day. `agent` is an account of the data; a name without one stands for itself.
    """

    agent: str
    day: date
    start: int
    end: int
    activity: str


def published_duties(shop: Shop, first: date, last: date) -> list[PlannedDuty]:
    """Return the work and breaks of the published rosters of a shop on these days, by day, agent and time."""
    rosters = Roster.objects.filter(shop=shop, state=Roster.State.PUBLISHED, first__lte=last, last__gte=first)
    found = [
        stretch
        for roster in rosters
        for duty in roster.duties
        if first <= date.fromisoformat(duty["day"]) <= last
        for stretch in _stretches(roster.accounts.get(duty["person"], duty["person"]), duty)
    ]
    return sorted(found, key=lambda one: (one.day, one.agent, one.start))


def _stretches(agent: str, duty: Mapping[str, object]) -> Iterable[PlannedDuty]:
    day, at = date.fromisoformat(str(duty["day"])), minutes_of(str(duty["start"]))
    breaks = duty["breaks"]
    assert isinstance(breaks, list)
    for begins, ends in breaks:
        if minutes_of(begins) > at:
            yield PlannedDuty(agent, day, at, minutes_of(begins), WORK)
        at = minutes_of(ends)
        yield PlannedDuty(agent, day, minutes_of(begins), at, BREAK)
    if minutes_of(str(duty["end"])) > at:
        yield PlannedDuty(agent, day, at, minutes_of(str(duty["end"])), WORK)


def minutes_of(text: str) -> int:
    """Return the minutes since midnight of a time as duties keep it; 30:00 is six in the morning after."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
