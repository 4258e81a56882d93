"""The commands of planning: contacts forecast, people needed, rosters, adherence, what-if."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from xiaoer.actions.commands import Command
from xiaoer.actions.terminal import json_line, show, tell
from xiaoer.actions.wording import word
from xiaoer.cli.plan_roster import plan_activities, plan_roster
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


@plan_group.command("adherence", cls=Command, help=told("plan adherence"))
def plan_adherence(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    roster: Annotated[Path, typer.Option("--roster", help=told("--roster"), metavar="FILE")],
    shop: Shop = None,
    kind: KindOf = None,
    interval: Interval = None,
    by: Annotated[str | None, typer.Option("--by", help=told("adherence --by"), metavar="agent|day|interval")] = None,
    goals: Goals = None,
    handle: Handle = None,
    patience: Patience = None,
    now: Annotated[str | None, typer.Option("--now", help=told("--now"), metavar="HH:MM")] = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """Compare a roster with who was online."""
    from xiaoer.actions.plan_adherence import plan_adherence as made
    from xiaoer.actions.plan_data import PlanAsk
    from xiaoer.actions.plan_duties import read_duties
    from xiaoer.actions.plan_needed import NeedAsk

    goes = where(format_, output, as_json)
    ask = PlanAsk(first, last, shop, kind, None, interval, snapshot)
    duties = read_duties(roster)
    need = NeedAsk(tuple(goals or ()), handle, patience)
    if now is not None:
        from xiaoer.actions.plan_intraday import plan_intraday

        show(plan_intraday(ctx.obj.home, ask, duties, need, now, ctx.obj.language), goes)
        return
    show(made(ctx.obj.home, ask, duties, need, ctx.obj.language, by=by), goes)


@plan_group.command("whatif", cls=Command, help=told("plan whatif"))
def plan_whatif(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    kind: KindOf = None,
    interval: Interval = None,
    goals: Goals = None,
    handle: Handle = None,
    patience: Patience = None,
    shrinkage: Shrinkage = None,
    instead_goals: Annotated[
        list[str] | None, typer.Option("--instead-goal", help=told("--instead-goal"), metavar="GOAL")
    ] = None,
    instead_handle: Annotated[
        str | None, typer.Option("--instead-handle", help=told("--instead-handle"), metavar="S,S")
    ] = None,
    instead_patience: Annotated[
        str | None, typer.Option("--instead-patience", help=told("--instead-patience"), metavar="S|none")
    ] = None,
    instead_shrinkage: Annotated[
        str | None, typer.Option("--instead-shrinkage", help=told("--instead-shrinkage"), metavar="P")
    ] = None,
    times: Annotated[float | None, typer.Option("--contacts-times", help=told("--contacts-times"), metavar="X")] = None,
    yuan: Annotated[str | None, typer.Option("--hour-yuan", help=told("--hour-yuan"), metavar="YUAN")] = None,
    staff: Annotated[Path | None, typer.Option("--staff", help=told("--staff"), metavar="FILE")] = None,
    week_hours: Annotated[str, typer.Option("--week-hours", help=told("--week-hours"), metavar="H")] = "40",
    leaving: Annotated[str, typer.Option("--leaving", help=told("--leaving"), metavar="P")] = "0",
    history: History = None,
    events: Events = None,
    holidays: Holidays = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """Try other goals, times, loads or people."""
    from xiaoer.actions.plan_data import PlanAsk
    from xiaoer.actions.plan_needed import NeedAsk
    from xiaoer.actions.plan_whatif import WhatIfAsk, read_staff
    from xiaoer.actions.plan_whatif import plan_whatif as made

    goes = where(format_, output, as_json)
    ask = PlanAsk(first, last, shop, kind, None, interval, snapshot, history, events, None, holidays)
    need = NeedAsk(tuple(goals or ()), handle, patience, shrinkage)
    changed = (tuple(instead_goals or ()), instead_handle, instead_patience, instead_shrinkage, times)
    instead = WhatIfAsk(*changed, yuan, () if staff is None else read_staff(staff), week_hours, leaving)
    show(made(ctx.obj.home, ask, need, instead, ctx.obj.language), goes)


plan_group.command("roster", cls=Command, help=told("plan roster"))(plan_roster)
plan_group.command("activities", cls=Command, help=told("plan activities"))(plan_activities)
