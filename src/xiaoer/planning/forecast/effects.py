"""What weekdays, holidays and events do to a day, measured on the logarithm of its contacts against its neighbours."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.forecast.calendar import Calendar, DayKind
from xiaoer.planning.forecast.history import WEEK, Numbers

AROUND_DAYS = 10  # a day's level is the mean of its ordinary neighbours this far away, nearer ones counting more
ROUNDS = 5
WEEKS_THAT_MATTER = 20.0  # a weekday of so long ago counts e times less
SHRINK = 1.0  # an effect seen once counts half, seen n times n ÷ (n + 1)
DRIVER_RIDGE = 1.0


@dataclass(frozen=True)
class Effect:
    """A measured effect: what it multiplies an ordinary day by is exp(log); on how many days it was seen."""

    log: float
    days: int


@dataclass(frozen=True)
class Effects:
    """What a day differs by from the level, and the levels themselves: ordinary days' logarithms without effects."""

    weekday: Numbers
    special: Mapping[Hashable, Effect]
    drivers: Mapping[str, tuple[float, float]]  # weight, mean of the logarithm
    levels: Numbers  # per day of the history; NaN where not ordinary or unknown
    calendar: Calendar = field(repr=False)

    def of(self, day: date) -> float:
        """Return the logarithm of what a day differs by from the level."""
        return self.weekday_log(day) + self._special(day) + self._driven(day)

    def weekday_log(self, day: date) -> float:
        """Return the weekday's part; a make-up workday is an ordinary mean workday, a day off a Sunday's like."""
        kind = self.calendar.kind(day)
        if kind is DayKind.MAKE_UP:
            return float(np.nanmean(self.weekday[:5]))
        return float(self.weekday[day.weekday()])

    def _special(self, day: date) -> float:
        found = 0.0
        kind = self.calendar.kind(day)
        if kind is not DayKind.ORDINARY:
            group = self.special.get(kind, Effect(0.0, 0))
            found += _between(self.special.get((kind, self.calendar.kinds[day][1].en)), group.log)
        for event in self.calendar.events_on(day)[:1]:
            if event.lift is not None:
                return found + float(np.log(event.lift))
            whole = self.special.get(event.name, Effect(0.0, 0))
            found += _between(self.special.get((event.name, (day - event.first).days)), whole.log)
        return found

    def _driven(self, day: date) -> float:
        found = 0.0
        for name, (weight, middle) in self.drivers.items():
            value = self.calendar.drivers[name].get(day)
            found += 0.0 if value is None else weight * (float(np.log1p(value)) - middle)
        return found


def _between(own: Effect | None, group: float) -> float:
    """Return an effect drawn towards that of its group: the fewer days it was seen on, the more."""
    if own is None:
        return group
    return (own.days * own.log + SHRINK * group) / (own.days + SHRINK)


def measured(logs: Numbers, first_ordinal: int, calendar: Calendar) -> Effects:
    """Return the effects in the logarithms of days' contacts (NaN: unknown) from a first day (its ordinal) on."""
    days = [date.fromordinal(first_ordinal + place) for place in range(len(logs))]
    plain = np.array([_is_plain(day, calendar) for day in days]) & ~np.isnan(logs)
    weekdays = np.array([day.weekday() for day in days])
    weekday, around = _weekdays(logs, plain, weekdays)
    drivers = _drivers(logs - weekday[weekdays] - around, plain, days, calendar)
    rough = Effects(weekday, {}, drivers, np.where(plain, logs, np.nan), calendar)
    rest = logs - around - np.array([rough.weekday_log(day) for day in days])
    special = _specials(rest, days, calendar)
    made = Effects(weekday, special, drivers, np.array([]), calendar)
    levels = np.where(plain, logs - np.array([made.of(day) for day in days]), np.nan)
    return Effects(weekday, special, drivers, levels, calendar)


def _is_plain(day: date, calendar: Calendar) -> bool:
    return calendar.kind(day) is DayKind.ORDINARY and not calendar.events_on(day)


def _weekdays(logs: Numbers, plain: NDArray[np.bool_], weekdays: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Return each weekday's effect (their mean is 0) and the level around each day, found in turns."""
    effect, around = np.zeros(WEEK), np.full(len(logs), np.nan)
    ages = (len(logs) - 1 - np.arange(len(logs))) / WEEK
    weights = np.where(plain, np.exp(-ages / WEEKS_THAT_MATTER), 0.0)
    for _ in range(ROUNDS):
        around = _around(np.where(plain, logs - effect[weekdays], np.nan))
        rest = np.where(plain, logs - around, 0.0)
        seen = np.bincount(weekdays, weights, WEEK)
        times = np.bincount(weekdays, plain, WEEK)
        mean = np.divide(np.bincount(weekdays, weights * rest, WEEK), seen, out=np.zeros(WEEK), where=seen > 0)
        effect = mean * times / (times + SHRINK / 2)
        effect -= effect[times > 0].mean() if (times > 0).any() else 0.0
    return effect, around


def _around(values: Numbers) -> Numbers:
    """Return the weighted mean of the known values around each place."""
    reach = np.arange(-AROUND_DAYS, AROUND_DAYS + 1)
    kernel = 1 - np.abs(reach) / (AROUND_DAYS + 1)
    known = ~np.isnan(values)
    over = np.convolve(np.where(known, values, 0.0), kernel)[AROUND_DAYS : AROUND_DAYS + len(values)]
    under = np.convolve(known.astype(float), kernel)[AROUND_DAYS : AROUND_DAYS + len(values)]
    found = np.divide(over, under, out=np.full(len(values), np.nan), where=under > 0)
    near = np.flatnonzero(~np.isnan(found))
    if not len(near):
        return np.full(len(values), np.nan)
    return np.asarray(np.interp(np.arange(len(values)), near, found[near]), dtype=np.float64)  # far from ordinary days


def _specials(rest: Numbers, days: list[date], calendar: Calendar) -> dict[Hashable, Effect]:
    seen: dict[Hashable, list[float]] = {}
    for day, value in zip(days, rest, strict=True):
        if np.isnan(value):
            continue
        events, kind = calendar.events_on(day), calendar.kind(day)
        if events:
            seen.setdefault(events[0].name, []).append(float(value))
            seen.setdefault((events[0].name, (day - events[0].first).days), []).append(float(value))
        elif kind is not DayKind.ORDINARY:
            seen.setdefault(kind, []).append(float(value))
            seen.setdefault((kind, calendar.kinds[day][1].en), []).append(float(value))
    return {key: Effect(float(np.mean(values)), len(values)) for key, values in seen.items()}


def _drivers(
    rest: Numbers, plain: NDArray[np.bool_], days: list[date], calendar: Calendar
) -> dict[str, tuple[float, float]]:
    """Return how a day's logarithm follows each driver's: a ridge regression on ordinary days, one after another."""
    found: dict[str, tuple[float, float]] = {}
    left = np.where(plain, rest, np.nan)
    for name, values in sorted(calendar.drivers.items()):
        given = np.array([values.get(day, np.nan) for day in days])
        both = ~np.isnan(given) & ~np.isnan(left)
        if both.sum() < 2 * WEEK:
            continue
        logs = np.log1p(given)
        middle = float(logs[both].mean())
        apart = logs - middle
        weight = float((apart[both] * left[both]).sum() / ((apart[both] ** 2).sum() + DRIVER_RIDGE))
        found[name] = (weight, middle)
        left = left - np.where(both, weight * apart, 0.0)
    return found
