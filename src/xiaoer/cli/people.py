"""The commands for the site's people: the way back in for whoever has the data folder."""

from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import tell
from xiaoer.actions.wording import word
from xiaoer.cli.words import group, told

people_group = group("people")


@people_group.command("reset-second-step", cls=Command, help=told("people reset-second-step"))
def people_reset_second_step(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(help=told("LOGIN"), metavar="LOGIN")],
    reason: Annotated[str, typer.Option("--reason", help=told("reset-second-step --reason"), metavar="R")] = "lost",
) -> None:
    """Reset somebody's second step."""
    from xiaoer.site.people.terminal import reset_second_step
    from xiaoer.site.place import DEFAULT_HOST, DEFAULT_PORT, site_at

    site = site_at(ctx.obj.home, ctx.obj.language, host=DEFAULT_HOST, port=DEFAULT_PORT)
    tell(word("second_step_reset", ctx.obj.language, person=reset_second_step(site, login, reason=reason)))
