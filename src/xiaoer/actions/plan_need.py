"""People needed by interval as a page: from a forecast, from a table of loads, or for one number of contacts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np

from xiaoer.actions.plan_data import Measured, PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_forecast import meta
from xiaoer.actions.plan_foretold import Foretold, foretold
from xiaoer.actions.plan_need_page import need_page, said_measured
from xiaoer.actions.plan_needed import Asked, Load, NeedAsk, needed
from xiaoer.actions.plan_table import plan_rows
from xiaoer.actions.render.page import Page
from xiaoer.base.days import DAY_MINUTES
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.planning.forecast.bands import QUANTILES
from xiaoer.planning.need import Work, read_goal, worth_taking

BY = ("interval", "day")
MEDIAN = "median"
NOTHING_ASKED = NeedAsk()


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
        told = foretold(home, data)
    found = needed(load_of(told, need), asked_of(need, data.settings, data.kind, data.measured), agents=need.agents)
    about = (*measured_of(data, language, need), *(say(issue, language) for issue in told.made.issues))
    return need_page(found, need, language, whose=data.whose, about=about, extra=meta(data))


def measured_of(data: PlanData, language: Language, need: NeedAsk = NOTHING_ASKED) -> list[str]:
    """Return what is said of handle times and patience that neither were asked for nor are set."""
    return said_measured(data.measured, settled(need, data.settings, data.kind), language)


def load_of(found: Foretold, need: NeedAsk) -> Load:
    """Return the contacts that a forecast tells, or a quantile of them."""
    data, days = found.data, found.made.days
    starts = tuple(data.clock_minute(place) for place in range(data.history.counts.shape[1]))
    quantile = settled(need, data.settings, data.kind).quantile or MEDIAN
    rows = [told.intervals if quantile == MEDIAN else told.quantiles[_quantile(quantile)] for told in days]
    return Load(tuple(told.day for told in days), data.minutes, starts, np.array(rows))


def _quantile(text: str) -> int:
    known = {f"{level * 100:g}": place for place, level in enumerate(QUANTILES)}
    plain = text.strip().removesuffix("%").removeprefix("q")
    if plain not in known:
        raise ReportableError.of("planning.unknown_quantile", values={"found": text[:20], "known": ", ".join(known)})
    return known[plain]


def _of_one(contacts: float, ask: PlanAsk) -> Load:
    minutes = ask.interval or "30"
    if not minutes.isdigit() or not 1 <= int(minutes) <= DAY_MINUTES or not 0 <= contacts < float("inf"):
        raise ReportableError.of("planning.one_interval")
    return Load((None,), int(minutes), (0,), np.array([[contacts]]))


def _of_table(file: Path) -> Load:
    """Return the load of a table: day (may be left out), from, contacts; all intervals as long as the shortest step."""
    rows = [
        (cells.day("day") if "day" in cells.texts else cells.day("time") if "time" in cells.texts else None,
         cells.minute("time" if "time" in cells.texts else "from") % DAY_MINUTES, cells.number("contacts"))
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


def settled(need: NeedAsk, settings: DaySettings, kind: str) -> NeedAsk:
    """Return what was asked, with what the shop has set where nothing was; handle times and patience may stay open."""
    return replace(
        need,
        goals=need.goals or settings.items(f"plan_{kind}_goals"),
        shrinkage=settings.text("plan_shrinkage_percent") if need.shrinkage is None else need.shrinkage,
        handle=need.handle or settings.text(f"plan_{kind}_handle_seconds") or None,
        patience=need.patience or settings.text(f"plan_{kind}_patience_seconds") or None,
        quantile=need.quantile or settings.text("plan_quantile"),
    )


def asked_of(need: NeedAsk, settings: DaySettings, kind: str, measured: Measured) -> Asked:
    """Return how contacts are served and what has to hold: as asked, else as set or measured."""
    whole = settled(need, settings, kind)
    goals = tuple(read_goal(goal) for goal in whole.goals)
    return Asked(work_of(whole, measured), goals, read_share(whole.shrinkage or "0"))


def read_share(text: str) -> Fraction:
    """Return a share of a text in per cent (30, 30%) as a fraction; a ReportableError unless it is below 100 %."""
    try:
        share = Fraction(text.strip().removesuffix("%").removesuffix("％")) / 100
    except (ValueError, ZeroDivisionError):
        raise ReportableError.of("planning.shrinkage") from None
    if not 0 <= share < 1:
        raise ReportableError.of("planning.shrinkage")
    return share


def work_of(need: NeedAsk, measured: Measured) -> Work:
    """Return how contacts are served: as said, else as measured; a ReportableError where neither is known."""
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
