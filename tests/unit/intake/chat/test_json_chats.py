"""Chats as JSON: the userscript, 生意参谋, the platform's chat logs, dialogues per line."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.chat.imported import SHOP, XIAOHE, Imported, imported, stored
from xiaoer.intake import ReadOptions, read_file


def _dumped(folder: Path, document: object, *, shop: str = SHOP) -> Imported:
    return imported(folder, json.dumps(document, ensure_ascii=False), name="chat.json", shop=shop)


def _userscript(*chats: tuple[str, str, str, str], **more: object) -> dict[str, Any]:
    lines = [dict(zip(("date", "time", "sender", "text"), chat, strict=True)) for chat in chats]
    return {"user": "月光", "chats": lines, **more}


def test_the_export_time_of_a_userscript_file_is_the_readings(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    document = _userscript(("2024-09-05", "10:00:00", "月光", "在"), exportTime="2024-09-05 18:00:00", count=1)
    path.write_text(json.dumps(document), encoding="utf-8")
    assert read_file(path, ReadOptions(SHOP)).exported_at == datetime(2024, 9, 5, 10, tzinfo=UTC)


def test_who_is_not_the_user_is_the_shop_and_a_masked_nick_is_the_user(tmp_path: Path) -> None:
    document = _userscript(
        ("2024-09-05", "10:00:00", "月***光", "在"),
        ("2024-09-05", "10:00:05", f"{SHOP}:服务助手", "您好"),
        ("2024-09-05", "10:00:10", SHOP, "在的"),
        ("", "2024-09-05 10:00:20", "月光", "好"),
    )
    found = _dumped(tmp_path, document)
    assert found.column("sender") == ["buyer", "robot", "agent", "buyer"]
    assert found.column("agent") == [f"{SHOP}:服务助手", f"{SHOP}:服务助手", SHOP, SHOP]
    assert set(found.column("buyer")) == {"月光"}


def test_a_message_without_a_time_of_day_is_rejected_not_put_at_midnight(tmp_path: Path) -> None:
    found = _dumped(tmp_path, _userscript(("2024-09-05", "", "月光", "在"), ("2024-09-05", "9:5:3", "月光", "在")))
    assert found.rejected == [(1, ["chat.no_time"])]
    assert found.column("sent_at") == [stored(2024, 9, 5, 1, 5, 3)]


@pytest.mark.parametrize("chats", [None, {}, "x", 1])
def test_a_buyer_without_a_list_of_messages_is_rejected(tmp_path: Path, chats: object) -> None:
    assert _dumped(tmp_path, {"user": "月光", "chats": chats}).rejected == [(1, ["chat.not_this_form"])]


def test_list_members_that_are_no_messages_are_missed_by_the_count(tmp_path: Path) -> None:
    found = _dumped(tmp_path, {"user": "月光", "chats": ["x", 1, None, []]})
    assert found.said["chat.count_differs"] == {"stated": "4", "found": 0}


def test_buyers_masked_alike_stay_apart_in_chat_details(tmp_path: Path) -> None:
    def reception(buyer_id: str) -> dict[str, Any]:
        message = {
            "gmtCreated": 1725156000000,
            "userNickFrom": "月**",
            "userNickTo": XIAOHE,
            "msg": "在",
            "msgId": buyer_id,
        }
        return {"dataId": f"1_2_3_{buyer_id}", "buyerNick": "月**", "psnNickName": XIAOHE, "messages": [message]}

    found = _dumped(tmp_path, [reception("1"), reception("2")])

    assert found.column("buyer") == ["月**#1", "月**#2"]
    assert found.column("sent_at") == [stored(2024, 9, 1, 2)] * 2


def test_nicks_say_who_speaks_whatever_direction_says(tmp_path: Path) -> None:
    sides = ("月光", f"cntaobao{XIAOHE}")
    said = [(sides, 0), (sides, 1), (sides[::-1], 1)]
    messages = [
        {"from_nick": pair[0], "to_nick": pair[1], "direction": direction, "time": 1725156000, "content": "在"}
        for pair, direction in said
    ]
    found = _dumped(tmp_path, {"msgs": {"msg": messages}})
    assert found.column("sender") == ["buyer", "buyer", "agent"]
    assert "chat.by_direction" not in found.said


@pytest.mark.parametrize(("direction", "sender"), [(0, "agent"), (1, "buyer")])
def test_nicks_of_the_request_alone_need_the_direction_and_it_is_said(
    tmp_path: Path, direction: int, sender: str
) -> None:
    message = {"direction": direction, "time": "2024-09-01 10:00:00", "content": "在"}
    found = _dumped(tmp_path, {"request": {"from_id": XIAOHE, "to_id": "月光"}, "answer": {"msgs": [message]}})
    assert (found.column("sender"), found.column("buyer"), found.column("agent")) == ([sender], ["月光"], [XIAOHE])
    assert found.said["chat.by_direction"] == {"count": 1}


def test_a_request_copied_into_every_message_does_not_make_one_side_speak_alone(tmp_path: Path) -> None:
    messages = [
        {"from_id": XIAOHE, "to_id": "月光", "direction": direction, "time": "2024-09-01 10:00:00", "content": "在"}
        for direction in (0, 1, 0)
    ]
    assert _dumped(tmp_path, messages).column("sender") == ["agent", "buyer", "agent"]


def test_two_who_are_not_the_shop_are_rejected(tmp_path: Path) -> None:
    message = {"from_nick": "月光", "to_nick": "阿布", "direction": 0, "time": "2024-09-01 10:00:00", "content": "在"}
    assert _dumped(tmp_path, [message]).rejected == [(1, ["chat.who_speaks"])]
    assert _dumped(tmp_path, [message], shop="阿布").column("sender") == ["buyer"]


def test_numbers_are_never_rounded(tmp_path: Path) -> None:
    big = 12345678901234567890123
    dialogue = {"sid": "d", "sellerid": 1, "userid": big, "dialogue": []}
    dialogue["dialogue"] = [{"seq_no": 1, "time": "2024-09-01 10:00:00", "sender_type": "用户", "send_content": 1e400}]
    content = json.dumps(dialogue).replace("Infinity", "1e400")
    found = imported(tmp_path, content, name="d.jsonl")
    assert found.column("buyer") == [str(big)]
    assert found.column("text") == ["1e400"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ('{"user": "月光", "chats": [{"date": "2024-09-05", "ti', ["chat.json_broken"]),
        ('{"user": "月光", "chats": ' + "[" * 100 + "]" * 100 + "}", ["chat.json_too_deep"]),
        ('{"user": "月光", "chats": ' + "[" * 300_000, ["chat.json_too_deep"]),
        ('{"user": "月光", "chats": ' + '{"a":' * 300_000, ["chat.json_too_deep"]),
        ('{"user": "月光", "chats": []} trailing', ["chat.json_broken"]),
    ],
)
def test_json_that_is_broken_or_bottomless_is_refused(tmp_path: Path, content: str, codes: list[str]) -> None:
    assert imported(tmp_path, content, name="a.json").refused == codes


def test_one_broken_line_of_many_is_rejected_alone(tmp_path: Path) -> None:
    good = json.dumps(_userscript(("2024-09-05", "10:00:00", "月光", "在")), ensure_ascii=False)
    found = imported(tmp_path, f'{good}\n{good[:40]}\n{{"user": "x", "chats": {"[" * 99}\n{good}\n', name="a.jsonl")
    assert len(found.rows) == 2
    assert [(line, codes) for line, codes in found.rejected] == [(2, ["chat.json_broken"]), (3, ["chat.json_broken"])]


def test_half_a_surrogate_pair_and_a_nul_do_not_stop_the_file(tmp_path: Path) -> None:
    chat = '{"date": "2024-09-05", "time": "10:00:00", "sender": "月光", "text": "a\\ud83d\\u0000b"}'
    content = f'{{"user": "月光", "chats": [{chat}]}}'
    assert imported(tmp_path, content, name="a.json").column("text") == ["a?b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_json_of_every_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    content = json.dumps(_userscript(("2024-09-05", "10:00:00", "月光", "在吗在吗")), ensure_ascii=False, indent=1)
    assert imported(tmp_path, content.encode(encoding), name="a.json").column("text") == ["在吗在吗"]


@pytest.mark.parametrize("strange", ["9" * 5000, "²", "10:00:00²", f"10:00:00.{'1' * 5000}"])
def test_numbers_without_end_and_strange_digits_are_rejected_or_kept_as_text(tmp_path: Path, strange: str) -> None:
    found = _dumped(tmp_path, _userscript(("2024-09-05", strange, "月光", "在"), count=strange))
    assert found.said["chat.count_differs"]["found"] == 1
    assert len(found.rows) + len(found.rejected) == 1


def test_answers_that_name_both_sides_as_users_need_no_direction(tmp_path: Path) -> None:
    sides = [{"uid": "月光", "taobao_account": True}, {"uid": XIAOHE, "taobao_account": True}]
    messages = [
        {"time": 1725156000 + place, "uuid": place, "from_id": pair[0], "to_id": pair[1], "content": parts}
        for place, (pair, parts) in enumerate([(sides, [{"type": "T", "value": "在吗"}]), (sides[::-1], [])])
    ]
    found = _dumped(tmp_path, {"result": {"messages": messages}})
    assert found.platform == "top_chatlog"
    assert found.column("sender") == ["buyer", "agent"]
    assert found.column("text") == ["在吗", None]
    assert "chat.by_direction" not in found.said


def test_a_chat_log_saved_as_a_table_is_read_alike(tmp_path: Path) -> None:
    rows = [
        "from_id,to_id,direction,time,content",
        f'cntaobao月光,cntaobao{XIAOHE},0,2024-09-01 10:00:00,"在吗,""急""',
        '"',
        f"cntaobao{XIAOHE},cntaobao月光,1,2024-09-01 10:00:31,在的",
        "月光,0",
    ]
    rows[1:3] = [rows[1] + '\n还有"']
    found = imported(tmp_path, "\r\n".join(rows).encode("gb18030"), name="log.csv")
    assert found.platform == "top_chatlog"
    assert found.column("sender") == ["buyer", "agent"]
    assert found.column("text") == ['在吗,"急"\n还有', "在的"]
    assert found.rejected == [(5, ["chat.row_cut_short"])]


def test_a_table_of_directions_without_nicks_says_what_is_missing(tmp_path: Path) -> None:
    found = imported(tmp_path, "direction,time,content\n0,2024-09-01 10:00:00,在吗\n", name="log.csv")
    assert found.rejected == [(2, ["chat.no_nicks"])]
