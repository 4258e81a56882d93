"""The commands of appraisal: a month run, shown, closed; statements and payroll; a changed scheme tried on the past."""

from pathlib import Path
from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import Where, complain, show
from xiaoer.cli.words import Format, Json, Output, Shop, group, listed, told, where

appraise_group = group("appraise")

Month = Annotated[str, typer.Option("--month", help=told("--month"), metavar="M")]
Schemes = Annotated[str, typer.Option("--scheme", help=told("--scheme"), metavar="A,B")]
Values = Annotated[list[Path] | None, typer.Option("--values", help=told("--values"), metavar="FILE")]
Author = Annotated[str | None, typer.Option("--author", help=told("appraise --author"), metavar="NAME")]


@appraise_group.command("schemes", cls=Command, help=told("appraise schemes"))
def appraise_schemes(ctx: typer.Context, as_json: Json = False) -> None:
    """List the schemes."""
    from xiaoer.actions.appraise_schemes import list_schemes

    show(list_schemes(ctx.obj.home, ctx.obj.language), Where(json=as_json))


@appraise_group.command("run", cls=Command, help=told("appraise run"))
def appraise_run(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    month: Month,
    shop: Shop = None,
    scheme: Schemes = "",
    values: Values = None,
    author: Author = None,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Appraise a month."""
    from xiaoer.actions.appraise_kept_month import open_month
    from xiaoer.actions.appraise_page import month_page
    from xiaoer.actions.appraise_run import AppraiseAsk, run

    goes = where(format_, output, as_json)
    home, language = ctx.obj.home, ctx.obj.language
    made = run(home, AppraiseAsk(month, shop, listed(scheme), tuple(values or ()), author), language)
    show(month_page(open_month(home, month, made.kept.shop, language), made=made), goes)


@appraise_group.command("show", cls=Command, help=told("appraise show"))
def appraise_show(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    month: Month,
    shop: Shop = None,
    agent: Annotated[str | None, typer.Option("--agent", help=told("appraise --agent"), metavar="A")] = None,
    verify: Annotated[bool, typer.Option("--verify", help=told("--verify"))] = False,
    fair: Annotated[bool, typer.Option("--fairness", help=told("--fairness"))] = False,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Show a month, or one person of it."""
    from xiaoer.actions.appraise_close import verify as computed_again
    from xiaoer.actions.appraise_kept_month import open_month
    from xiaoer.actions.appraise_page import month_page
    from xiaoer.actions.appraise_statement import statement

    goes = where(format_, output, as_json)
    if fair:
        from xiaoer.actions.appraise_fairness import fairness
        from xiaoer.actions.render.deliver import holds_several

        book = fairness(ctx.obj.home, month, shop, ctx.obj.language)
        show(book if holds_several(goes.format or "table") else book.pages[0], goes)
        return
    found = (computed_again if verify else open_month)(ctx.obj.home, month, shop, ctx.obj.language)
    show(month_page(found) if agent is None else statement(found, agent), goes)


@appraise_group.command("close", cls=Command, help=told("appraise close"))
def appraise_close(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    month: Month,
    shop: Shop = None,
    despite: Annotated[str, typer.Option("--despite", help=told("--despite"), metavar="A,B")] = "",
    reason: Annotated[str, typer.Option("--reason", help=told("appraise --reason"), metavar="TEXT")] = "",
    author: Author = None,
    as_json: Json = False,
) -> None:
    """Close a month."""
    from xiaoer.actions.appraise_close import CloseAsk, close
    from xiaoer.actions.appraise_page import month_page

    ask = CloseAsk(month, shop, author, listed(despite), reason)
    show(month_page(close(ctx.obj.home, ask, ctx.obj.language)), Where(json=as_json))


@appraise_group.command("statements", cls=Command, help=told("appraise statements"))
def appraise_statements(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    month: Month,
    shop: Shop = None,
    payroll: Annotated[bool, typer.Option("--payroll", help=told("--payroll"))] = False,
    columns: Annotated[str, typer.Option("--columns", help=told("appraise --columns"), metavar="A,B")] = "",
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Write everybody's statements, or the payroll table."""
    from xiaoer.actions.appraise_kept_month import open_month
    from xiaoer.actions.appraise_page import month_page
    from xiaoer.actions.appraise_statement import statements
    from xiaoer.actions.render.deliver import must_hold_several

    if output is not None and output.suffix.lower() == ".pdf" and not (payroll or columns):
        from xiaoer.actions.appraise_pdf import write_pdf

        complain(write_pdf(open_month(ctx.obj.home, month, shop, ctx.obj.language), output))
        return
    goes = where(format_, output, as_json)
    found = open_month(ctx.obj.home, month, shop, ctx.obj.language)
    if payroll or columns:
        show(month_page(found, columns=listed(columns)), goes)
        return
    must_hold_several(goes.format or "table")
    show(statements(found), goes)


@appraise_group.command("whatif", cls=Command, help=told("appraise whatif"))
def appraise_whatif(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: Annotated[str, typer.Option("--from", help=told("--first-month"), metavar="M")],
    last: Annotated[str, typer.Option("--to", help=told("--last-month"), metavar="M")],
    before: Annotated[str, typer.Option("--scheme", help=told("whatif --scheme"), metavar="A,B")],
    after: Annotated[str, typer.Option("--instead", help=told("--instead"), metavar="A,B")],
    shop: Shop = None,
    values: Values = None,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Try a changed scheme on past months."""
    from xiaoer.actions.appraise_whatif import WhatIfAsk, try_schemes

    goes = where(format_, output, as_json)
    ask = WhatIfAsk(first, last, listed(before), listed(after), shop, tuple(values or ()))
    show(try_schemes(ctx.obj.home, ask, ctx.obj.language), goes)
