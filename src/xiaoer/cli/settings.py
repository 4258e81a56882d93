"""The commands about settings: look at them, write one."""

from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.misuse import say_issues
from xiaoer.actions.terminal import Where, complain, json_line, show, tell
from xiaoer.actions.wording import word
from xiaoer.cli.words import Json, Shop, group, told

settings_group = group("settings")


@settings_group.command("show", cls=Command, help=told("settings show"))
def settings_show(ctx: typer.Context, shop: Shop = None, as_json: Json = False) -> None:
    """Show settings."""
    from xiaoer.actions.settings import show_settings

    show(show_settings(ctx.obj.home, ctx.obj.language, shop=shop), Where(json=as_json))


@settings_group.command("set", cls=Command, help=told("settings set"))
def settings_set(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=told("NAME"), metavar="NAME")],
    value: Annotated[str, typer.Argument(help=told("VALUE"), metavar="VALUE")],
    shop: Shop = None,
    first: Annotated[str | None, typer.Option("--from", help=told("--since"), metavar="D")] = None,
    as_json: Json = False,
) -> None:
    """Write a setting."""
    from xiaoer.actions.settings import set_setting

    made = set_setting(ctx.obj.home, name, value, shop=shop, first=first)
    language = ctx.obj.language
    ever = made.from_date is None
    since = word("since_ever", language) if ever else word("since_day", language, day=made.from_date)
    shown = made.value or word("empty_value", language)
    said = word("setting_written", language, shop=made.shop, setting=made.name, value=shown, since=since)
    if made.warning is not None:
        complain(say_issues([made.warning], language))
    plain = {"shop": made.shop, "name": made.name, "value": made.value, "from": made.from_date and str(made.from_date)}
    tell(json_line(plain) if as_json else said)
