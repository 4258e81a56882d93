"""The commands that make rosters and share their days out by activity."""

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
Seconds = Annotated[float, typer.Option("--seconds", help=told("--seconds"), min=0.1, max=86400)]
Rounds = Annotated[int | None, typer.Option("--rounds", help=told("--rounds"), min=0, max=1_000_000)]
Seed = Annotated[int, typer.Option("--seed", help=told("plan roster --seed"), min=0)]


def plan_roster(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    plan: Annotated[Path | None, typer.Argument(help=told("ROSTER_PLAN"), metavar="FILE")] = None,
    instance: Annotated[Path | None, typer.Option("--instance", help=told("--instance"), metavar="FILE")] = None,
    need: Annotated[Path | None, typer.Option("--need", help=told("--need"), metavar="FILE")] = None,
    repair: Annotated[Path | None, typer.Option("--repair", help=told("--repair"), metavar="FILE")] = None,
    absent: Annotated[list[str] | None, typer.Option("--absent", help=told("--absent"), metavar="WHO@DAY")] = None,
    seconds: Seconds = SECONDS,
    rounds: Rounds = None,
    seed: Seed = 0,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Make a roster."""
    from xiaoer.actions.plan_instance import instance_page
    from xiaoer.actions.plan_roster import RosterAsk, roster_book
    from xiaoer.actions.plan_stop import Stop
    from xiaoer.actions.render.deliver import holds_several

    goes = where(format_, output, as_json)
    language = ctx.obj.language
    stop = Stop(None if rounds is not None else seconds, rounds, seed, tell=_teller(language))
    if instance is not None:
        with _interruptible(stop, language):
            page = instance_page(instance, stop, language)
        show(page, goes)
        return
    if plan is None:
        raise ReportableError.of("roster.no_file")
    with _interruptible(stop, language):
        book = roster_book(RosterAsk(plan, need, repair, tuple(absent or ())), stop, language)
    show(book if holds_several(goes.format or "table") else book.pages[0], goes)


def plan_activities(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    plan: Annotated[Path, typer.Argument(help=told("ROSTER_PLAN"), metavar="FILE")],
    roster: Annotated[Path, typer.Option("--roster", help=told("activities --roster"), metavar="FILE")],
    seconds: Seconds = SECONDS,
    rounds: Rounds = None,
    seed: Seed = 0,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Share a roster out by activity."""
    from xiaoer.actions.plan_activities_pages import activities_book
    from xiaoer.actions.plan_stop import Stop
    from xiaoer.actions.render.deliver import holds_several

    goes = where(format_, output, as_json)
    language = ctx.obj.language
    stop = Stop(None if rounds is not None else seconds, rounds, seed)

    def advance(done: int, days: int) -> None:
        complain(word("activities_progress", language, done=done, days=days))

    with _interruptible(stop, language):
        book = activities_book(plan, roster, stop, advance, language)
    show(book if holds_several(goes.format or "table") else book.pages[0], goes)


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
