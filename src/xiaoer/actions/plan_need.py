"""People needed by interval as a page: from a forecast, from a table of loads, or for one number of contacts."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np

from xiaoer.actions.plan_data import Measured, PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_forecast import foretold, meta
from xiaoer.actions.plan_need_page import need_page, said_measured
from xiaoer.actions.plan_needed import Asked, Load, NeedAsk, needed
from xiaoer.actions.plan_table import plan_rows
from xiaoer.actions.render.page import Page
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import Language, say
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.planning.forecast.bands import QUANTILES
from xiaoer.planning.need import Work, read_goal, worth_taking

BY = ("interval", "day")


def must_have_days(need: NeedAsk, first: str | None, last: str | None) -> None:
    """Do nothing where days, a table or a number were given; else a ReportableError says that one is wanted."""
    if need.contacts is None and need.load is None and (first is None or last is None):
        raise ReportableError.of("planning.days_or_load")


def plan_need(home: Path, ask: PlanAsk, need: NeedAsk, language: Language) -> Page:
    """Return the people needed as a page; a ReportableError says what can not be used or is not known."""
    if need.by is not None and need.by not in BY:
        raise ReportableError.of("planning.unknown_by", values={"found": need.by[:20], "known": ", ".join(BY)})
    if need.contacts is not None or need.load is not None:
        settings = ShopSettings().on(date.max)
        load = _of_table(need.load) if need.load is not None else _of_one(need.contacts or 0.0, ask)
        found = needed(load, asked_of(need, settings, ask.kind or "call", Measured()), agents=need.agents)
        return need_page(found, need, language, whose=need.load.stem if need.load else "")
    with open_plan(home, ask) as data:
        load, issues = load_of(home, data, need)
        found = needed(load, asked_of(need, data.settings, data.kind, data.measured), agents=need.agents)
        about = (*said_measured(data.measured, need, language), *(say(issue, language) for issue in issues))
        return need_page(found, need, language, whose=data.whose, about=about, extra=meta(data))


def load_of(home: Path, data: PlanData, need: NeedAsk) -> tuple[Load, Sequence[Issue]]:
    """Return the forecast contacts of a plan's period, or a quantile of them, and what the forecast says of itself."""
    made = foretold(home, data).made
    starts = tuple(data.clock_minute(place) for place in range(data.history.counts.shape[1]))
    if need.quantile is None:
        rows = [told.intervals for told in made.days]
    else:
        rows = [told.quantiles[_quantile(need.quantile)] for told in made.days]
    return Load(tuple(told.day for told in made.days), data.minutes, starts, np.array(rows)), made.issues


def _quantile(text: str) -> int:
    known = {f"{level * 100:g}": place for place, level in enumerate(QUANTILES)}
    plain = text.strip().removesuffix("%").removeprefix("q")
    if plain not in known:
        raise ReportableError.of("planning.unknown_quantile", values={"found": text[:20], "known": ", ".join(known)})
    return known[plain]


def _of_one(contacts: float, ask: PlanAsk) -> Load:
    minutes = ask.interval or "30"
    if not minutes.isdigit() or not 1 <= int(minutes) <= 1440 or not 0 <= contacts < float("inf"):
        raise ReportableError.of("planning.one_interval")
    return Load((None,), int(minutes), (0,), np.array([[contacts]]))


def _of_table(file: Path) -> Load:
    """Return the load of a table: day (may be left out), from, contacts; all intervals as long as the shortest step."""
    rows = [
        (cells.day("day") if "day" in cells.texts else cells.day("time") if "time" in cells.texts else None,
         cells.minute("time" if "time" in cells.texts else "from") % 1440, cells.number("contacts"))
        for cells in plan_rows(file, needed=(("time", "from"), ("contacts",)))
    ]  # fmt: skip
    days = tuple(sorted({day for day, _, _ in rows}, key=str))
    starts = sorted({minute for _, minute, _ in rows})
    steps = [after - before for before, after in zip(starts, starts[1:], strict=False)]
    minutes = min(steps, default=60)
    table = np.zeros((len(days), len(starts)))
    for day, minute, contacts in rows:
        table[days.index(day), starts.index(minute)] += contacts
    return Load(days, minutes, tuple(starts), table)


def asked_of(need: NeedAsk, settings: DaySettings, kind: str, measured: Measured) -> Asked:
    """Return how contacts are served and what has to hold: as asked, else as measured or set."""
    goals = need.goals or settings.items(f"plan_{kind}_goals")
    share = settings.text("plan_shrinkage_percent") if need.shrinkage is None else need.shrinkage
    return Asked(_work(need, measured), tuple(read_goal(goal) for goal in goals), read_share(share))


def read_share(text: str) -> Fraction:
    """Return a share of a text in per cent (30, 30%) as a fraction; a ReportableError unless it is below 100 %."""
    try:
        share = Fraction(text.strip().removesuffix("%").removesuffix("％")) / 100
    except (ValueError, ZeroDivisionError):
        raise ReportableError.of("planning.shrinkage") from None
    if not 0 <= share < 1:
        raise ReportableError.of("planning.shrinkage")
    return share


def _work(need: NeedAsk, measured: Measured) -> Work:
    if need.handle is not None:
        handle = tuple(_seconds(part) for part in need.handle.replace("，", ",").split(","))
    elif measured.handle:
        handle = tuple(one.mean for one in measured.handle[: worth_taking(measured.handle)])
    else:
        raise ReportableError.of("planning.no_handle")
    patience = None if measured.patience is None else measured.patience.mean
    if need.patience is not None:
        patience = None if need.patience.strip() == "none" else _seconds(need.patience)
    return Work(handle, patience)


def _seconds(text: str) -> float:
    try:
        value = float(text.strip().removesuffix("s"))
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        raise ReportableError.of("planning.seconds", values={"found": text[:20]})
    return value
