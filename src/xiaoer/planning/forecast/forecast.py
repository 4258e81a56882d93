"""A forecast of contacts: days and intervals to come with quantiles, what it rests on, and how such forecasts did."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np

from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.planning.forecast.backtest import LEADS, TRIED_DAYS, Tried, lead_of, tried
from xiaoer.planning.forecast.bands import GUESSED, QUANTILES, Bands
from xiaoer.planning.forecast.calendar import Calendar, DayKind
from xiaoer.planning.forecast.effects import Effects
from xiaoer.planning.forecast.history import WEEK, History, Numbers
from xiaoer.planning.forecast.models import KNOWS_DAYS, MODELS, SEASON, YARDSTICK, Past

LEAST_KNOWN_DAYS = 7
ENOUGH_DAYS = 4 * WEEK
FARTHEST_DAYS = 91
CLOSED_AFTER_WEEKS = 3


@dataclass(frozen=True)
class Override:
    """What somebody who knows better says of a day: how many contacts in all, or how many times the forecast; why."""

    day: date
    reason: str
    contacts: float | None = None
    times: float | None = None
    author: str = ""


class Why(StrEnum):
    """Why a day has its model: it did best in the backtest, it alone knows such days, or nothing could be tried."""

    TRIED = "tried"
    UNLIKE = "unlike"
    UNTRIED = "untried"


@dataclass(frozen=True)
class Told:
    """One day to come: the median of each interval, the quantiles (of QUANTILES) of intervals and of the whole day.

    `contacts` is what the model told before anybody said better, `shape` how the day runs; it adds up to 1.
    """

    day: date
    lead: int
    model: str
    why: Why
    contacts: float
    shape: Numbers
    bands: Bands
    day_bands: Bands
    override: Override | None = None

    @property
    def intervals(self) -> Numbers:
        """Return the median of each interval, as planned with."""
        return self.shape * self.total

    @property
    def quantiles(self) -> Numbers:
        """Return the quantiles of each interval, as the first axis."""
        return self.bands.around(self.intervals)

    @property
    def day_quantiles(self) -> Numbers:
        """Return the quantiles of the whole day."""
        return self.day_bands.around(np.array([self.total]))[:, 0]

    @property
    def total(self) -> float:
        """Return the day's contacts as planned with."""
        if self.override is None:
            return self.contacts
        return (
            self.contacts * (self.override.times or 0.0) if self.override.contacts is None else self.override.contacts
        )


@dataclass(frozen=True)
class Forecast:
    """The days told, the backtest by distance, and all that the reader should know."""

    minutes: int
    days: tuple[Told, ...]
    backtest: tuple[Tried, ...]
    effects: Effects
    issues: tuple[Issue, ...]


def forecast(
    history: History, period: Period, calendar: Calendar, *, overrides: Sequence[Override] = (),
    tried_days: int = TRIED_DAYS, stop: Callable[[], None] = lambda: None,
) -> Forecast:  # fmt: skip
    """Return the forecast of a period after a history; days that were known are told from the days before the period.

    A ReportableError when the history is shorter than a week, or the period ends more than 13 weeks after it.
    """
    before = _before(history, period)
    known = int(before.known.sum())
    if known < LEAST_KNOWN_DAYS:
        raise ReportableError.of("planning.too_little_history", values={"days": known, "least": LEAST_KNOWN_DAYS})
    ahead = (period.last - before.last).days
    if ahead > FARTHEST_DAYS:
        last = before.last + timedelta(days=FARTHEST_DAYS)
        raise ReportableError.of("planning.too_far", values={"last": str(before.last), "farthest": str(last)})
    closed = closed_weekdays(before)
    wanted = sorted({lead_of((day - before.last).days) for day in period.days()})
    found = {lead: tried(before, calendar, lead, days=tried_days, closed=closed, stop=stop) for lead in LEADS
             if lead <= wanted[-1]}  # fmt: skip
    backtest = tuple(one for one in found.values() if one is not None)
    past = Past(before, calendar)
    days = tuple(_told(past, day, _trial(backtest, (day - before.last).days), closed=closed) for day in period.days())
    effects = past.effects
    issues = (*_of_history(before, closed), *_of_backtest(found, backtest), *_of_calendar(period, calendar, effects))
    return with_overrides(Forecast(before.minutes, days, backtest, effects, issues), overrides)


def with_overrides(made: Forecast, overrides: Iterable[Override]) -> Forecast:
    """Return a forecast with what people say of its days instead; what the models told stays beside it."""
    said = {one.day: one for one in overrides}
    return replace(made, days=tuple(replace(told, override=said.get(told.day)) for told in made.days))


def _before(history: History, period: Period) -> History:
    kept = min(max((period.first - history.first).days, 0), len(history.counts))
    known = np.flatnonzero(history.known[:kept])
    return history.until(int(known[-1]) + 1 if len(known) else 0)


def closed_weekdays(history: History) -> frozenset[int]:
    """Return the weekdays (Monday is 0) on which nothing was ever recorded in three weeks or more: closed."""
    if len(history.counts) < CLOSED_AFTER_WEEKS * WEEK:
        return frozenset()
    open_ = {history.day(int(place)).weekday() for place in np.flatnonzero(history.known)}
    return frozenset(range(WEEK)) - open_


def _trial(backtest: Sequence[Tried], ahead: int) -> Tried | None:
    """Return the trial that stands for a distance, or the farthest there is."""
    fitting = [one for one in backtest if one.lead <= lead_of(ahead)]
    return fitting[-1] if fitting else None


def _told(past: Past, day: date, trial: Tried | None, *, closed: frozenset[int]) -> Told:
    model, why = _model(past.history, day, past.calendar, trial)
    intervals = MODELS[model](past, [day])[0]
    if day in past.calendar.closed or day.weekday() in closed:
        intervals = intervals * 0.0
    contacts = float(intervals.sum())
    shape = intervals / contacts if contacts else past.shapes.of(day)
    bands, day_bands = (trial.bands, trial.day_bands) if trial else (GUESSED, GUESSED)
    return Told(day, max((day - past.history.last).days, 1), model, why, contacts, shape, bands, day_bands)


def _model(history: History, day: date, calendar: Calendar, trial: Tried | None) -> tuple[str, Why]:
    if calendar.kind(day) is not DayKind.ORDINARY or calendar.events_on(day) or calendar.drivers:
        seasonal = trial is not None and trial.chosen == SEASON
        return (SEASON if seasonal else KNOWS_DAYS), Why.UNLIKE  # the others know nothing of days unlike others
    if trial is not None:
        return trial.chosen, Why.TRIED
    return (YARDSTICK if int(history.known.sum()) < 2 * WEEK else KNOWS_DAYS), Why.UNTRIED


def _of_history(history: History, closed: frozenset[int]) -> list[Issue]:
    found = []
    known = int(history.known.sum())
    if known < ENOUGH_DAYS:
        found.append(_note("planning.short_history", days=known))
    missing = [day for day in history.unknown_days if day.weekday() not in closed]
    if missing:
        shown = ", ".join(map(str, missing[-5:]))
        found.append(_note("planning.unknown_days", count=len(missing), days=shown))
    if history.holes:
        last = history.holes[-1]
        at = (
            f"{last.from_minute // 60:02}:{last.from_minute % 60:02}–{last.to_minute // 60:02}:{last.to_minute % 60:02}"
        )
        found.append(_note("planning.outages", count=len(history.holes), day=str(last.day), at=at))
    return found + (
        [_note("planning.closed_weekdays", days=",".join(str(one + 1) for one in sorted(closed)))] if closed else []
    )


def _of_backtest(found: Mapping[int, Tried | None], backtest: Sequence[Tried]) -> list[Issue]:
    missing = [lead for lead, one in found.items() if one is None]
    issues = [_note("planning.no_backtest", lead=missing[0])] if missing else []
    if any(one.bands.guessed for one in backtest) or not backtest:
        issues.append(_note("planning.guessed_bands"))
    return issues


def _of_calendar(period: Period, calendar: Calendar, effects: Effects) -> list[Issue]:
    issues = []
    years = sorted({day.year for day in period.days()} - calendar.years)
    if calendar.years and years:
        issues.append(_note("planning.unknown_holidays", year=years[0]))
    seen: set[str] = set()
    for day in period.days():
        for event in calendar.events_on(day)[:1]:
            if event.lift is None and event.name not in effects.special and event.name not in seen:
                seen.add(event.name)
                issues.append(_note("planning.unmeasured_event", event=event.name, day=str(day)))
        kind = calendar.kind(day)
        if kind is DayKind.OFF and kind not in effects.special and kind not in seen:
            seen.add(kind)
            issues.append(_note("planning.unmeasured_holiday", day=str(day)))
    return issues


def _note(code: str, **values: Any) -> Issue:  # noqa: ANN401 -- what an issue's values may be
    return Issue(code, Severity.NOTE, values=values)


__all__ = ["QUANTILES", "Forecast", "Override", "Told", "Why", "closed_weekdays", "forecast", "with_overrides"]
