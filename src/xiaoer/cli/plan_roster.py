"""The command that makes rosters."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from xiaoer.actions.terminal import complain, show
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.cli.words import Format, Json, Output, told, where

if TYPE_CHECKING:  # the engine takes longer to load than a help text should wait
    from xiaoer.actions.plan_stop import Stop, Tell
    from xiaoer.base.language import Language

SECONDS = 60.0


def plan_roster(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    instance: Annotated[Path | None, typer.Option("--instance", help=told("--instance"), metavar="FILE")] = None,
    seconds: Annotated[float, typer.Option("--seconds", help=told("--seconds"), min=0.1, max=86400)] = SECONDS,
    rounds: Annotated[int | None, typer.Option("--rounds", help=told("--rounds"), min=0, max=1_000_000)] = None,
    seed: Annotated[int, typer.Option("--seed", help=told("plan roster --seed"), min=0)] = 0,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Make a roster."""
    from xiaoer.actions.plan_instance import instance_page
    from xiaoer.actions.plan_stop import Stop

    goes = where(format_, output, as_json)
    language = ctx.obj.language
    stop = Stop(None if rounds is not None else seconds, rounds, seed, tell=_teller(language))
    if instance is None:
        raise ReportableError.of("roster.no_file")
    with _interruptible(stop, language):
        page = instance_page(instance, stop, language)
    show(page, goes)


def _teller(language: "Language") -> "Tell":
    def tell(seconds: float, cost: float, bound: float | None) -> None:
        known = "–" if bound is None else f"{bound:,.6g}"
        complain(word("roster_progress", language, seconds=f"{seconds:.1f}", cost=f"{cost:,.6g}", bound=known))

    return tell


@contextmanager
def _interruptible(stop: "Stop", language: "Language") -> Iterator[None]:
    """Let the first Ctrl-C end the search with the best roster so far, and the second the program."""

    def ended(number: int, frame: FrameType | None) -> None:
        stop.end()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        complain(word("roster_stopping", language))

    before = signal.signal(signal.SIGINT, ended)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
