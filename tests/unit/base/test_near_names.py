"""Near names: what may have been meant, and no sentence about it where nothing is near."""

import pytest

from xiaoer.base.issues import Issue
from xiaoer.base.language import messages, say
from xiaoer.base.near_names import near_names

KNOWN = ("wait_cap_seconds", "wait_from", "credit_days", "reply_share", "晨光店", "晚霞店", "晨光店:小艾", "阿梅")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("wait_cap_secnds", ["wait_cap_seconds"]),
        ("wait", ["wait_from", "wait_cap_seconds"]),
        ("days", ["credit_days"]),
        ("shar", ["reply_share"]),
        ("ply_sh", ["reply_share"]),
        ("credit_days_extra_long_tail", ["credit_days"]),
        ("晨光", ["晨光店", "晨光店:小艾"]),
        ("小艾", ["晨光店:小艾"]),
        ("阿美", ["阿梅"]),
        ("晚风", ["晚霞店"]),
        ("zzzz", []),
        ("e", []),
        ("", []),
        (" ", []),
    ],
)
def test_near_names(typed: str, near: list[str]) -> None:
    assert near_names(typed, KNOWN) == near


def test_at_most_three_and_in_one_order() -> None:
    known = [f"wait_{letter}" for letter in "edcba"]
    assert near_names("wait", known) == near_names("wait", reversed(known))
    assert len(near_names("wait", known)) == 3


@pytest.mark.parametrize("none", ["", "–"])
def test_where_nothing_is_near_nothing_is_said_of_it(none: str) -> None:
    issue = Issue("settings.unknown", values={"name": "zzzz", "near": none})
    assert say(issue, "zh") == "没有“zzzz”这个设置。用 xiaoer settings show 查看全部设置。"
    assert say(issue, "en") == "There is no setting “zzzz”. xiaoer settings show lists all of them."


def test_where_a_name_is_near_it_is_said() -> None:
    issue = Issue("settings.unknown", values={"name": "wait", "near": "wait_from"})
    assert say(issue, "zh") == "没有“wait”这个设置。是不是想写：wait_from？用 xiaoer settings show 查看全部设置。"
    assert say(issue, "en").startswith("There is no setting “wait”. Did you mean: wait_from? xiaoer")


def test_every_question_whether_a_name_was_meant_can_be_left_out() -> None:
    said = [(code, message.zh.next + message.en.next) for code, message in messages().items()]
    assert [code for code, text in said if "是不是" in text or "Did you mean" in text] == []
