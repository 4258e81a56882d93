"""xiaoer calls: the check of service level against abandonment, and when calls come in."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.cli.made_calls import FALLING, LEVELS, MIXED, RISING, SHOP, hotline

DAY = ("--from", "2024-09-02", "--to", "2024-09-02")


def home_with(folder: Path, abandoned: Sequence[int], *, waited: int = 40, levels: Sequence[int] = LEVELS) -> Path:
    home = folder / "home"
    file = hotline(folder, abandoned, waited=waited, levels=levels)
    assert xiaoer(home, "import", file, "--shop", SHOP).code == 0
    return home


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which abandonment rises as the service level falls, to read only."""
    return home_with(tmp_path_factory.mktemp("calls"), FALLING)


def test_the_verdict_comes_first_and_every_interval_after_it(good: Path) -> None:
    told = xiaoer(good, "calls", "check", *DAY)
    lines = told.out.splitlines()
    assert told.code == 0
    assert lines[0] == "服务水平与放弃率 · 云桥热线 · 2024-09-02 至 2024-09-02 · 每 30 分钟"
    assert lines[1].startswith("正常：") and "ρ = −1.00，p = 0.003，6 个时段" in lines[1]
    (second,) = [line.split() for line in lines if "09:30" in line]
    # ten offered, eight within 20 s, one gave up, one was answered after 50 s: (8 · 10 + 50) ÷ 9 s
    assert second == ["2024-09-02", "09:30", "10", "8", "1", "80.0%", "10.0%", "14", "秒", "是"]
    (total,) = [line.split() for line in lines if line.startswith("合计")]
    assert total[1:6] == ["60", "39", "15", "65.0%", "25.0%"]


def test_scripts_read_the_check(good: Path) -> None:
    data = xiaoer(good, "calls", "check", *DAY, "--json").data
    check = data["check"]
    # Of the 720 orders of six, two are as strict as this one.
    assert check == {
        "verdict": "as_expected", "flagged": False, "rho": -1.0, "p_value": 2 / 720, "alpha": 0.05, "intervals": 6,
        "left_out": 0, "least_calls": 5, "suspicions": {},
    }  # fmt: skip
    assert data["rows"][0] == {
        "day": "2024-09-02", "interval": "09:00", "offered_calls": 10, "answered_in_time_calls": 9,
        "abandoned_calls": 0, "service_level_share": 0.9, "abandonment_share": 0.0,
        "average_speed_of_answer_seconds": 14.0, "counted": True,
    }  # fmt: skip
    assert data["meta"]["interval_minutes"] == 30


@pytest.mark.parametrize(
    ("abandoned", "verdict", "zh", "en"),
    [
        (RISING, "same_direction", "可疑：服务水平高的时段放弃率反而也高", "Suspect: where the service level is high"),
        (MIXED, "unrelated", "可疑：看不出", "Suspect: service level and abandonment do not clearly"),
        ((1, 1, 1, 1, 1, 1), "constant", "无法判断：", "No verdict:"),
    ],
)
def test_bad_verdicts_in_words(tmp_path: Path, abandoned: tuple[int, ...], verdict: str, zh: str, en: str) -> None:
    levels = (5, 4, 3, 2, 1, 0) if verdict == "same_direction" else LEVELS
    home = home_with(tmp_path, abandoned, levels=levels)
    assert xiaoer(home, "calls", "check", *DAY, "--json").data["check"]["verdict"] == verdict
    assert xiaoer(home, "calls", "check", *DAY).out.splitlines()[1].startswith(zh)
    assert xiaoer(home, "calls", "check", *DAY, lang="en").out.splitlines()[1].startswith(en)


def test_callers_who_hang_up_at_once_are_pointed_out(tmp_path: Path) -> None:
    home = home_with(tmp_path, MIXED, waited=3)
    lines = xiaoer(home, "calls", "check", *DAY).out.splitlines()
    assert lines[2].startswith("· 100.0% 的放弃发生在 20 秒以内")


def test_intervals_with_few_calls_are_left_out_and_counted(good: Path) -> None:
    told = xiaoer(good, "calls", "check", *DAY, "--least", "11")
    assert "无法判断：只有 0 个时段够用" in told.out
    assert "另有 6 个时段来电不足 11 通，没有用来判断。" in told.out


def test_queue_and_interval(good: Path) -> None:
    hours = xiaoer(good, "calls", "check", *DAY, "--interval", "60", "--json").data
    assert [row["offered_calls"] for row in hours["rows"]] == [20, 20, 20]
    one = xiaoer(good, "calls", "check", *DAY, "--queue", "售后", "--json").data
    assert [row["interval"] for row in one["rows"]] == ["09:30", "10:30", "11:30"]
    assert one["check"]["verdict"] == "too_few"


def test_settings_of_the_shop_hold_without_options(tmp_path: Path) -> None:
    home = home_with(tmp_path, FALLING)
    assert xiaoer(home, "settings", "set", "call_interval_minutes", "15").code == 0
    assert xiaoer(home, "settings", "set", "call_check_least_calls", "6").code == 0
    data = xiaoer(home, "calls", "check", *DAY, "--json").data
    assert (data["meta"]["interval_minutes"], data["check"]["least_calls"]) == (15, 6)


@pytest.mark.parametrize("command", ["check", "hours"])
def test_every_format(good: Path, tmp_path: Path, command: str) -> None:
    for suffix in ("csv", "xlsx", "html", "json"):
        file = tmp_path / f"calls.{suffix}"
        assert xiaoer(good, "calls", command, *DAY, "-o", file).code == 0
        assert file.stat().st_size > 0
    assert json.loads((tmp_path / "calls.json").read_text(encoding="utf-8"))["rows"]
    sheet = openpyxl.load_workbook(tmp_path / "calls.xlsx").active
    assert sheet is not None and sheet.max_row > 5
    first = "正常：" if command == "check" else "格子里是：平均一天的呼入量"
    assert f"<p>{first}" in (tmp_path / "calls.html").read_text(encoding="utf-8")


def test_calls_by_day_of_the_week(good: Path) -> None:
    """Two Mondays are asked for, calls are known of the first only: the second is no day without calls."""
    data = xiaoer(good, "calls", "hours", "--from", "2024-09-01", "--to", "2024-09-09", "--json").data
    (row,) = [row for row in data["rows"] if (row["weekday"], row["interval"]) == (1, "11:00")]
    assert row == {
        "weekday": 1, "interval": "11:00", "days": 1, "offered_calls": 10, "offered_calls_per_day": 10.0,
        "service_level_share": 0.5, "abandonment_share": 0.4, "average_speed_of_answer_seconds": 100 / 6,
        "handle_seconds_mean": 90.0,
    }  # fmt: skip
    tuesday = next(row for row in data["rows"] if row["weekday"] == 2)
    assert (tuesday["days"], tuesday["offered_calls"], tuesday["offered_calls_per_day"]) == (0, 0, None)


def test_days_without_a_call_in_between_count(tmp_path: Path) -> None:
    home = home_with(tmp_path, FALLING)
    later = tmp_path / "later.csv"
    later.write_text(
        f"shop,call_id,offered_at,abandoned_at\n{SHOP},z,2024-09-16 09:10:00,2024-09-16 09:11:00\n", encoding="utf-8"
    )
    assert xiaoer(home, "import", later, "--shop", SHOP).code == 0
    told = xiaoer(home, "calls", "hours", "--from", "2024-09-01", "--to", "2024-09-30")
    monday = {line.split()[0]: line.split()[1] for line in told.out.splitlines() if line[:2] in ("09", "10", "11")}
    assert (monday["09:00"], monday["10:00"]) == ("3.67", "3.33")  # 11 and 10 calls on three Mondays
    assert "2024-09-02 至 2024-09-16 的天数（共 15 天" in told.out


def test_another_figure_in_the_cells(good: Path) -> None:
    told = xiaoer(good, "calls", "hours", *DAY, "--show", "service_level_share")
    (line,) = [line.split() for line in told.out.splitlines() if line.startswith("09:30")]
    assert line == ["09:30", "80.0%", "–", "–", "–", "–", "–", "–", "80.0%"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", *DAY, "--interval", "20"), "15, 30, 60"),
        (("check", *DAY, "--least", "many"), "call_check_least_calls"),
        (("check", *DAY, "--queue", "售中"), "没有“售中”这个队列的通话。是不是：售前"),
        (("hours", *DAY, "--show", "service_level"), "这一页不能看“service_level”。可以用：service_level_share"),
        (("check", "--from", "2025-01-01", "--to", "2025-01-02"), "有通话的日期：2024-09-02"),
        (("hours", "--from", "2024-09-02"), "--to"),
    ],
)
def test_what_can_not_be_asked_is_said_plainly(good: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(good, "calls", *arguments)
    assert told.code == 1
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_shop_without_calls(shop: Path) -> None:
    told = xiaoer(shop, "calls", "check", *DAY)
    assert (told.code, told.err.startswith("晨光店 还没有导入通话记录。")) == (1, True)
