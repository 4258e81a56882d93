"""The rows of cover of a plan: people with some skill in an interval, with any of several, seniors beside newcomers."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from xiaoer.base.days import DAY_MINUTES
from xiaoer.planning.roster.shop.form import clock
from xiaoer.planning.roster.shop.plan import RosterPlan

NEED, SENIOR = "need", "senior"
MOST_JOINT = 3  # skills of one interval of which every combination is looked at


@dataclass(frozen=True)
class Wanted:
    """One row: so many people here who have any of these skills ("" is everybody); `surplus`: too many cost."""

    day: int
    interval: int
    people: float
    skills: frozenset[str]
    kind: str = NEED
    surplus: bool = True

    def share(self, skills: frozenset[str], level: str, newcomers: float) -> float:
        """Return what one person with these skills and level adds."""
        if self.kind == SENIOR:
            return newcomers if level == "senior" else -1.0 if level == "newcomer" else 0.0
        return 1.0 if "" in self.skills or self.skills & skills else 0.0


def wanted_rows(plan: RosterPlan) -> tuple[Wanted, ...]:
    """Return all rows of a plan, by day and interval."""
    asked: dict[tuple[int, int], dict[str, float]] = {}
    minutes = plan.need[0].minutes
    for need in plan.need:
        at = asked.setdefault((need.day, need.start // minutes), {})
        at[need.skill] = at.get(need.skill, 0.0) + need.people
    for at_open in _open(plan, minutes):
        here = asked.setdefault(at_open, {})
        if sum(here.values()) < plan.number("open_people"):
            here[""] = max(here.get("", 0.0), plan.number("open_people"))
    rows: list[Wanted] = []
    for (day, interval), needs in sorted(asked.items()):
        rows += _rows_at(plan, day, interval, needs)
    levels = {member.level for member in plan.people}
    if {"senior", "newcomer"} <= levels:
        rows += [Wanted(day, interval, 0.0, frozenset(), SENIOR, surplus=False) for day, interval in sorted(asked)]
    return tuple(rows)


def _rows_at(plan: RosterPlan, day: int, interval: int, needs: dict[str, float]) -> Iterable[Wanted]:
    """Return a row per skill and one for each combination that somebody could serve in more than one way."""
    together = [chosen for chosen in _combinations(sorted(needs)) if _shared(plan, chosen)]
    for skill, people in sorted(needs.items()):
        yield Wanted(day, interval, people, frozenset({skill}), surplus=not any(skill in chosen for chosen in together))
    largest = max((len(chosen) for chosen in together), default=0)
    for chosen in together:
        people = sum(needs[skill] for skill in chosen)
        yield Wanted(day, interval, people, frozenset(chosen), surplus=len(chosen) == largest)


def _combinations(skills: list[str]) -> Iterable[tuple[str, ...]]:
    sizes = range(2, len(skills) + 1) if len(skills) <= MOST_JOINT else (len(skills),)
    return [chosen for size in sizes for chosen in combinations(skills, size)]


def _shared(plan: RosterPlan, chosen: tuple[str, ...]) -> bool:
    return any(sum(skill == "" or skill in member.skills for skill in chosen) > 1 for member in plan.people)


def _open(plan: RosterPlan, minutes: int) -> Iterable[tuple[int, int]]:
    first, last = plan.rules["open_from"], plan.rules["open_to"]
    if first and last:
        for day in range(plan.days):
            for interval in range(clock(first) // minutes, -(-min(clock(last), DAY_MINUTES) // minutes)):
                yield day, interval
