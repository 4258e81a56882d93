"""What is said of every roster: its cost, its bound, and whether anything better can exist."""

from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.planning.roster import Roster

NONE_KNOWN = -1e18


def standing_lead(roster: Roster, seconds: float, language: Language) -> list[str]:
    """Return the first line of a roster's page."""
    cost = f"{roster.cost:,.6g}"
    if roster.bound < NONE_KNOWN:
        return [word("roster_unbounded", language, cost=cost, seconds=f"{seconds:.1f}")]
    if roster.cost <= roster.bound + 1e-6:
        return [word("roster_proven", language, cost=cost, seconds=f"{seconds:.1f}")]
    bound, gap = f"{roster.bound:,.6g}", gap_text(roster.cost, roster.bound)
    return [word("roster_gap", language, cost=cost, bound=bound, gap=gap, seconds=f"{seconds:.1f}")]


def gap_text(cost: float, bound: float) -> str:
    """Return how far a cost can be from the lowest possible, as per cent."""
    return f"{(cost - bound) / max(abs(cost), 1e-9):.2%}"
