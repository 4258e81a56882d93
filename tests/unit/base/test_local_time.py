from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import numpy as np

from xiaoer.base.days import Clock
from xiaoer.base.local_time import hours_of


def test_hours_are_those_of_the_wall_clock_where_clocks_are_set_and_where_they_stand_between_hours() -> None:
    for zone in ("Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe"):
        for year in (1991, 2024):
            start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
            seconds = np.random.default_rng(year).integers(start, start + 366 * 86_400, 2_000)
            expected = [datetime.fromtimestamp(int(each), ZoneInfo(zone)).hour for each in seconds]
            assert hours_of(seconds * 1_000_000, Clock(ZoneInfo(zone), time(5))).to_pylist() == expected


def test_no_instants_have_no_hours() -> None:
    assert hours_of(np.empty(0, np.int64), Clock()).to_pylist() == []
