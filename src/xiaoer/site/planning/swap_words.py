"""A swap as people read it: who with whom, which days, where it stands, what can be done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.models import ShiftSwap
from xiaoer.site.planning.swaps import OPEN, is_over, is_void

STATES = {
    ShiftSwap.State.ASKED: gettext_lazy("waits for the colleague"),
    ShiftSwap.State.AGREED: gettext_lazy("agreed, waits for the team lead"),
    ShiftSwap.State.DECLINED: gettext_lazy("declined by the colleague"),
    ShiftSwap.State.APPROVED: gettext_lazy("approved, the roster is changed"),
    ShiftSwap.State.REFUSED: gettext_lazy("refused by the team lead"),
    ShiftSwap.State.WITHDRAWN: gettext_lazy("withdrawn"),
}


@dataclass(frozen=True)
class SwapShown:
    """One swap: what it is, where it stands in words, and what the reader can do with it."""

    swap: ShiftSwap
    days: str
    state: str
    mine_to_answer: bool
    mine_to_withdraw: bool
    to_decide: bool


def shown_swap(swap: ShiftSwap, *, asked_me: bool = False, asked_by_me: bool = False) -> SwapShown:
    """Return a swap as its reader sees it."""
    is_open = swap.state in OPEN
    over, void = is_over(swap), is_open and is_void(swap)
    state = (
        _("expired: its day has come")
        if over
        else _("void: the roster has changed since")
        if void
        else STATES[swap.state]
    )
    alive = is_open and not over and not void
    days = f"{swap.day:%m-%d}" if swap.day == swap.other_day else f"{swap.day:%m-%d} ↔ {swap.other_day:%m-%d}"
    return SwapShown(
        swap, days, str(state), asked_me and alive and swap.state == ShiftSwap.State.ASKED, asked_by_me and alive,
        alive and swap.state == ShiftSwap.State.AGREED,
    )  # fmt: skip
