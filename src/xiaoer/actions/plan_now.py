"""Who is to be on now by a roster, who is, and who is late: a shop's live presence against its duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xiaoer.actions.live import LiveShop
from xiaoer.actions.plan_duties import Duty, micros_of
from xiaoer.base.days import MICROS_PER_SECOND

ONLINE = "online"
SOON = timedelta(minutes=60)


class Standing(StrEnum):
    """How somebody stands to the roster, the most pressing first."""

    MISSING = "missing"  # is to be on and is not
    ON = "on"  # is to be on and is
    BREAK = "break"  # has a planned break now
    EXTRA = "extra"  # is on without being planned
    SOON = "soon"  # begins within the hour


@dataclass(frozen=True)
class OnNow:
    """One person now; `since` is from when on it stands so, in whole microseconds, `until` the planned minute."""

    agent: str
    shown: str
    standing: Standing
    since: int | None
    first_minute: int
    last_minute: int


def on_now(live: LiveShop, duties: Sequence[Duty], now: datetime) -> list[OnNow]:
    """Return everybody who is planned now or within the hour, or is online all the same, the most pressing first.

    A status that nobody told of counts as absent; whoever is away or offline is missing from when that began, but not
    from before the planned work.
    """
    at = micros_of(now)
    found = []
    for agent in sorted({duty.agent for duty in duties} | live.presence.online(at)):
        one = _standing(live, [duty for duty in duties if duty.agent == agent], agent, at)
        if one is not None:
            found.append(one)
    order = list(Standing)
    return sorted(found, key=lambda one: (order.index(one.standing), one.since or 0, one.shown))


def _standing(live: LiveShop, duties: Sequence[Duty], agent: str, at: int) -> OnNow | None:
    online = live.presence.status(agent, at) == ONLINE
    spans = sorted(((duty.span(live.clock), duty) for duty in duties), key=lambda pair: pair[0])
    current = [(span, duty) for span, duty in spans if span.start <= at < span.end]
    working = next(((span, duty) for span, duty in current if duty.is_work), None)
    if working is not None:
        span, duty = working
        since = None if online else max(span.start, live.presence.since(agent, at) or span.start)
        return _now(live, duty, Standing.ON if online else Standing.MISSING, since)
    if current:
        return _now(live, current[0][1], Standing.BREAK, None)
    if online:
        return OnNow(agent, live.shown(agent), Standing.EXTRA, None, 0, 0)
    ahead = at + SOON // timedelta(microseconds=1)
    coming = next((duty for span, duty in spans if duty.is_work and at < span.start <= ahead), None)
    return None if coming is None else _now(live, coming, Standing.SOON, None)


def _now(live: LiveShop, duty: Duty, standing: Standing, since: int | None) -> OnNow:
    return OnNow(duty.agent, live.shown(duty.agent), standing, since, duty.first_minute, duty.last_minute)


def seconds_since(one: OnNow, now: datetime) -> int:
    """Return for how many whole seconds somebody has stood so; 0 where it is not told."""
    return 0 if one.since is None else max(micros_of(now) - one.since, 0) // MICROS_PER_SECOND
