"""A data folder that can only be read still gives every page; importing there is refused in plain words."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.functional.cli.conftest import write_files
from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-03")
REPORT = ("report", *SEPTEMBER, "--json")
NOBODY = 65534
NOTE = "只能读，这次算出的中间结果没有存下来"
XIAOER = Path(sys.executable).with_name("xiaoer")


@pytest.fixture
def home() -> Iterator[Path]:
    """Return a home with the shop in it, in a folder that anybody may look into; reports were made there before."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Path(folder) / "home"
        assert xiaoer(made, "import", write_files(Path(folder) / "files"), "--shop", "晨光店").code == 0
        assert xiaoer(made, *REPORT).code == 0  # also loads every module that reading needs
        yield made


@contextmanager
def not_writable(home: Path, *, readable: bool = True) -> Iterator[None]:
    """Be somebody who may read the folder (or not even that) and not write it: root becomes nobody for a while."""
    root = os.geteuid() == 0
    ways = {path: path.stat().st_mode for path in (home, *home.rglob("*"))}
    for path, mode in ways.items():
        path.chmod((mode | 0o444 | (0o111 if path.is_dir() else 0)) & ~0o222)
    if not readable:
        home.chmod(0)
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in ways.items():
            path.chmod(mode)


def everything_in(home: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in home.rglob("*")}


def test_every_page_is_the_same_and_says_so(home: Path) -> None:
    asked = (
        ("report", *SEPTEMBER),
        ("explain", "rounds", *SEPTEMBER, "--agent", "小艾"),
        ("filtered", *SEPTEMBER),
        ("imports", "list"),
        ("settings", "show"),
        ("corrections", "list"),
    )
    before = {words: xiaoer(home, *words).out for words in asked}
    files = everything_in(home)
    with not_writable(home):
        after = {words: xiaoer(home, *words) for words in asked}
    assert everything_in(home) == files
    for words, told in after.items():
        assert (told.code, told.err) == (0, "")
        kept = [line for line in told.out.splitlines() if NOTE not in line]
        assert kept == before[words].splitlines()
        assert (NOTE in told.out) == (words[0] in ("report", "explain", "filtered"))


def test_facts_that_were_never_built_are_built_elsewhere(home: Path) -> None:
    wanted = xiaoer(home, *REPORT).data
    shutil.rmtree(home / "facts")
    (home / "facts").mkdir()
    with not_writable(home):
        assert xiaoer(home, *REPORT).data == wanted
    assert list((home / "facts").iterdir()) == []


def test_what_only_the_log_of_the_manifest_holds_counts(home: Path) -> None:
    """A writer that was killed leaves its last change in the log; it was made, so it is reported."""
    code = f"""
import os
from pathlib import Path
from datetime import date
from xiaoer.store.store import Store
store = Store(Path({str(home)!r}))
store.set_value("晨光店", "slow_wait_count", "7", from_date=date(2020, 1, 1))
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    assert (home / "manifest.sqlite-wal").stat().st_size > 0
    with not_writable(home):
        told = xiaoer(home, "settings", "show", "--json").data
    assert [one["value"] for one in told["settings"] if one["name"] == "slow_wait_count"] == ["7"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "FILES", "--shop", "晨光店"),
        ("settings", "set", "slow_wait_count", "2"),
        ("imports", "undo", "1"),
        ("correct", "order", "1790000000000000001", "--nobody", "--reason", "老客户"),
    ],
)
def test_a_change_is_refused_in_plain_words(home: Path, arguments: tuple[str, ...]) -> None:
    other = home.parent / "more"
    other.mkdir()
    (other / "agents.csv").write_text("agent,name\n晨光店:小艾,小艾\n", encoding="utf-8")
    files = everything_in(home)
    with not_writable(home):
        told = xiaoer(home, *(str(other) if word == "FILES" else word for word in arguments))
    assert told.code == 1
    assert told.err.startswith(f"数据文件夹 {home} 不能写入")
    assert told.err.count("\n") == 1
    assert everything_in(home) == files


def test_a_folder_that_may_not_be_read_either(home: Path) -> None:
    with not_writable(home, readable=False):
        told = xiaoer(home, *REPORT)
    assert told.code == 1
    assert told.err.startswith(f"数据文件夹 {home} 读不了")


def test_a_mount_that_is_read_only(home: Path) -> None:
    mount = f"mount --bind '{home}' '{home}' && mount -o remount,ro,bind '{home}'"
    if subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    wanted = xiaoer(home, *REPORT).out
    program = f"{XIAOER} --home '{home}'"
    words = f"{program} {' '.join(REPORT)} && {program} settings set slow_wait_count 2"
    told = subprocess.run(
        ["unshare", "-m", "sh", "-c", f"{mount} && {words}"], capture_output=True, text=True, check=False, timeout=120
    )
    assert told.stdout == wanted
    assert (told.returncode, told.stderr.startswith(f"数据文件夹 {home} 不能写入")) == (1, True)
