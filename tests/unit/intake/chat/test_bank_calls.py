"""The bank's call log, row by row."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.chat.imported import Imported, imported, stored

HEADER = (
    "vru+line call_id customer_id priority type date vru_entry vru_exit vru_time q_start q_exit q_time outcome "
    "ser_start ser_exit ser_time server"
).split()
GOOD = "XX01 5 0 0 PS 990203 9:00:00 9:00:08 8 9:00:08 9:00:20 12 AGENT 9:00:20 9:01:20 60 DANA".split()


def _read(folder: Path, *rows: list[str], header: list[str] = HEADER) -> Imported:
    return imported(folder, "".join("\t".join(row) + "\r\n" for row in [header, *rows]), name="calls.txt")


def _with(**cells: str) -> list[str]:
    return [cells.get(name, cell) for name, cell in zip(HEADER, GOOD, strict=True)]


def _at(hour: int, minute: int, second: int, day: int = 3) -> datetime:
    return stored(1999, 2, day, hour - 8, minute, second)


def test_an_answered_call(tmp_path: Path) -> None:
    found = _read(tmp_path, GOOD)
    row: dict[str, Any] = found.rows[0]
    assert found.platform == "bank_calls"
    assert (row["offered_at"], row["answered_at"], row["ended_at"]) == (_at(9, 0, 0), _at(9, 0, 20), _at(9, 1, 20))
    assert (row["agent"], row["caller"], row["queue"], row["abandoned_at"]) == ("DANA", None, "PS", None)
    assert row["wrap_up_seconds"] is None


@pytest.mark.parametrize(
    ("q_exit", "q_time", "left"), [("9:00:20", "12", _at(9, 0, 20)), ("0:00:00", "0", _at(9, 0, 8))]
)
def test_an_abandoned_call_leaves_the_queue_or_the_voice_system(
    tmp_path: Path, q_exit: str, q_time: str, left: datetime
) -> None:
    none = {"ser_start": "0:00:00", "ser_exit": "0:00:00", "ser_time": "0", "server": "NO_SERVER"}
    row = _read(tmp_path, _with(outcome="HANG", q_exit=q_exit, q_time=q_time, **none)).rows[0]
    assert (row["abandoned_at"], row["answered_at"], row["ended_at"], row["agent"]) == (left, None, None, None)


@pytest.mark.parametrize(
    "cells",
    [
        {"vru_entry": "23:59:00", "q_exit": "23:59:40", "ser_start": "23:59:50", "ser_exit": "0:01:00"},
        {"vru_entry": "23:59:00", "q_exit": "0:00:20", "ser_start": "0:00:20", "ser_exit": "0:01:00"},
    ],
)
def test_a_call_over_midnight_ends_on_the_next_day(tmp_path: Path, cells: dict[str, str]) -> None:
    row = _read(tmp_path, _with(**cells)).rows[0]
    assert row["offered_at"] == _at(23, 59, 0)
    assert row["offered_at"] < row["answered_at"] < row["ended_at"]
    assert row["ended_at"].replace(microsecond=0) == stored(1999, 2, 3, 16, 1, 0)


def test_an_answered_call_cut_off_at_once_was_answered(tmp_path: Path) -> None:
    row = _read(tmp_path, _with(ser_start="0:00:00", ser_exit="0:00:00", ser_time="0")).rows[0]
    assert row["answered_at"] == row["ended_at"] == _at(9, 0, 20)


def test_what_did_not_happen_may_be_empty(tmp_path: Path) -> None:
    none = dict.fromkeys(("q_start", "q_exit", "q_time", "ser_start", "ser_exit", "ser_time", "server"), "")
    row = _read(tmp_path, _with(outcome="HANG", **none)).rows[0]
    assert (row["abandoned_at"], row["answered_at"], row["agent"]) == (_at(9, 0, 8), None, None)


def test_the_same_number_on_another_line_or_day_is_another_call(tmp_path: Path) -> None:
    found = _read(tmp_path, GOOD, _with(**{"vru+line": "XX02"}), _with(date="990204"))
    assert len(set(found.column("call_id"))) == 3


def test_rows_that_are_no_calls_are_counted_not_kept(tmp_path: Path) -> None:
    found = _read(tmp_path, _with(outcome="PHANTOM"), _with(vru_time="-1"), _with(outcome="PHANTOM", vru_time="-1"))
    assert found.rows == [] and found.rejected == []
    assert found.said["chat.calls_phantom"] == {"count": 2}
    assert found.said["chat.calls_backwards"] == {"count": 1}


def test_a_damaged_customer_number_is_unknown_and_said(tmp_path: Path) -> None:
    found = _read(tmp_path, _with(customer_id="6.02701E+11"), _with(customer_id="602701000000"))
    assert found.column("caller") == [None, "602701000000"]
    assert found.said["chat.callers_damaged"] == {"count": 1}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"date": "990230"}, "chat.call_times"),
        ({"date": "x"}, "chat.call_times"),
        ({"vru_entry": "25:00:00"}, "chat.call_times"),
        ({"ser_exit": "9:00"}, "chat.call_times"),
        ({"vru_time": "8.5"}, "chat.call_times"),
        ({"q_time": "9" * 5000}, "chat.call_times"),
        ({"outcome": "LOST"}, "chat.call_outcome"),
    ],
)
def test_a_row_that_can_not_be_read_is_rejected_with_its_line(tmp_path: Path, cells: dict[str, str], code: str) -> None:
    found = _read(tmp_path, GOOD, _with(**cells))
    assert len(found.rows) == 1
    assert found.rejected == [(3, [code])]


def test_half_a_row_is_rejected(tmp_path: Path) -> None:
    assert _read(tmp_path, GOOD[:9]).rejected == [(2, ["chat.call_cut_short"])]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    found = _read(tmp_path, GOOD[::-1], header=HEADER[::-1])
    assert found.column("ended_at") == [_at(9, 1, 20)]
