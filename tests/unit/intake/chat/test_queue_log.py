"""Asterisk's queue log: calls and presence, however the log begins and ends, and in bounded memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.chat.imported import Imported, imported, stored
from xiaoer.intake.raw import Source
from xiaoer.intake.readers import queue_calls
from xiaoer.intake.readers.queue_calls import Calls
from xiaoer.intake.readers.queue_event import Event, event_of, instant
from xiaoer.intake.text_rows import TextRow

T = 1725156000  # 2024-09-01 02:00:00 UTC


def _read(folder: Path, *events: str) -> Imported:
    return imported(folder, "".join(f"{T + int(at)}|{rest}\n" for at, _, rest in (e.partition("|") for e in events)))


def _calls(found: Imported) -> list[dict[str, Any]]:
    return [row for row in found.rows if "call_id" in row]


def _spans(found: Imported) -> list[tuple[str, str, int, int | None]]:
    """Return (agent, status, from, until), in seconds after T."""
    zero = stored(2024, 9, 1, 2)
    return [
        (
            row["agent"],
            row["status"],
            int((row["start_at"] - zero).total_seconds()),
            row["end_at"] and int((row["end_at"] - zero).total_seconds()),
        )
        for row in found.rows
        if "status" in row
    ]


@pytest.mark.parametrize(
    "end", ["COMPLETEAGENT|5|60|1", "COMPLETECALLER|5|60|1", "TRANSFER|8|c|5|60|1", "ATTENDEDTRANSFER|x"]
)
def test_an_answered_call(tmp_path: Path, end: str) -> None:
    found = _read(tmp_path, "0|1.1|q|NONE|ENTERQUEUE||138|1", "5|1.1|q|SIP/1|CONNECT|5|1.2|3", f"65|1.1|q|SIP/1|{end}")
    (call,) = _calls(found)
    assert found.platform == "queue_log"
    assert (call["queue"], call["agent"], call["caller"], call["outcome"]) == ("q", "SIP/1", "138", end.split("|")[0])
    times = call["offered_at"], call["answered_at"], call["ended_at"], call["abandoned_at"]
    assert times == (stored(2024, 9, 1, 2), stored(2024, 9, 1, 2, 0, 5), stored(2024, 9, 1, 2, 1, 5), None)


@pytest.mark.parametrize("end", ["ABANDON|1|1|30", "EXITWITHTIMEOUT|1", "EXITEMPTY|1|1|30", "EXITWITHKEY|1|1"])
def test_a_call_that_left_unanswered_is_abandoned(tmp_path: Path, end: str) -> None:
    found = _read(tmp_path, "0|1.1|q|NONE|ENTERQUEUE||138|1", "9|1.1|q|SIP/1|RINGNOANSWER|9", f"30|1.1|q|NONE|{end}")
    (call,) = _calls(found)
    assert (call["answered_at"], call["abandoned_at"]) == (None, stored(2024, 9, 1, 2, 0, 30))
    assert call["agent"] is None


def test_a_caller_sent_on_makes_another_call(tmp_path: Path) -> None:
    found = _read(
        tmp_path, "0|1.1|a|NONE|ENTERQUEUE||138|1", "60|1.1|a|NONE|EXITWITHTIMEOUT|1", "61|1.1|b|NONE|ENTERQUEUE||138|1"
    )
    assert [(call["queue"], call["outcome"]) for call in _calls(found)] == [("a", "EXITWITHTIMEOUT"), ("b", None)]
    assert len({call["call_id"] for call in _calls(found)}) == 2


def test_a_log_that_begins_midway(tmp_path: Path) -> None:
    found = _read(
        tmp_path, "100|1.1|q|SIP/1|COMPLETEAGENT|20|60|1", "100|1.2|q|NONE|ABANDON|1|1|40", "100|1.3|q|A|CONNECT|7"
    )
    starts = [(call["offered_at"], call["answered_at"]) for call in _calls(found)]
    assert starts == [
        (stored(2024, 9, 1, 2, 0, 20), stored(2024, 9, 1, 2, 0, 40)),
        (stored(2024, 9, 1, 2, 1), None),
        (stored(2024, 9, 1, 2, 1, 33), stored(2024, 9, 1, 2, 1, 40)),
    ]
    assert found.said["calls.begun_before"] == {"count": 3}


def test_a_member_of_several_queues_is_away_when_paused_in_all(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "0|NONE|a|Amy|ADDMEMBER|",
        "0|NONE|b|Amy|ADDMEMBER|",
        "10|NONE|a|Amy|PAUSE|",
        "20|NONE|b|Amy|PAUSE|",
        "30|NONE|NONE|Amy|UNPAUSEALL|",
        "40|NONE|a|Amy|REMOVEMEMBER|",
        "50|NONE|b|Amy|REMOVEMEMBER|",
    )
    assert _spans(found) == [
        ("Amy", "online", 0, 20), ("Amy", "away", 20, 30), ("Amy", "online", 30, 50), ("Amy", "offline", 50, None),
    ]  # fmt: skip
    assert not _calls(found)


def test_agents_who_log_in_are_online_until_they_log_off(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "0|1.1|NONE|Agent/1|AGENTLOGIN|SIP/1",
        "9|NONE|NONE|Agent/1|PAUSEALL|",
        "20|1.1|NONE|Agent/1|AGENTLOGOFF|SIP/1|20",
    )
    assert _spans(found) == [("Agent/1", "online", 0, 9), ("Agent/1", "away", 9, 20), ("Agent/1", "offline", 20, None)]


def test_states_that_last_no_time_leave_no_span(tmp_path: Path) -> None:
    found = _read(tmp_path, "0|NONE|a|Amy|ADDMEMBER|", "0|NONE|a|Amy|REMOVEMEMBER|", "0|NONE|a|Amy|ADDMEMBER|PAUSED")
    assert _spans(found) == [("Amy", "away", 0, None)]


def test_a_log_of_a_carriage_return_bom_and_fraction(tmp_path: Path) -> None:
    found = imported(tmp_path, f"\ufeff{T}.25|1.1|q|NONE|ENTERQUEUE||138|1\r\n{T + 1}|1.1|q|NONE|ABANDON|1|1|1\r\n")
    assert found.rows[0]["offered_at"] == stored(2024, 9, 1, 2, 0, 0, 250_000)


def test_times_of_any_year() -> None:
    assert instant(999_999_999 * 10**6) == "2001-09-09T01:46:39.000000Z"
    assert instant(None) is None


def test_text_with_bars_is_no_queue_log(tmp_path: Path) -> None:
    found = imported(tmp_path, "订单号|金额\n1725156000|3\n1725156001|4\n", name="x.csv")
    assert found.platform == "" and found.refused


def test_calls_without_an_end_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_calls, "MOST_OPEN", 50)
    calls = Calls(Source("q", lambda: (tmp_path / "q").open("rb"), tmp_path / "q"))
    given = sum(len(list(calls.take(event))) for event in _entering(70))
    assert (given, len(calls.waiting)) == (20, 50)
    assert len([row for row in calls.finish() if isinstance(row, TextRow)]) == 50


def _entering(count: int) -> Iterator[Event]:
    for number in range(count):
        event = event_of(number, f"{T + number}|{number}.1|q|NONE|ENTERQUEUE||1|1")
        assert event is not None
        yield event
