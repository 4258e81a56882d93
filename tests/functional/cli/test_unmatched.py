"""Orders whose buyers a platform hides: joined by the id in a chat, else listed with the reason and what to do."""

from pathlib import Path

import pytest

from tests.functional.cli.door import Told, xiaoer

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HEADER = "shop,buyer,agent,sent_at,sender,text,kind"
SHOP = "晨光店"
# The sample's file, an order of it, what was paid, when it was created, a text that names it.
PLATFORMS = {
    "pdd/orders_export2024-05-10.csv": ("240506-100000000000001", 30.0, "2024-05-06", "订单{id}发货了吗"),
    "douyin/1715300000_订单维度.csv": ("6912345678900000001", 130.0, "2024-05-06", "https://a.cn/o?orderId={id}&x=1"),
    "jd/京东订单_20240510.csv": ("290000000003", 0.0, "2024-05-06", "我的单号：{id}"),
    "taobao/ExportOrderList202006020905.csv": ("1900000000000000001", 88.0, "2020-06-01", "单号{id}，谢谢"),
}


def chats(folder: Path, *lines: str) -> Path:
    """Write messages, the shop's name left out, and return the file."""
    file = folder / "messages.csv"
    file.write_text("\n".join([HEADER, *(f"{SHOP},{line}" for line in lines)]) + "\n", encoding="utf-8")
    return file


def september(home: Path, *arguments: str, lang: str = "zh") -> Told:
    return xiaoer(home, *arguments, "--from", "2024-09-01", "--to", "2024-09-30", lang=lang)


@pytest.fixture
def hidden(tmp_path: Path) -> Path:
    """Return a home of five orders: one named in a chat, one by two buyers, one masked, one in silence, one whole."""
    home = tmp_path / "home"
    messages = chats(
        tmp_path,
        "阿青青,晨光店:小艾,2024-09-02 10:00:00,buyer,有货吗,text",
        "阿青青,晨光店:小艾,2024-09-02 10:00:30,agent,有的,text",
        "阿青青,晨光店:小艾,2024-09-03 09:00:00,buyer,订单２４０９０２０００００１发了吗,text",
        "阿青青,晨光店:小艾,2024-09-03 09:00:20,agent,今天发,text",
        "小白,晨光店:小林,2024-09-02 11:00:00,buyer,240902000002 是我的,text",
        "小白,晨光店:小林,2024-09-02 11:00:20,agent,好的,text",
        "老陈,晨光店:小林,2024-09-02 12:00:00,system,订单卡片 240902000002,order_card",
        "老陈,晨光店:小林,2024-09-02 12:00:05,buyer,2409020000011 不是我的,text",
        "老陈,晨光店:小林,2024-09-02 12:00:20,agent,好的,text",
    )
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "shop,order_id,buyer,created_at,paid_at,amount_paid,item_count\n"
        f"{SHOP},240902000001,阿**,2024-09-02 10:30:00,2024-09-02 10:31:00,120.00,2\n"
        f"{SHOP},240902000002,,2024-09-02 12:30:00,2024-09-02 12:31:00,80.00,1\n"
        f"{SHOP},240902000003,小*,2024-09-02 13:30:00,2024-09-02 13:31:00,50.50,1\n"
        f"{SHOP},240902000004,,2024-09-02 14:30:00,,0.00,1\n"
        f"{SHOP},240902000005,老陈,2024-09-02 15:30:00,2024-09-02 15:31:00,60.00,1\n",
        encoding="utf-8",
    )
    assert xiaoer(home, "import", messages, orders, "--shop", SHOP).code == 0
    return home


def test_they_are_listed_with_the_reason_the_amount_and_what_to_do(hidden: Path) -> None:
    told = xiaoer(hidden, "unmatched")
    assert told.code == 0
    assert told.out.startswith("3 笔订单没有认出买家，¥130.50 · 晨光店 · 2024-09-02 至 2024-09-02\n")
    assert "几位买家都提到了订单号：1 笔，¥80.00。" in told.out
    assert "xiaoer correct order" in told.out
    data = september(hidden, "unmatched", "--json").data
    assert [(row["order_id"], row["reason"], row["candidates"]) for row in data["rows"]] == [
        ("240902000002", "several_named", 2),
        ("240902000003", "low_confidence", 1),
        ("240902000004", "nobody_named", 0),
    ]  # fmt: skip
    assert data["rows"][1]["masked_buyer"] == "小*"
    assert data["reasons"]["low_confidence"] == {"orders": 1, "yuan": 50.5}
    assert data["yuan"] == 130.5
    assert not {"阿青青", "小白", "老陈"} & set(str(data).replace("'", " ").split())


def test_the_report_counts_how_buyers_are_known_and_explain_says_it_of_each_row(hidden: Path) -> None:
    told = september(hidden, "report")
    assert "订单写明 1 笔，由聊天里的订单号认定 1 笔，由打码昵称认定 0 笔，没有认出 3 笔" in told.out
    assert "有 3 笔订单没有买家昵称或已打码，也认不出是谁，不能归到任何客服。用 xiaoer unmatched" in told.out
    shown = september(hidden, "explain", "sales_yuan", "--agent", "小艾")
    assert "买家由聊天里的订单号认定" in shown.out
    assert "buyer known by the order's id in a chat" in september(hidden, "explain", "sales_yuan", lang="en").out
    rows = september(hidden, "explain", "sales_yuan", "--json").data["rows"]
    assert {row["reference"]: row.get("buyer_by") for row in rows if row["agent"]} == {
        "240902000001": "order_id", "240902000005": None,
    }  # fmt: skip
    (converted,) = september(hidden, "explain", "converted_buyers_final", "--agent", "小艾", "--json").data["rows"]
    assert (converted["buyer"], converted["buyer_by"], converted["buyer_confidence"]) == ("阿青青", "order_id", None)


def test_masked_nicks_are_matched_where_the_shop_says_so_and_surely_enough(hidden: Path) -> None:
    assert xiaoer(hidden, "settings", "set", "match_masked_nicks", "true").code == 0
    assert xiaoer(hidden, "unmatched", "--json").data["rows"][1]["reason"] == "low_confidence"
    # Three buyers chatted, one of the three known ones fits: 1 − 3 × 1 ÷ 4.
    assert xiaoer(hidden, "unmatched", "--json").data["rows"][1]["confidence"] == 25
    assert xiaoer(hidden, "settings", "set", "masked_nick_confidence", "25").code == 0
    assert [row["order_id"] for row in xiaoer(hidden, "unmatched", "--json").data["rows"]] == [
        "240902000002", "240902000004",
    ]  # fmt: skip
    assert "买家由打码昵称认定（可信度 25%）" in september(hidden, "explain", "sales_yuan", "--agent", "小林").out


def test_what_would_match_is_listed_while_masked_nicks_are_off(hidden: Path) -> None:
    assert xiaoer(hidden, "settings", "set", "masked_nick_confidence", "25").code == 0
    row = xiaoer(hidden, "unmatched", "--json").data["rows"][1]
    assert (row["reason"], row["confidence"]) == ("masked_nicks_off", 25)


def test_order_ids_can_be_switched_off(hidden: Path) -> None:
    assert xiaoer(hidden, "settings", "set", "match_order_ids", "false").code == 0
    reasons = xiaoer(hidden, "unmatched", "--json").data["reasons"]
    assert {reason: found["orders"] for reason, found in reasons.items()} == {"low_confidence": 2, "order_ids_off": 2}


def test_a_correction_still_says_whose_an_order_is(hidden: Path) -> None:
    told = xiaoer(
        hidden, "correct", "order", "240902000003", "--agent", "小林", "--reason", "电话里说的", "--author", "王店长"
    )
    assert told.code == 0
    assert xiaoer(hidden, "unmatched", "--json").data["rows"][1]["agent"] == "晨光店:小林"
    rows = september(hidden, "explain", "sales_yuan", "--agent", "小林", "--json").data["rows"]
    assert {row["reference"] for row in rows} == {"240902000003", "240902000005"}


def test_one_day_gives_the_figures_that_the_month_gives(hidden: Path) -> None:
    """Whoever asks for less must not find other buyers."""
    asked = ("--metrics", "sales_yuan,inquiry_buyers_all,after_sale_buyers", "--by", "agent,day", "--json")
    month = september(hidden, "report", *asked).data["rows"]
    for day in ("2024-09-02", "2024-09-03"):
        one = xiaoer(hidden, "report", "--from", day, "--to", day, *asked).data["rows"]
        assert one == [row for row in month if row["day"] == day]
    assert {row["after_sale_buyers"] for row in month if row["day"] == "2024-09-03"} == {1}


@pytest.mark.parametrize("sample", PLATFORMS)
def test_an_id_in_a_chat_joins_each_platform_s_orders(sample: str, tmp_path: Path) -> None:
    order_id, paid, day, text = PLATFORMS[sample]
    messages = chats(
        tmp_path,
        f"t买家7,晨光店:小艾,{day} 00:05:00,buyer,在吗,text",
        f"t买家7,晨光店:小艾,{day} 00:05:30,agent,在的,text",
        f"t买家7,晨光店:小艾,{day} 22:05:00,buyer,{text.format(id=order_id)},text",
        f"t买家7,晨光店:小艾,{day} 22:05:30,agent,好的,text",
    )
    home = tmp_path / "home"
    assert xiaoer(home, "import", messages, SAMPLES / sample, "--shop", SHOP).code in (0, 2)
    told = xiaoer(home, "explain", "credited_orders", "--from", day, "--to", day, "--agent", "小艾", "--json")
    found = {row["reference"]: row.get("buyer_by") for row in told.data["rows"]}
    assert found[order_id] == "order_id"
    sales = xiaoer(home, "report", "--from", day, "--to", day, "--metrics", "sales_yuan", "--json").data["rows"]
    assert sum(row["sales_yuan"] for row in sales if row["agent"] == "晨光店:小艾") == paid


def test_it_writes_files_and_refuses_what_it_can_not_read(hidden: Path, tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx", "html"):
        file = tmp_path / f"unmatched.{suffix}"
        assert xiaoer(hidden, "unmatched", "-o", file).code == 0
        assert file.stat().st_size > 200
    assert "several buyers named its id: 1 orders, ¥80.00." in xiaoer(hidden, "unmatched", lang="en").out
    assert xiaoer(hidden, "unmatched", "--from", "昨天").code == 1
    assert xiaoer(hidden, "unmatched", "--from", "2024-09-05", "--to", "2024-09-01").code == 1
    assert xiaoer(hidden, "unmatched", "--shop", "别家").code == 1
    assert xiaoer(tmp_path / "nothing", "unmatched").code == 1
    told = xiaoer(hidden, "unmatched", "--from", "2024-10-01")
    assert (told.code, told.out.startswith("0 笔订单没有认出买家，¥0.00 · 晨光店 · 2024-10-01 至 2024-10-01\n")) == (
        0,
        True,
    )


def test_a_shop_without_orders_is_told_to_import_some(tmp_path: Path) -> None:
    home = tmp_path / "home"
    messages = chats(tmp_path, "阿青,晨光店:小艾,2024-09-02 10:00:00,buyer,有货吗,text")
    assert xiaoer(home, "import", messages, "--shop", SHOP).code == 0
    told = xiaoer(home, "unmatched")
    assert (told.code, "还没有导入订单" in told.err) == (1, True)
