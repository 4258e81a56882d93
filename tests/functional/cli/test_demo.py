"""xiaoer demo: from nothing to a report on the screen, a workbook and a page."""

import shlex
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from xiaoer.actions import simulated_shop
from xiaoer.cli import run


def test_a_small_shop_goes_all_the_way(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = xiaoer(home, "demo", "--messages", "2000", "--out", tmp_path / "out")
    assert told.code == 0, told.err
    assert "22 位客服" in told.out
    assert "2024-09-01 至 2024-09-30" in told.out
    for file in ("exports", "truth", "report.xlsx", "report.html"):
        assert (tmp_path / "out" / file).exists()
    commands = [line.strip() for line in told.out.splitlines() if line.startswith("  xiaoer")]
    *answered, served = commands
    assert len(answered) == 4
    assert shlex.split(served) == ["xiaoer", "--home", str(home), "serve"]
    for line in answered:
        arguments = shlex.split(line)[3:]
        assert xiaoer(home, *arguments).code == 0, line
    again = xiaoer(home, "demo", "--messages", "2000", "--out", tmp_path / "out", "--json")
    first = xiaoer(home, "report", "--from", "2024-09-01", "--to", "2024-09-30", "--json").data
    assert again.data["rows"] == first["rows"]


def test_a_large_shop_goes_straight_to_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated_shop, "MOST_AS_EXPORTS", 1_000)
    told = xiaoer(tmp_path, "demo", "--messages", "5000", "--json")
    assert told.code == 0, told.err
    assert {file.suffix for file in (tmp_path / "exports").iterdir()} == {".parquet"}
    assert sum(row["received_buyers"] for row in told.data["rows"]) > 100


def test_an_impossible_size_is_said(tmp_path: Path) -> None:
    told = xiaoer(tmp_path, "demo", "--messages", "7")
    assert told.code == 1
    assert "100 到 100000000" in told.err


def test_without_a_chosen_folder_it_stays_out_of_the_real_shops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XIAOER_HOME", raising=False)
    assert run(["demo", "--messages", "200"]) == 0
    assert (tmp_path / "xiaoer-demo" / "report.html").exists()
    assert not (tmp_path / ".xiaoer").exists()
