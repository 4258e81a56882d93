"""What on the wall needs somebody now."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoer.actions.live import LiveShop, LiveState
from xiaoer.actions.render.cell_text import seconds_text
from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.base.language import Language

SHOWN = 4


@dataclass(frozen=True)
class Alarm:
    """One alarm: the same key is the same alarm from one look to the next; `serious` ones come first and sound."""

    key: str
    text: str
    serious: bool = True


def alarms_of(live: LiveShop, state: LiveState, language: Language) -> list[Alarm]:
    """Return the alarms, the most pressing first."""
    found = [*_silence(live, state), *_waiting(live, state, language), *_loads(live, state)]
    return sorted(found, key=lambda one: not one.serious)


def silent_minutes(live: LiveShop, state: LiveState) -> int | None:
    """Return how many minutes no message has come; None while they come, or where none came today."""
    last = state.board.last_at
    if last is None:
        return None
    passed = timedelta(microseconds=state.board.at - last) // timedelta(minutes=1)
    return passed if passed >= live.settings.count("live_silent_minutes") else None


def too_long(live: LiveShop, since: int, at: int) -> bool:
    """Return whether a buyer has waited as long as raises an alarm."""
    return at - since >= live.settings.count("live_wait_seconds") * MICROS_PER_SECOND


def _silence(live: LiveShop, state: LiveState) -> list[Alarm]:
    minutes = silent_minutes(live, state)
    if minutes is None:
        return []
    said = ngettext("No new message for {minutes} minute", "No new message for {minutes} minutes", minutes)
    return [Alarm("silent", said.format(minutes=minutes))]


def _waiting(live: LiveShop, state: LiveState, language: Language) -> list[Alarm]:
    late: dict[str | None, int] = {}
    for one in state.board.waiting:
        if too_long(live, one.since, state.board.at):
            late[one.agent] = late.get(one.agent, 0) + 1
    limit = seconds_text(live.settings.count("live_wait_seconds"), language)
    found = []
    for agent, number in sorted(late.items(), key=lambda one: (-one[1], one[0] or "")):
        said = ngettext(
            "{agent}: {number} buyer has waited for more than {limit}",
            "{agent}: {number} buyers have waited for more than {limit}", number,
        )  # fmt: skip
        shown = _("Robot") if agent is None else live.shown(agent)
        found.append(Alarm(f"wait:{agent}", said.format(agent=shown, number=number, limit=limit)))
    return found


def _loads(live: LiveShop, state: LiveState) -> list[Alarm]:
    most = live.settings.count("live_most_chats")
    said = _("{agent}: {chats} chats at once, {most} is the limit")
    return [
        Alarm(f"load:{one.agent}", said.format(agent=live.shown(one.agent), chats=one.chats, most=most), serious=False)
        for one in state.board.agents
        if one.chats >= most
    ]
