"""A real month of calls: what was read gives the counts, arrivals and service rate that are known of it."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.real_files import real_file
from tests.reference.rank_correlation import spearman
from xiaoer.base.days import Clock
from xiaoer.base.issues import Issue
from xiaoer.intake import ReadOptions, Rejected, Rows, read_file

ZONE = ZoneInfo("Asia/Jerusalem")
WEDNESDAY, WEDNESDAYS = 2, 4
WRAP_UP_SECONDS = 60
FEBRUARY = ("--from", "1999-02-01", "--to", "1999-02-28")
ARRIVALS = (
    6.75, 1.75, 1.25, 0, 0.5, 0.25, 4.75, 39.5, 97.25, 107.5, 124, 110.25,
    95.5, 203.5, 115.75, 115.5, 67.75, 75, 88.75, 85.5, 68, 61.5, 57.5, 44.25,
)  # fmt: skip


@cache
def _reading() -> tuple[str, list[Any]]:
    path = real_file("calls-bank", "data_anonymous_bank_february.txt")
    reading = read_file(path, ReadOptions("a bank", clock=Clock(ZONE)))
    return reading.platform, list(reading.pieces)


def _calls() -> list[dict[str, Any]]:
    return [row for piece in _reading()[1] if isinstance(piece, Rows) for row in piece.batch.to_pylist()]


def _local(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC).astimezone(ZONE)


def _on_wednesdays() -> list[dict[str, Any]]:
    return [call for call in _calls() if _local(call["offered_at"]).weekday() == WEDNESDAY]


def test_the_platform_is_found_and_nothing_is_rejected() -> None:
    platform, pieces = _reading()
    assert platform == "bank_calls"
    assert not [piece for piece in pieces if isinstance(piece, Rejected)]


def test_rows_that_are_no_calls_are_counted_by_reason() -> None:
    said = {piece.code: int(piece.values["count"]) for piece in _reading()[1] if isinstance(piece, Issue)}
    assert said["chat.calls_phantom"] == 278
    assert said["chat.calls_phantom"] + said["chat.calls_backwards"] == 33_344 - 33_043
    assert len(_calls()) == 33_043


def test_counts_by_outcome() -> None:
    kept = Counter(call["outcome"] for call in _calls())
    # of all rows 27,162 and 5,904; 23 of them have a voice-system time below zero
    assert 27_162 - kept["AGENT"] + 5_904 - kept["HANG"] == 23
    assert set(kept) == {"AGENT", "HANG"}


def test_call_ids_are_unique_and_times_run_forward() -> None:
    calls = _calls()
    assert len({call["call_id"] for call in calls}) == len(calls)
    for call in calls:
        if call["outcome"] == "AGENT":
            assert call["offered_at"] <= call["answered_at"] <= call["ended_at"]
            assert (call["ended_at"] - call["offered_at"]).total_seconds() < 3 * 3600
            assert call["abandoned_at"] is None
        else:
            assert call["offered_at"] <= call["abandoned_at"]
            assert call["answered_at"] is None and call["ended_at"] is None


def test_arrivals_by_hour_on_wednesdays() -> None:
    hours = Counter(_local(call["offered_at"]).hour for call in _on_wednesdays())
    assert tuple(hours[hour] / WEDNESDAYS for hour in range(24)) == ARRIVALS


def test_mean_service_rate_on_wednesdays() -> None:
    """The known 14.86443 is the plain mean over the 24 hours of the day of 3600 / (mean service time + wrap-up).

    Service times are of calls whose agent is known, by the hour the call came in, all Wednesdays together; an hour
    without such a call has the mean service time of all of them.
    """
    by_hour: dict[int, list[float]] = defaultdict(list)
    for call in _on_wednesdays():
        if call["agent"] is not None:
            seconds = (call["ended_at"] - call["answered_at"]).total_seconds()
            by_hour[_local(call["offered_at"]).hour].append(seconds)
    every = [seconds for times in by_hour.values() for seconds in times]

    rates = [
        3600 / (sum(times) / len(times) + WRAP_UP_SECONDS) for times in (by_hour.get(hour, every) for hour in range(24))
    ]

    assert sum(rates) / len(rates) == pytest.approx(14.86443, abs=0.000005)


def test_the_shops_zone_does_not_move_the_local_hours() -> None:
    path = real_file("calls-bank", "data_anonymous_bank_february.txt")
    zone = ZoneInfo("Asia/Shanghai")
    rows = [
        row
        for piece in read_file(path, ReadOptions("a bank", clock=Clock(zone))).pieces
        if isinstance(piece, Rows)
        for row in piece.batch.to_pylist()
    ]
    hours = Counter(row["offered_at"].replace(tzinfo=UTC).astimezone(zone).hour for row in rows)
    assert hours == Counter(_local(call["offered_at"]).hour for call in _calls())


def test_the_profile_of_wednesdays_is_had_from_a_command(tmp_path: Path) -> None:
    home = _home(tmp_path)
    data = xiaoer(home, "calls", "hours", *FEBRUARY, "--interval", "60", "--json").data
    wednesday = {row["interval"]: row["offered_calls_per_day"] for row in data["rows"] if row["weekday"] == 3}
    assert tuple(wednesday.get(f"{hour:02}:00", 0) for hour in range(24)) == ARRIVALS


def test_service_level_and_abandonment_move_against_each_other(tmp_path: Path) -> None:
    """Counted again from the rows that were read: the same intervals, the same ρ."""
    home = _home(tmp_path)
    check = xiaoer(home, "calls", "check", *FEBRUARY, "--json").data["check"]
    offered, in_time, abandoned = Counter[Any](), Counter[Any](), Counter[Any]()
    for call in _calls():
        at = _local(call["offered_at"])
        place = (at.date(), at.hour, at.minute // 30)
        offered[place] += 1
        answered_at = call["answered_at"]
        in_time[place] += answered_at is not None and (answered_at - call["offered_at"]).total_seconds() <= 20
        abandoned[place] += answered_at is None and call["abandoned_at"] is not None
    used = [place for place, number in offered.items() if number >= 5]
    rho = spearman(
        [Fraction(in_time[place], offered[place]) for place in used],
        [Fraction(abandoned[place], offered[place]) for place in used],
    )
    assert (check["intervals"], check["left_out"]) == (len(used), len(offered) - len(used))
    assert check["rho"] == pytest.approx(rho, abs=1e-12)
    assert (check["verdict"], check["flagged"]) == ("as_expected", False)


def _home(folder: Path) -> Path:
    file = real_file("calls-bank", "data_anonymous_bank_february.txt")
    home = folder / "home"
    assert xiaoer(home, "settings", "set", "zone", "Asia/Jerusalem", "--shop", "bank").code == 0
    assert xiaoer(home, "import", file, "--shop", "bank").code == 0
    return home
