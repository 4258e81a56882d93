"""The commands about metrics: list them, read one."""

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import Where, show
from xiaoer.cli.words import Json, Metric, group, told

metrics_group = group("metrics")


@metrics_group.command("list", cls=Command, help=told("metrics list"))
def metrics_list(ctx: typer.Context, as_json: Json = False) -> None:
    """List metrics."""
    from xiaoer.actions.metric_pages import list_metrics

    show(list_metrics(ctx.obj.home, ctx.obj.language), Where(json=as_json))


@metrics_group.command("show", cls=Command, help=told("metrics show"))
def metrics_show(ctx: typer.Context, name: Metric, as_json: Json = False) -> None:
    """Show one metric."""
    from xiaoer.actions.metric_pages import show_metric

    show(show_metric(ctx.obj.home, name, ctx.obj.language), Where(json=as_json))
