"""Copied 千牛 text, case by case."""

from pathlib import Path

import pytest

from tests.unit.intake.chat.imported import SHOP, XIAOHE, imported
from xiaoer.intake.chat.qianniu import Header, header_of

AT = "2024-9-1 9:05:03"


@pytest.mark.parametrize(
    ("line", "nick", "to"),
    [
        (f"晴***9 {AT}", "晴***9", None),
        (f"晴***9{AT}", "晴***9", None),
        (f"tb20202{AT}", "tb20202", None),
        (f"3ce旗舰店:wjiao{AT}", "3ce旗舰店:wjiao", None),
        (f"3ce旗舰店：wjiao {AT}", "3ce旗舰店:wjiao", None),
        (f"晴 --> {XIAOHE} {AT}", "晴", XIAOHE),
        (f"{XIAOHE} --> 晴 {AT}", XIAOHE, "晴"),
        (f"cntaobao晴 --> cntaobao{XIAOHE} {AT}", "晴", XIAOHE),
    ],
)
def test_a_header_is_known_in_every_shape(line: str, nick: str, to: str | None) -> None:
    assert header_of(line) == Header(nick, AT, to)


@pytest.mark.parametrize(
    "line",
    [
        f"亲，预计{AT}",
        f"下单时间：{AT}",
        f"下单时间{AT}",
        f"优惠截止{AT}",
        f"月光,{AT}",
        f"月光\t{AT}",
        f"{AT} 开始",
        AT,
        "在吗",
        "",
        f"已读 {AT}",
    ],
)
def test_a_line_of_a_message_or_a_table_is_no_header(line: str) -> None:
    assert header_of(line) is None


def test_a_message_of_many_lines_ends_at_the_next_header(tmp_path: Path) -> None:
    found = imported(tmp_path, f"晴 {AT}\n一\n\n二\n三 \n{XIAOHE} 2024-9-1 9:05:09\n好")
    assert found.column("text") == ["一\n二\n三", "好"]


def test_read_marks_are_dropped_from_the_shops_messages_only(tmp_path: Path) -> None:
    text = f"{XIAOHE} {AT}\n在的\n已读\n晴 2024-9-1 9:06:00\n已读\n{XIAOHE} 2024-9-1 9:07:00\n好\n发送中"
    assert imported(tmp_path, text).column("text") == ["在的", "已读", "好"]


def test_a_recall_takes_the_time_of_the_message_before_it(tmp_path: Path) -> None:
    found = imported(tmp_path, f"晴 {AT}\n在吗\n晴 撤回了一条消息\n{XIAOHE} 2024-9-1 9:06:00\n在")
    assert found.column("kind") == ["text", "recall", "text"]
    assert found.column("sender") == ["buyer", "system", "agent"]
    assert found.column("sent_at")[0] == found.column("sent_at")[1]
    assert found.column("text")[1] == "撤回了一条消息"


def test_a_transfer_belongs_to_the_account_it_left_and_moves_the_chat(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"晴 {AT}\n人工\n由 服务助手 转交给 小禾，原因：【离线留言自动分配】\n晴 2024-9-1 9:06:00\n有人吗\n"
        f"{SHOP}:小米 2024-9-1 9:07:00\n我来",
    )
    robot = f"{SHOP}:服务助手"
    assert [row["agent"] for row in found.rows] == [robot, robot, XIAOHE, f"{SHOP}:小米"]
    assert found.column("transfer_to") == [None, XIAOHE, None, None]
    assert found.rows[1]["kind"] == "transfer" and found.rows[1]["sender"] == "system"


def test_the_robot_is_no_agent_and_marked_replies_are_automatic(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"晴 {AT}\n在\n{SHOP}:服务助手 2024-9-1 9:06:00\n您好\n{XIAOHE} 2024-9-1 9:06:01\n【自动回复】稍等\n"
        f"{XIAOHE} 2024-9-1 9:06:02\n( 自动回复 )稍等\n{XIAOHE} 2024-9-1 9:06:03\n这是自动回复吗",
    )
    assert found.column("sender") == ["buyer", "robot", "agent", "agent", "agent"]
    assert found.column("auto") == [False, False, True, True, False]


def test_what_the_window_writes_is_no_message_and_is_counted(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"晴 {AT}\n当前用户来自 手机淘宝\n晴 2024-9-1 9:06:00\nhttps://item.example.com/?id=1\n¥99.00\n商品推荐\n"
        f"晴 2024-9-1 9:07:00\n¥99\n{XIAOHE} 2024-9-1 9:08:00\n好",
    )
    assert found.column("kind") == ["product_card", "text", "text"]
    assert found.column("text") == ["https://item.example.com/?id=1", "¥99", "好"], "a price that somebody typed stays"
    assert found.said["chat.noise_left_out"] == {"count": 3}


def test_a_nick_alone_above_its_time_is_a_header(tmp_path: Path) -> None:
    found = imported(
        tmp_path, f"晴***9\n{AT}\n在吗\n{XIAOHE}\n2024-9-1 9:06:00\n在\n已读\n晴***9\n2024-9-1 9:07:00\n好"
    )
    assert [(row["buyer"], row["sender"], row["text"]) for row in found.rows] == [
        ("晴***9", "buyer", "在吗"),
        ("晴***9", "agent", "在"),
        ("晴***9", "buyer", "好"),
    ]


def test_a_date_no_calendar_has_is_rejected_with_its_line_and_the_rest_is_kept(tmp_path: Path) -> None:
    found = imported(
        tmp_path, f"晴 {AT}\n一\n晴 2024-2-30 9:06:00\n二\n{XIAOHE} 2024-9-1 25:06:00\n三\n晴 2024-9-1 9:08:00\n四"
    )
    assert found.column("text") == ["一", "四"]
    assert found.rejected == [(3, ["intake.not_a_time"]), (5, ["intake.not_a_time"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_rows(tmp_path: Path, encoding: str, end: str) -> None:
    text = f"晴 {AT}\n这款有大码吗\n{XIAOHE} 2024-9-1 9:06:00\n有的亲\n已读\n"
    found = imported(tmp_path, text.replace("\n", end).encode(encoding))
    assert found.platform == "qianniu"
    assert found.column("text") == ["这款有大码吗", "有的亲"]


def test_the_chats_of_several_buyers_are_kept_apart_and_guesses_are_said(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"晴 2024-9-1 9:00:00\n一\n{XIAOHE} 2024-9-1 9:01:00\n二\n"
        f"{SHOP}:小米 2024-9-1 8:00:00\n三\n阿布 2024-9-1 8:01:00\n四",
    )
    assert [(row["buyer"], row["agent"]) for row in found.rows] == [
        ("晴", XIAOHE), ("晴", XIAOHE), ("阿布", f"{SHOP}:小米"), ("阿布", f"{SHOP}:小米"),
    ]  # fmt: skip
    assert found.said["chat.several_buyers"] == {"buyers": 2}


def test_a_chat_nobody_answered_stands_under_the_shops_account(tmp_path: Path) -> None:
    found = imported(tmp_path, f"晴 {AT}\n在吗\n晴 2024-9-1 9:06:00\n人呢")
    assert found.column("agent") == [SHOP, SHOP]
    assert found.said["chat.account_unknown"] == {"count": 2}


def test_a_shop_line_without_any_buyer_is_rejected_not_guessed(tmp_path: Path) -> None:
    assert imported(tmp_path, f"{XIAOHE} {AT}\n在吗").rejected == [(1, ["chat.no_buyer"])]


def test_the_main_account_is_told_by_its_name_by_its_sub_accounts_or_by_a_masked_buyer(tmp_path: Path) -> None:
    by_name = imported(tmp_path, f"晴 {AT}\n在\n{SHOP} 2024-9-1 9:06:00\n好")
    by_sub = imported(
        tmp_path, f"晴 {AT}\n在\n花店 2024-9-1 9:06:00\n好\n花店:小李 2024-9-1 9:07:00\n好", shop="另一家"
    )
    by_mask = imported(tmp_path, f"晴***9 {AT}\n在\n花店 2024-9-1 9:06:00\n好", shop="另一家")
    assert by_name.column("sender") == by_mask.column("sender") == ["buyer", "agent"]
    assert by_sub.column("sender") == ["buyer", "agent", "agent"]


def test_two_plain_nicks_are_refused_with_what_to_do(tmp_path: Path) -> None:
    assert imported(tmp_path, f"甲 {AT}\n在\n乙 2024-9-1 9:06:00\n好", shop="另一家").refused == ["chat.who_is_shop"]


def test_bytes_that_are_no_text_reject_their_message_alone(tmp_path: Path) -> None:
    content = f"晴 {AT}\n在".encode() + b"\xff\xfe\xfa" + f"吗\n{XIAOHE} 2024-9-1 9:06:00\n好".encode()
    found = imported(tmp_path, content)
    assert found.column("text") == ["好"]
    assert found.rejected == [(1, ["intake.bad_bytes"])]


def test_an_endless_line_is_refused_and_an_endless_message_rejected(tmp_path: Path) -> None:
    assert imported(tmp_path, f"晴 {AT}\n" + "a" * 9_000_000).refused == ["chat.line_too_long"]
    assert imported(tmp_path, f"晴 {AT}\n" + "很长\n" * 100_000).rejected == [(1, ["intake.cell_too_long"])]


@pytest.mark.parametrize(
    "text",
    [
        "t***7:在吗\n向阳小铺:小禾:在的\nt***7:好",
        "买家：在吗\n客服：在的",
        '{"id": "1", "turns": [{"user": "在吗", "agent": "在的"}]}\n{"id": "2", "turns": []}\n',
        '{"dialogue": [{"role": "用户", "text": "在吗"}]}',
    ],
)
def test_a_chat_without_times_is_refused_plainly(tmp_path: Path, text: str) -> None:
    assert imported(tmp_path, text).refused == ["chat.no_times"]


@pytest.mark.parametrize(
    "text", ["你好\n在吗\n", "名称,数量\n裙子,1\n", "a: 1\nb: 2\n", "2024-09-01 10:00:00 started\n"]
)
def test_texts_that_are_no_chats_are_not_taken_for_one(tmp_path: Path, text: str) -> None:
    found = imported(tmp_path, text)
    assert found.refused and not [code for code in found.refused if code.startswith("chat.")]


def test_a_line_that_ends_with_a_time_of_its_own_stays_in_its_message(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"晴 2024-9-1 9:00:00\n什么时候到\n{XIAOHE} 2024-9-1 9:01:00\n给您查了\n预计送达 2024-9-3 18:00:00\n请留意\n"
        "晴 2024-9-1 9:02:00\n好",
    )
    assert found.column("text") == ["什么时候到", "给您查了\n预计送达 2024-9-3 18:00:00\n请留意", "好"]
    assert set(found.column("buyer")) == {"晴"}


def test_a_buyer_who_speaks_once_between_two_lines_of_another_is_a_buyer(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"晴 2024-9-1 9:00:00\n一\n{XIAOHE} 2024-9-1 9:01:00\n二\n阿布 2024-9-1 9:02:00\n三\n晴 2024-9-1 9:03:00\n四",
    )
    assert found.column("buyer") == ["晴", "晴", "阿布", "晴"]


def test_a_buyer_of_another_chat_before_the_hour_is_a_buyer(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"晴 2024-9-1 9:00:00\n一\n{XIAOHE} 2024-9-1 9:01:00\n二\n阿布 2024-9-1 8:00:00\n三\n"
        f"{XIAOHE} 2024-9-1 8:01:00\n四\n月光 2024-9-1 10:00:00\n五\n{XIAOHE} 2024-9-1 10:01:00\n六",
    )
    assert found.column("buyer") == ["晴", "晴", "阿布", "阿布", "月光", "月光"]
