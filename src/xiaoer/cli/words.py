"""What every command of the command line shares: the language of its help, groups, options that mean one thing."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaoer.actions.commands import Command, Commands
from xiaoer.actions.terminal import Where
from xiaoer.actions.wording import help_of
from xiaoer.base.environment import read_environment
from xiaoer.base.errors import ReportableError

if TYPE_CHECKING:  # the texts of messages take longer to load than a help text should wait
    from xiaoer.base.language import Language


def first_language(arguments: Sequence[str]) -> "Language":
    """Return the language of help texts, which are needed before the arguments are read."""
    for place, argument in enumerate(arguments):
        asked = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        if asked in ("zh", "en"):
            return "en" if asked == "en" else "zh"
    try:
        return read_environment().language
    except ReportableError:
        return "zh"


SAID_IN = first_language(sys.argv[1:])
Command.language = SAID_IN


def told(name: str) -> str:
    """Return a help text in the language of this run."""
    return help_of(name, SAID_IN)


def group(name: str) -> typer.Typer:
    """Return an empty group of commands."""
    return typer.Typer(
        cls=Commands, help=told(name), no_args_is_help=True, add_completion=False, rich_markup_mode=None,
        context_settings={"help_option_names": ["--help", "-h"]},
    )  # fmt: skip


Shop = Annotated[str | None, typer.Option("--shop", help=told("--shop"), metavar="S")]
From = Annotated[str, typer.Option("--from", help=told("--from"), metavar="D")]
To = Annotated[str, typer.Option("--to", help=told("--to"), metavar="D")]
Snapshot = Annotated[int | None, typer.Option("--snapshot", help=told("--snapshot"), metavar="N")]
Format = Annotated[str | None, typer.Option("--format", help=told("--format"), metavar="F")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help=told("--output"), metavar="FILE")]
Metric = Annotated[str, typer.Argument(help=told("METRIC"), metavar="METRIC")]
Json = Annotated[bool, typer.Option("--json", help=told("--json"))]


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a text between commas, Chinese ones too."""
    return tuple(part.strip() for part in text.replace("，", ",").split(",") if part.strip())


def where(format_name: str | None, output: Path | None, as_json: bool) -> Where:
    """Return where a page goes; a format that does not exist is refused before anything is computed."""
    from xiaoer.actions.render.deliver import format_for

    return Where(format_for("json" if as_json else format_name, output), output)
