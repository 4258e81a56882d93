"""`xiaoer inspect export` and `voice`: evidence in files that can be checked, and what customers say by product."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer

MESSAGES = """shop,buyer,agent,sent_at,sender,text,message_id
晨光店,阿青,晨光店:小艾,2024-09-02 10:10:00,buyer,不退我50块就给差评 电话13900001111,m1
晨光店,阿青,晨光店:小艾,2024-09-02 10:10:20,agent,您的意思是不退货，只退钱，对吗,m2
晨光店,阿青,晨光店:小艾,2024-09-02 10:10:40,buyer,<b>对</b>,m3
晨光店,小白,晨光店:小艾,2024-09-02 11:00:00,buyer,收到的杯子破了,m4
晨光店,小白,晨光店:小艾,2024-09-02 11:00:20,agent,抱歉亲，麻烦拍个图,m5
晨光店,小林,晨光店:小艾,2024-09-03 11:00:00,buyer,太贵了，再看看,m6
晨光店,小林,晨光店:小艾,2024-09-03 11:00:20,agent,好的亲，有需要随时来,m7
"""
ORDERS = """shop,order_id,buyer,created_at,paid_at,amount_paid,item_count
晨光店,1790000000000000001,阿青,2024-08-30 10:30:00,2024-08-30 10:31:00,88.00,1
晨光店,1790000000000000002,小白,2024-08-31 10:30:00,2024-08-31 10:31:00,59.00,1
"""
LINES = """shop,order_id,line_id,product_id,title,quantity
晨光店,1790000000000000002,1,900001,玻璃杯,1
"""
CONVERSATION = "2024-09-02/小艾/阿青"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in (("messages", MESSAGES), ("orders", ORDERS), ("order_lines", LINES)):
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    assert xiaoer(tmp_path / "home", "import", folder, "--shop", "晨光店").code == 0
    return tmp_path / "home"


def test_evidence_quotes_the_customer_and_can_be_checked(home: Path, tmp_path: Path) -> None:
    assert xiaoer(home, "inspect", "export", CONVERSATION, "-o", tmp_path / "pack.json").code == 0
    pack = json.loads((tmp_path / "pack.json").read_text(encoding="utf-8"))
    first = ["", "2024-09-02", "阿青", "晨光店:小艾", "2024-09-02 02:10:00", "buyer", "text"]
    content = json.dumps([*first, "不退我50块就给差评 电话13900001111", "m1"], ensure_ascii=False)
    assert pack["lines"][0]["hash"] == hashlib.sha256(content.encode()).hexdigest()
    assert pack["hash"] == pack["lines"][-1]["hash"]
    ((start, end),) = pack["lines"][0]["quoted"]
    assert pack["lines"][0]["text"][start:end] == "不退我50块就给差评"
    assert "13900001111" not in json.dumps(pack)
    assert [one["order_id"] for one in pack["orders"]] == ["1790000000000000001"]


def test_evidence_as_a_page_shows_words_as_words(home: Path, tmp_path: Path) -> None:
    assert xiaoer(home, "inspect", "export", CONVERSATION, "-o", tmp_path / "pack.html").code == 0
    page = (tmp_path / "pack.html").read_text(encoding="utf-8")
    assert "<mark>不退我50块就给差评</mark>" in page and "&lt;b&gt;对&lt;/b&gt;" in page
    assert "13900001111" not in page and "http" not in page


def test_evidence_as_pdf_where_there_is_a_font(home: Path, tmp_path: Path) -> None:
    told = xiaoer(home, "inspect", "export", CONVERSATION, "-o", tmp_path / "pack.pdf")
    if told.code:
        assert "字体" in told.err and not (tmp_path / "pack.pdf").exists()
    else:
        assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("name", "said"), [("pack.docx", ".html"), ("nowhere/pack.html", "nowhere")])
def test_a_file_that_can_not_be_written_is_said(home: Path, tmp_path: Path, name: str, said: str) -> None:
    told = xiaoer(home, "inspect", "export", CONVERSATION, "-o", tmp_path / name)
    assert told.code == 1 and said in told.err


def test_what_customers_say_is_counted_by_product(home: Path) -> None:
    rows = xiaoer(home, "inspect", "voice", "--from", "2024-09-01", "--to", "2024-09-05", "--json").data["rows"]
    by = {(one["topic"], one["signal"]): one for one in rows}
    broken = by["complaint", "report_damage"]
    assert (broken["product"], broken["conversations"], broken["by_day"]) == ("玻璃杯", 1, {"2024-09-02": 1})
    assert broken["quotes"][0]["text"] == "收到的杯子破了"
    assert broken["quotes"][0]["conversation"] == "2024-09-02/晨光店:小艾/小白"
    assert by["leaving", "leave_price"]["product"] == ""
    only = xiaoer(home, "inspect", "voice", "--from", "2024-09-01", "--to", "2024-09-05", "--topic", "wish", "--json")
    assert only.data["rows"] == []


def test_the_same_words_are_quoted_once(tmp_path: Path) -> None:
    head, *_ = MESSAGES.splitlines()
    texts = ("杯子破了", "收到坏了", *["开线了"] * 3)
    rows = [
        f"晨光店,买家{buyer},晨光店:小艾,2024-09-02 1{buyer}:00:{second},{who},{said},q{buyer}{second}"
        for buyer, text in enumerate(texts)
        for second, who, said in (("00", "buyer", text), ("20", "agent", "抱歉亲"))
    ]
    (tmp_path / "messages.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    assert xiaoer(tmp_path / "home", "import", tmp_path / "messages.csv", "--shop", "晨光店").code == 0
    told = xiaoer(tmp_path / "home", "inspect", "voice", "--from", "2024-09-01", "--to", "2024-09-05", "--json").data
    (damage,) = (one for one in told["rows"] if one["signal"] == "report_damage")
    assert damage["conversations"] == len(texts)
    assert [one["text"] for one in damage["quotes"]] == ["杯子破了", "收到坏了", "开线了"]


def test_the_same_mistake_again_is_seen_as_such(tmp_path: Path) -> None:
    head, *_ = MESSAGES.splitlines()
    rows = [
        f"晨光店,买家{buyer},{agent},2024-09-02 1{buyer}:00:{second},{who},{text},n{buyer}{second}"
        for buyer, agent in enumerate(["晨光店:小艾"] * 3 + ["晨光店:小林"] * 2)
        for second, who, text in (("00", "buyer", "穿多大"), ("20", "agent", "自己看尺码表"))
    ]
    (tmp_path / "messages.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    assert xiaoer(tmp_path / "home", "import", tmp_path / "messages.csv", "--shop", "晨光店").code == 0
    told = xiaoer(tmp_path / "home", "inspect", "run", "--from", "2024-09-01", "--to", "2024-09-05", "--json").data
    pushed = [one for one in told["repeated"] if one["item"] == "pushed_to_page"]
    assert [(one["agent"], len(one["conversations"])) for one in pushed] == [("晨光店:小艾", 3)]
