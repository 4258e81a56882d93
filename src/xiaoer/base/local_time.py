"""Local days, hours and minutes of UTC instants, whole columns at a time."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import MICROS_PER_SECOND, Clock

EPOCH = date(1970, 1, 1)
MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND
MICROS_PER_QUARTER = 900 * MICROS_PER_SECOND


def local_clock(instants: pa.Array, clock: Clock) -> pa.Array:
    """Return what the shop's wall clock showed at each UTC instant (a timestamp without zone; null stays null)."""
    return by_quarters(instants.cast(pa.timestamp("us")), lambda some: pc.local_timestamp(
        pc.assume_timezone(some, "UTC").cast(pa.timestamp("us", clock.zone.key))))  # fmt: skip


def by_quarters(times: pa.Array, moved: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return what `moved` makes of times, asked once for each quarter of an hour that comes where that is less.

    Clocks are set at quarters and by quarters, so all times of one are moved alike.
    """
    if isinstance(times, pa.ChunkedArray) or times.null_count or not len(times):
        return moved(times)
    micros = times.view(pa.int64()).to_numpy()
    quarter = micros // MICROS_PER_QUARTER
    first = quarter.min()
    place = quarter - first
    span = int(place.max()) + 1
    if span > len(times):
        return moved(times)
    comes = np.zeros(span, np.bool_)
    comes[place] = True
    starts = (np.flatnonzero(comes) + first) * MICROS_PER_QUARTER
    shift = np.zeros(span, np.int64)
    shift[comes] = moved(instants_of(starts)).view(pa.int64()).to_numpy() - starts
    return instants_of(micros + shift[place])


def local_days(instants: pa.Array, clock: Clock) -> pa.Array:
    """Return the local day (date32) that each UTC instant falls in."""
    starts = clock.day_starts_at
    shift = timedelta(hours=starts.hour, minutes=starts.minute)
    return pc.subtract(local_clock(instants, clock), pa.scalar(shift, pa.duration("us"))).cast(pa.date32(), safe=False)


def local_hours(instants: pa.Array, clock: Clock) -> pa.Array:
    """Return the hour of the wall clock (0–23) at each UTC instant."""
    return pc.hour(local_clock(instants, clock)).cast(pa.int8())


def hours_of(micros: npt.NDArray[np.int64], clock: Clock) -> pa.Array:
    """Return the hour of the wall clock at each of many instants: clocks are set by quarters of an hour at most."""
    if len(micros) == 0:
        return pa.nulls(0, pa.int8())
    quarter = micros // MICROS_PER_QUARTER
    first, last = int(quarter.min()), int(quarter.max())
    known = local_hours(instants_of(np.arange(first, last + 1) * MICROS_PER_QUARTER), clock).to_numpy()
    return pa.array(known[quarter - first])


def local_minutes(instants: pa.Array, clock: Clock) -> pa.Array:
    """Return the minute of the wall clock's day (0–1439) at each UTC instant."""
    shown = local_clock(instants, clock)
    return pc.add(pc.multiply(pc.hour(shown), 60), pc.minute(shown)).cast(pa.int32())


def instants_of(micros: npt.NDArray[np.int64]) -> pa.Array:
    """Return microseconds since 1970 as UTC timestamps."""
    return pa.array(micros, pa.int64()).cast(pa.timestamp("us"))
