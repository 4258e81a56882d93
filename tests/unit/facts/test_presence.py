"""Presence by local day, worked out by hand: nights, overlaps, rows without an end, robots of some days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

from tests.unit.store.rows import table_of
from xiaoer.base.days import Clock
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings
from xiaoer.facts.presence import online_stretches, presence_days

HOUR = 3600 * 1_000_000
NEW_YORK = ZoneInfo("America/New_York")
Row = tuple[str, str, datetime, datetime | None]


def presence(*rows: Row) -> pa.Table:
    """Return presence rows; instants are UTC without an offset, as stored."""
    names = ("agent", "status", "start_at", "end_at")
    return table_of("presence", [dict(zip(names, row, strict=True)) for row in rows])


def told(rows: pa.Table, settings: ShopSettings) -> list[tuple[object, ...]]:
    """Return agent, day, hours online, away and present, hours on the clock of the first and last, and logins."""
    made = pa.table(presence_days(rows, settings)).to_pylist()
    hours = ("online_micros", "away_micros", "present_micros", "first_online_clock_micros", "last_online_clock_micros")
    return [
        (row["agent"], row["day"].day, *(None if row[name] is None else row[name] / HOUR for name in hours),
         row["logins"])
        for row in made
    ]  # fmt: skip


def at(day: int, hour: float) -> datetime:
    """Return the UTC instant of an hour of a day of September in Shanghai."""
    return datetime.fromisoformat(f"2024-09-{day:02d}") + timedelta(hours=hour - 8)


def test_times_count_once_and_go_to_their_days() -> None:
    rows = presence(
        ("b", "online", at(1, 22), at(2, 2)),
        ("a", "online", at(1, 9), at(1, 12)),
        ("a", "online", at(1, 11), at(1, 13)),
        ("a", "away", at(1, 12.5), at(1, 14)),
        ("a", "offline", at(1, 14), at(1, 15)),
        ("a", "away", at(1, 15), None),  # until the next row
        ("a", "offline", at(1, 16), at(1, 17)),
        ("a", "away", at(3, 20), None),  # until the day is over
    )
    assert told(rows, ShopSettings()) == [
        ("a", 1, 4, 2.5, 6, 9, 13, 2),
        ("a", 3, 0, 4, 4, None, None, 1),
        ("b", 1, 2, 0, 2, 22, 24, 1),
        ("b", 2, 2, 0, 2, 0, 2, 0),
    ]
    spans = online_stretches(rows, Clock())
    assert list(spans) == ["a", "b"]
    assert [[(end - start) / HOUR for start, end in each] for each in spans.values()] == [[4], [4]]


def test_robots_of_a_day_and_no_rows_at_all() -> None:
    settings = ShopSettings((DatedValue("robot_accounts", date(2024, 9, 2), 1, "bot"),))
    rows = presence(("店:bot", "online", at(1, 9), at(3, 9)), ("a", "offline", at(1, 9), at(1, 10)))
    assert [row[:2] for row in told(rows, settings)] == [("店:bot", 1)]
    assert told(presence(), settings) == [] == told(rows.slice(1), settings)


def test_days_of_23_and_25_hours_that_start_at_three() -> None:
    settings = ShopSettings((
        DatedValue("zone", THE_FIRST_DAY, 1, NEW_YORK.key), DatedValue("day_starts_at", THE_FIRST_DAY, 2, "03:00"),
    ))  # fmt: skip
    # Clocks went from 2:00 to 3:00 on the 10th of March and back on the 3rd of November.
    spring = presence(
        ("a", "online", datetime.fromisoformat("2024-03-09 08:00"), datetime.fromisoformat("2024-03-11 07:00"))
    )
    assert [row[1:3] for row in told(spring, settings)] == [(9, 23), (10, 24)]
    autumn = presence(
        ("a", "online", datetime.fromisoformat("2024-11-02 07:00"), datetime.fromisoformat("2024-11-04 08:00"))
    )
    assert [row[1:3] for row in told(autumn, settings)] == [(2, 25), (3, 24)]
