"""The command that sets another tool's report beside ours."""

from pathlib import Path
from typing import Annotated

import typer

from xiaoer.actions.terminal import Where, complain, show
from xiaoer.actions.wording import word
from xiaoer.cli.words import Json, Shop, told

EVERY = 10  # sets of causes between two lines of progress


def reconcile(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=told("REPORT"), metavar="FILE")],
    shop: Shop = None,
    first: Annotated[str | None, typer.Option("--from", help=told("--reported-from"), metavar="D")] = None,
    last: Annotated[str | None, typer.Option("--to", help=told("--reported-to"), metavar="D")] = None,
    policy: Annotated[str | None, typer.Option("--policy", help=told("--policy"), metavar="P")] = None,
    format_: Annotated[str | None, typer.Option("--format", help=told("--format"), metavar="F")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=told("--output"), metavar="FILE")] = None,
    as_json: Json = False,
) -> None:
    """Reconcile a report."""
    from xiaoer.actions.reconcile import ReconcileAsk
    from xiaoer.actions.reconcile import reconcile as made
    from xiaoer.actions.render.deliver import format_for, holds_several

    where = Where(format_for("json" if as_json else format_, output), output)
    language = ctx.obj.language

    def say(number: int) -> None:
        if number > 1 and number % EVERY == 0:
            complain(word("reconcile_trying", language, number=number))

    book = made(ctx.obj.home, ReconcileAsk(file, shop, first, last, policy), language, say=say)
    show(book if holds_several(where.format or "table") else book.pages[0], where)
