"""The commands about calls: the check of service level against abandonment, and when calls come in."""

from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import show
from xiaoer.cli.words import Format, From, Json, Output, Shop, Snapshot, To, group, told, where

calls_group = group("calls")

Queue = Annotated[str | None, typer.Option("--queue", help=told("--queue"), metavar="Q")]
Interval = Annotated[str | None, typer.Option("--interval", help=told("--interval"), metavar="15|30|60")]


@calls_group.command("check", cls=Command, help=told("calls check"))
def calls_check(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    queue: Queue = None,
    interval: Interval = None,
    least: Annotated[str | None, typer.Option("--least", help=told("--least"), metavar="N")] = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """Check service level against abandonment."""
    from xiaoer.actions.call_data import CallsAsk
    from xiaoer.actions.calls_check import calls_check as made

    goes = where(format_, output, as_json)
    ask = CallsAsk(first, last, shop, queue=queue, interval=interval, snapshot=snapshot)
    show(made(ctx.obj.home, ask, ctx.obj.language, least=least), goes)


@calls_group.command("hours", cls=Command, help=told("calls hours"))
def calls_hours(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    queue: Queue = None,
    interval: Interval = None,
    shown: Annotated[str, typer.Option("--show", help=told("--show"), metavar="METRIC")] = "offered_calls",
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """Show when calls come in."""
    from xiaoer.actions.call_data import CallsAsk
    from xiaoer.actions.calls_hours import calls_hours as made

    goes = where(format_, output, as_json)
    ask = CallsAsk(first, last, shop, queue=queue, interval=interval, snapshot=snapshot)
    show(made(ctx.obj.home, ask, ctx.obj.language, shown=shown), goes)
