"""xiaoer report --view and --views: one table by name, or a workbook and a page of several, with their charts."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")
# The views that there is data for, in order, each with how many charts it has.
CHARTS = {
    "团队绩效表": 2, "每日走势": 4, "分时接待": 2, "接待": 2, "响应速度": 2, "询单漏斗": 3, "销售": 2, "客服与静默": 2,
}  # fmt: skip


def test_a_view_says_which_it_is_and_what_it_is_for(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--view", "hour")
    assert (told.code, told.err) == (0, "")
    title, why, _, head = told.out.splitlines()[:4]
    assert title == "晨光店 · 分时接待 · 2024-09-01 至 2024-09-30 · 下单优先 · 成熟至 9 月 25 日"
    assert why == "一天里什么时候来的人多、等得久：排班先看它。"
    assert head.split()[:3] == ["时", "接待人数", "回合数"]
    assert [line.split()[0] for line in told.out.splitlines()[5:10]] == ["09:00", "10:00", "11:00", "15:00", "合计"]


def test_without_a_view_the_table_is_the_teams(shop: Path) -> None:
    plain = xiaoer(shop, "report", *SEPTEMBER).out.splitlines()
    named = xiaoer(shop, "report", *SEPTEMBER, "--view", "team").out.splitlines()
    assert plain[0].replace("晨光店", "晨光店 · 团队绩效表") == named[0]
    assert plain[1:] == named[2:]


def test_a_view_is_asked_for_by_its_label_and_its_rows_can_be_others(shop: Path) -> None:
    by_name = xiaoer(shop, "report", *SEPTEMBER, "--view", "day", "--by", "week", "--json").data
    by_label = xiaoer(shop, "report", *SEPTEMBER, "--view", "每日走势", "--by", "week", "--json").data
    assert by_name == by_label
    assert (by_name["meta"]["view"], by_name["meta"]["by"]) == ("day", ["week"])
    assert [row["week"] for row in by_name["rows"]] == ["2024-09-02", "2024-09-23"]


def test_the_figures_of_a_view_are_those_of_its_metrics_asked_for_one_by_one(shop: Path) -> None:
    rows = xiaoer(shop, "report", *SEPTEMBER, "--view", "inquiry", "--json").data["rows"]
    names = [name for name in rows[0] if name != "agent"]
    asked = xiaoer(shop, "report", *SEPTEMBER, "--metrics", ",".join(names), "--json").data["rows"]
    assert rows == asked
    both = xiaoer(shop, "report", *SEPTEMBER, "--views", "inquiry,day", "--json").data
    assert both["views"][0]["rows"] == rows
    assert [view["meta"]["view"] for view in both["views"]] == ["inquiry", "day"]


@pytest.fixture(scope="module")
def workbook(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of all views."""
    file = tmp_path_factory.mktemp("book") / "all.xlsx"
    told = xiaoer(shop, "report", *SEPTEMBER, "--views", "all", "-o", file)
    assert (told.code, told.out) == (0, "")
    return file


def test_a_workbook_has_a_sheet_for_each_view_with_data_and_one_that_explains(workbook: Path) -> None:
    names = load_workbook(workbook).sheetnames
    assert names == [*CHARTS, "说明"]
    told = [str(row[1]) for row in load_workbook(workbook)["说明"].values if row[1]]
    assert (
        "没有数据、没有列出的视图：满意度、出勤、售后处理、店铺售后、电话、电话分时。导入相应的数据后会自动出现。"
        in told
    )
    assert told.count("回复人数 ÷ 接待人数\n平台考核回复率；按人算，不按条算。") == 1, (
        "what several views say is said once"
    )


def test_every_sheet_keeps_its_heading_in_sight_and_its_numbers_are_numbers(workbook: Path) -> None:
    book = load_workbook(workbook)
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes == "B2", sheet.title
        assert sheet.auto_filter.ref is not None
    team, day = book["团队绩效表"], book["每日走势"]
    heads = {str(cell.value).split("\n")[0]: cell.column_letter for cell in team[1]}
    assert team[f"{heads['回复率']}2"].number_format.startswith("0.0%")
    assert team[f"{heads['销售额']}2"].number_format == "¥#,##0.00;[Red]-¥#,##0.00"
    assert team[f"{heads['接待人数']}2"].number_format == "#,##0"
    assert (day["A2"].number_format, day["A2"].is_date) == ("yyyy-mm-dd", True)


def test_a_missed_target_is_red_and_marked_and_all_else_is_not_red(workbook: Path) -> None:
    team = load_workbook(workbook)["团队绩效表"]
    red = {
        (team.cell(1, cell.column).value, team.cell(cell.row, 1).value, cell.value)
        for row in team.iter_rows(min_row=2, max_row=4)
        for cell in row
        if cell.font.color is not None and cell.font.color.rgb == "FFC00000"
    }
    assert red == {("回复率", "小林", 0.5), ("回复率", "合计", 0.75)}
    assert "●" in team["C2"].number_format


def test_charts_lie_below_the_table_and_read_its_cells(workbook: Path) -> None:
    book = load_workbook(workbook)
    assert {sheet.title: len(sheet._charts) for sheet in book.worksheets} == {**CHARTS, "说明": 0}
    for sheet in book.worksheets[:-1]:
        rows = sheet.max_row
        for chart in sheet._charts:
            assert chart.anchor._from.row > rows, "no chart lies on a figure"
            assert chart.legend is None, "one series needs no legend"
            for series in chart.series:
                assert series.val.numRef.f.startswith(f"{sheet.title}!")
    line = book["每日走势"]._charts[0]
    assert line.series[0].val.numRef.f == "每日走势!$B$2:$B$4"
    assert line.x_axis.title is not None
    funnel = book["询单漏斗"]._charts[0]
    assert funnel.series[0].val.numRef.f == "询单漏斗!$C$4:$E$4", "the totals row"


def test_a_target_is_a_line_across_with_its_numbers_beside_the_table(own_shop: Path, tmp_path: Path) -> None:
    assert xiaoer(own_shop, "settings", "set", "target.conversion_share_final", "0.4").code == 0
    file = tmp_path / "team.xlsx"
    assert xiaoer(own_shop, "report", *SEPTEMBER, "-o", file).code == 0
    sheet = load_workbook(file).worksheets[0]
    head = next(cell for cell in sheet[1] if str(cell.value).startswith("目标："))
    assert head.value == "目标：询单→最终付款成功率"
    assert [sheet.cell(row, head.column).value for row in (2, 3, 4)] == [0.4, 0.4, None]
    drawn = [series.val.numRef.f for chart in sheet._charts for part in chart._charts for series in part.series]
    assert f"绩效!${head.column_letter}$2:${head.column_letter}$3" in drawn


def test_a_page_has_a_section_for_each_view_a_way_to_each_and_asks_nobody(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.html"
    assert xiaoer(shop, "report", *SEPTEMBER, "--views", "all", "-o", file).code == 0
    page = file.read_text(encoding="utf-8")
    assert not re.search(r"https?://|src=|@import|url\(", page), "self-contained"
    sections = re.findall(r'<section id="(v\d+)">', page)
    assert len(sections) == 8
    assert re.findall(r'<a href="#(v\d+)">', page) == sections
    assert page.count("<figure") == sum(CHARTS.values())
    assert page.count("数据来自 3 次导入") == 1, "what all views say is said once"
    names = re.findall(r'<title id="([^"]+)">', page)
    assert len(set(names)) == len(names) == sum(CHARTS.values())


def test_every_number_of_a_chart_stands_in_the_table_of_its_section(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.html"
    assert xiaoer(shop, "report", *SEPTEMBER, "--views", "team,hour,inquiry", "-o", file).code == 0
    for section in file.read_text(encoding="utf-8").split("<section id=")[1:]:
        table, _, charts = section.partition('<div class="charts">')
        cells = {re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", table)}
        told = [one for desc in re.findall(r"<desc[^>]*>(.*?)</desc>", charts) for one in desc.split("；")]
        assert told
        for one in told:
            assert one.split(" ", 1)[1].split(" 占")[0] in cells, one


def test_english_views(shop: Path) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, "--view", "speed", lang="en").out.splitlines()
    assert told[0].startswith("晨光店 · Speed · 2024-09-01 to 2024-09-30 · 2 agents")
    assert told[1].startswith("Who answers slowly")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--view", "inquery"), "inquiry"),
        (("--view", "漏斗"), "询单漏斗"),
        (("--views", "day,huor", "--json"), "hour"),
        (("--view", "day", "--metrics", "sales_yuan"), "--metrics"),
        (("--views", "day", "--metrics", "sales_yuan", "--json"), "--metrics"),
        (("--view", "day", "--views", "hour", "--json"), "--views"),
        (("--views", "day,hour"), "--view"),
        (("--views", "all", "-o", "all.csv"), "xlsx"),
    ],
)
def test_what_can_not_be_asked_is_said(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(shop, "report", *SEPTEMBER, *arguments)
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert "Traceback" not in told.err
    assert not Path("all.csv").exists()


def test_days_without_data_say_so_once(shop: Path) -> None:
    told = xiaoer(shop, "report", "--from", "2024-10-01", "--to", "2024-10-02", "--views", "day,hour", "--json")
    assert told.code == 0
    assert [view["rows"] for view in told.data["views"]] == [[]]
    assert told.data["left_out"] == ["hour"]


def test_a_shop_with_calls_alone_gets_the_view_of_calls(tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text(
        "call_id,shop,queue,agent,offered_at,answered_at,ended_at\n"
        "1,话务,热线,小艾,2024-09-02 10:00:00,2024-09-02 10:00:05,2024-09-02 10:02:05\n",
        encoding="utf-8",
    )
    assert xiaoer(tmp_path / "home", "import", calls, "--shop", "话务").code == 0
    (row,) = xiaoer(tmp_path / "home", "report", *SEPTEMBER, "--json").data["rows"]
    assert (row["answered_calls"], row["average_speed_of_answer_seconds"]) == (1, 5.0)
