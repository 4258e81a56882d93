"""Online and away time by agent and local day: overlapping stretches of one status count once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import DAY, MICROS_PER_SECOND, Clock
from xiaoer.base.local_time import EPOCH, instants_of, local_days
from xiaoer.base.settings import ShopSettings
from xiaoer.facts.lines import is_robot
from xiaoer.facts.live.rules import micros_of

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Stretches:
    """Times of agents, each from its start up to its end, in microseconds; in the order of agents, then of starts."""

    agent: Ints
    start_at: Ints
    end_at: Ints

    def where(self, wanted: Flags) -> "_Stretches":
        return _Stretches(self.agent[wanted], self.start_at[wanted], self.end_at[wanted])

    def merged(self) -> "_Stretches":
        """Return the same times without overlaps: what begins before, or just when, all earlier ones end, goes on."""
        ends, place = np.unique(self.end_at, return_inverse=True)
        # The latest end so far: an agent's number leads, so that nothing of the agent before is later.
        latest = np.maximum.accumulate(self.agent * len(ends) + place)
        begins = np.ones(len(self.agent), np.bool_)
        begins[1:] = (self.agent[1:] != self.agent[:-1]) | (self.start_at[1:] > ends[latest[:-1] % max(1, len(ends))])
        first = np.flatnonzero(begins)
        last = np.append(first[1:], len(begins))[: len(first)] - 1
        return _Stretches(self.agent[first], self.start_at[first], ends[latest[last] % max(1, len(ends))])


@dataclass(frozen=True)
class _Days:
    """Local days one after the other: the number of the first (since 1970), when each starts and when the last ends."""

    first: int
    starts: Ints

    def key(self, agent: Ints, place: Ints) -> Ints:
        """Return one number for an agent and the place of a day."""
        return agent * len(self.starts) + place

    def of(self, key: Ints) -> tuple[Ints, Ints]:
        """Return the agents and the places of days of such numbers."""
        return key // len(self.starts), key % len(self.starts)


@dataclass(frozen=True)
class _ByDay:
    """Times of agents and local days, in the order of keys: how long, from when on and until when."""

    key: Ints
    micros: Ints
    first_at: Ints
    last_at: Ints


def presence_days(rows: pa.Table, settings: ShopSettings) -> dict[str, pa.Array]:
    """Return one row per agent and local day with online or away time; robots have no presence.

    A row without an end lasts until the agent's next row, or to the end of its local day.
    """
    clock = settings.clock
    names, status, stretches = _closed(rows, clock)
    present = stretches.where(status != "offline").merged()
    days = _days_of(present, clock)
    online, away = (_by_day(stretches.where(status == one).merged(), days) for one in ("online", "away"))
    either, logins = _by_day(present, days), _logins(present, days, clock)
    found = either.key[_are_people(either.key, days, names, settings)]
    agent, place = days.of(found)
    first_at, last_at = (_of_each(found, online.key, values) for values in (online.first_at, online.last_at))
    midnight = pa.array(days.starts[place] - _after_midnight(clock))
    return {
        "day": pa.array((place + days.first).astype(np.int32)).cast(pa.date32()),
        "hour": pa.nulls(len(found), pa.int8()),
        "agent": names.take(pa.array(agent)),
        "online_micros": pc.fill_null(_of_each(found, online.key, online.micros), 0),
        "away_micros": pc.fill_null(_of_each(found, away.key, away.micros), 0),
        "first_online_at": first_at,
        "last_online_at": last_at,
        "first_online_clock_micros": pc.subtract(first_at, midnight),
        "last_online_clock_micros": pc.subtract(last_at, midnight),
        "present_micros": _of_each(found, either.key, either.micros),
        "logins": pc.fill_null(_of_each(found, *logins), 0),
    }


def online_stretches(rows: pa.Table, clock: Clock) -> dict[str, list[tuple[int, int]]]:
    """Return when each agent was online, in microseconds, in order and without overlaps.

    Rows without an end last as in `presence_days`.
    """
    names, status, stretches = _closed(rows, clock)
    online = stretches.where(status == "online").merged()
    found: dict[str, list[tuple[int, int]]] = {}
    for agent, start_at, end_at in zip(
        names.take(pa.array(online.agent)).to_pylist(), online.start_at.tolist(), online.end_at.tolist(), strict=True
    ):
        found.setdefault(agent, []).append((start_at, end_at))
    return found


def _closed(rows: pa.Table, clock: Clock) -> tuple[pa.Array, npt.NDArray[np.str_], _Stretches]:
    """Return the agents' names, ascending, and every row that lasts, with its status."""
    names, agent = _ranked(rows["agent"])
    statuses, status = _ranked(rows["status"])
    start_at = rows["start_at"].cast(pa.int64()).to_numpy()
    open_ended = pc.is_null(rows["end_at"]).to_numpy()
    end_at = np.where(open_ended, start_at, pc.fill_null(rows["end_at"].cast(pa.int64()), 0).to_numpy())
    order = np.lexsort((status, end_at, start_at, agent))
    agent, status, start_at, end_at, open_ended = (
        each[order] for each in (agent, status, start_at, end_at, open_ended)
    )
    last = np.append(agent[1:] != agent[:-1], True)[: len(agent)]
    end_at = np.where(open_ended, np.append(start_at[1:], 0)[: len(agent)], end_at)
    at_the_end = np.flatnonzero(open_ended & last)
    end_at[at_the_end] = _ends_of_days(start_at[at_the_end], clock)
    lasts = end_at > start_at
    shown = np.array(statuses.to_pylist(), np.str_)[status]
    return names, shown[lasts], _Stretches(agent, start_at, end_at).where(lasts)


def _ranked(column: pa.ChunkedArray) -> tuple[pa.Array, Ints]:
    """Return the different texts of a column, ascending, and for each row the place of its own."""
    coded = column.combine_chunks().dictionary_encode()
    order = pc.sort_indices(coded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return coded.dictionary.take(pa.array(order)), rank[coded.indices.to_numpy()]


def _ends_of_days(instants: Ints, clock: Clock) -> Ints:
    """Return when the local day of each instant ends."""
    days = _local_days(instants, clock)
    known = {int(day): _start_of(int(day) + 1, clock) for day in np.unique(days)}
    return np.array([known[int(day)] for day in days], np.int64)


def _local_days(instants: Ints, clock: Clock) -> Ints:
    numbers: Ints = local_days(instants_of(instants), clock).cast(pa.int32()).to_numpy().astype(np.int64)
    return numbers


def _start_of(day: int, clock: Clock) -> int:
    return micros_of(clock.start_of(EPOCH + day * DAY))


def _days_of(stretches: _Stretches, clock: Clock) -> _Days:
    """Return the local days that stretches touch, and one to spare at either end."""
    if len(stretches.agent) == 0:
        return _Days(0, np.zeros(1, np.int64))
    ends = np.array([stretches.start_at.min(), stretches.end_at.max()])
    first, last = (int(day) for day in _local_days(ends, clock))
    return _Days(first - 1, np.array([_start_of(day, clock) for day in range(first - 1, last + 3)], np.int64))


def _by_day(stretches: _Stretches, days: _Days) -> _ByDay:
    """Return what stretches without overlaps come to by agent and local day."""
    first = np.searchsorted(days.starts, stretches.start_at, side="right") - 1
    parts = np.searchsorted(days.starts, stretches.end_at, side="left") - first
    row = np.repeat(np.arange(len(parts)), parts)
    place = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    start_at = np.maximum(stretches.start_at[row], days.starts[place])
    end_at = np.minimum(stretches.end_at[row], days.starts[place + 1])
    key, begins = np.unique(days.key(stretches.agent[row], place), return_index=True)
    last = np.append(begins[1:], len(row))[: len(begins)] - 1
    return _ByDay(key, np.add.reduceat(end_at - start_at, begins), start_at[begins], end_at[last])


def _logins(present: _Stretches, days: _Days, clock: Clock) -> tuple[Ints, Ints]:
    """Return, by agent and day, how often one came online or away after having been neither, on the day one came."""
    place = _local_days(present.start_at, clock) - days.first
    return np.unique(days.key(present.agent, place), return_counts=True)


def _are_people(key: Ints, days: _Days, names: pa.Array, settings: ShopSettings) -> Flags:
    """Return whether each agent is no robot on that day."""
    agent, place = days.of(key)
    listed = {int(one): settings.on(EPOCH + (days.first + int(one)) * DAY).items("robot_accounts")
              for one in np.unique(place)}  # fmt: skip
    people = np.ones(len(key), np.bool_)
    for robots in set(listed.values()):
        theirs = np.isin(place, [one for one, names_then in listed.items() if names_then == robots])
        are_robots = np.array([is_robot(name, robots) for name in names.to_pylist()], np.bool_)
        people &= ~(theirs & are_robots[agent])
    return people


def _of_each(wanted: Ints, key: Ints, values: Ints) -> pa.Array:
    """Return the value of each key wanted; null where there is none."""
    return pa.array(values, pa.int64()).take(pc.index_in(pa.array(wanted), pa.array(key)))


def _after_midnight(clock: Clock) -> int:
    """Return how long after midnight the clock's days start."""
    return (clock.day_starts_at.hour * 60 + clock.day_starts_at.minute) * 60 * MICROS_PER_SECOND
