"""xiaoer correct and xiaoer corrections: what people say was counted wrongly, by whom, why, and taken back."""

from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli.door import Told, xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")
QING, CHEN = "1790000000000000001", "1790000000000000004"
CREDIT = ("correct", "order", QING, "--agent", "小林", "--reason", "客户指名", "--author", "王店长")
SPAM = ("correct", "contact", "--buyer", "小白", "--agent", "小艾", "--day", "2024-09-02", "--spam", "--reason", "同行")


def figures(home: Path, *more: str) -> dict[str, Any]:
    """Return the rows of a report by agent."""
    told = xiaoer(home, "report", *SEPTEMBER, "--metrics", "sales_yuan,received_buyers,paid_orders", *more, "--json")
    return {row["agent"]: tuple(row.values())[1:] for row in told.data["rows"]}


def ok(told: Told) -> Told:
    """Return what was told by a command that must succeed."""
    assert told.code == 0, told.err
    return told


def test_an_order_is_credited_to_another_agent_and_a_withdrawal_gives_the_figures_back(own_shop: Path) -> None:
    before = figures(own_shop)
    assert before == {"晨光店:小林": (88, 2, 1), "晨光店:小艾": (1294.5, 3, 2)}
    told = ok(xiaoer(own_shop, *CREDIT))
    assert told.out.startswith(
        "更正 1：订单 1790000000000000001 归 晨光店:小林（原来：下单 晨光店:小艾，付款 晨光店:小艾）。王店长，"
    )
    assert told.out.rstrip().endswith("：客户指名")
    assert figures(own_shop) == {"晨光店:小林": (1322.5, 2, 2), "晨光店:小艾": (60, 3, 1)}
    assert figures(own_shop, "--policy", "payment")["晨光店:小林"] == (1322.5, 2, 2)
    assert xiaoer(own_shop, "report", *SEPTEMBER, "--json").data["meta"]["corrections"] == 1
    assert "这些天有 1 处人工更正" in xiaoer(own_shop, "report", *SEPTEMBER).out
    assert figures(own_shop, "--snapshot", "3") == before
    assert ok(xiaoer(own_shop, "corrections", "withdraw", "1")).out == "更正 1 已撤回。\n"
    assert figures(own_shop) == before
    assert figures(own_shop, "--snapshot", "4")["晨光店:小林"] == (1322.5, 2, 2)
    assert "人工更正" not in xiaoer(own_shop, "report", *SEPTEMBER).out


def test_to_nobody_and_a_test_order(own_shop: Path) -> None:
    ok(xiaoer(own_shop, "correct", "order", QING, "--nobody", "--reason", "自己下的单"))
    assert figures(own_shop)["晨光店:小艾"] == (60, 3, 1)
    shop_sales = ("report", *SEPTEMBER, "--by", "shop", "--metrics", "shop_sales_yuan", "--json")
    assert xiaoer(own_shop, *shop_sales).data["rows"][0]["shop_sales_yuan"] == 1402.5
    ok(xiaoer(own_shop, "correct", "order", CHEN, "--test", "--reason", "测试"))
    assert xiaoer(own_shop, *shop_sales).data["rows"][0]["shop_sales_yuan"] == 1342.5


def test_a_contact_is_left_out_and_listed_and_another_is_put_back(own_shop: Path) -> None:
    ok(xiaoer(own_shop, *SPAM, "--author", "王店长"))
    keep = ("--buyer", "=老周", "--agent", "小林", "--day", "2024-09-03", "--keep", "--reason", "真客户")
    ok(xiaoer(own_shop, "correct", "contact", *keep))
    assert figures(own_shop) == {"晨光店:小林": (88, 3, 1), "晨光店:小艾": (1294.5, 2, 2)}
    (row,) = xiaoer(own_shop, "filtered", *SEPTEMBER, "--json").data["rows"]
    assert (row["buyer"], row["agent"], row["reason"]) == ("小白", "晨光店:小艾", "corrected")
    assert (row["correction"]["author"], row["correction"]["reason"]) == ("王店长", "同行")
    assert (
        "更正 1：2024-09-02 小白 与 晨光店:小艾 的会话不计（原来：计入）。王店长，"
        in xiaoer(own_shop, "filtered", *SEPTEMBER).out
    )


def test_a_contact_really_handled_by_a_colleague(own_shop: Path) -> None:
    moved = ("--buyer", "老陈", "--agent", "小林", "--day", "2024-09-03", "--handled-by", "小艾", "--reason", "代班")
    ok(xiaoer(own_shop, "correct", "contact", *moved))
    assert figures(own_shop) == {"晨光店:小林": (88, 1, 1), "晨光店:小艾": (1294.5, 4, 2)}
    explained = xiaoer(own_shop, "explain", "received_buyers", *SEPTEMBER, "--agent", "小艾", "--json").data
    assert [(row["buyer"], row["day"]) for row in explained["rows"] if row.get("correction") == 1] == [
        ("老陈", "2024-09-03")
    ]
    assert explained["corrections"][0]["original"]["agent"] == "晨光店:小林"


def test_explain_shows_what_a_correction_decided_and_what_it_took_away(own_shop: Path) -> None:
    ok(xiaoer(own_shop, *CREDIT))
    given = xiaoer(own_shop, "explain", "sales_yuan", *SEPTEMBER, "--agent", "小林", "--json").data
    assert [(row["reference"], row.get("correction")) for row in given["rows"]] == [
        (QING, 1), ("1790000000000000002", None)
    ]  # fmt: skip
    (correction,) = given["corrections"]
    assert correction["original"] == {"order_agent": "晨光店:小艾", "payment_agent": "晨光店:小艾"}
    assert (correction["author"], correction["reason"], correction["at"][:2]) == ("王店长", "客户指名", "20")
    taken = xiaoer(own_shop, "explain", "sales_yuan", *SEPTEMBER, "--agent", "小艾")
    assert "更正 1：订单 1790000000000000001 归 晨光店:小林" in taken.out
    elsewhere = xiaoer(
        own_shop, "explain", "sales_yuan", *SEPTEMBER, "--agent", "小艾", "--day", "2024-09-29", "--json"
    )
    assert elsewhere.data["corrections"] == []


def test_undo_and_import_again_keep_the_correction(own_shop: Path, files: Path) -> None:
    ok(xiaoer(own_shop, *CREDIT))
    ok(xiaoer(own_shop, *SPAM))
    corrected = figures(own_shop)
    for number in ("1", "2", "3"):
        ok(xiaoer(own_shop, "imports", "undo", number))
    assert xiaoer(own_shop, "import", files, "--shop", "晨光店").code == 0
    assert figures(own_shop) == corrected


def test_the_latest_of_one_order_decides_and_the_list_says_so(own_shop: Path) -> None:
    ok(xiaoer(own_shop, *CREDIT))
    ok(xiaoer(own_shop, "correct", "order", QING, "--test", "--reason", "其实是测试单"))
    listed = xiaoer(own_shop, "corrections", "list", "--json").data["corrections"]
    assert [(one["id"], one["state"]) for one in listed] == [(2, "in_force"), (1, "replaced")]
    assert figures(own_shop)["晨光店:小林"] == (88, 2, 1)
    ok(xiaoer(own_shop, "corrections", "withdraw", "2", "--json"))
    assert figures(own_shop)["晨光店:小林"] == (1322.5, 2, 2)
    assert "withdrawn" in xiaoer(own_shop, "corrections", "list", lang="en").out


ORDER = ("order", QING, "--reason", "错了")
CONTACT = ("contact", "--buyer", "阿青", "--agent", "小艾", "--day", "2024-09-02", "--reason", "错了")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("order", "1", "--nobody", "--reason", "错了"), "没有这个订单编号"),
        (("order", QING, "--nobody"), "缺少 --reason"),
        (("order", QING, "--nobody", "--reason", "  "), "没有写更正的原因"),
        ((*ORDER, "--nobody", "--author", " "), "不知道是谁在更正"),
        (ORDER, "请在 --agent, --nobody, --test 里选一个"),
        ((*ORDER, "--nobody", "--test"), "请在 --agent, --nobody, --test 里选一个"),
        ((*ORDER, "--agent", "小琳"), "没有“小琳”这位客服"),
        ((*ORDER, "--nobody", "--shop", "别家"), "没有“别家”这家店"),
        (CONTACT, "请在 --spam, --keep, --handled-by 里选一个"),
        ((*CONTACT[:6], "2024-09-03", *CONTACT[7:], "--spam"), "2024-09-03 没有这位买家与 晨光店:小艾 的会话"),
        ((*CONTACT[:6], "昨天", *CONTACT[7:], "--spam"), "--day"),
    ],
)
def test_what_can_not_be_corrected_is_said_plainly(own_shop: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(own_shop, "correct", *arguments)
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert "Traceback" not in told.err
    assert xiaoer(own_shop, "corrections", "list", "--json").data == {"corrections": []}


def test_only_what_is_in_force_can_be_withdrawn(own_shop: Path, tmp_path: Path) -> None:
    assert "没有编号为 9 的更正" in xiaoer(own_shop, "corrections", "withdraw", "9").err
    ok(xiaoer(own_shop, *CREDIT, "--json"))
    assert xiaoer(own_shop, "corrections", "withdraw", "1", "--json").data == {"withdrawn": 1}
    assert "已经撤回过了" in xiaoer(own_shop, "corrections", "withdraw", "1").err
    assert xiaoer(tmp_path / "nothing", "corrections", "list").code == 1
    assert xiaoer(tmp_path / "nothing", *CREDIT).code == 1
