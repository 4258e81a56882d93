"""The page of the commands, read off the program itself in each language."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Words

TITLE = Words(zh="命令", en="Commands")
LEAD = Words(
    zh="退出码：0 完成；1 用法或数据有误，并说明原因；2 完成，但有行被退回。数据目录由 `--home`（写在命令前）或环境变量 `XIAOER_HOME` 指定，语言由 `XIAOER_LANG`（`zh` 或 `en`）指定。",
    en="Exit codes: 0 done; 1 bad usage or bad data, with a plain message; 2 done, but rows were rejected. The data folder is "
    "given by `--home`, before the command, or the variable `XIAOER_HOME`; the language by `XIAOER_LANG` (`zh` or `en`).",
)
PROGRAM = Path(__file__).with_name("program.py")
HEAD = {"zh": ("参数", "说明", "默认值"), "en": ("Parameter", "What it does", "Default")}


@dataclass(frozen=True)
class Parameter:
    """One argument or option: its spellings, help and default as the program shows them."""

    names: tuple[str, ...]
    help: str
    default: str


@dataclass(frozen=True)
class Command:
    """One command: its help, parameters, all spellings of its options, and the commands below it."""

    options: tuple[str, ...]
    commands: "dict[str, Command]"
    help: str = ""
    parameters: tuple[Parameter, ...] = field(default=())


def cli_page(language: str) -> str:
    """Return every command with its parameters."""
    return page([*opening(TITLE, LEAD, language), *_command("xiaoer", command_tree(language), language)])


def command_tree(language: str) -> Command:
    """Return the commands as the program has them in a language; the program's own error when it does not start."""
    run = subprocess.run(
        [sys.executable, str(PROGRAM)],
        env=os.environ | {"XIAOER_LANG": language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if run.returncode:
        raise RuntimeError(run.stderr)
    return _tree(json.loads(run.stdout))


def _command(name: str, command: Command, language: str) -> list[str]:
    lines = [f"## `{name}`", "", command.help, ""]
    if command.parameters:
        rows = [(" ".join(map(code, found.names)), found.help, code(found.default)) for found in command.parameters]
        lines += table(HEAD[language], rows)
    below = [_command(f"{name} {word}", found, language) for word, found in command.commands.items()]
    return lines + [line for part in below for line in part]


def _tree(content: dict[str, Any]) -> Command:
    return Command(
        options=tuple(content["options"]),
        commands={name: _tree(below) for name, below in content["commands"].items()},
        help=content["help"],
        parameters=tuple(Parameter(tuple(found[0]), found[1], found[2]) for found in content["parameters"]),
    )
