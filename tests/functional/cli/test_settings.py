"""xiaoer settings: what holds since when, and what can not be written."""

from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")


def value_of(home: Path, name: str) -> list[tuple[str, str]]:
    shown = xiaoer(home, "settings", "show", "--json").data["settings"]
    return [(row["value"], row["from"]) for row in shown if row["name"] == name]


def test_a_value_holds_from_its_day_on(own_shop: Path) -> None:
    told = xiaoer(own_shop, "settings", "set", "wait_cap_seconds", "60", "--from", "2024-09-02")
    assert told.out == "晨光店：wait_cap_seconds = 60，从 2024-09-02 起有效。\n"
    assert value_of(own_shop, "wait_cap_seconds") == [("60", "2024-09-02")]
    data = xiaoer(own_shop, "report", *SEPTEMBER, "--metrics", "average_response_seconds", "--json").data
    assert data["rows"][1]["average_response_seconds"] == (60 + 30 + 20 + 30) / 4


def test_without_a_day_it_holds_for_all_days_and_says_so(own_shop: Path) -> None:
    told = xiaoer(own_shop, "settings", "set", "target.reply_share", "0.9")
    assert told.out == "晨光店：target.reply_share = 0.9，对所有日期有效。\n"
    assert told.err == ""
    assert value_of(own_shop, "target.reply_share") == [("0.9", "")]


def test_the_target_of_a_share_may_be_a_percentage(own_shop: Path) -> None:
    assert xiaoer(own_shop, "settings", "set", "target.reply_share", "95%").code == 0
    assert value_of(own_shop, "target.reply_share") == [("0.95", "")]
    assert "应当是数字" in xiaoer(own_shop, "settings", "set", "target.received_buyers", "95%").err


def test_a_shop_without_data_is_taken_with_a_warning(own_shop: Path) -> None:
    told = xiaoer(own_shop, "settings", "set", "wait_cap_seconds", "60", "--shop", "晨光")
    assert (told.code, told.out) == (0, "晨光：wait_cap_seconds = 60，对所有日期有效。\n")
    assert "店铺“晨光”还没有数据" in told.err
    assert "是不是想写：晨光店？" in told.err
    assert "是不是" not in xiaoer(own_shop, "settings", "set", "wait_cap_seconds", "60", "--shop", "海").err


def test_the_zone_is_fixed_once_there_are_data(own_shop: Path, tmp_path: Path) -> None:
    told = xiaoer(own_shop, "settings", "set", "zone", "UTC")
    assert told.code == 1
    assert "xiaoer imports undo" in told.err
    fresh = tmp_path / "fresh"
    assert "--from" in xiaoer(fresh, "settings", "set", "zone", "UTC", "--shop", "晨光店", "--from", "2024-09-01").err
    assert xiaoer(fresh, "settings", "set", "zone", "UTC", "--shop", "晨光店").code == 0
    assert value_of(fresh, "zone") == [("UTC", "")]


def test_an_undone_import_frees_the_zone(own_shop: Path) -> None:
    for number in ("1", "2", "3"):
        assert xiaoer(own_shop, "imports", "undo", number).code == 0
    assert xiaoer(own_shop, "settings", "set", "day_starts_at", "04:00", "--shop", "晨光店").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("wait_cap", "60"), "wait_cap_seconds"),
        (("wait_cap_seconds", "很久"), "1 到 86400 之间的整数"),
        (("credit_days", "100000"), "0 到 60 之间的整数"),
        (("zone", "上海"), "时区名，如 Asia/Shanghai"),
        (("cap", "60"), "wait_cap_seconds"),
        (("target.reply_shar", "0.9"), "target.reply_share"),
        (("wait_cap_seconds", "60", "--from", "明天"), "--from"),
    ],
)
def test_what_can_not_be_written(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(shop, "settings", "set", *arguments)
    assert (told.code, told.out) == (1, "")
    assert said in told.err


def test_a_new_home_needs_the_shop_s_name_and_shows_what_is_usual(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "--shop" in xiaoer(home, "settings", "set", "wait_cap_seconds", "60").err
    assert "session_gap_seconds" in xiaoer(tmp_path / "nothing", "settings", "show").out
    assert not (tmp_path / "nothing").exists()


def test_several_shops_must_be_told_apart(own_shop: Path) -> None:
    assert xiaoer(own_shop, "settings", "set", "wait_cap_seconds", "60", "--shop", "晚霞店").code == 0
    told = xiaoer(own_shop, "settings", "show")
    assert told.code == 1
    assert "晚霞店" in told.err
    assert "晚霞店" in xiaoer(own_shop, "settings", "show", "--shop", "晚霞店").out
