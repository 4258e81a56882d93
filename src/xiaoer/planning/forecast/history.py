"""What came in, by day and interval of the wall clock; days and stretches not recorded are unknown, not zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from xiaoer.base.days import DAY_MINUTES

Numbers = NDArray[np.float64]
WEEK = 7
# A stretch without anybody in which the same weekday usually brings so many is an outage: by chance it is e^(−15).
MISSED_AT_LEAST = 15.0


@dataclass(frozen=True)
class Hole:
    """A stretch of a day that was left out: from this minute to that, in which about so many usually come."""

    day: date
    from_minute: int
    to_minute: int
    usual: float


@dataclass(frozen=True)
class History:
    """Contacts per day × interval from a first day on; NaN where unknown."""

    first: date
    counts: Numbers
    holes: tuple[Hole, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how long an interval is."""
        return DAY_MINUTES // int(self.counts.shape[1])

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.first + timedelta(days=len(self.counts) - 1)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Return on which days anything is known."""
        return np.asarray(~np.isnan(self.counts).all(axis=1))

    def day(self, place: int) -> date:
        """Return the day of a row."""
        return self.first + timedelta(days=place)

    def until(self, days: int) -> "History":
        """Return the first so many days."""
        return History(self.first, self.counts[:days], self.holes)

    @property
    def unknown_days(self) -> tuple[date, ...]:
        """Return the days between the first and the last of which nothing is known."""
        return tuple(self.day(int(place)) for place in np.flatnonzero(~self.known))


def history_of(counts: Iterable[tuple[date, int, float]], *, minutes: int) -> History:
    """Return the history of (day, minute of the day, contacts); of a day with any row, other intervals are 0.

    Days without a row are unknown, and so are stretches without anybody where many usually come.
    """
    rows = sorted(counts)
    if not rows:
        return History(date.min, np.zeros((0, DAY_MINUTES // minutes)))
    first, last = rows[0][0], rows[-1][0]
    table = np.full(((last - first).days + 1, DAY_MINUTES // minutes), np.nan)
    for day, of_day in groupby(rows, key=lambda row: row[0]):
        row = table[(day - first).days]
        row[:] = 0
        for _, minute, number in of_day:
            row[minute // minutes] += number
    return without_outages(History(first, table))


def without_outages(history: History) -> History:
    """Return the history with stretches made unknown in which nobody came though many usually do."""
    counts, holes = history.counts.copy(), []
    weekday = (np.arange(len(counts)) + history.first.weekday()) % WEEK
    for kind in range(WEEK):
        rows = np.flatnonzero((weekday == kind) & history.known)
        if len(rows) < 3:  # a usual day cannot be told from two
            continue
        usual = np.median(counts[rows], axis=0)
        for row in rows:
            for start, stop in _empty_runs(counts[row]):
                missed = float(usual[start:stop].sum())
                if missed >= MISSED_AT_LEAST:
                    counts[row, start:stop] = np.nan
                    span = (start * history.minutes, stop * history.minutes)
                    holes.append(Hole(history.day(int(row)), *span, missed))
    return History(history.first, counts, tuple(sorted(holes, key=lambda hole: (hole.day, hole.from_minute))))


def _empty_runs(row: Numbers) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (row == 0).astype(int), [0]))))
    return [(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]
