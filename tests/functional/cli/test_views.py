"""xiaoer views: which there are, and sets of metrics saved by name."""

from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")


def test_the_list_shows_ours_and_works_without_data(tmp_path: Path) -> None:
    told = xiaoer(tmp_path / "nothing", "views", "list")
    assert told.code == 0
    assert told.out.startswith("14 个视图")
    assert "询单漏斗" in told.out
    assert not (tmp_path / "nothing").exists()
    data = xiaoer(tmp_path / "nothing", "views", "list", "--json").data["views"]
    assert [view["name"] for view in data][:3] == ["team", "day", "hour"]
    assert not any(view["own"] for view in data)


def test_a_view_shows_its_columns_and_what_they_are(tmp_path: Path) -> None:
    told = xiaoer(tmp_path, "views", "show", "询单漏斗")
    assert told.out.startswith("询单漏斗 · inquiry\n询单、下单、付款")
    assert "最终付款人数 ÷ 询单人数" in told.out
    assert "分行：客服" in told.out
    assert xiaoer(tmp_path, "views", "show", "inquiry", "--json").data["charts"][0]["kind"] == "funnel"


def test_a_set_saved_under_a_chinese_name_is_used_by_it_and_removed(own_shop: Path, tmp_path: Path) -> None:
    told = xiaoer(
        own_shop,
        "views",
        "save",
        "周会 看的",
        "--metrics",
        "sales_yuan，reply_share",
        "--by",
        "day",
        "--label",
        "每周一会",
    )
    assert (told.code, told.err) == (0, "")
    file = own_shop / "catalog" / "reports" / "周会 看的.yaml"
    assert str(file) in told.out
    for name in ("周会 看的", "每周一会"):
        page = xiaoer(own_shop, "report", *SEPTEMBER, "--view", name)
        assert page.out.startswith("晨光店 · 每周一会 · ")
        assert page.out.splitlines()[2].split() == ["日期", "销售额", "回复率"]
    book = xiaoer(own_shop, "report", *SEPTEMBER, "--views", "all", "--json").data
    assert book["views"][-1]["meta"]["view"] == "周会 看的"
    assert xiaoer(own_shop, "check", own_shop / "catalog").code == 0
    listed = xiaoer(own_shop, "views", "list", "--json").data["views"][-1]
    assert (listed["name"], listed["own"], listed["columns"]) == ("周会 看的", True, ["sales_yuan", "reply_share"])
    removed = xiaoer(own_shop, "views", "remove", "周会 看的")
    assert removed.code == 0
    assert not file.exists()
    assert "周会 看的" not in xiaoer(own_shop, "views", "list").out


def test_a_saved_set_is_not_replaced_unless_asked(own_shop: Path) -> None:
    save = ("views", "save", "周会", "--metrics")
    assert xiaoer(own_shop, *save, "sales_yuan").code == 0
    again = xiaoer(own_shop, *save, "reply_share")
    assert again.code == 1
    assert "--replace" in again.err
    assert xiaoer(own_shop, "views", "show", "周会", "--json").data["columns"] == ["sales_yuan"]
    assert xiaoer(own_shop, *save, "reply_share", "--replace").code == 0
    assert xiaoer(own_shop, "views", "show", "周会", "--json").data["columns"] == ["reply_share"]


def test_ours_are_neither_replaced_nor_removed(own_shop: Path) -> None:
    for name in ("team", "Team", "团队绩效表"):
        told = xiaoer(own_shop, "views", "save", name, "--metrics", "sales_yuan", "--replace")
        assert told.code == 1
        assert "自带" in told.err
    for name in ("team", "团队绩效表"):
        told = xiaoer(own_shop, "views", "remove", name)
        assert told.code == 1
        assert "自带" in told.err
    assert not (own_shop / "catalog").exists()


@pytest.mark.parametrize(
    "name", ["../evil", "a/b", "a\\b", ".hidden", "", " ", "all", "CON", "a,b", "a:b", "名" * 41, "a\nb", "-–"]
)
def test_a_name_that_is_no_file_name_is_refused(own_shop: Path, name: str) -> None:
    told = xiaoer(own_shop, "views", "save", "--metrics", "sales_yuan", "--", name)
    assert told.code == 1
    assert told.err
    assert "Traceback" not in told.err
    assert not (own_shop / "catalog").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("save", "周会", "--metrics", "sales_yuen"), "sales_yuan"),
        (("save", "周会", "--metrics", "sales_yuan", "--by", "dya"), "day"),
        (("save", "周会", "--metrics", ","), "--metrics"),
        (("show", "taem"), "team"),
        (("remove", "taem"), "team"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(own_shop: Path, arguments: tuple[str, ...], said: str) -> None:
    told = xiaoer(own_shop, "views", *arguments)
    assert (told.code, told.out) == (1, "")
    assert said in told.err


def test_a_typo_finds_a_saved_name(own_shop: Path) -> None:
    assert xiaoer(own_shop, "views", "save", "周会指标", "--metrics", "sales_yuan").code == 0
    assert "周会指标" in xiaoer(own_shop, "report", *SEPTEMBER, "--view", "周会").err


def test_quotes_and_colons_of_a_label_stay_what_they_are(own_shop: Path) -> None:
    label = "老板: \"看\" 'x' # [1]"
    assert xiaoer(own_shop, "views", "save", "boss", "--metrics", "sales_yuan", "--label", label).code == 0
    assert xiaoer(own_shop, "views", "show", "boss", "--json").data["label"]["zh"] == label
    assert xiaoer(own_shop, "report", *SEPTEMBER, "--views", "boss", "-o", own_shop / "boss.xlsx").code == 0


def test_english(own_shop: Path) -> None:
    told = xiaoer(own_shop, "views", "save", "boss", "--metrics", "sales_yuan", lang="en")
    assert told.out.startswith("Saved as “boss”")
    assert "your own" in xiaoer(own_shop, "views", "list", lang="en").out
