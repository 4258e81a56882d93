"""The commands of inspection: read conversations against the standards, look at one, list the items."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import Where, show, tell
from xiaoer.cli.words import Format, From, Json, Output, Shop, Snapshot, To, group, told, where

inspect_group = group("inspect")

Conversation = Annotated[str, typer.Argument(help=told("CONVERSATION"), metavar="CONVERSATION")]
Standard = Annotated[str | None, typer.Option("--standard", help=told("--standard"), metavar="S")]


@inspect_group.command("run", cls=Command, help=told("inspect run"))
def inspect_run(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """Read conversations against the standards."""
    from xiaoer.actions.inspect_load import InspectAsk
    from xiaoer.actions.inspect_pages import run_page

    goes = where(format_, output, as_json)
    show(run_page(ctx.obj.home, InspectAsk(first, last, shop, snapshot), ctx.obj.language), goes)


@inspect_group.command("show", cls=Command, help=told("inspect show"))
def inspect_show(
    ctx: typer.Context,
    conversation: Conversation,
    shop: Shop = None,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Show one conversation with its findings."""
    from xiaoer.actions.inspect_pages import show_page

    show(show_page(ctx.obj.home, conversation, ctx.obj.language, shop=shop), where(format_, output, as_json))


@inspect_group.command("items", cls=Command, help=told("inspect items"))
def inspect_items(ctx: typer.Context, standard: Standard = None, as_json: Json = False) -> None:
    """List the items."""
    from xiaoer.actions.inspect_pages import items_page

    show(items_page(ctx.obj.home, ctx.obj.language, standard=standard), Where(json=as_json))


@inspect_group.command("train", cls=Command, help=told("inspect train"))
def inspect_train(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    decisions: Annotated[Path | None, typer.Option("--decisions", help=told("--decisions"), metavar="FILE")] = None,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Learn from ratings and decisions."""
    from xiaoer.actions.inspect_learn_pages import train_page
    from xiaoer.actions.inspect_load import InspectAsk

    goes = where(format_, output, as_json)
    ask = InspectAsk(first, last, shop)
    show(train_page(ctx.obj.home, ask, ctx.obj.language, decisions=decisions, now=datetime.now(UTC)), goes)


@inspect_group.command("first", cls=Command, help=told("inspect first"))
def inspect_first(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    most: Annotated[int, typer.Option("--most", help=told("inspect first --most"), min=1, max=1000)] = 30,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """List what to read first."""
    from xiaoer.actions.inspect_learn_pages import first_page
    from xiaoer.actions.inspect_load import InspectAsk

    goes = where(format_, output, as_json)
    show(first_page(ctx.obj.home, InspectAsk(first, last, shop), ctx.obj.language, most=most), goes)


@inspect_group.command("ask", cls=Command, help=told("inspect ask"))
def inspect_ask(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    most: Annotated[int, typer.Option("--most", help=told("inspect ask --most"), min=1, max=1000)] = 20,
    cap: Annotated[str, typer.Option("--cap", help=told("--cap"), metavar="YUAN")] = "5",
    as_json: Json = False,
) -> None:
    """Ask an outside model."""
    from xiaoer.actions.inspect_ask_page import ask_page
    from xiaoer.actions.inspect_load import InspectAsk
    from xiaoer.base.environment import read_outside_model

    ask = InspectAsk(first, last, shop)
    page = ask_page(ctx.obj.home, ask, read_outside_model(), ctx.obj.language, most=most, cap=cap)
    show(page, Where(json=as_json))


@inspect_group.command("export", cls=Command, help=told("inspect export"))
def inspect_export(
    ctx: typer.Context,
    conversation: Conversation,
    output: Annotated[Path, typer.Option("--output", "-o", help=told("inspect --output"), metavar="FILE")],
    shop: Shop = None,
) -> None:
    """Write the evidence of a conversation into a file."""
    from xiaoer.actions.evidence_files import write_evidence

    tell(write_evidence(ctx.obj.home, conversation, output, ctx.obj.language, shop=shop))


@inspect_group.command("voice", cls=Command, help=told("inspect voice"))
def inspect_voice(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    topic: Annotated[str | None, typer.Option("--topic", help=told("--topic"), metavar="T")] = None,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Show what customers say."""
    from xiaoer.actions.customer_voice import voice_page
    from xiaoer.actions.inspect_load import InspectAsk

    goes = where(format_, output, as_json)
    show(voice_page(ctx.obj.home, InspectAsk(first, last, shop), ctx.obj.language, topic=topic), goes)
