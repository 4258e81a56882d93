"""The figures of this moment, of the shop, of each group or of each agent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from xiaoer.actions.live import LiveShop, LiveState
from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.site.wall.alarms import silent_minutes

WHOLE = ""


@dataclass
class _Sums:
    """What is added up of some agents."""

    waits: list[int] = field(default_factory=list)
    chats: int = 0
    counted: int = 0
    wait_micros: int = 0
    asked: int = 0
    in_time: int = 0


def live_figures(live: LiveShop, state: LiveState, metric: str, whom: str) -> dict[str, Decimal] | None:
    """Return a figure by who it is of, as shown; None while no messages come, for then nothing is known of now."""
    if state.board.last_at is None or silent_minutes(live, state) is not None:
        return None
    found: dict[str, Decimal] = {}
    for name, sums in _sums(live, state, whom).items():
        figure = _figure(sums, metric)
        if figure is not None:
            found[name] = figure
    return found


def _sums(live: LiveShop, state: LiveState, whom: str) -> dict[str, _Sums]:
    by_name: dict[str, _Sums] = {WHOLE: _Sums()} if whom == "shop" else {}
    for one in state.board.agents:
        for name in _names(live, one.agent, whom):
            sums = by_name.setdefault(name, _Sums())
            sums.chats += one.chats
            sums.counted += one.today.counted
            sums.wait_micros += one.today.wait_micros
            sums.asked += one.today.asked_in_hours
            sums.in_time += one.today.in_time
    young = 180 * MICROS_PER_SECOND
    for wait in state.board.waiting:
        names = _names(live, wait.agent, whom) if wait.agent is not None else [WHOLE] if whom == "shop" else []
        for name in names:
            sums = by_name.setdefault(name, _Sums())
            waited = state.board.at - wait.since
            sums.waits.append(waited)
            sums.asked -= wait.agent is not None and waited <= young and live.messages.rules.counts_in_time(wait.since)
    return by_name


def _names(live: LiveShop, agent: str, whom: str) -> Iterable[str]:
    if whom == "shop":
        return [WHOLE]
    if whom == "group":
        return [live.groups[agent]] if agent in live.groups else []
    return [live.shown(agent)]


def _figure(sums: _Sums, metric: str) -> Decimal | None:
    match metric:
        case "waiting_seconds":
            return Decimal(max(sums.waits, default=0)) / MICROS_PER_SECOND
        case "waiting_buyers":
            return Decimal(len(sums.waits))
        case "chats":
            return Decimal(sums.chats)
        case "average_response_today":
            return Decimal(sums.wait_micros) / MICROS_PER_SECOND / sums.counted if sums.counted else None
        case _:
            return Decimal(sums.in_time) / sums.asked if sums.asked > 0 else None
