"""The command that feeds a site with a shop that does not exist."""

from typing import Annotated

import typer

from xiaoer.actions.terminal import tell
from xiaoer.actions.wording import word
from xiaoer.cli.words import told


def live_feed(
    ctx: typer.Context,
    token: Annotated[str, typer.Option("--token", help=told("--token"), metavar="T", prompt=True, hide_input=True)],
    number: Annotated[int, typer.Option("--shop", help=told("live-feed --shop"), metavar="N", min=1)] = 1,
    address: Annotated[str, typer.Option("--address", help=told("--address"), metavar="URL")] = "http://127.0.0.1:8000",
    per_minute: Annotated[
        int, typer.Option("--per-minute", help=told("--per-minute"), metavar="N", min=1, max=10_000)
    ] = 60,
    minutes: Annotated[int, typer.Option("--minutes", help=told("--minutes"), metavar="N", min=1, max=600)] = 60,
) -> None:
    """Feed a site."""
    from xiaoer.actions.live_feed import FeedAsk
    from xiaoer.actions.live_feed import live_feed as run

    language = ctx.obj.language
    ask = FeedAsk(address.rstrip("/"), token, number, per_minute, minutes)
    run(ask, lambda name, blanks: tell(word(name, language, **blanks)))
