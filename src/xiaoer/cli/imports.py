"""The commands about imports: list them, look at one, undo one, put their small files together."""

from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import Where, json_line, show, tell
from xiaoer.actions.wording import word
from xiaoer.cli.words import Json, Shop, group, told

imports_group = group("imports")

Number = Annotated[int, typer.Argument(help=told("ID"), metavar="ID")]


@imports_group.command("list", cls=Command, help=told("imports list"))
def imports_list(ctx: typer.Context, shop: Shop = None, as_json: Json = False) -> None:
    """List imports."""
    from xiaoer.actions.home import has_data
    from xiaoer.actions.import_pages import imports_page
    from xiaoer.actions.imports import list_imports

    made = list_imports(ctx.obj.home, shop=shop) if has_data(ctx.obj.home) else []
    show(imports_page(made, ctx.obj.language), Where(json=as_json))


@imports_group.command("show", cls=Command, help=told("imports show"))
def imports_show(ctx: typer.Context, number: Number, as_json: Json = False) -> None:
    """Show one import."""
    from xiaoer.actions.home import must_have_data
    from xiaoer.actions.import_pages import import_page
    from xiaoer.actions.imports import show_import

    must_have_data(ctx.obj.home)
    show(import_page(show_import(ctx.obj.home, number), ctx.obj.language), Where(json=as_json))


@imports_group.command("undo", cls=Command, help=told("imports undo"))
def imports_undo(ctx: typer.Context, number: Number, as_json: Json = False) -> None:
    """Undo one import."""
    from xiaoer.actions.home import must_have_data
    from xiaoer.actions.imports import undo_import

    must_have_data(ctx.obj.home)
    made = undo_import(ctx.obj.home, number)
    tell(json_line({"undone": made["id"], "file": made["file_name"]}) if as_json else
           word("undone", ctx.obj.language, number=made["id"], file=made["file_name"]))  # fmt: skip


@imports_group.command("pack", cls=Command, help=told("imports pack"))
def imports_pack(ctx: typer.Context, as_json: Json = False) -> None:
    """Put small files together."""
    from xiaoer.actions.home import must_have_data
    from xiaoer.actions.imports import pack_imports

    must_have_data(ctx.obj.home)
    done = pack_imports(ctx.obj.home)
    language = ctx.obj.language
    if as_json:
        tell(json_line({"files": done.files, "packs": done.packs}))
    elif done.files:
        tell(word("packed", language, files=f"{done.files:,}", packs=f"{done.packs:,}"))
    else:
        tell(word("packed_nothing", language))
