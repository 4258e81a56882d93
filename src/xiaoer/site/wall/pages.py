"""The wall and the part of it that is asked for again every few seconds."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoer.actions.live import LiveShop, LiveState
from xiaoer.actions.render.cell_text import seconds_text, share_text
from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.base.language import Language
from xiaoer.base.mask import masked_name
from xiaoer.site.models import Shop
from xiaoer.site.wall.alarms import SHOWN, alarms_of, silent_minutes, too_long
from xiaoer.site.wall.feed import Look, look

WAITING_SHOWN = 8
AGENTS_SHOWN = 24
MILLIS = 1_000
THREE_MINUTES_MICROS = 180 * MICROS_PER_SECOND


@dataclass(frozen=True)
class WaitingRow:
    """A buyer who waits, as shown: since when in milliseconds, so that the browser counts on between two looks."""

    buyer: str
    agent: str
    since: int
    waited: str
    late: bool


@dataclass(frozen=True)
class AgentTile:
    """An agent, as shown."""

    name: str
    chats: int
    waiting: int
    waited: str
    status: str
    full: bool
    late: bool


def wall(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the wall."""
    return render(request, "wall/wall.html", {"shop": shop} | _seen(request, shop))


def wall_part(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return what changes."""
    return render(request, "wall/part.html", {"shop": shop} | _seen(request, shop))


def _seen(request: HttpRequest, shop: Shop) -> dict[str, Any]:
    seen = look(shop, timezone.now())
    if seen.live is None or seen.state is None:
        return {"loading": True}
    return _board(seen, seen.live, seen.state, request.reads)


def _board(seen: Look, live: LiveShop, state: LiveState, language: Language) -> dict[str, Any]:
    board = state.board
    alarms = alarms_of(live, state, language)
    tiles = sorted((_tile(live, state, one, language) for one in board.agents), key=_busiest)
    silent = silent_minutes(live, state)
    return {
        "answer": _answer(state, language), "waiting": [_row(live, one, board.at, language) for one in
                                                        board.waiting[:WAITING_SHOWN]],
        "more_waiting": max(0, len(board.waiting) - WAITING_SHOWN), "in_vain": board.in_vain,
        "tiles": tiles[:AGENTS_SHOWN], "more_tiles": max(0, len(tiles) - AGENTS_SHOWN),
        "most": live.settings.count("live_most_chats"), "figures": _figures(live, state, language),
        "alarms": alarms[:SHOWN], "more_alarms": max(0, len(alarms) - SHOWN),
        "alarm_keys": json.dumps([one.key for one in alarms if one.serious]),
        "at": board.at // MILLIS, "behind": seen.behind, "silent": silent,
        "nothing": board.last_at is None and state.sales.created == 0, "minutes": live.settings.count(
            "live_waiting_minutes"),
    }  # fmt: skip


def _answer(state: LiveState, language: Language) -> str:
    """Return the wall's answer in words."""
    number = len(state.board.waiting)
    if not number:
        return _("Nobody waits")
    waited = seconds_text((state.board.at - state.board.waiting[0].since) / MICROS_PER_SECOND // 1, language)
    said = ngettext("{number} buyer waits, for {waited}", "{number} buyers wait, the longest for {waited}", number)
    return said.format(number=number, waited=waited)


def _row(live: LiveShop, one: Any, at: int, language: Language) -> WaitingRow:  # noqa: ANN401 -- facts' own shape
    agent = _("Robot") if one.agent is None else live.shown(one.agent)
    waited = seconds_text((at - one.since) // MICROS_PER_SECOND, language)
    return WaitingRow(masked_name(one.buyer), agent, one.since // MILLIS, waited, too_long(live, one.since, at))


def _tile(live: LiveShop, state: LiveState, one: Any, language: Language) -> AgentTile:  # noqa: ANN401
    at = state.board.at
    waited = "" if one.waiting_since is None else seconds_text((at - one.waiting_since) // MICROS_PER_SECOND, language)
    statuses = {"online": _("online"), "away": _("away"), "offline": _("offline")}
    return AgentTile(
        live.shown(one.agent), one.chats, one.waiting, waited, statuses.get(state.statuses.get(one.agent, ""), ""),
        full=one.chats >= live.settings.count("live_most_chats"),
        late=one.waiting_since is not None and too_long(live, one.waiting_since, at),
    )  # fmt: skip


def _busiest(tile: AgentTile) -> tuple[Any, ...]:
    return (not tile.late, -tile.chats, -tile.waiting, tile.name)


def _figures(live: LiveShop, state: LiveState, language: Language) -> list[tuple[str, str]]:
    sums, sales = state.board.today, state.sales
    mean = Decimal(sums.wait_micros) / sums.counted / MICROS_PER_SECOND if sums.counted else None
    return [
        (_("Buyers received"), f"{sums.received:,}"),
        (_("Replied"), share_text(_ratio(sums.replied, sums.received))),
        (_("Mean response"), "–" if mean is None else seconds_text(float(mean), language)),
        (_("Within 3 minutes"), share_text(_ratio(sums.in_time, sums.asked_in_hours - _too_early(live, state)))),
        (_("Orders paid"), f"{sales.paid:,}"),
        (_("Yuan paid"), f"¥{sales.yuan:,.2f}"),
    ]


def _too_early(live: LiveShop, state: LiveState) -> int:
    """Return how many rounds may still be answered within three minutes: they are neither good nor bad yet."""
    rules = live.messages.rules
    young = [one for one in state.board.waiting if state.board.at - one.since <= THREE_MINUTES_MICROS]
    return sum(rules.counts_in_time(one.since) for one in young)


def _ratio(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None
