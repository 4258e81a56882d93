"""xiaoer import and xiaoer imports: files in, listed, shown, undone; the exit code says how it went."""

from pathlib import Path

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")
BAD_ROW = "shop,order_id,buyer,created_at,amount_paid\n晨光店,1,阿青,2024-09-02 10:30:00,12\n晨光店,2,阿青,前天,12\n"


def test_a_folder_goes_in_and_the_same_folder_adds_nothing(tmp_path: Path, files: Path) -> None:
    home = tmp_path / "home"
    told = xiaoer(home, "import", files, "--shop", "晨光店")
    assert told.code == 0
    assert told.out.startswith("导入 3 个文件\n")
    assert "聊天消息 13" in told.out
    again = xiaoer(home, "import", files, "--shop", "晨光店", "--json")
    assert again.code == 0
    assert [one["status"] for one in again.data["files"]] == ["already"] * 3


def test_rejected_rows_are_kept_and_the_exit_code_is_2(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(BAD_ROW, encoding="utf-8")
    told = xiaoer(tmp_path / "home", "import", file, "--shop", "晨光店")
    assert told.code == 2
    assert "退回 1 行" in told.out
    assert "第 3 行" in told.err
    shown = xiaoer(tmp_path / "home", "imports", "show", "1", "--json").data
    assert shown["rejected"] == 1
    assert "前天" in Path(shown["rejected_files"][0]).read_text(encoding="utf-8-sig")


def test_a_file_that_can_not_be_used_gives_2_and_leaves_the_others_in(tmp_path: Path, files: Path) -> None:
    (files / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    told = xiaoer(tmp_path / "home", "import", files, "--shop", "晨光店")
    assert told.code == 2
    assert "photo.csv" in told.err
    assert "导入 3 个文件 · 1 个不能用" in told.out


def test_a_dry_run_writes_nothing(tmp_path: Path, files: Path) -> None:
    home = tmp_path / "home"
    told = xiaoer(home, "import", files, "--shop", "晨光店", "--dry-run")
    assert told.code == 0
    assert told.out.startswith("检查 3 个文件，没有写入")
    assert xiaoer(home, "imports", "list", "--json").data["imports"] == []


def test_imports_are_listed_shown_and_undone(own_shop: Path) -> None:
    listed = xiaoer(own_shop, "imports", "list", "--json").data["imports"]
    assert [(one["id"], one["file_name"]) for one in listed] == [
        (3, "orders.csv"), (2, "messages.csv"), (1, "agents.csv"),
    ]  # fmt: skip
    assert "orders.csv" in xiaoer(own_shop, "imports", "list").out
    assert "识别为：orders.csv" in xiaoer(own_shop, "imports", "show", "3").out
    told = xiaoer(own_shop, "imports", "undo", "3")
    assert told.out == "导入 3（orders.csv）已撤销。\n"
    rows = xiaoer(own_shop, "report", *SEPTEMBER, "--metrics", "sales_yuan", "--json").data["rows"]
    assert [row for row in rows if row["sales_yuan"]] == []
    assert xiaoer(own_shop, "imports", "undo", "3").code == 1


def test_small_files_are_put_together_and_no_figure_changes(own_shop: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    row = "晨光店,1,阿青,2024-09-02 10:30:00,2024-09-02 10:31:00,12"
    more.write_text(f"shop,order_id,buyer,created_at,paid_at,amount_paid\n{row}\n", encoding="utf-8")
    assert xiaoer(own_shop, "import", more, "--shop", "晨光店").code == 0
    report = ("report", *SEPTEMBER, "--by", "agent,day", "--json")
    before = xiaoer(own_shop, *report).data["rows"]
    assert xiaoer(own_shop, "imports", "pack").out == "2 个小文件合成了 1 个；原来的文件一小时后随下次导入删除。\n"
    assert xiaoer(own_shop, *report).data["rows"] == before
    assert xiaoer(own_shop, "imports", "pack").out == "没有可以合在一起的小文件。\n"
    assert xiaoer(own_shop, "imports", "undo", "4").code == 0
    assert xiaoer(own_shop, *report).data["rows"] != before
    assert xiaoer(tmp_path / "nothing", "imports", "pack").code == 1


def test_what_can_not_be_asked(tmp_path: Path, files: Path) -> None:
    home = tmp_path / "home"
    assert "--shop" in xiaoer(home, "import", files).err
    assert xiaoer(home, "import", tmp_path / "gone.csv", "--shop", "晨光店").code == 1
    assert xiaoer(home, "import", "--shop", "晨光店").code == 1
    for command in ("show", "undo"):
        told = xiaoer(tmp_path / "nothing", "imports", command, "1")
        assert told.code == 1
        assert "还没有数据" in told.err
    assert "还没有导入" in xiaoer(tmp_path / "nothing", "imports", "list").out
    assert not (tmp_path / "nothing").exists()


def test_when_no_file_can_be_used_it_gives_1(tmp_path: Path) -> None:
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert xiaoer(tmp_path / "home", "import", tmp_path / "photo.csv", "--shop", "晨光店").code == 1


def test_what_was_noted_is_kept_in_no_language(tmp_path: Path, files: Path) -> None:
    assert xiaoer(tmp_path / "home", "import", files, "--shop", "晨光店", lang="zh").code == 0
    told = xiaoer(tmp_path / "home", "imports", "show", "1", lang="en")
    assert "Recognised as the form" in told.out
