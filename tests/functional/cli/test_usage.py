"""Bad usage is said plainly, in the reader's language, with exit code 1; help is quick."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from xiaoer import __version__


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from xiaoer.cli import main; main()", *arguments],
        env={**{name: value for name, value in os.environ.items() if name[:7] != "XIAOER_"}, **environment},
        capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("reprot",), "没有“reprot”这个命令。可以用：report。", "There is no command “reprot”."),
        (("imports", "remove"), "没有“remove”这个命令。", "There is no command “remove”."),
        (("report", "--form", "2024"), "没有“--form”这个选项。可以用：--format", "There is no option “--form”."),
        (("report", "--to", "2024-09-01"), "缺少 --from。", "--from is missing."),
        (("report", "--from"), "缺少 --from。", "--from is missing."),
        (("import",), "缺少 PATH", "PATH... is missing."),
        (("imports", "show", "x"), "ID 的值不能用。", "The value of ID can not be used."),
        (("metrics", "show", "a", "b"), "这样用不对。", "The command is not used like this."),
    ],
)
def test_bad_usage(tmp_path: Path, arguments: tuple[str, ...], zh: str, en: str) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        told = xiaoer(tmp_path, *arguments, lang=lang)
        assert (told.code, told.out) == (1, ""), told
        assert said in told.err
        assert "Traceback" not in told.err


def test_an_unknown_language(tmp_path: Path) -> None:
    told = xiaoer(tmp_path, "metrics", "list", lang="fr")
    assert told.code == 1
    assert "fr" in told.err


def test_help_of_every_command_is_in_the_language_asked_for() -> None:
    for command in ("", "demo", "import", "imports undo", "report", "explain", "filtered", "settings set", "check"):
        told = program("--lang", "en", *command.split(), "--help")
        assert told.returncode == 0
        assert told.stdout.isascii(), command
    assert "绩效报表" in program("--help").stdout
    assert "performance" in program("--help", XIAOER_LANG="en").stdout


def test_a_command_alone_shows_its_help() -> None:
    for arguments in ((), ("imports",)):
        told = program(*arguments)
        assert told.returncode == 0
        assert told.stdout.startswith("用法：")
        assert not re.search("Options|Commands|Usage|Show this", told.stdout)


def test_the_version() -> None:
    assert program("--version").stdout == f"xiaoer {__version__}\n"


def test_a_bad_variable_is_named() -> None:
    told = program("metrics", "list", XIAOER_LANG="klingon")
    assert told.returncode == 1
    assert "XIAOER_LANG" in told.stderr


def test_the_home_can_be_a_variable(tmp_path: Path) -> None:
    told = program("report", "--from", "2024-09-01", "--to", "2024-09-02", XIAOER_HOME=str(tmp_path / "there"))
    assert told.returncode == 1
    assert str(tmp_path / "there") in told.stderr


def test_help_does_not_wait_for_the_engine() -> None:
    told = program("-c", "x")  # a bad option: everything that help loads, and the words of messages
    assert told.returncode == 1
    loaded = subprocess.run(
        [sys.executable, "-c", "import xiaoer.cli, sys; print(*sys.modules)"],
        capture_output=True, check=True, encoding="utf-8",
    ).stdout.split()  # fmt: skip
    assert not {"duckdb", "pyarrow", "numba", "numpy", "sqlglot", "rich.table", "xlsxwriter"} & set(loaded)
