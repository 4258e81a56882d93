"""The days of a report: in a cell, in a file's name, in a title."""

from datetime import date

import pytest

from xiaoer.base.days import Period
from xiaoer.intake.report.period import cell_period, named_period

SEPTEMBER = Period(date(2024, 9, 1), date(2024, 9, 30))
FIRST = Period(date(2024, 9, 1), date(2024, 9, 1))


@pytest.mark.parametrize(
    "text",
    [
        "自定义报表_月报_下单优先判定_2024-09-01至2024-09-30", "report_2024-09-01_2024-09-30", "20240901-20240930",
        "客服 2024/9/1~2024/9/30 (1)", "2024.09.01-2024.09.30", "2024年9月1日至2024年9月30日",
        "导出20241002_2024-09-01至2024-09-30", "Reporting period 2024-09-01 to 2024-09-30", "客服月报2024年9月",
        "月报_2024-09",
    ],
)  # fmt: skip
def test_a_range_in_a_name(text: str) -> None:
    assert named_period([text]) == SEPTEMBER


@pytest.mark.parametrize("text", ["抖音_20240901_向阳小铺", "快手_2024-09-01_考核", "2024年9月1日"])
def test_a_day_in_a_name(text: str) -> None:
    assert named_period([text]) == FIRST


@pytest.mark.parametrize(
    "text",
    [
        "客服报表",
        "20240901123000",
        "报表 2024-09-01 12:30",
        "2024-13-01",
        "2024-02-31",
        "2024-09-30至2024-09-01",
        "138001380001",
    ],
)
def test_no_days_in_a_name(text: str) -> None:
    assert named_period([text]) is None


def test_the_first_text_that_has_days_counts() -> None:
    assert named_period(["Sheet1", "统计时间：2024-09-01 至 2024-09-30", "2024-10-01"]) == SEPTEMBER


@pytest.mark.parametrize(
    "cell",
    [
        "2024-09-01", "2024/9/1", "20240901", "09-01-24", "9/1/24", "9/1/2024", "2024-09-01 00:00:00", "45536",
        "2024年9月1日",
    ],
)  # fmt: skip
def test_a_day_in_a_cell(cell: str) -> None:
    assert cell_period(cell, "auto") == FIRST


@pytest.mark.parametrize(
    "cell", ["2024-09-01~2024-09-30", "2024-09-01至2024-09-30", "20240901-20240930", "2024-09", "2024年9月"]
)
def test_a_range_in_a_cell(cell: str) -> None:
    assert cell_period(cell, "auto") == SEPTEMBER


@pytest.mark.parametrize("cell", ["汇总", "昨天", "2024-02-31", "", "99/99/99"])
def test_no_day_in_a_cell(cell: str) -> None:
    assert cell_period(cell, "auto") is None
