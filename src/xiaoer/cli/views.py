"""The commands for views: which there are, and sets of metrics of one's own."""

from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import Where, json_line, show, tell
from xiaoer.cli.words import Json, group, listed, told

views_group = group("views")

Name = Annotated[str, typer.Argument(help=told("VIEW"), metavar="NAME")]


@views_group.command("list", cls=Command, help=told("views list"))
def views_list(ctx: typer.Context, as_json: Json = False) -> None:
    """List views."""
    from xiaoer.actions.view_pages import list_views

    show(list_views(ctx.obj.home, ctx.obj.language), Where(json=as_json))


@views_group.command("show", cls=Command, help=told("views show"))
def views_show(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """Show one view."""
    from xiaoer.actions.view_pages import show_view

    show(show_view(ctx.obj.home, name, ctx.obj.language), Where(json=as_json))


@views_group.command("save", cls=Command, help=told("views save"))
def views_save(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    name: Name,
    metrics: Annotated[str, typer.Option("--metrics", help=told("--columns"), metavar="A,B")],
    by: Annotated[str, typer.Option("--by", help=told("--by"), metavar="X,Y")] = "agent",
    label: Annotated[str | None, typer.Option("--label", help=told("--label"), metavar="TEXT")] = None,
    replace: Annotated[bool, typer.Option("--replace", help=told("--replace"))] = False,
    as_json: Json = False,
) -> None:
    """Save a set of metrics."""
    from xiaoer.actions.saved_views import SetAsk, said_saved, save_view

    made = save_view(ctx.obj.home, name, SetAsk(listed(metrics), listed(by), label), replace=replace)
    plain = {"saved": made.name, "file": str(made.file)}
    tell(json_line(plain) if as_json else said_saved(made, ctx.obj.language))


@views_group.command("remove", cls=Command, help=told("views remove"))
def views_remove(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """Remove a saved set."""
    from xiaoer.actions.saved_views import remove_view, said_removed

    made = remove_view(ctx.obj.home, name)
    plain = {"removed": made.name, "file": str(made.file)}
    tell(json_line(plain) if as_json else said_removed(made, ctx.obj.language))
