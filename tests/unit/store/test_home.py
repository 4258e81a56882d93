"""The data folder: what only a writer makes is made by nobody else."""

import shutil
from pathlib import Path

import pytest

from xiaoer.store.home import Home


def test_who_reads_does_not_make_what_a_writer_makes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home")
    removed = shutil.rmtree

    def removed_and_read(folder: Path, *, ignore_errors: bool) -> None:
        removed(folder, ignore_errors=ignore_errors)
        Home(tmp_path / "home").make()  # another process opens the folder at this moment

    monkeypatch.setattr("xiaoer.store.home.shutil.rmtree", removed_and_read)
    with home.writing():
        (home.staging / "rows").write_text("", encoding="utf-8")
    with home.writing():
        assert not list(home.staging.iterdir())
