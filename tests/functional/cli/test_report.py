"""xiaoer report: the table, the other formats saying the same, and what can not be asked."""

import csv
import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")
COLUMNS = "received_buyers,reply_share,average_response_seconds,conversion_share_final,sales_yuan,spend_per_buyer_yuan"


def test_the_table_says_what_it_is_and_shows_the_state_of_each_figure(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--metrics", COLUMNS)
    assert told.code == 0
    assert told.err == ""
    assert (
        told.out
        == """\
晨光店 · 2024-09-01 至 2024-09-30 · 2 位客服 · 下单优先 · 成熟至 9 月 25 日

客服  接待人数    回复率     平均响应    询单→最终付款成功率     销售额    客单价
            人
小林         2   50.0%●◌  2 分 05 秒◌                50.0%◐◌     ¥88.00   ¥88.00◌
小艾         3   100.0%◌  2 分 19 秒◌               100.0%◐◌  ¥1,294.50  ¥647.25◌
合计         4   75.0%●◌  2 分 16 秒◌                75.0%◐◌  ¥1,382.50  ¥460.83◌

标 ◐ 的数字还会变：其中 9 月 26–30 日未成熟，等下单、付款数据到 10 月 4 日。
标 ● 的数字没有达到目标。
标 ◌ 的比率和均值案例少（分母不到 30），容易大起大落。
数据来自 3 次导入，快照 4。
另有 1 个会话被过滤，用 xiaoer filtered 查看原因。
有 1 笔订单没有买家昵称或已打码，也认不出是谁，不能归到任何客服。用 xiaoer unmatched 查看原因和办法。
"""
    )


def test_json_has_rows_immature_and_meta_and_nothing_else(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--metrics", COLUMNS, "--json")
    assert told.err == ""
    assert told.data["rows"] == [
        {
            "agent": "晨光店:小林",
            "received_buyers": 2,
            "reply_share": 0.5,
            "average_response_seconds": 125.0,
            "conversion_share_final": 0.5,
            "sales_yuan": 88,
            "spend_per_buyer_yuan": 88,
        },
        {
            "agent": "晨光店:小艾",
            "received_buyers": 3,
            "reply_share": 1.0,
            "average_response_seconds": 138.75,
            "conversion_share_final": 1.0,
            "sales_yuan": 1294.5,
            "spend_per_buyer_yuan": 647.25,
        },
    ]
    days = [one["day"] for one in told.data["immature"] if one["metric"] == "conversion_share_final"]
    assert days == ["2024-09-26", "2024-09-27", "2024-09-28", "2024-09-29", "2024-09-30"]
    meta = told.data["meta"]
    assert (meta["shop"], meta["from"], meta["to"]) == ("晨光店", "2024-09-01", "2024-09-30")
    assert (meta["policy"], meta["by"], meta["snapshot"]) == ("order_first", ["agent"], 4)
    assert meta["settings"]["wait_cap_seconds"] == "600"
    assert "晨光店" in told.out, "Chinese is written as it is"


def test_a_share_of_nothing_is_null(shop: Path) -> None:
    told = xiaoer(shop, "report", "--from", "2024-09-03", "--to", "2024-09-03", "--metrics", COLUMNS, "--json")
    assert told.data["rows"][0]["average_response_seconds"] is None
    assert told.data["rows"][0]["reply_share"] == 0


def test_the_workbook_says_the_same_as_json(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    told = xiaoer(shop, "report", *SEPTEMBER, "--metrics", COLUMNS, "-o", file)
    assert (told.code, told.out) == (0, "")
    book = CalamineWorkbook.from_path(str(file))
    assert book.sheet_names == ["绩效", "说明"]
    head, *rows = book.get_sheet_by_name("绩效").to_python()
    assert [str(cell).split("\n")[0] for cell in head] == [
        "客服", "接待人数", "回复率", "平均响应", "询单→最终付款成功率", "销售额", "客单价",
    ]  # fmt: skip
    data = xiaoer(shop, "report", *SEPTEMBER, "--metrics", COLUMNS, "--json").data["rows"]
    assert head[3] == "平均响应\n秒", "a bare number says its unit"
    for row, wanted in zip(rows, data, strict=False):
        assert row[0] == wanted["agent"].split(":")[1]
        assert row[1:] == pytest.approx([value for name, value in wanted.items() if name != "agent"])
    assert rows[2][0] == "合计"
    assert rows[2][2] == pytest.approx(3 / 4)
    said = {str(pair[0]): str(pair[1]) for pair in book.get_sheet_by_name("说明").to_python() if len(pair) > 1}
    assert said["归属规则"] == "下单优先"
    assert "÷" in said["回复率"]


def test_the_workbook_marks_missed_and_immature_figures(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    xiaoer(shop, "report", *SEPTEMBER, "--metrics", COLUMNS, "-o", file)
    with zipfile.ZipFile(file) as parts:
        styles = parts.read("xl/styles.xml").decode()
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "●" in styles
    assert "◐" in styles
    assert 'xSplit="1" ySplit="1"' in sheet, "header and first column stay in sight"
    assert "<autoFilter" in sheet
    assert "<f>" not in sheet, "no cell is a formula"


def test_the_page_says_the_same_as_json_and_asks_nobody(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert xiaoer(shop, "report", *SEPTEMBER, "--metrics", COLUMNS, "-o", file).code == 0
    page = file.read_text(encoding="utf-8")
    assert not re.search(r"https?://|src=|@import|url\(", page), "self-contained"
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    read = [re.findall(r'data-value="([^"]*)"', row) for row in re.findall(r"<tr>.*?</tr>", body)]
    data = xiaoer(shop, "report", *SEPTEMBER, "--metrics", COLUMNS, "--json").data["rows"]
    assert [row[0] for row in read] == [row["agent"].removeprefix("晨光店:") for row in data]
    for row, wanted in zip(read, data, strict=True):
        figures = [value for name, value in wanted.items() if name != "agent"]
        assert [float(text) for text in row[1:]] == pytest.approx(figures)
    assert page.count('class="missed few"') == 2
    assert 'title="没有达到目标">●' in page
    assert '<td title="没有达到目标，案例少（2）" class="missed few" data-value="0.5">50.0%' in page


def test_csv_opens_in_a_spreadsheet_and_holds_exact_numbers(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    xiaoer(shop, "report", *SEPTEMBER, "--metrics", "reply_share,sales_yuan", "-o", file)
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["客服", "回复率", "销售额（元）", "状态"],
        ["小林", "0.5", "88.00", "●◌ 回复率：没有达到目标，案例少（2）"],
        ["小艾", "1.0", "1294.50", "◌ 回复率：案例少（3）"],
    ]


def test_rows_by_day_are_dated_and_only_late_days_are_immature(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--by", "group,day", "--metrics", "conversion_share_final")
    lines = [line.split() for line in told.out.splitlines()]
    assert ["售前", "2024-09-02", "100.0%◌"] in lines
    assert ["售前", "2024-09-29", "100.0%◐◌"] in lines


def test_english(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--metrics", "received_buyers", lang="en")
    assert told.out.startswith("晨光店 · 2024-09-01 to 2024-09-30 · 2 agents · credited at creation, else payment")
    assert "Total" in told.out


def test_the_policy_can_be_chosen(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--policy", "payment", "--metrics", "sales_yuan", "--json")
    assert told.data["meta"]["policy"] == "payment"
    assert xiaoer(shop, "report", *SEPTEMBER, "--policy", "paid").code == 1


def test_columns_without_data_are_left_out_of_the_usual_table_and_named(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER)
    assert "退款金额" not in told.out.split("\n\n")[1]
    assert "没有这些数据，相关的列没有列出：退款。" in told.out
    assert "refunded_yuan" in xiaoer(shop, "report", *SEPTEMBER, "--json").data["rows"][0], "scripts keep their keys"


def test_days_without_data_say_which_days_have_some(shop: Path) -> None:
    told = xiaoer(shop, "report", "--from", "2024-10-01", "--to", "2024-10-31")
    assert told.code == 0
    assert "有数据的日期：2024-09-02 至 2024-09-03、2024-09-29。" in told.out
    assert "xiaoer import" in told.out


def test_an_empty_home_says_how_to_begin_and_stays_away(tmp_path: Path) -> None:
    told = xiaoer(tmp_path / "nothing", "report", *SEPTEMBER)
    assert (told.code, told.out) == (1, "")
    assert "还没有数据" in told.err
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--metrics", "reply_shar"), "reply_share"),
        (("--by", "agnt"), "agent"),
        (("--shop", "晨光"), "晨光店"),
        (("--format", "exel"), "json"),
        (("--format", "xlsx"), "-o"),
        (("-o", "report.doc"), "--format"),
        (("--format", "json", "-o", "report.xlsx"), ".json"),
        (("-o", "no-such-folder/report.xlsx"), "no-such-folder"),
        (("--snapshot", "99"), "4"),
        (("--policy", "both"), "order_first"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, *arguments)
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert "Traceback" not in told.err


def test_every_unknown_name_is_said_at_once(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--metrics", "aaa,bbb", "--by", "ccc")
    assert len(told.err.splitlines()) == 3


def test_days_that_can_not_be_read(shop: Path) -> None:
    assert "--to" in xiaoer(shop, "report", "--from", "2024-09-01", "--to", "2024-09-31").err
    assert "对调" in xiaoer(shop, "report", "--from", "2024-09-02", "--to", "2024-09-01").err


def test_an_earlier_snapshot_gives_the_figures_of_then(own_shop: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text(
        "shop,order_id,buyer,created_at,paid_at,amount_paid\n晨光店,9,阿青,2024-09-02 10:40:00,2024-09-02 10:41:00,5\n",
        encoding="utf-8",
    )
    assert xiaoer(own_shop, "import", more, "--shop", "晨光店").code == 0

    def sales(*arguments: str) -> float:
        rows = xiaoer(own_shop, "report", *SEPTEMBER, "--metrics", "sales_yuan", "--json", *arguments).data["rows"]
        return float(sum(row["sales_yuan"] for row in rows))

    assert sales() == 1387.5
    assert sales("--snapshot", "3") == 1382.5


def test_a_file_that_can_not_be_written_is_said(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    told = xiaoer(shop, "report", *SEPTEMBER, "-o", tmp_path / "taken" / "report.csv")
    assert told.code == 1
    assert "report.csv" in told.err


def test_dates_of_the_page_are_days(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "days.xlsx"
    xiaoer(shop, "report", *SEPTEMBER, "--by", "day", "--metrics", "received_buyers", "-o", file)
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("绩效").to_python()
    assert rows[1][0] == datetime.date(2024, 9, 2)


def test_several_shops_make_one_report_while_their_settings_agree(own_shop: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(
        "shop,buyer,agent,sent_at,sender,text\n"
        "晚霞店,阿青,晚霞店:小艾,2024-09-02 09:00:00,buyer,在吗\n"
        "晚霞店,阿青,晚霞店:小艾,2024-09-02 09:00:05,agent,在\n",
        encoding="utf-8",
    )
    assert xiaoer(own_shop, "import", other, "--shop", "晚霞店").code == 0
    asked = ("report", *SEPTEMBER, "--metrics", "received_buyers")
    data = xiaoer(own_shop, *asked, "--by", "shop", "--json").data
    assert data["rows"] == [{"shop": "晚霞店", "received_buyers": 1}, {"shop": "晨光店", "received_buyers": 4}]
    assert data["meta"]["shop"] is None
    (month,) = xiaoer(own_shop, *asked, "--by", "month", "--json").data["rows"]
    assert month["received_buyers"] == 5, "阿青 is one buyer in each shop"
    assert "晚霞店:小艾" in xiaoer(own_shop, *asked).out, "the shop is part of the name where there are several"
    assert xiaoer(own_shop, "settings", "set", "wait_cap_seconds", "60", "--shop", "晚霞店").code == 0
    told = xiaoer(own_shop, *asked)
    assert told.code == 1
    assert "--shop" in told.err
    assert xiaoer(own_shop, *asked, "--shop", "晚霞店").code == 0


TWINS = """shop,buyer,agent,sent_at,sender,text
晨光店,阿青,kf01,2024-09-02 10:00:00,buyer,在吗
晨光店,阿青,kf01,2024-09-02 10:00:05,agent,在
晨光店,小白,kf02,2024-09-02 10:00:00,buyer,在吗
晨光店,小白,kf02,2024-09-02 10:00:05,agent,在
晨光店,老陈,kf03,2024-09-02 10:00:00,buyer,在吗
晨光店,老陈,kf03,2024-09-02 10:00:05,agent,在
晨光店,老周,服务助手,2024-09-02 10:00:00,buyer,在吗
晨光店,老周,服务助手,2024-09-02 10:00:05,agent,在
"""
TWIN_NAMES = "agent,name,group\nkf01,小艾,售前\nkf02,李静,售前\nkf03,李静,售后\n"


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Return the home of a shop whose accounts tell nothing, two of them of people of one name, with a robot."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "messages.csv").write_text(TWINS, encoding="utf-8")
    (files / "agents.csv").write_text(TWIN_NAMES, encoding="utf-8")
    home = tmp_path / "home"
    assert xiaoer(home, "import", files / "agents.csv", files / "messages.csv", "--shop", "晨光店").code == 0
    assert xiaoer(home, "settings", "set", "robot_accounts", "服务助手").code == 0
    return home


def test_people_have_their_names_and_two_of_one_name_their_accounts(twins: Path, tmp_path: Path) -> None:
    asked = ("report", *SEPTEMBER, "--metrics", "received_buyers")
    lines = xiaoer(twins, *asked).out.splitlines()
    assert [line.split()[0] for line in lines[4:8]] == ["小艾", "kf02", "kf03", "合计"]
    assert [row["agent"] for row in xiaoer(twins, *asked, "--json").data["rows"]] == ["kf01", "kf02", "kf03"]
    for name in ("a.csv", "a.html", "a.xlsx"):
        assert xiaoer(twins, *asked, "-o", tmp_path / name).code == 0
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1:] == ["小艾,1", "kf02,1", "kf03,1"]
    assert ">小艾</th>" in (tmp_path / "a.html").read_text("utf-8")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("绩效").to_python()
    assert [row[0] for row in rows[1:]] == ["小艾", "kf02", "kf03", "合计"]


def test_what_the_total_holds_beyond_the_rows_is_said(twins: Path) -> None:
    asked = ("report", *SEPTEMBER, "--metrics", "rounds,received_buyers,answered_rounds")
    said = xiaoer(twins, *asked).out
    assert said.count("合计另含") == 1
    data = xiaoer(twins, *asked, "--json").data["rows"]
    assert sum(row["rounds"] for row in data) == 3
    assert "合计另含机器人接待、无人接待或无人归属的：回合数 1" in said
    assert "合计另含" not in xiaoer(twins, *asked, "--by", "day").out, "rows of days hold everything"


def test_orders_without_a_single_name_are_said_to_be_nobodys(twins: Path, tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    head = "shop,order_id,buyer,created_at,paid_at,amount_paid\n"
    rows = [f"晨光店,{n},,2024-09-02 12:00:00,2024-09-02 12:01:00,1\n" for n in range(1, 1002)]
    orders.write_text(head + "".join(rows), encoding="utf-8")
    assert xiaoer(twins, "import", orders, "--shop", "晨光店").code == 0
    alone = xiaoer(twins, "report", *SEPTEMBER, "--metrics", "sales_yuan,shop_sales_yuan").out
    assert "1,001 笔订单没有买家昵称" in alone
    assert "--by day" in alone, "not that there are no data"
    asked = ("report", *SEPTEMBER, "--metrics", "received_buyers,sales_yuan,shop_sales_yuan")
    assert "1,001 笔订单没有买家昵称或已打码，也认不出是谁，无法归属客服；店铺销售额照计。" in xiaoer(twins, *asked).out
    orders.write_text(head + "晨光店,2000,阿青,2024-09-02 12:00:00,2024-09-02 12:01:00,1\n", encoding="utf-8")
    assert xiaoer(twins, "import", orders, "--shop", "晨光店").code == 0
    assert "有 1,001 笔订单没有买家昵称或已打码，也认不出是谁，不能归到任何客服" in xiaoer(twins, *asked).out
