"""The forecast: what it tells of made-up pasts whose truth is known, and what it refuses to make up."""

from datetime import date, timedelta

import numpy as np
import pytest

from xiaoer.base.catalog import Catalog, Words
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.planning.forecast.calendar import Calendar, DayKind, Event, HolidayCalendar, calendar_of
from xiaoer.planning.forecast.forecast import Forecast, Override, forecast
from xiaoer.planning.forecast.history import History, history_of

MONDAY = date(2024, 1, 1)
SHAPE = np.array([0, 0, 1, 3, 4, 2])  # of six intervals of four hours
WEEK = np.array([1.0, 0.9, 0.9, 0.9, 1.1, 1.4, 1.3])
DAY = timedelta(days=1)


def past(days: int, *, seed: int | None = None, lifts: dict[int, float] | None = None) -> list[tuple[date, int, float]]:
    """Return counts of a weekly rhythm (without a seed without chance), some days lifted."""
    chance = np.random.default_rng(seed) if seed is not None else None
    rows = []
    for number in range(days):
        mean = 100.0 * SHAPE * WEEK[number % 7] * (lifts or {}).get(number, 1.0)
        counts = mean if chance is None else chance.poisson(mean)
        rows += [(MONDAY + number * DAY, place * 240, float(count)) for place, count in enumerate(counts)]
    return rows


def told(rows: list[tuple[date, int, float]], first: int, *, days: int = 1, calendar: Calendar | None = None,
         overrides: tuple[Override, ...] = ()) -> Forecast:  # fmt: skip
    period = Period(MONDAY + first * DAY, MONDAY + (first + days - 1) * DAY)
    return forecast(history_of(rows, minutes=240), period, calendar or Calendar(), overrides=overrides)


def codes(made: Forecast) -> set[str]:
    return {issue.code for issue in made.issues}


def test_a_rhythm_without_chance_is_told_by_the_simplest_model() -> None:
    made = told(past(70), 70, days=7)
    assert {day.model for day in made.days} == {"seasonal_naive"}
    for number, day in enumerate(made.days):
        assert day.intervals == pytest.approx(100 * SHAPE * WEEK[number])


def test_with_chance_the_level_tells_better_and_bands_hold_what_they_say() -> None:
    made = told(past(126, seed=3), 126)
    (trial,) = [one for one in made.backtest if one.lead == 1]
    scores = trial.scores
    chosen, naive = (scores[name].wape for name in (trial.chosen, "seasonal_naive"))
    assert chosen is not None and naive is not None and chosen < naive
    coverage = scores[trial.chosen].coverage
    assert coverage is not None and 0.70 <= coverage <= 0.90
    day = made.days[0]
    assert (np.diff(day.quantiles, axis=0) >= 0).all() and (day.quantiles >= 0).all()


def test_a_step_in_the_level_is_followed() -> None:
    rows = past(140, seed=1, lifts={number: 2.0 for number in range(70, 140)})
    day = told(rows, 140).days[0]
    assert day.total == pytest.approx(100 * SHAPE.sum() * WEEK[0] * 2, rel=0.1)


def test_a_backtest_never_sees_the_days_it_tells() -> None:
    rows = past(84, seed=2)
    before = told(rows, 84, days=7)
    later = [(day, minute, 9_999.0) for day, minute, _ in past(98)[84 * 6 :]]
    after = told(rows + later, 84, days=7)
    assert [day.intervals.tolist() for day in before.days] == [day.intervals.tolist() for day in after.days]
    assert before.backtest == after.backtest


def test_the_same_rows_in_any_order_tell_the_same() -> None:
    rows = past(60, seed=4)
    assert told(rows[::-1], 60).days[0].intervals.tolist() == told(rows, 60).days[0].intervals.tolist()


def test_a_week_is_the_least_and_two_weeks_are_said_to_be_little() -> None:
    with pytest.raises(ReportableError):
        told(past(6), 6)
    made = told(past(14), 14)
    assert {"planning.short_history", "planning.no_backtest", "planning.guessed_bands"} <= codes(made)
    assert made.days[0].total == pytest.approx(1000, rel=0.2)


def test_too_far_ahead_is_refused() -> None:
    with pytest.raises(ReportableError):
        told(past(40), 40, days=92)


def test_days_and_stretches_that_nobody_recorded_are_unknown() -> None:
    rows = [row for row in past(70) if row[0] not in (MONDAY + 40 * DAY, MONDAY + 41 * DAY)]
    rows = [(day, minute, 0.0 if day == MONDAY + 50 * DAY and minute >= 720 else count) for day, minute, count in rows]
    history = history_of(rows, minutes=240)
    assert history.unknown_days == (MONDAY + 40 * DAY, MONDAY + 41 * DAY)
    assert [(hole.day, hole.from_minute) for hole in history.holes] == [(MONDAY + 50 * DAY, 720)]
    made = told(rows, 70, days=7)
    assert {"planning.unknown_days", "planning.outages"} <= codes(made)
    assert sum(day.total for day in made.days) == pytest.approx(sum(WEEK) * 1000, rel=0.02)


def test_a_weekday_that_was_never_open_stays_closed() -> None:
    rows = [row for row in past(70) if row[0].weekday() != 6]
    made = told(rows, 70, days=7)
    assert made.days[6].total == 0 and made.days[5].total > 0
    assert "planning.closed_weekdays" in codes(made)


def promotion(*days: int, lift: float | None = None) -> Calendar:
    label = Words(zh="大促", en="sale")
    return Calendar(events=tuple(Event("sale", label, MONDAY + day * DAY, MONDAY + day * DAY, lift) for day in days))


def test_an_event_brings_what_it_brought_before_or_what_was_entered() -> None:
    rows = past(100, lifts={30: 3.0, 60: 3.0})
    ordinary = 1000 * WEEK[100 % 7]
    measured = told(rows, 100, calendar=promotion(30, 60, 100))
    assert measured.days[0].total == pytest.approx(3 * ordinary, rel=0.05)
    entered = told(rows, 100, calendar=promotion(30, 60, 100, lift=2.0))
    assert entered.days[0].total == pytest.approx(2 * ordinary, rel=0.05)
    unseen = told(past(100), 100, calendar=promotion(100))
    assert unseen.days[0].total == pytest.approx(ordinary, rel=0.05)
    assert "planning.unmeasured_event" in codes(unseen) and "planning.unmeasured_event" not in codes(measured)


def test_an_event_does_not_lift_the_days_after_it() -> None:
    rows = past(63, lifts={60: 5.0})
    day = told(rows, 63, calendar=promotion(60)).days[0]
    assert day.total == pytest.approx(1000 * WEEK[0], rel=0.05)


def test_holidays_and_make_up_workdays_are_told_from_their_like() -> None:
    name = Words(zh="节", en="festival")
    off = {MONDAY + day * DAY: (DayKind.OFF, name) for day in (30, 31, 72, 73)}
    calendar = Calendar(kinds=off, years=frozenset({2024}))
    rows = past(72, lifts={30: 0.5, 31: 0.5})
    made = told(rows, 72, days=2, calendar=calendar)
    assert made.days[0].total == pytest.approx(0.5 * 1000 * WEEK[72 % 7], rel=0.1)
    assert "planning.unmeasured_holiday" in codes(told(past(72), 72, calendar=Calendar(
        kinds={MONDAY + 72 * DAY: (DayKind.OFF, name)}, years=frozenset({2024}))))  # fmt: skip
    assert "planning.unknown_holidays" in codes(told(past(72), 72, calendar=Calendar(years=frozenset({2030}))))


def test_a_driver_that_is_known_beforehand_moves_the_day() -> None:
    spent = {MONDAY + day * DAY: (4000.0 if day % 3 == 0 else 1000.0) for day in range(100)}
    rows = past(99, lifts={day: 1.5 for day in range(99) if day % 3 == 0})
    calendar = Calendar(drivers={"advertising": spent})
    assert 99 % 3 == 0
    assert told(rows, 99, calendar=calendar).days[0].total == pytest.approx(1500 * WEEK[99 % 7], rel=0.08)


def test_what_a_lead_says_of_a_day_stands_beside_the_model() -> None:
    said = Override(MONDAY + 70 * DAY, "直播", times=2.0)
    day = told(past(70), 70, overrides=(said,)).days[0]
    assert day.contacts == pytest.approx(1000 * WEEK[0]) and day.total == pytest.approx(2000 * WEEK[0])
    fixed = Override(MONDAY + 70 * DAY, "直播", contacts=123.0)
    assert told(past(70), 70, overrides=(fixed,)).days[0].total == pytest.approx(123.0)


def test_an_empty_history_is_short_not_a_crash() -> None:
    with pytest.raises(ReportableError):
        forecast(History(MONDAY, np.zeros((0, 6))), Period(MONDAY, MONDAY), Calendar())


def test_holidays_of_the_catalog_hold_together() -> None:
    country = Catalog().load("planning/holidays", HolidayCalendar)["cn"]
    for number, year in country.years.items():
        off = [day for holiday in year.holidays for stretch in holiday.off for day in stretch.days()]
        made_up = [day for holiday in year.holidays for day in holiday.make_up]
        assert len(off) == len(set(off)) and not set(off) & set(made_up)
        assert all(day.weekday() >= 5 for day in made_up), number  # work is made up for at weekends
        # days off on weekdays are the 11 (13 from 2025) of the law, those moved, less those on weekends
        free = sum(day.weekday() < 5 for day in off) - len(made_up)
        assert 7 <= free <= 13, number
    calendar = calendar_of(Catalog(), "cn")
    assert calendar.kind(date(2026, 2, 14)) is DayKind.MAKE_UP and calendar.kind(date(2026, 10, 1)) is DayKind.OFF
    assert [event.name for event in calendar.events_on(date(2026, 11, 11))] == ["double_11"]
    assert calendar_of(Catalog(), "none", promotions=False) == Calendar()
