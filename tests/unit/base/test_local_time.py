from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from xiaoer.base.days import Clock
from xiaoer.base.local_time import hours_of, instants_of, local_days, local_hours


def test_hours_are_those_of_the_wall_clock_where_clocks_are_set_and_where_they_stand_between_hours() -> None:
    for zone in ("Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe"):
        for year in (1991, 2024):
            start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
            seconds = np.random.default_rng(year).integers(start, start + 366 * 86_400, 2_000)
            expected = [datetime.fromtimestamp(int(each), ZoneInfo(zone)).hour for each in seconds]
            assert hours_of(seconds * 1_000_000, Clock(ZoneInfo(zone), time(5))).to_pylist() == expected


def test_days_and_hours_of_many_instants_of_few_days_are_those_of_each() -> None:
    for zone in ("Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe"):
        clock = Clock(ZoneInfo(zone), time(2, 20))
        for day in ("1991-04-14", "2024-03-31", "2024-04-06", "2024-10-05", "2024-10-27"):  # clocks are set somewhere
            start = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(hours=14)
            every = [start + timedelta(seconds=97 * number) for number in range(2_000)]
            instants = instants_of(np.array([int(one.timestamp()) * 1_000_000 for one in every]))
            assert local_days(instants, clock).to_pylist() == [clock.local_day(one) for one in every]
            assert local_hours(instants, clock).to_pylist() == [one.astimezone(clock.zone).hour for one in every]


def test_no_instants_have_no_hours() -> None:
    assert hours_of(np.empty(0, np.int64), Clock()).to_pylist() == []
