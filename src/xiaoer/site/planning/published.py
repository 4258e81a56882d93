"""Who is to work when by the rosters that were published."""

from collections.abc import Iterable, Mapping
from datetime import date

from xiaoer.actions.plan_duties import Duty
from xiaoer.site.models import Roster, Shop

WORK, BREAK = "work", "break"


def published_duties(shop: Shop, first: date, last: date) -> tuple[Duty, ...]:
    """Return the work and breaks of the published rosters of a shop on these days, by day, agent and time.

    Whoever works has an account of the data; a name without one stands for itself.
    """
    rosters = Roster.objects.filter(shop=shop, state=Roster.State.PUBLISHED, first__lte=last, last__gte=first)
    found = (
        stretch
        for roster in rosters
        for duty in roster.duties
        if first <= date.fromisoformat(duty["day"]) <= last
        for stretch in _stretches(roster.accounts.get(duty["person"], duty["person"]), duty)
    )
    return tuple(sorted(found, key=lambda one: (one.day, one.agent, one.first_minute)))


def _stretches(agent: str, duty: Mapping[str, object]) -> Iterable[Duty]:
    day, at = date.fromisoformat(str(duty["day"])), minutes_of(str(duty["start"]))
    breaks = duty["breaks"]
    assert isinstance(breaks, list)
    for begins, ends in breaks:
        if minutes_of(begins) > at:
            yield Duty(agent, day, at, minutes_of(begins), WORK)
        at = minutes_of(ends)
        yield Duty(agent, day, minutes_of(begins), at, BREAK)
    if minutes_of(str(duty["end"])) > at:
        yield Duty(agent, day, at, minutes_of(str(duty["end"])), WORK)


def minutes_of(text: str) -> int:
    """Return the minutes since midnight of a time as duties keep it; 30:00 is six in the morning after."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
