"""Whole seconds of the wall clock in the shop's zone, as plain integers."""

from datetime import UTC, date, datetime, timedelta

DAY_SECONDS = 86_400
HOUR_SECONDS = 3_600
_EPOCH = date(1970, 1, 1)
UTC_OFFSET_SECONDS = 8 * HOUR_SECONDS  # Asia/Shanghai has had no other since 1991


def seconds_of(day: date) -> int:
    """Return the wall second at which a day starts."""
    return (day - _EPOCH).days * DAY_SECONDS


def day_of(second: int) -> date:
    """Return the day of a wall second."""
    return _EPOCH + timedelta(days=second // DAY_SECONDS)


def wall_text(second: int) -> str:
    """Return a wall second as 2024-09-01 08:30:00."""
    return wall_datetime(second).strftime("%Y-%m-%d %H:%M:%S")


def wall_datetime(second: int) -> datetime:
    """Return a wall second as a datetime without zone."""
    return datetime.fromtimestamp(second, UTC).replace(tzinfo=None)


def utc_datetime(second: int) -> datetime:
    """Return the UTC datetime, without zone, of a wall second."""
    return wall_datetime(second - UTC_OFFSET_SECONDS)
