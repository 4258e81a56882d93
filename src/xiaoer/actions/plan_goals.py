"""The goals of a shop's planning, part by part as a form has them, and as the settings keep them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.actions.plan_data import Measured
from xiaoer.actions.plan_need import read_share, work_of
from xiaoer.actions.plan_needed import NeedAsk
from xiaoer.actions.settings import set_setting
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.settings import DaySettings
from xiaoer.planning.need import Figure, Goal, MeanSeconds, read_goal
from xiaoer.planning.need.goal import LEVELS

SERVICE_LEVELS = tuple(str(one) for one in Figure if one in LEVELS and one is not Figure.THREE_MINUTE)
OTHERS = tuple(str(one) for one in Figure if str(one) not in SERVICE_LEVELS)
SECONDS = frozenset({str(Figure.WAIT), str(Figure.ANSWER)})
IN_PER_CENT = 100
ANYTHING = Measured((MeanSeconds(1.0, 1.0, 1.0, 1),))  # so that what was left open is no fault here


@dataclass(frozen=True)
class Goals:
    """What has to hold: of one service level its denominator, per cent and seconds; of other figures their bound.

    Shares are in per cent, times in seconds; a figure without a bound is no goal.
    """

    level: str
    level_percent: str
    level_seconds: str
    others: Mapping[str, str]
    shrinkage_percent: str
    handle: str
    patience: str
    quantile: str


def goals_of(settings: DaySettings, kind: str) -> Goals:
    """Return the goals that hold of a kind of contact."""
    read = [read_goal(text) for text in settings.items(f"plan_{kind}_goals")]
    level = next((goal for goal in read if str(goal.figure) in SERVICE_LEVELS), None)
    return Goals(
        str(level.figure) if level else SERVICE_LEVELS[0],
        f"{level.bound * IN_PER_CENT:g}" if level else "",
        f"{level.seconds:g}" if level else "",
        {str(goal.figure): _bound(goal) for goal in read if str(goal.figure) in OTHERS},
        settings.text("plan_shrinkage_percent"),
        settings.text(f"plan_{kind}_handle_seconds"),
        settings.text(f"plan_{kind}_patience_seconds"),
        settings.text("plan_quantile"),
    )


def goals_on(home: Path, shop: str, kind: str, day: date) -> Goals:
    """Return the goals of a shop on a day."""
    with open_shops(home, shop) as data:
        return goals_of(data.settings.on(day), kind)


def goal_texts(goals: Goals) -> tuple[str, ...]:
    """Return the goals as commands and settings write them."""
    level = (f"{goals.level}={goals.level_percent}%/{goals.level_seconds}s",) if goals.level_percent else ()
    others = (
        f"{name}={bound}{'s' if name in SECONDS else '%'}" for name in OTHERS if (bound := goals.others.get(name))
    )
    return (*level, *others)


def need_ask(goals: Goals) -> NeedAsk:
    """Return the goals as people needed are asked by; a ReportableError says what can not be used."""
    ask = NeedAsk(
        goal_texts(goals), goals.handle or None, goals.patience or None, goals.shrinkage_percent, goals.quantile
    )
    for text in ask.goals:
        read_goal(text)
    read_share(goals.shrinkage_percent)
    return ask


def set_goals(home: Path, shop: str, kind: str, goals: Goals, *, first: date) -> tuple[str, ...]:
    """Let other goals hold from a day on and return the settings that changed; an error says what can not be used."""
    ask = need_ask(goals)
    work_of(ask, ANYTHING)
    wanted = {
        f"plan_{kind}_goals": ",".join(ask.goals), "plan_shrinkage_percent": goals.shrinkage_percent,
        f"plan_{kind}_handle_seconds": goals.handle, f"plan_{kind}_patience_seconds": goals.patience,
        "plan_quantile": goals.quantile,
    }  # fmt: skip
    with open_shops(home, shop) as data:
        held = data.settings.on(first)
    changed = tuple(name for name, value in wanted.items() if held.text(name) != value)
    for name in changed:
        set_setting(home, name, wanted[name], shop=shop, first=str(first))
    return changed


def _bound(goal: Goal) -> str:
    return f"{goal.bound if str(goal.figure) in SECONDS else goal.bound * IN_PER_CENT:g}"
