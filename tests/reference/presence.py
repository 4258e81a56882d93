"""Presence: how long each account was online and away on each local day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.reference.shop import DAY, Row, Shop

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class PresenceDay:
    """One account's local day; the ends are None when it was never online."""

    agent: str
    day: date
    online: timedelta
    away: timedelta
    first_online_at: datetime | None
    last_online_at: datetime | None
    present: timedelta
    logins: int


def presence_of(shop: Shop) -> list[PresenceDay]:
    """Return one per account and local day on which the account was online or away; robots have no presence."""
    found = []
    for agent in sorted({row["agent"] for row in shop.rows("presence")}):
        rows = [row for row in shop.rows("presence") if row["agent"] == agent]
        stretches = [(row["status"], row["start_at"], _end_of(shop, row, rows)) for row in rows]
        whole = _union([(start, end) for status, start, end in stretches if status != "offline" and start < end])
        begun = [shop.day(start) for start, _ in whole]
        days = {day for _, start, end in stretches for day in _days(shop, start, end)}
        people = [day for day in sorted(days) if not shop.is_robot(agent, day)]
        found += [
            one for day in people if (one := _on_day(shop, agent, day, stretches, logins=begun.count(day))) is not None
        ]
    return found


def _end_of(shop: Shop, row: Row, rows: list[Row]) -> datetime:
    """Return the end of a row; an open one lasts until the account's next row, the last until its local day ends."""
    if row.get("end_at") is not None:
        end: datetime = row["end_at"]
        return end
    later: list[datetime] = [other["start_at"] for other in rows if other["start_at"] > row["start_at"]]
    return min(later, default=shop.start_of_day(shop.day(row["start_at"]) + DAY))


def _days(shop: Shop, start: datetime, end: datetime) -> list[date]:
    days = []
    day = shop.day(start)
    while shop.start_of_day(day) < end:
        days.append(day)
        day += DAY
    return days


def _on_day(
    shop: Shop, agent: str, day: date, stretches: list[tuple[str, datetime, datetime]], *, logins: int
) -> PresenceDay | None:
    low, high = shop.start_of_day(day), shop.start_of_day(day + DAY)
    clipped = [(status, max(start, low), min(end, high)) for status, start, end in stretches]
    online = _union([(start, end) for status, start, end in clipped if status == "online" and start < end])
    away = _union([(start, end) for status, start, end in clipped if status == "away" and start < end])
    if not online and not away:
        return None
    return PresenceDay(
        agent,
        day,
        _length(online),
        _length(away),
        online[0][0] if online else None,
        online[-1][1] if online else None,
        present=_length(_union([*online, *away])),
        logins=logins,
    )


def clock_hours(shop: Shop, day: date, instant: datetime) -> timedelta:
    """Return how long after the day's midnight an instant is, the day running on past it."""
    start = shop.day_start
    return instant - shop.start_of_day(day) + timedelta(hours=start.hour, minutes=start.minute)


def _union(stretches: list[Stretch]) -> list[Stretch]:
    """Return the stretches with overlapping ones joined, in order: nobody is online twice at once."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _length(stretches: list[Stretch]) -> timedelta:
    return sum((end - start for start, end in stretches), timedelta())
