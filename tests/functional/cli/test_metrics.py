"""xiaoer metrics: all by group, one with its definition and examples."""

from pathlib import Path

from tests.functional.cli.door import xiaoer


def test_the_list_and_one_of_it(tmp_path: Path) -> None:
    home = tmp_path / "nothing"
    told = xiaoer(home, "metrics", "list")
    assert told.code == 0
    assert "reply_share" in told.out
    names = [metric["name"] for metric in xiaoer(home, "metrics", "list", "--json").data["metrics"]]
    assert len(names) == len(set(names)) > 60
    shown = xiaoer(home, "metrics", "show", "reply_share")
    assert shown.out.startswith("回复率 · reply_share\n公式：")
    assert "buyer | agent | sent_at" in shown.out
    data = xiaoer(home, "metrics", "show", "reply_share", "--json").data
    assert (data["unit"], data["direction"], len(data["examples"]) >= 2) == ("share", "up", True)
    assert not home.exists()


def test_a_name_that_does_not_exist(tmp_path: Path) -> None:
    told = xiaoer(tmp_path, "metrics", "show", "reply_shar", lang="en")
    assert told.code == 1
    assert "Did you mean: reply_share" in told.err


def test_a_metric_of_one_s_own_is_there_too(tmp_path: Path) -> None:
    own = tmp_path / "catalog" / "metrics"
    own.mkdir(parents=True)
    from xiaoer.base.catalog import OUR_CATALOG

    text = next(OUR_CATALOG.rglob("reply_share.yaml")).read_text(encoding="utf-8")
    (own / "my_share.yaml").write_text(text, encoding="utf-8")
    assert xiaoer(tmp_path, "metrics", "show", "my_share").code == 0
