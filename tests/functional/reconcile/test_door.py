"""xiaoer reconcile, as its readers use it: a workbook of the other tool in, one sentence and every figure out."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.reconcile.made_shop import SHOP
from tests.functional.reconcile.planted import Planted, cause
from tests.functional.reconcile.report_file import HEADERS, write_report

PAYMENT = cause("policy=payment", policy="payment")


def test_an_equal_report_is_equal_in_both_languages(home: Path, tmp_path: Path) -> None:
    file = write_report(tmp_path, Planted())
    told = xiaoer(home, "reconcile", file)
    assert told.code == 0, told.err
    number = 5 * len(HEADERS)
    assert told.out.startswith(f"{number} 项里 {number} 项一致 · {SHOP} · 2024-09-01 至 2024-09-14\n")
    assert "没找到原因" not in told.out
    english = xiaoer(home, "reconcile", file, lang="en")
    assert english.out.startswith(f"Of {number} figures {number} agree · ")
    assert english.code == 0


def test_the_policy_is_named_and_all_formats_hold_it(home: Path, tmp_path: Path) -> None:
    file = write_report(tmp_path, PAYMENT)
    book, page = tmp_path / "对账.xlsx", tmp_path / "对账.html"
    told = xiaoer(home, "reconcile", file, "--json")
    assert told.code == 0, told.err
    data = json.loads(told.out)
    assert [(one["name"], one["value"]) for one in data["causes"]] == [("policy", "payment")]
    assert {one["verdict"] for one in data["figures"]} == {"equal", "explained"}
    explained = [one for one in data["figures"] if one["verdict"] == "explained"]
    assert explained
    assert all(abs(one["would_be"] - one["theirs"]) <= 0.5 * 10 ** -one["places"] + 1e-9 for one in explained)
    sales = next(one for one in explained if one["metric"] == "sales_yuan" and one["row"] == "agent")
    moves = sum(row["theirs"] or 0 for row in sales["rows"]) - sum(row["ours"] or 0 for row in sales["rows"])
    assert abs(moves - sales["difference"]) < 0.01, "the rows that move add up to the difference"
    assert xiaoer(home, "reconcile", file, "-o", book).code == 0
    sheets = openpyxl.load_workbook(book).sheetnames
    assert sheets[:2] == ["对账", "进出的行"]
    assert xiaoer(home, "reconcile", file, "-o", page).code == 0
    assert "付款判定" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_report_is_kept_once_and_can_be_undone(home: Path, tmp_path: Path) -> None:
    file = write_report(tmp_path, Planted(), changed={("小艾", "received_buyers"): "9999"})
    told = xiaoer(home, "reconcile", file, "--json")
    number = json.loads(told.out)["meta"]["import"]
    again = xiaoer(home, "reconcile", file, "--json")
    assert json.loads(again.out)["meta"]["import"] == number
    listed = xiaoer(home, "imports", "list", "--json").out
    assert listed.count(file.name) >= 1
    assert xiaoer(home, "imports", "undo", str(number)).code == 0


@pytest.mark.slow
def test_what_nobody_can_explain_is_said(home: Path, tmp_path: Path) -> None:
    changed = {("小艾", "received_buyers"): "9999", ("小林", "conversion_share_final"): "延迟统计"}
    file = write_report(tmp_path, Planted(), changed=changed, people=("小艾", f"{SHOP}:小林", "小秋", "不认识"))
    told = xiaoer(home, "reconcile", file, "--json")
    data = json.loads(told.out)
    assert data["causes"] == []
    verdicts = {(one["agent"], one["metric"]): one["verdict"] for one in data["figures"] if one["row"] == "agent"}
    assert verdicts["小艾", "received_buyers"] == "unexplained"
    assert verdicts[f"{SHOP}:小林", "conversion_share_final"] == "pending"
    assert verdicts[f"{SHOP}:小林", "received_buyers"] == "equal"
    assert verdicts["不认识", "received_buyers"] == "agent_not_found"
    assert (data["not_found"], data["not_listed"]) == (["不认识"], [f"{SHOP}:小满"])
    shown = xiaoer(home, "reconcile", file).out
    assert "不认识" in shown
    assert "小满" in shown


def test_bad_input_ends_in_plain_words(home: Path, tmp_path: Path) -> None:
    chat = tmp_path / "messages.csv"
    chat.write_text("shop,buyer,agent,sent_at,sender,text\n晨光店,甲,晨光店:小艾,2024-09-02 10:00:00,buyer,在吗\n")
    report = write_report(tmp_path, Planted())
    before = json.loads(xiaoer(home, "imports", "list", "--json").out)
    for arguments, said in (
        ((chat,), "没有认得出的客服报表"),
        ((tmp_path / "没有.xlsx",), "没有.xlsx"),
        ((report, "--from", "2024-10-01", "--to", "2024-10-31"), "没有完全落在这段日子的数"),
        ((report, "--from", "10月"), "--from"),
        ((report, "--policy", "pay"), "order_first"),
        ((report, "--shop", "晨"), "晨光店"),
        ((report, "--format", "pdf"), "pdf"),
    ):
        told = xiaoer(home, "reconcile", *arguments)
        assert (told.code, told.out) == (1, ""), arguments
        assert said in told.err, told.err
        assert "Traceback" not in told.err
    assert json.loads(xiaoer(home, "imports", "list", "--json").out) == before, "what is refused is not kept"
