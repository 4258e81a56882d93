"""What is said of every roster: its cost, its bound, and whether anything better can exist."""

from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.planning.roster import Roster

NONE_KNOWN = -1e18
NEARLY = 1e-6  # of sums that were added up in another order


def standing_lead(roster: Roster, seconds: float, language: Language) -> list[str]:
    """Return the first line of a roster's page."""
    return cost_lead(roster.cost, roster.bound if roster.bound > NONE_KNOWN else None, seconds, language)


def cost_lead(cost: float, bound: float | None, seconds: float, language: Language) -> list[str]:
    """Return what is said of a cost and the bound below which none can be; None: not known."""
    said = {"cost": f"{cost:,.6g}", "seconds": f"{seconds:.1f}"}
    if bound is None:
        return [word("roster_unbounded", language, **said)]
    if is_proven(cost, bound):
        return [word("roster_proven", language, **said)]
    return [word("roster_gap", language, bound=f"{bound:,.6g}", gap=gap_text(cost, bound), **said)]


def is_proven(cost: float, bound: float | None) -> bool:
    """Return whether nothing can cost less."""
    return bound is not None and cost <= bound + NEARLY


def gap_text(cost: float, bound: float) -> str:
    """Return how far a cost can be from the lowest possible, as per cent."""
    return f"{(cost - bound) / max(abs(cost), 1e-9):.2%}"
