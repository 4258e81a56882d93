"""Online and away time by agent and local day: overlapping stretches of one status count once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from xiaoer.base.days import DAY, Clock
from xiaoer.base.settings import ShopSettings
from xiaoer.facts.lines import is_robot

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Stretch:
    """A time of one status, from its start up to its end."""

    start_at: datetime
    end_at: datetime


def presence_days(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    """Return one row per agent and local day with online or away time; robots have no presence.

    A row without an end lasts until the agent's next row, or to the end of its local day.
    """
    clock = settings.clock
    stretches: dict[tuple[str, date, str], list[Stretch]] = defaultdict(list)
    closed = list(_closed(rows, clock))
    logins = _logins(closed, clock)
    for agent, status, stretch in closed:
        if status != "offline":
            for day, part in _by_day(stretch, clock):
                stretches[agent, day, status].append(part)
    days = sorted({(agent, day) for agent, day, _ in stretches})
    robots = {day: settings.on(day).items("robot_accounts") for day in {day for _, day in days}}
    found = [(agent, day) for agent, day in days if not is_robot(agent, robots[day])]
    merged = {key: list(_merged(parts)) for key, parts in stretches.items()}
    online = [merged.get((agent, day, "online"), []) for agent, day in found]
    away = [merged.get((agent, day, "away"), []) for agent, day in found]
    return {
        "day": pa.array([day for _, day in found], pa.date32()),
        "hour": pa.nulls(len(found), pa.int8()),
        "agent": pa.array([agent for agent, _ in found], pa.string()),
        "online_micros": pa.array([_length(parts) for parts in online], pa.int64()),
        "away_micros": pa.array([_length(parts) for parts in away], pa.int64()),
        "first_online_at": pa.array([_micros(parts[0].start_at) if parts else None for parts in online], pa.int64()),
        "last_online_at": pa.array([_micros(parts[-1].end_at) if parts else None for parts in online], pa.int64()),
        "first_online_clock_micros": pa.array(
            [
                _clock(parts[0].start_at, day, clock) if parts else None
                for (_, day), parts in zip(found, online, strict=True)
            ],
            pa.int64(),
        ),
        "last_online_clock_micros": pa.array(
            [
                _clock(parts[-1].end_at, day, clock) if parts else None
                for (_, day), parts in zip(found, online, strict=True)
            ],
            pa.int64(),
        ),
        "present_micros": pa.array(
            [_length(_merged([*on, *off])) for on, off in zip(online, away, strict=True)], pa.int64()
        ),
        "logins": pa.array([logins[agent, day] for agent, day in found], pa.int64()),
    }


def online_stretches(rows: pa.Table, clock: Clock) -> dict[str, list[Stretch]]:
    """Return when each agent was online, in order and without overlaps; rows without an end as in `presence_days`."""
    found: dict[str, list[Stretch]] = defaultdict(list)
    for agent, status, stretch in _closed(rows, clock):
        if status == "online":
            found[agent].append(stretch)
    return {agent: list(_merged(parts)) for agent, parts in found.items()}


def _clock(instant: datetime, day: date, clock: Clock) -> int:
    """Return how long after the day's midnight an instant is; the end of a day is a whole day after its start."""
    starts = timedelta(hours=clock.day_starts_at.hour, minutes=clock.day_starts_at.minute)
    return (instant - clock.start_of(day) + starts) // timedelta(microseconds=1)


def _logins(closed: Iterable[tuple[str, str, Stretch]], clock: Clock) -> Counter[tuple[str, date]]:
    """Return how often an agent came online or away after having been neither, on the day it came."""
    present: dict[str, list[Stretch]] = defaultdict(list)
    for agent, status, stretch in closed:
        if status != "offline":
            present[agent].append(stretch)
    return Counter(
        (agent, clock.local_day(stretch.start_at)) for agent, parts in present.items() for stretch in _merged(parts)
    )


def _closed(rows: pa.Table, clock: Clock) -> Iterator[tuple[str, str, Stretch]]:
    """Yield every row with an end, in the agents' and times' order."""
    columns = (rows[name].to_pylist() for name in ("agent", "start_at", "end_at", "status"))
    known = sorted(zip(*columns, strict=True), key=lambda row: (row[0], row[1], row[2] or row[1], row[3]))
    for here, after in zip(known, [*known[1:], None], strict=False):
        agent, start, end, status = here
        start_at = start.replace(tzinfo=UTC)
        if end is not None:
            end_at = end.replace(tzinfo=UTC)
        elif after is not None and after[0] == agent:
            end_at = after[1].replace(tzinfo=UTC)
        else:
            end_at = clock.start_of(clock.local_day(start_at) + DAY)
        if end_at > start_at:
            yield agent, status, Stretch(start_at, end_at)


def _by_day(stretch: Stretch, clock: Clock) -> Iterator[tuple[date, Stretch]]:
    start_at = stretch.start_at
    while start_at < stretch.end_at:
        day = clock.local_day(start_at)
        end_at = min(stretch.end_at, clock.start_of(day + DAY))
        yield day, Stretch(start_at, end_at)
        start_at = end_at


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    current: Stretch | None = None
    for stretch in sorted(stretches):
        if current is None or stretch.start_at > current.end_at:
            if current is not None:
                yield current
            current = stretch
        else:
            current = Stretch(current.start_at, max(current.end_at, stretch.end_at))
    if current is not None:
        yield current


def _length(stretches: Iterable[Stretch]) -> int:
    return sum((stretch.end_at - stretch.start_at) // timedelta(microseconds=1) for stretch in stretches)


def _micros(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)
