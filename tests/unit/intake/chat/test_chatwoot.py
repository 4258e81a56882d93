"""Chatwoot's messages and ratings, however the answers were saved."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.chat.imported import SHOP, imported, stored

CONTACT = {"id": 7, "name": "Lin", "type": "contact"}
AMY = {"id": 3, "name": "Amy", "type": "user"}


def _message(id_: int, at: int, sender: dict[str, Any] | None, **more: object) -> dict[str, Any]:
    type_ = 0 if sender is CONTACT else 1
    message = {"id": id_, "content": f"m{id_}", "conversation_id": 5, "message_type": type_, "private": False}
    return message | {"created_at": 1725156000 + at, "sender": sender} | more


TALK = [_message(1, 0, CONTACT), _message(2, 30, AMY), _message(3, 60, CONTACT)]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"meta": {"contact": CONTACT}, "payload": TALK}),
        json.dumps({"meta": {"contact": {"payload": [CONTACT]}}, "payload": TALK[::-1]}),
        json.dumps([{"meta": {"sender": CONTACT}, "messages": TALK}]),
        json.dumps(TALK),
        "".join(json.dumps(message) + "\n" for message in TALK),
        json.dumps({"data": {"payload": [{"id": 5, "meta": {"sender": CONTACT}, "messages": TALK + TALK[2:]}]}}),
    ],
    ids=["answer", "turned_round", "conversations", "list", "lines", "listed_twice"],
)
def test_however_it_was_saved(tmp_path: Path, content: str) -> None:
    found = imported(tmp_path, content, name="x.json")
    assert found.platform == "chatwoot"
    assert [(row["buyer"], row["agent"], row["sender"], row["text"]) for row in found.rows] == [
        ("Lin#7", "Amy", "buyer", "m1"),
        ("Lin#7", "Amy", "agent", "m2"),
        ("Lin#7", "Amy", "buyer", "m3"),
    ]
    assert found.rows[1]["sent_at"] == stored(2024, 9, 1, 2, 0, 30)
    assert not found.rejected and not found.said


def test_words_for_types_and_written_times(tmp_path: Path) -> None:
    first = _message(1, 0, CONTACT, message_type="incoming", created_at="2024-09-01T02:00:00.000Z")
    second = _message(2, 0, AMY, message_type="outgoing", created_at="2024-09-01T02:00:09.000Z")
    found = imported(tmp_path, json.dumps([second, first]), name="x.json")
    assert found.column("sender") == ["agent", "buyer"] or found.column("sender") == ["buyer", "agent"]
    assert stored(2024, 9, 1, 2, 0, 9) in found.column("sent_at")


@pytest.mark.parametrize("sender", [None, {"id": 1, "name": "Bot", "type": "agent_bot"}, {"type": "captain_assistant"}])
def test_what_no_person_wrote_is_a_robots(tmp_path: Path, sender: dict[str, Any] | None) -> None:
    found = imported(tmp_path, json.dumps([_message(1, 0, CONTACT), _message(2, 1, sender)]), name="x.json")
    assert found.column("sender") == ["buyer", "robot"]
    assert found.column("auto") == [False, True]
    bot = f"{sender.get('name', sender['type'])}:服务助手" if sender else SHOP
    assert found.column("agent") == [bot] * 2


def test_a_conversation_that_goes_on_later_keeps_its_account(tmp_path: Path) -> None:
    other = _message(9, 40, {"id": 8, "name": "Wu", "type": "contact"}, conversation_id=6, message_type=0)
    found = imported(tmp_path, json.dumps([*TALK[:2], other, TALK[2]]), name="x.json")
    assert [row["agent"] for row in found.rows if row["text"] == "m3"] == ["Amy"]
    assert [row["agent"] for row in found.rows if row["text"] == "m9"] == [SHOP]


def test_two_agents_of_one_name_are_told_of(tmp_path: Path) -> None:
    talk = [_message(1, 0, CONTACT), _message(2, 1, AMY), _message(3, 2, {**AMY, "id": 4})]
    found = imported(tmp_path, json.dumps(talk), name="x.json")
    assert found.said["chat.same_name"] == {"count": 1}


def test_private_notes_and_deleted_messages(tmp_path: Path) -> None:
    note = _message(2, 1, AMY, private=True)
    gone = _message(3, 2, AMY, content_attributes={"deleted": True})
    found = imported(tmp_path, json.dumps([_message(1, 0, CONTACT), note, gone]), name="x.json")
    assert found.column("kind") == ["text", "recall"]
    assert found.said["chat.private_notes"] == {"count": 1}


def test_ratings_beside_messages_are_told_apart(tmp_path: Path) -> None:
    rating = {"id": 1, "rating": 4, "feedback_message": "", "contact": CONTACT, "conversation_id": 5}
    rating |= {"assigned_agent": AMY, "created_at": 1725156400, "message_id": 3}
    found = imported(tmp_path, json.dumps({"payload": [rating]}), name="csat.json")
    (row,) = found.rows
    assert found.platform == "chatwoot"
    assert (row["buyer"], row["agent"], row["score"], row["source"], row["invited_at"]) == (
        "Lin#7",
        "Amy",
        4,
        "system",
        None,
    )
