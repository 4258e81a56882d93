"""The commands that correct what was counted wrongly."""

from typing import TYPE_CHECKING, Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import Where, json_line, show, tell
from xiaoer.actions.wording import word
from xiaoer.cli.words import Json, Shop, group, told

if TYPE_CHECKING:  # its module is loaded by the actions only
    from xiaoer.base.corrections import Correction

correct_group, corrections_group = group("correct"), group("corrections")

Reason = Annotated[str, typer.Option("--reason", help=told("--reason"), metavar="TEXT")]
Author = Annotated[str | None, typer.Option("--author", help=told("--author"), metavar="NAME")]


@correct_group.command("order", cls=Command, help=told("correct order"))
def correct_order(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    order_id: Annotated[str, typer.Argument(help=told("ORDER_ID"), metavar="ORDER_ID")],
    reason: Reason,
    agent: Annotated[str | None, typer.Option("--agent", help=told("--credit"), metavar="A")] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help=told("--nobody"))] = False,
    test: Annotated[bool, typer.Option("--test", help=told("--test"))] = False,
    author: Author = None,
    shop: Shop = None,
    as_json: Json = False,
) -> None:
    """Correct an order."""
    from xiaoer.actions.correct import Given
    from xiaoer.actions.correct import correct_order as made

    given = Given(reason, author, shop)
    _tell(made(ctx.obj.home, order_id, given, agent=agent, nobody=nobody, test=test), ctx, as_json=as_json)


@correct_group.command("contact", cls=Command, help=told("correct contact"))
def correct_contact(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    buyer: Annotated[str, typer.Option("--buyer", help=told("--buyer"), metavar="B")],
    agent: Annotated[str, typer.Option("--agent", help=told("--account"), metavar="A")],
    day: Annotated[str, typer.Option("--day", help=told("--on"), metavar="D")],
    reason: Reason,
    spam: Annotated[bool, typer.Option("--spam", help=told("--spam"))] = False,
    keep: Annotated[bool, typer.Option("--keep", help=told("--keep"))] = False,
    handled_by: Annotated[str | None, typer.Option("--handled-by", help=told("--handled-by"), metavar="A")] = None,
    author: Author = None,
    shop: Shop = None,
    as_json: Json = False,
) -> None:
    """Correct a contact."""
    from xiaoer.actions.correct import ContactAsk, Given
    from xiaoer.actions.correct import correct_contact as made

    ask, given = ContactAsk(buyer, agent, day), Given(reason, author, shop)
    _tell(made(ctx.obj.home, ask, given, handled_by=handled_by, spam=spam, keep=keep), ctx, as_json=as_json)


def _tell(made: "Correction", ctx: typer.Context, *, as_json: bool) -> None:
    from xiaoer.actions.corrections import correction_json, said

    tell(json_line(correction_json(made)) if as_json else said(made, ctx.obj.language))


@corrections_group.command("list", cls=Command, help=told("corrections list"))
def corrections_list(ctx: typer.Context, shop: Shop = None, as_json: Json = False) -> None:
    """List corrections."""
    from xiaoer.actions.corrections import list_corrections

    show(list_corrections(ctx.obj.home, ctx.obj.language, shop=shop), Where(json=as_json))


@corrections_group.command("withdraw", cls=Command, help=told("corrections withdraw"))
def corrections_withdraw(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help=told("CORRECTION"), metavar="ID")],
    as_json: Json = False,
) -> None:
    """Withdraw a correction."""
    from xiaoer.actions.correct import withdraw_correction

    made = withdraw_correction(ctx.obj.home, number)
    tell(json_line({"withdrawn": made.id}) if as_json else word("correction_undone", ctx.obj.language, number=made.id))
