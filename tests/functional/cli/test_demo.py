"""xiaoer demo: from nothing to a report on the screen, a workbook and a page."""

import shlex
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from xiaoer.actions import demo as demo_action


def test_a_small_shop_goes_all_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = demo_action.Size(messages=2_000, agents=4, days=3)
    monkeypatch.setattr(demo_action, "Size", lambda: small)
    home = tmp_path / "home"
    told = xiaoer(home, "demo", "--out", tmp_path / "out")
    assert told.code == 0, told.err
    assert "4 位客服" in told.out
    assert "2024-09-01 至 2024-09-03" in told.out
    for file in ("exports", "truth", "report.xlsx", "report.html"):
        assert (tmp_path / "out" / file).exists()
    commands = [line.strip() for line in told.out.splitlines() if line.startswith("  xiaoer")]
    assert len(commands) == 3
    for line in commands:
        arguments = shlex.split(line)[3:]
        assert xiaoer(home, *arguments).code == 0, line
    again = xiaoer(home, "demo", "--out", tmp_path / "out", "--json")
    first = xiaoer(home, "report", "--from", "2024-09-01", "--to", "2024-09-03", "--json").data
    assert again.data["rows"] == first["rows"]
