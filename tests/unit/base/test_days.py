"""Local days: the date in the shop's zone, from the time at which its day starts."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from xiaoer.base.days import Clock, Period, parse_day
from xiaoer.base.errors import ReportableError


@pytest.mark.parametrize(
    ("utc", "starts", "day"),
    [
        ("2024-08-31T15:59:59", "00:00", "2024-08-31"),
        ("2024-08-31T16:00:00", "00:00", "2024-09-01"),
        ("2024-08-31T21:59:59", "06:00", "2024-08-31"),
        ("2024-08-31T22:00:00", "06:00", "2024-09-01"),
    ],
)
def test_a_day_begins_where_the_shop_says(utc: str, starts: str, day: str) -> None:
    clock = Clock(ZoneInfo("Asia/Shanghai"), time.fromisoformat(starts))
    assert clock.local_day(datetime.fromisoformat(utc).replace(tzinfo=UTC)) == date.fromisoformat(day)


def test_the_start_of_a_day_lies_in_that_day_and_an_instant_before_does_not() -> None:
    clock = Clock(ZoneInfo("Asia/Shanghai"), time(6))
    start = clock.start_of(date(2024, 9, 1))
    assert start == datetime(2024, 8, 31, 22, tzinfo=UTC)
    assert clock.local_day(start) == date(2024, 9, 1)


def test_a_period_holds_both_its_ends() -> None:
    period = Period(date(2024, 2, 28), date(2024, 3, 1))
    assert [day.isoformat() for day in period.days()] == ["2024-02-28", "2024-02-29", "2024-03-01"]
    assert period.widened(before=1, after=2) == Period(date(2024, 2, 27), date(2024, 3, 3))


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ReportableError) as raised:
        Period(date(2024, 9, 2), date(2024, 9, 1))
    assert [issue.code for issue in raised.value.issues] == ["period.backwards"]


@pytest.mark.parametrize("text", ["2024-13-01", "昨天", "", "01/09/2024"])
def test_a_day_that_can_not_be_read_names_its_option(text: str) -> None:
    with pytest.raises(ReportableError) as raised:
        parse_day(text, name="--from")
    (issue,) = raised.value.issues
    assert issue.code == "day.unreadable"
    assert issue.values["option"] == "--from"


def test_a_day_may_have_blanks_around_it() -> None:
    assert parse_day(" 2024-09-01 ", name="--from") == date(2024, 9, 1)
