"""Other tools' reports through the command line: figures in our units, what is no agent apart, broken sums said."""

import csv
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.functional.cli.door import Told, xiaoer
from tests.functional.real_files import real_file
from xiaoer.store.store import Store

SHOP = "晨光店"
Row = dict[str, Any]


def figures(home: Path) -> list[Row]:
    """Return what is stored and counts."""
    with Store(home) as store:
        rows: list[Row] = store.current(store.snapshot(), "reported_figures", shops=[SHOP]).to_pylist()
    return rows


def imported(home: Path, file: Path, *options: str, lang: str = "zh") -> Told:
    return xiaoer(home, "import", file, "--shop", SHOP, *options, lang=lang)


def codes(home: Path, number: int = 1) -> dict[str, int]:
    """Return how often each code was said of an import."""
    said: dict[str, int] = {}
    for issue in xiaoer(home, "imports", "show", str(number), "--json").data["issues"]:
        said[issue["code"]] = said.get(issue["code"], 0) + issue["count"]
    return said


def written(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Return the rows as a workbook, or as CSV by the suffix."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return path
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell not in ("", None):
                    sheet.write(line, column, cell)
    return path


def chitu(name: str, folder: Path, **changed: object) -> Path:
    """Return the real report as the tool writes it; `changed` cells are of its first row."""
    known = json.loads(real_file("formats", "chitu_reports.json").read_text(encoding="utf-8"))
    header = list(known["reports"][name])
    first, *others = known["sample_rows"][name]
    rows = [[row.get(column, "") for column in header] for row in ({**first, **changed}, *others)]
    return written(folder / f"自定义报表_{name}_下单优先判定_2026-04-20至2026-04-20.xlsx", [header, *rows])


def reception_analysis(folder: Path, line: int = 0, column: int = 0, cell: str = "") -> Path:
    """Return the real analysis, one cell changed where one is given."""
    with real_file("formats", "reception_analysis_sample.csv").open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    if line:
        rows[line][column] = cell
    return written(folder / "咨询接待分析_2024-09-01_2024-09-30.csv", rows)


@pytest.mark.parametrize(
    ("name", "agents", "others", "columns"),
    [("人均日接入", 1, 2, 12), ("客服数据23年新", 1, 2, 18), ("每周店铺个人数据", 1, 0, 7)],
)
def test_the_real_chitu_reports_go_in(name: str, agents: int, others: int, columns: int, tmp_path: Path) -> None:
    told = imported(tmp_path / "home", chitu(name, tmp_path))
    assert told.code == 0
    rows = figures(tmp_path / "home")
    assert len(rows) == (agents + others) * columns
    assert {row["agent"] for row in rows if row["row"] == "agent"} == {"melissa"}
    assert {row["agent"] for row in rows if row["row"] != "agent"} <= {None}
    assert {row["report"] for row in rows} == {name}
    assert {(row["first_date"], row["last_date"], row["policy"]) for row in rows} == {
        (date(2026, 4, 20), date(2026, 4, 20), "order_first")
    }
    assert [row["indicator"] for row in rows if row["metric"] is None] == []
    assert "reported.identity_broken" not in codes(tmp_path / "home")


def test_figures_are_in_our_units_and_what_is_to_come_is_pending(tmp_path: Path) -> None:
    imported(tmp_path / "home", chitu("客服数据23年新", tmp_path))
    imported(tmp_path / "home", chitu("人均日接入", tmp_path))
    found = {(row["metric"], row["report"]): row for row in figures(tmp_path / "home") if row["row"] == "agent"}
    seconds = found["receive_seconds_mean", "客服数据23年新"]
    assert (seconds["value"], seconds["places"]) == (Decimal(528), 0)  # 8分48秒
    ratio = found["answer_question_ratio", "客服数据23年新"]
    assert (ratio["value"], ratio["places"]) == (Decimal("1.1933"), 4)
    reply = found["reply_share", "人均日接入"]
    assert (reply["value"], reply["pending"]) == (Decimal(1), False)
    conversion = found["conversion_share_final", "人均日接入"]
    assert (conversion["value"], conversion["places"], conversion["pending"]) == (None, None, True)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("总消息数", 1113, "总消息数 = 买家消息数 + 客服消息数"),
        ("答问比", 1.21, "答问比 = 客服消息数 ÷ 买家消息数"),
        ("接待人数", 99, "接待人数 ≤ 聊天人数(原咨询人数)"),
        ("直接接入人数", 80, "接待人数 = 直接接入人数 + 转发接入人数"),
        ("回复率", 0.95, "回复率 = (接待人数 − 未回复人数) ÷ 接待人数"),
    ],
)
def test_a_changed_value_breaks_its_identity(column: str, value: float, said: str, tmp_path: Path) -> None:
    told = imported(tmp_path / "home", chitu("客服数据23年新", tmp_path, **{column: value}))
    assert told.code == 0
    assert codes(tmp_path / "home")["reported.identity_broken"] >= 1
    broken = [line for line in told.err.splitlines() if "这一行对不上" in line]
    assert any(said in line and "第 2 行" in line for line in broken), told.err
    english = imported(tmp_path / "other", chitu("客服数据23年新", tmp_path, **{column: value}), lang="en")
    assert said in english.err


def test_the_real_reception_analysis_goes_in_and_holds(tmp_path: Path) -> None:
    told = imported(tmp_path / "home", reception_analysis(tmp_path))
    assert told.code == 0
    rows = figures(tmp_path / "home")
    by_kind = {kind: {row["agent"] for row in rows if row["row"] == kind} for kind in ("agent", "total", "mean")}
    assert len(by_kind["agent"]) == 3
    assert by_kind["total"] == by_kind["mean"] == {None}
    said = codes(tmp_path / "home")
    assert not {"reported.identity_broken", "reported.total_off", "reported.mean_off", "reported.mean_of_rates"} & set(
        said
    )
    assert {row["metric"] for row in rows} == {
        "consulted_buyers", "received_buyers", "unreplied_buyers", "replied_buyers", "average_response_seconds",
        "three_minute_share", "platform_reply_share", "first_response_seconds", "slow_buyers", "answer_question_ratio",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "column", "cell", "code", "words"),
    [
        (1, 2, "548", "reported.identity_broken", "接待人数 ≤ 咨询人数"),
        (2, 4, "500", "reported.identity_broken", "有效接待人数 ≤ 接待人数"),
        (3, 7, "0.9", "reported.identity_broken", "旺旺回复率 ="),
        (4, 1, "1589", "reported.total_off", "“汇总值”的咨询人数是 1589，按各位客服算出来是 1588，差 1"),
        (5, 2, "560", "reported.mean_off", "“平均值”的接待人数是 560"),
    ],
)
def test_a_changed_analysis_says_what_is_off(
    line: int, column: int, cell: str, code: str, words: str, tmp_path: Path
) -> None:  # fmt: skip
    told = imported(tmp_path / "home", reception_analysis(tmp_path, line, column, cell))
    assert told.code == 0
    assert code in codes(tmp_path / "home")
    assert words in told.err


def test_a_total_that_is_the_mean_of_rates_is_called_so(tmp_path: Path) -> None:
    header = ["客服", "接待人数", "询单人数", "最终付款人数", "询单最终付款转化率", "平均响应(秒)"]
    rows = [["小禾", 1000, 1000, 100, 0.1, 20], ["小满", 10, 10, 9, 0.9, 80]]
    file = written(tmp_path / "月报_2024-09.xlsx", [header, *rows, ["汇总", 1010, 1010, 109, 0.5, 50]])
    told = imported(tmp_path / "home", file)
    assert codes(tmp_path / "home")["reported.mean_of_rates"] == 2
    assert "询单最终付款转化率是 0.5，等于各位客服的比率直接平均；按人数加权应为 0.1079" in told.err
    assert {row["first_date"] for row in figures(tmp_path / "home")} == {date(2024, 9, 1)}
    right = written(tmp_path / "周报_2024-09.xlsx", [header, *rows, ["汇总", 1010, 1010, 109, 0.1079, 20.6]])
    imported(tmp_path / "right", right)
    assert "reported.mean_of_rates" not in codes(tmp_path / "right")


def test_days_may_be_told_and_are_asked_for(tmp_path: Path) -> None:
    home, file = (
        tmp_path / "home",
        written(tmp_path / "客服表.csv", [["客服", "接待人数", "销售额"], ["小禾", "5", "1,200.50"]]),
    )
    refused = imported(home, file)
    assert refused.code == 1
    assert "--from 2024-09-01 --to 2024-09-30" in refused.err
    half = imported(home, file, "--from", "2024-09-01")
    assert (half.code, "--to" in half.err) == (1, True)
    backward = imported(home, file, "--from", "2024-09-30", "--to", "2024-09-01")
    assert backward.code == 1
    told = imported(home, file, "--from", "2024-09-01", "--to", "2024-09-30")
    assert told.code == 0
    assert {(row["first_date"], row["last_date"]) for row in figures(home)} == {(date(2024, 9, 1), date(2024, 9, 30))}
    assert {row["metric"]: row["value"] for row in figures(home)} == {
        "received_buyers": Decimal(5), "sales_yuan": Decimal("1200.5"),
    }  # fmt: skip


def test_the_later_export_of_the_same_days_wins_and_other_days_stay(tmp_path: Path) -> None:
    home, header = tmp_path / "home", ["日期", "客服", "接待人数", "询单最终付款转化率"]
    first = [["2024-09-01", "小禾", "5", "延迟统计"], ["2024-09-02", "小禾", "7", "延迟统计"]]
    later = [["2024-09-02", "小禾", "8", "45%"], ["2024-09-03", "小禾", "9", "延迟统计"]]
    imported(home, written(tmp_path / "甲.csv", [header, *first]))
    imported(home, written(tmp_path / "乙.csv", [header, *later]))
    received = {row["first_date"].day: row["value"] for row in figures(home) if row["metric"] == "received_buyers"}
    assert received == {1: Decimal(5), 2: Decimal(8), 3: Decimal(9)}
    pending = {row["first_date"].day: row["pending"] for row in figures(home) if row["metric"] != "received_buyers"}
    assert pending == {1: True, 2: False, 3: True}
    xiaoer(home, "imports", "undo", "2")
    received = {row["first_date"].day: row["value"] for row in figures(home) if row["metric"] == "received_buyers"}
    assert received == {1: Decimal(5), 2: Decimal(7)}


def test_peers_are_left_out_and_unknown_columns_kept(tmp_path: Path) -> None:
    header = ["旺旺", "接待人数", "新指标", "分组", "评语"]
    rows = [
        ["小禾", "5", "3.5", "甲组", "不错"],
        ["同行同层均值", "9", "9", "", ""],
        ["汇总（1人）", "5", "3.5", "", ""],
    ]
    told = imported(tmp_path / "home", written(tmp_path / "表_20240901.csv", [header, ["", "", "", "", ""], *rows]))
    assert told.code == 0
    found = figures(tmp_path / "home")
    assert {(row["row"], row["indicator"], row["metric"], row["value"]) for row in found} == {
        (kind, indicator, metric, value)
        for kind in ("agent", "total")
        for indicator, metric, value in (("接待人数", "received_buyers", Decimal(5)), ("新指标", None, Decimal("3.5")))
    }
    said = codes(tmp_path / "home")
    assert {"reported.peers_left_out", "reported.unknown_indicators", "reported.wordy_columns"} <= set(said)
    assert "新指标" in told.err + json.dumps(
        xiaoer(tmp_path / "home", "imports", "show", "1", "--json").data, ensure_ascii=False
    )


def test_a_dry_run_says_it_all_and_writes_nothing(tmp_path: Path) -> None:
    told = imported(tmp_path / "home", reception_analysis(tmp_path, 4, 1, "1589"), "--dry-run")
    assert told.code == 0
    assert "按各位客服算出来是 1588" in told.err
    assert xiaoer(tmp_path / "home", "imports", "list", "--json").data["imports"] == []


def test_the_same_bytes_of_other_days_are_another_report(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = written(tmp_path / "客服数据.csv", [["客服昵称", "接待人数", "平均响应(秒)"], ["小禾", "12", "31.5"]])
    august, september = ("--from", "2024-08-01", "--to", "2024-08-31"), ("--from", "2024-09-01", "--to", "2024-09-30")
    assert imported(home, file, *august).code == 0
    assert imported(home, file, *september).code == 0
    assert {row["first_date"] for row in figures(home)} == {date(2024, 8, 1), date(2024, 9, 1)}
    before = len(xiaoer(home, "imports", "list", "--json").data["imports"])
    assert imported(home, file, *august).code == 0
    assert len(xiaoer(home, "imports", "list", "--json").data["imports"]) == before == 2
    chats = tmp_path / "messages.csv"
    chats.write_text("buyer,agent,sent_at,sender,text\n阿青,晨光店:小艾,2024-09-02 10:00:00,buyer,在吗\n")
    assert imported(home, chats).code == 0
    assert imported(home, chats, *september).code == 0
    assert len(xiaoer(home, "imports", "list", "--json").data["imports"]) == 3, "days mean nothing to a chat"
