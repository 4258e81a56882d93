"""The backtest: each of the last days forecast from the days before it only, by every model, so many days ahead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from xiaoer.planning.forecast.bands import Bands, bands_of
from xiaoer.planning.forecast.calendar import Calendar
from xiaoer.planning.forecast.history import WEEK, History, Numbers
from xiaoer.planning.forecast.models import MODELS, YARDSTICK, Past, models_for
from xiaoer.planning.forecast.score import Score, score

# Days ahead at which forecasts are tried, each standing for the distances up to it.
LEADS = (1, 7, 28, 91)
TRIED_DAYS = 28
LEAST_DAYS = 2 * WEEK  # before a day, for it to be tried
ABOUT_AS_WELL = 1.01


@dataclass(frozen=True)
class Tried:
    """What the models told of the last days at one distance, and how well: `chosen` is the simplest about as good."""

    lead: int
    scores: Mapping[str, Score]
    chosen: str
    bands: Bands
    day_bands: Bands

    @property
    def yardstick(self) -> Score:
        """Return how well the mean of the last four weeks told."""
        return self.scores[YARDSTICK]


def lead_of(days_ahead: int) -> int:
    """Return the distance that stands for one of so many days ahead; beyond the farthest, that one."""
    return next((lead for lead in LEADS if days_ahead <= lead), LEADS[-1])


def tried(
    history: History, calendar: Calendar, lead: int, *, days: int = TRIED_DAYS, closed: frozenset[int] = frozenset(),
    stop: Callable[[], None] = lambda: None,
) -> Tried | None:  # fmt: skip
    """Return the backtest at a distance over the last `days` known days; None where the history is too short.

    As many days before these teach the bands, so no band is judged by the days that it was made from. `stop` is called
    between days and may raise.
    """
    places = [int(place) for place in np.flatnonzero(history.known) if place - lead + 1 >= LEAST_DAYS][-2 * days :]
    if not places:
        return None
    came = history.counts[places]
    models = models_for(history.until(places[0] - lead + 1))
    told = {name: np.zeros_like(came) for name in models}
    for row, place in enumerate(places):
        stop()
        past, day = Past(history.until(place - lead + 1), calendar), history.day(place)
        for name, model in models.items():
            if day.weekday() not in closed:
                told[name][row] = model(past, [day])[0]
    first = max(len(places) - days, min(len(places) // 2, days))
    scores = {name: _score(came, told[name], places, first=first, lead=lead) for name in models}
    chosen = _simplest_good(scores)
    day_came, day_told = (_days(one, came) for one in (came, told[chosen]))
    return Tried(lead, scores, chosen, bands_of(came, told[chosen]), bands_of(day_came, day_told))


def _score(came: Numbers, told: Numbers, places: list[int], *, first: int, lead: int) -> Score:
    """Return a model's score from row `first` on; each day's bands are of the days known when it was forecast."""
    rows = []
    for row in range(first, len(places)):
        known = sum(place <= places[row] - lead for place in places[:row])
        rows.append(bands_of(came[:known], told[:known]).around(told[row]))
    quantiles = np.array(rows).transpose(1, 0, 2)
    return score(came[first:], told[first:], quantiles)


def _simplest_good(scores: Mapping[str, Score]) -> str:
    known = {name: one.wape for name, one in scores.items() if one.wape is not None}
    if not known:
        return YARDSTICK
    best = min(known.values())
    return next(name for name in MODELS if name in known and known[name] <= best * ABOUT_AS_WELL)


def _days(values: Numbers, came: Numbers) -> Numbers:
    """Return the sums of days known wholly, NaN of others, as a table of one column."""
    return np.where(np.isnan(came).any(axis=1), np.nan, values.sum(axis=1))[:, None]
