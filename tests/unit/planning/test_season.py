"""The season of the year in the forecast: found where there is one, left alone where none is, or no year before."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from xiaoer.base.days import Period
from xiaoer.planning.forecast.calendar import Calendar
from xiaoer.planning.forecast.forecast import Forecast, forecast
from xiaoer.planning.forecast.history import History
from xiaoer.planning.forecast.season import season_log, years_known

MONDAY = date(2023, 1, 2)
WEEK = (1.0, 0.9, 0.9, 0.9, 1.1, 1.4, 1.3)
YEAR = 364


def past(days: int, *, swing: float, seed: int = 1) -> History:
    """Return contacts of two intervals a day, the year's swing as a sine, by chance."""
    chance = np.random.default_rng(seed)
    mean = [200 * WEEK[day % 7] * math.exp(swing * math.sin(2 * math.pi * day / YEAR)) for day in range(days)]
    return History(MONDAY, chance.poisson(np.array(mean)[:, None] * np.array([0.4, 0.6])).astype(float))


def told(history: History, ahead: int) -> Forecast:
    day = history.last + timedelta(days=ahead)
    return forecast(history, Period(day, day), Calendar(), tried_days=7)


@pytest.mark.parametrize("years", [1, 2])
def test_the_change_of_the_years_before_is_believed_by_how_often_it_was_seen(years: int) -> None:
    """With no chance at all each year rises alike from here on: years ÷ (years + 1) of that rise is told."""
    days, ahead = years * YEAR + 60, 28
    wave = [math.sin(2 * math.pi * day / YEAR) for day in range(days)]
    here, there = days - 1 - YEAR, days - 1 - YEAR + ahead
    rise = (sum(wave[there - 14 : there + 15]) - sum(wave[here - 14 : here + 15])) / 29
    assert season_log(np.array(wave), ahead) == pytest.approx(rise * years / (years + 1))
    gap = np.array(wave)
    gap[there - 14 : there + 15] = np.nan
    assert season_log(gap, ahead) == pytest.approx(rise * (years - 1) / years), "a year not known says nothing"


def test_without_a_whole_year_before_there_is_no_season() -> None:
    assert years_known(YEAR + 14) == 0
    assert years_known(YEAR + 15) == 1
    assert season_log(np.linspace(0.0, 1.0, YEAR + 14), 28) == 0.0
    (one,) = [trial for trial in told(past(200, swing=0.5), 28).backtest if trial.lead == 28]
    assert "level_shape_season" not in one.scores


def test_a_season_is_used_where_the_backtest_says_that_it_tells_better() -> None:
    made = told(past(2 * YEAR + 90, swing=0.8), 28)
    (one,) = [trial for trial in made.backtest if trial.lead == 28]
    scores = {name: score.wape for name, score in one.scores.items()}
    assert one.chosen == "level_shape_season"
    seasonal, plain = scores["level_shape_season"], scores["level_and_shape"]
    assert seasonal is not None and plain is not None and seasonal < 0.8 * plain
    assert made.days[0].model == "level_shape_season"
    day = 2 * YEAR + 89 + 28
    truth = 200 * WEEK[day % 7] * math.exp(0.8 * math.sin(2 * math.pi * day / YEAR))
    assert made.days[0].contacts == pytest.approx(truth, rel=0.15)


def test_where_the_year_has_no_season_the_simpler_model_stays() -> None:
    made = told(past(YEAR + 150, swing=0.0), 28)
    assert made.days[0].model != "level_shape_season"
