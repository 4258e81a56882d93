"""What an agent's figure would be at the team's load, case by case: each case is expected to end as its likes did.

Independent of the product: no sums by stratum, but for every single case the mean of all cases that came alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from tests.reference.facts import Counted, facts_of
from tests.reference.figures import seconds
from tests.reference.inquiry import CONVERTED
from tests.reference.rounds import counted_wait
from tests.reference.shop import Shop
from xiaoer.base.days import Period

Like = tuple[bool, int | None, str]


@dataclass(frozen=True)
class Case:
    """One thing that a metric counts: whose it is, what it is like, and how it ended."""

    agent: str
    like: Like
    ended: Fraction


def load_adjusted(shop: Shop, metric: str, *, period: Period, policy: str) -> dict[str, Fraction | None]:
    """Return the adjusted figure of every agent with a case; None where there is nobody or nothing to compare with."""
    cases = _cases(shop, metric, period=period, policy=policy)
    agents = sorted({case.agent for case in cases})
    return {agent: _adjusted(agent, cases) if len(agents) > 1 else None for agent in agents}


def _adjusted(agent: str, cases: list[Case]) -> Fraction | None:
    own = [case for case in cases if case.agent == agent]
    others = [case for case in cases if case.agent != agent]
    if not any(case.like == other.like for case in own for other in others):
        return None
    expected = sum((_mean([one.ended for one in cases if one.like == case.like]) for case in own), Fraction(0))
    observed = sum((case.ended for case in own), Fraction(0))
    return _mean([case.ended for case in cases]) * observed / expected if expected else None


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _cases(shop: Shop, metric: str, *, period: Period, policy: str) -> list[Case]:
    kind, ended, traffic = ENDS[metric]
    found = []
    for one in facts_of(shop, policy=policy)[kind]:
        value = ended(shop, one) if period.first <= one.day <= period.last else None
        if one.agent is not None and value is not None:
            like = (one.day.isoweekday() > 5, one.hour, traffic(one))
            found.append(Case(one.agent, like, Fraction(value)))
    return found


def _counted_wait(shop: Shop, one: Counted) -> Fraction | None:
    if one.what.wait is None:
        return None
    settings = shop.settings_on(one.day)
    cap = timedelta(seconds=settings.count("wait_cap_seconds"))
    wait = counted_wait(one.what.wait, cap=cap, over=settings.text("wait_over_cap"))
    return None if wait is None else seconds(wait)


def _in_time(_: Shop, one: Counted) -> int | None:
    if one.hour is None or one.hour < 8:
        return None
    return int(one.what.wait is not None and one.what.wait <= timedelta(minutes=3))


Ended = Callable[[Shop, Counted], Fraction | int | None]
Traffic = Callable[[Counted], str]

# Of each metric: the facts that are its cases, how one ended (None: no case), and what is known of its traffic.
ENDS: dict[str, tuple[str, Ended, Traffic]] = {
    "reply_share": ("reception", lambda _, one: int(bool(one.what.replied)), lambda one: str(one.what.buyer_opened)),
    "average_response_seconds": ("round", _counted_wait, lambda _: ""),
    "three_minute_share": ("round", _in_time, lambda _: ""),
    "conversion_share_final": (
        "inquiry",
        lambda _, one: int(one.what.outcome == CONVERTED) if one.what.counts else None,
        lambda _: "",
    ),
    "payment_share": (
        "created_order_of_order_agent",
        lambda _, one: int(one.what.paid_at is not None) if one.what.order_agent is not None else None,
        lambda _: "",
    ),
}
