"""Messages in any order, in batches of any size, held or set aside: the file has each once, as plain Python sorts."""

from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.base.days import Clock
from xiaoer.base.tables import canonical_tables
from xiaoer.store import message_writer, set_aside
from xiaoer.store.message_writer import DayWritten, MessageWriter

CLOCK = Clock(ZoneInfo("Asia/Shanghai"), time(4))
NIGHT = datetime.fromisoformat("2024-09-01T19:59:58")  # two seconds before a local day starts, in UTC
MESSAGE = st.fixed_dictionaries(
    {
        "shop": st.sampled_from(["云上小店", "another shop", "云"]),
        "buyer": st.sampled_from(["甲", "乙", "b", "B", "甲乙"]),
        "agent": st.sampled_from(["甲店:一", "甲店:二", "c"]),
        "sent_at": st.integers(0, 4).map(lambda seconds: NIGHT + timedelta(seconds=seconds)),
        "sender": st.sampled_from(["buyer", "agent"]),
        "text": st.sampled_from([None, "亲", "@亲", "b"]),
        "kind": st.just("text"),
        "auto": st.booleans(),
        "transfer_to": st.sampled_from([None, "c"]),
        "message_id": st.sampled_from([None, None, "1", "2"]),
    }
)
Message = dict[str, Any]


@given(st.lists(MESSAGE, max_size=40), st.randoms(use_true_random=False), st.integers(1, 12), st.booleans())
def test_a_file_has_what_plain_python_would_write(messages: list[Message], luck: Any, most: int, aside: bool) -> None:  # noqa: ANN401 -- hypothesis's Random
    for place, message in enumerate(messages, start=1):
        message["source_row"] = place
    expected = sorted(_once_each(messages), key=lambda message: (*_day(message), *_place(message)))
    luck.shuffle(messages)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(message_writer, "GROUP_ROWS", most)
        patched.setattr(set_aside, "MOST_HELD_BYTES", 1 if aside else 1_000_000)
        writer = MessageWriter(Path(folder), CLOCK)
        for start in range(0, len(messages), most):
            writer.add(
                pa.RecordBatch.from_pylist(messages[start : start + most], canonical_tables()["messages"].schema)
            )
        file = writer.write()
        written = pq.read_table(file).to_pylist()
        assert file.parent.exists() and [path.name for path in Path(folder).iterdir()] == [file.name]
    assert [{name: row[name] for name in canonical_tables()["messages"].schema.names} for row in written] == expected
    assert [(row["shop"], row["local_date"]) for row in written] == [_day(message) for message in expected]
    assert [row["characters"] for row in written] == [len(row["text"] or "") for row in expected]
    assert [row["bulk"] for row in written] == [(row["text"] or "").startswith("@") for row in expected]
    assert writer.days == [_written(*part) for part in groupby(expected, key=_day)]
    earliest = min((message["sent_at"].replace(tzinfo=UTC) for message in expected), default=None)
    assert writer.first_at == (None if earliest is None else earliest.timestamp() * 1_000_000)


def _day(message: Message) -> tuple[str, Any]:
    local = message["sent_at"].replace(tzinfo=UTC).astimezone(CLOCK.zone)
    return message["shop"], (local - timedelta(hours=4)).date()


def _place(message: Message) -> tuple[bytes, datetime, int]:
    return message["buyer"].encode(), message["sent_at"], message["source_row"]


def _once_each(messages: list[Message]) -> list[Message]:
    """Return the messages, of those with one id on one day of a shop the one that says most, and last."""
    best: dict[object, Message] = {}
    for number, message in enumerate(messages):
        key = number if message["message_id"] is None else (*_day(message), message["message_id"])
        best[key] = max(best.get(key, message), message, key=_weight)
    return list(best.values())


def _weight(message: Message) -> tuple[datetime, bool, str, int]:
    return message["sent_at"], message["text"] is not None, message["text"] or "", -message["source_row"]


def _written(part: tuple[str, Any], messages: Any) -> DayWritten:  # noqa: ANN401 -- what groupby gives
    rows = list(messages)
    return DayWritten(*part, len(rows), tuple(sorted({row["agent"] for row in rows})))
