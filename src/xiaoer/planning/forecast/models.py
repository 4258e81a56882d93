"""The models of contacts, the simplest first; each tells the median of days to come from the days before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from xiaoer.planning.forecast.calendar import Calendar, DayKind
from xiaoer.planning.forecast.effects import Effects, measured
from xiaoer.planning.forecast.history import WEEK, History, Numbers
from xiaoer.planning.forecast.season import season_log, years_known

WEEKS_OF_MEAN = 4
SHAPE_WEEKS = 26  # older days say nothing about how a day runs
SHAPE_FADES_WEEKS = 8.0
SHAPE_SHRINK = 2.0
SMOOTH_MINUTES = 5.0
PACES = np.array([0.05, 0.1, 0.2, 0.3, 0.5, 0.7])  # how fast the level follows; the one that told best is taken
LEAST_ERRORS = 5
OFF_SHAPE, MAKE_UP_SHAPE = 7, 8


@dataclass(frozen=True)
class Past:
    """What is known before the days to tell, measured once for all days and models that ask for it."""

    history: History
    calendar: Calendar

    @cached_property
    def shapes(self) -> "Shapes":
        """Return how days run."""
        return Shapes(self.history, self.calendar)

    @cached_property
    def effects(self) -> Effects:
        """Return what days differ by from the level, and the levels."""
        logs = np.log(self.shapes.totals() + 0.5)
        return measured(logs, self.history.first.toordinal(), self.calendar)

    @cached_property
    def levels(self) -> dict[int, float]:
        """Return the levels that were asked for so far, by days ahead."""
        return {}

    def level(self, lead: int) -> float:
        """Return the level that tells best so many days ahead."""
        if lead not in self.levels:
            self.levels[lead] = level_at(self.effects, lead)
        return self.levels[lead]


Model = Callable[[Past, Sequence[date]], Numbers]


def seasonal_naive(past: Past, days: Sequence[date]) -> Numbers:
    """Return for each day the same weekday's last known day."""
    return _mean_of_last(past.history, days, weeks=1)


def four_week_mean(past: Past, days: Sequence[date]) -> Numbers:
    """Return for each day the mean of the same interval on the last four known days of that weekday."""
    return _mean_of_last(past.history, days, weeks=WEEKS_OF_MEAN)


def _mean_of_last(history: History, days: Sequence[date], *, weeks: int) -> Numbers:
    weekday = (np.arange(len(history.counts)) + history.first.weekday()) % WEEK
    found: dict[int, Numbers] = {}
    for kind in {day.weekday() for day in days}:
        rows = np.flatnonzero((weekday == kind) & history.known)[-weeks:]
        rows = rows if len(rows) else np.flatnonzero(history.known)[-weeks:]  # a weekday never seen: the last days
        found[kind] = _mean(history.counts[rows])
    return np.array([found[day.weekday()] for day in days])


def _mean(rows: Numbers) -> Numbers:
    known = ~np.isnan(rows)
    return np.asarray(np.where(known, rows, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))


def level_and_shape(past: Past, days: Sequence[date]) -> Numbers:
    """Return a level that follows recent days × what the day differs by × how such a day runs.

    The level is simple exponential smoothing of ordinary days' logarithms without effects (Brown 1959), at the pace
    that told the days of the history best at this distance.
    """
    return np.array([_levelled(past, day, 0.0) for day in days])


def level_shape_season(past: Past, days: Sequence[date]) -> Numbers:
    """Return level and shape, the level moved by what the season of the year did to it in the years before."""
    return np.array([_levelled(past, day, season_log(past.effects.levels, _lead(past, day))) for day in days])


def _levelled(past: Past, day: date, season: float) -> Numbers:
    total = float(np.exp(past.level(_lead(past, day)) + season + past.effects.of(day)) - 0.5)
    return max(total, 0.0) * past.shapes.of(day)


def _lead(past: Past, day: date) -> int:
    return max((day - past.history.last).days, 1)


def level_at(effects: Effects, lead: int) -> float:
    """Return the level that tells best so many days ahead."""
    known = effects.levels[~np.isnan(effects.levels)]
    if not len(known):
        return 0.0
    state = np.full(len(PACES), known[:WEEK].mean())
    told = np.empty((len(known), len(PACES)))
    for place, value in enumerate(known):
        state = state + PACES * (value - state)
        told[place] = state
    errors = np.abs(told[:-lead] - known[lead:, None])[WEEK:]
    if len(errors) < LEAST_ERRORS:
        return float(told[-1, 2])
    return float(told[-1, errors.mean(axis=0).argmin()])


class Shapes:
    """How days run: the share of each interval, by weekday and of all days, recent weeks counting more."""

    def __init__(self, history: History, calendar: Calendar) -> None:
        """Measure the shapes of a history's last weeks."""
        self._history, self._calendar = history, calendar
        counts = history.counts[-SHAPE_WEEKS * WEEK :]
        start = len(history.counts) - len(counts)
        sums = np.nansum(counts, axis=1)
        whole = ~np.isnan(counts).any(axis=1) & (sums > 0)
        self._shares = counts[whole] / sums[whole, None]
        places = np.flatnonzero(whole) + start
        self._kinds = np.array([self._kind(history.day(int(place))) for place in places], dtype=np.int64)
        self._weights = np.exp(-(len(history.counts) - 1 - places) / WEEK / SHAPE_FADES_WEEKS)
        self._made: dict[int, Numbers] = {}

    def _kind(self, day: date) -> int:
        kind = self._calendar.kind(day)
        return OFF_SHAPE if kind is DayKind.OFF else MAKE_UP_SHAPE if kind is DayKind.MAKE_UP else day.weekday()

    def of(self, day: date) -> Numbers:
        """Return the shares of a day's intervals; they add up to 1."""
        kind = self._kind(day)
        if kind not in self._made:
            self._made[kind] = self._make(kind)
        return self._made[kind]

    def _make(self, kind: int) -> Numbers:
        slots = self._history.counts.shape[1]
        if not len(self._shares):
            return np.full(slots, 1 / slots)
        every = (self._weights[:, None] * self._shares).sum(axis=0) / self._weights.sum()
        weights = self._weights * (self._kinds == kind)
        seen = float(weights.sum())
        if seen:
            own = (weights[:, None] * self._shares).sum(axis=0) / seen
            every = every + seen / (seen + SHAPE_SHRINK) * (own - every)
        return _smooth(every, SMOOTH_MINUTES / self._history.minutes)

    def totals(self) -> Numbers:
        """Return each day's contacts; of a day known in part, what its known part says of the whole; NaN if unknown."""
        counts = self._history.counts
        known = ~np.isnan(counts)
        sums = np.where(known, counts, 0.0).sum(axis=1)
        full = known.all(axis=1)
        found = np.where(full, sums, np.nan)
        for place in np.flatnonzero(~full & known.any(axis=1)):
            share = float(self.of(self._history.day(int(place)))[known[place]].sum())
            found[place] = sums[place] / share if share > 0.2 else np.nan  # a morning alone says too little
        return found


def _smooth(share: Numbers, width: float) -> Numbers:
    """Return the shares blurred by a normal curve of so many intervals; what is closed stays closed."""
    reach = int(4 * width)
    if reach < 1:
        return share
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    blurred = np.convolve(np.pad(share, reach, mode="edge"), kernel / kernel.sum(), "valid")
    blurred[share == 0] = 0.0
    return np.asarray(blurred / blurred.sum())


# The simplest first: of two that tell about as well the first is taken.
MODELS: dict[str, Model] = {
    "seasonal_naive": seasonal_naive,
    "four_week_mean": four_week_mean,
    "level_and_shape": level_and_shape,
    "level_shape_season": level_shape_season,
}
YARDSTICK = "four_week_mean"
KNOWS_DAYS = "level_and_shape"  # and so it, with the season or without, can tell holidays and promotions
SEASON = "level_shape_season"


def models_for(history: History) -> dict[str, Model]:
    """Return the models that a history is long enough for: the season wants a year before."""
    return {name: model for name, model in MODELS.items() if name != SEASON or years_known(len(history.counts))}
