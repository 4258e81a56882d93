"""The commands of planning: contacts forecast, people needed, rosters, adherence, what-if."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import json_line, show, tell
from xiaoer.actions.wording import word
from xiaoer.cli.plan_roster import plan_roster
from xiaoer.cli.words import Format, From, Json, Output, Shop, Snapshot, To, group, told, where

plan_group = group("plan")

KindOf = Annotated[str | None, typer.Option("--kind", help=told("plan --kind"), metavar="chat|call")]
Queue = Annotated[str | None, typer.Option("--queue", help=told("--queue"), metavar="Q")]
Interval = Annotated[str | None, typer.Option("--interval", help=told("plan --interval"), metavar="5|10|15|30|60")]
History = Annotated[Path | None, typer.Option("--history", help=told("--history"), metavar="FILE")]
Events = Annotated[Path | None, typer.Option("--events", help=told("--events"), metavar="FILE")]
Drivers = Annotated[Path | None, typer.Option("--drivers", help=told("--drivers"), metavar="FILE")]
Holidays = Annotated[str | None, typer.Option("--holidays", help=told("--holidays"), metavar="cn|none")]
Goals = Annotated[list[str] | None, typer.Option("--goal", help=told("--goal"), metavar="GOAL")]
Handle = Annotated[str | None, typer.Option("--handle", help=told("--handle"), metavar="S,S")]
Patience = Annotated[str | None, typer.Option("--patience", help=told("--patience"), metavar="S|none")]
Shrinkage = Annotated[str | None, typer.Option("--shrinkage", help=told("--shrinkage"), metavar="P")]
By = Annotated[str | None, typer.Option("--by", help=told("plan --by"), metavar="day|interval")]


@plan_group.command("forecast", cls=Command, help=told("plan forecast"))
def plan_forecast(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    kind: KindOf = None,
    queue: Queue = None,
    interval: Interval = None,
    by: By = None,
    history: History = None,
    events: Events = None,
    drivers: Drivers = None,
    holidays: Holidays = None,
    tried: Annotated[int, typer.Option("--tried-days", help=told("--tried-days"), metavar="N")] = 28,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """Forecast contacts."""
    from xiaoer.actions.plan_data import PlanAsk
    from xiaoer.actions.plan_forecast import plan_forecast as made

    goes = where(format_, output, as_json)
    ask = PlanAsk(first, last, shop, kind, queue, interval, snapshot, history, events, drivers, holidays)
    show(made(ctx.obj.home, ask, ctx.obj.language, by=by, tried_days=tried), goes)


@plan_group.command("need", cls=Command, help=told("plan need"))
def plan_need(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: Annotated[str | None, typer.Option("--from", help=told("--from"), metavar="D")] = None,
    last: Annotated[str | None, typer.Option("--to", help=told("--to"), metavar="D")] = None,
    shop: Shop = None,
    kind: KindOf = None,
    queue: Queue = None,
    interval: Interval = None,
    by: By = None,
    goals: Goals = None,
    handle: Handle = None,
    patience: Patience = None,
    shrinkage: Shrinkage = None,
    quantile: Annotated[str | None, typer.Option("--quantile", help=told("--quantile"), metavar="Q")] = None,
    load: Annotated[Path | None, typer.Option("--load", help=told("--load"), metavar="FILE")] = None,
    contacts: Annotated[float | None, typer.Option("--contacts", help=told("--contacts"), metavar="N")] = None,
    agents: Annotated[int | None, typer.Option("--agents", help=told("--agents"), metavar="N")] = None,
    shifts: Annotated[Path | None, typer.Option("--shifts", help=told("--shifts"), metavar="FILE")] = None,
    closed: Annotated[str | None, typer.Option("--closed", help=told("--closed"), metavar="H-H")] = None,
    history: History = None,
    events: Events = None,
    drivers: Drivers = None,
    holidays: Holidays = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """Compute the people needed."""
    from xiaoer.actions.plan_data import PlanAsk
    from xiaoer.actions.plan_need import must_have_days
    from xiaoer.actions.plan_need import plan_need as made
    from xiaoer.actions.plan_needed import NeedAsk

    goes = where(format_, output, as_json)
    need = NeedAsk(
        tuple(goals or ()), handle, patience, shrinkage, quantile, load, contacts, agents, shifts, closed, by
    )
    must_have_days(need, first, last)
    days = (first or "", last or "")
    ask = PlanAsk(*days, shop, kind, queue, interval, snapshot, history, events, drivers, holidays)
    show(made(ctx.obj.home, ask, need, ctx.obj.language), goes)


@plan_group.command("override", cls=Command, help=told("plan override"))
def plan_override(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(help=told("DAY"), metavar="DAY")],
    shop: Shop = None,
    kind: Annotated[str, typer.Option("--kind", help=told("plan --kind"), metavar="chat|call")] = "chat",
    contacts: Annotated[float | None, typer.Option("--contacts", help=told("override --contacts"), metavar="N")] = None,
    times: Annotated[float | None, typer.Option("--times", help=told("--times"), metavar="X")] = None,
    reason: Annotated[str, typer.Option("--reason", help=told("override --reason"), metavar="TEXT")] = "",
    author: Annotated[str, typer.Option("--author", help=told("override --author"), metavar="NAME")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help=told("--withdraw"))] = False,
    as_json: Json = False,
) -> None:
    """Say better than the forecast of a day."""
    from dataclasses import asdict

    from xiaoer.actions.plan_overrides import OverrideAsk, say_override

    ask = OverrideAsk(day, shop, kind, contacts, times, reason, author, withdraw)
    entry = say_override(ctx.obj.home, ask, now=datetime.now(UTC))
    said = "plan_override_withdrawn" if withdraw else "plan_override_said"
    tell(json_line(asdict(entry)) if as_json else word(said, ctx.obj.language, day=entry.day, shop=entry.shop))


@plan_group.command("scores", cls=Command, help=told("plan scores"))
def plan_scores(
    ctx: typer.Context,
    shop: Shop = None,
    kind: KindOf = None,
    format_: Format = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Score kept forecasts."""
    from xiaoer.actions.plan_scores import plan_scores as made

    show(made(ctx.obj.home, shop, kind, ctx.obj.language), where(format_, output, as_json))


plan_group.command("roster", cls=Command, help=told("plan roster"))(plan_roster)
