"""Three real pre-sales dialogues: what was read gives the response times that their source states."""

from datetime import datetime
from typing import Any

import pytest

from tests.functional.real_files import real_file
from xiaoer.base.errors import ReportableError
from xiaoer.intake import ReadOptions, Rejected, Rows, read_file

# dialogue → first response, waits from the first buyer message of each run, the same from the last, rounds
STATED: dict[str, tuple[float, float, float | None, int]] = {
    "2830038155": (14, 25.2, None, 6),
    "917228782": (27, 71.0, 57.2, 4),
    "1114513584": (82, 125.0, 111.2, 4),
}


def _messages() -> list[dict[str, Any]]:
    pieces = list(read_file(real_file("chat-uneed", "dialogues.jsonl"), ReadOptions("a shop")).pieces)
    assert not [piece for piece in pieces if isinstance(piece, Rejected)]
    return [row for piece in pieces if isinstance(piece, Rows) for row in piece.batch.to_pylist()]


def _waits(rows: list[dict[str, Any]], *, from_last: bool) -> list[float]:
    waits: list[float] = []
    asked: datetime | None = None
    for row in rows:
        if row["sender"] == "buyer":
            asked = row["sent_at"] if asked is None or from_last else asked
        elif asked is not None:
            waits.append((row["sent_at"] - asked).total_seconds())
            asked = None
    return waits


def test_the_platform_is_found_from_the_file() -> None:
    assert read_file(real_file("chat-uneed", "dialogues.jsonl"), ReadOptions("a shop")).platform == "dialogue_jsonl"


@pytest.mark.parametrize("agent", STATED)
def test_response_times_of_a_real_dialogue(agent: str) -> None:
    rows = [row for row in _messages() if row["agent"] == agent]
    first, mean, mean_from_last, rounds = STATED[agent]

    from_first, from_last = _waits(rows, from_last=False), _waits(rows, from_last=True)

    assert from_first[0] == first
    assert len(from_first) == rounds
    assert round(sum(from_first) / rounds, 1) == mean
    if mean_from_last is not None:
        assert sum(from_last) / rounds == pytest.approx(mean_from_last, abs=0.051)


def test_float_noise_in_times_is_gone() -> None:
    assert {row["sent_at"].microsecond for row in _messages()} == {0}


@pytest.mark.parametrize(
    "parts", [("chat-jddc-satisfaction", "jddc_valid_dialogues.jsonl"), ("formats", "tmall_chat_3ce_sample.txt")]
)
def test_conversations_without_times_are_refused_plainly(parts: tuple[str, str]) -> None:
    with pytest.raises(ReportableError) as refused:
        read_file(real_file(*parts), ReadOptions("a shop"))
    assert [issue.code for issue in refused.value.issues] == ["chat.no_times"]
