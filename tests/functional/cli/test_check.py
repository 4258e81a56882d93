"""xiaoer check: every problem of a catalog folder at once."""

from pathlib import Path

from tests.functional.cli.door import xiaoer
from xiaoer.base.catalog import OUR_CATALOG


def reply_share() -> str:
    return next(OUR_CATALOG.rglob("reply_share.yaml")).read_text(encoding="utf-8")


def test_a_good_folder(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "my_share.yaml").write_text(reply_share(), encoding="utf-8")
    told = xiaoer(tmp_path / "home", "check", tmp_path)
    assert (told.code, told.err) == (0, "")
    assert "1 个文件，没有问题" in told.out


def test_all_problems_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metric").mkdir()
    (tmp_path / "metric" / "lost.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "metrics" / "lost.yml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "metrics" / "one.yaml").write_text(reply_share() + "extra: 1\n", encoding="utf-8")
    (tmp_path / "metrics" / "two.yaml").write_text("group: reception\ngroup: speed\n", encoding="utf-8")
    told = xiaoer(tmp_path / "home", "check", tmp_path)
    assert (told.code, told.out) == (1, "")
    for said in ("lost.yaml", "lost.yml", "one.yaml", "two.yaml", "metrics", "extra"):
        assert said in told.err
    data = xiaoer(tmp_path / "home", "check", tmp_path, "--json").data
    assert {issue["code"] for issue in data["issues"]} >= {
        "cli.unread_folder",
        "cli.unread_suffix",
        "catalog.key_twice",
    }


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    assert xiaoer(tmp_path, "check", tmp_path / "gone").code == 1
    (tmp_path / "empty").mkdir()
    assert "metrics" in xiaoer(tmp_path, "check", tmp_path / "empty").err
