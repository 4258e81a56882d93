"""Which rules a given line breaks, and what it costs apart from them: the judge of rosters changed by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from xiaoer.planning.roster.problem import Person, Problem, Tally
from xiaoer.planning.roster.totals import totals_of

WEEK = 7
DAYS, REST = "days", "rest"  # rules of single days; the others are called as in a person's relaxations


@dataclass(frozen=True)
class Breach:
    """A rule that a person's line breaks, and the first day on which that shows; None: the whole roster together."""

    person: str
    rule: str
    day: int | None


def breaches_of(problem: Problem, person: Person, kinds: Sequence[int]) -> list[Breach]:
    """Return every rule that these kinds of day break, by day; none exactly when a line of them is allowed."""
    found: list[tuple[str, int | None]] = [
        (DAYS, day) for day, kind in enumerate(kinds) if not np.isfinite(person.toll[day, kind])
    ]
    found += _too_close(problem, person, kinds)
    found += _runs(person, kinds)
    for tally in person.tallies:
        found += _over(problem, tally, kinds)
    by_day = sorted(dict.fromkeys(found), key=lambda one: (one[1] is None, one[1] or 0, one[0]))
    return [Breach(person.name, rule, day) for rule, day in by_day]


def cost_apart(problem: Problem, person: Person, kinds: Sequence[int]) -> float:
    """Return what a line costs by itself where rules that it breaks cost nothing: totals count up to their limit."""
    days = person.toll[np.arange(len(kinds)), list(kinds)]
    cost = float(days[np.isfinite(days)].sum())
    for tally in person.tallies:
        allowed = np.flatnonzero(np.isfinite(tally.toll))
        if len(allowed):
            totals = totals_of(tally, kinds, first_weekday=problem.first_weekday)
            cost += max(float(tally.toll[np.clip(total, allowed[0], allowed[-1])]) for total in totals)
    return cost


def _over(problem: Problem, tally: Tally, kinds: Sequence[int]) -> Iterable[tuple[str, int | None]]:
    """Yield a tally whose total is not allowed: of all days, or of a week by the week's first day."""
    parts: dict[int | None, list[int]] = {None: list(kinds)}
    if tally.weekly:
        weeks = [(problem.first_weekday + day) // WEEK for day in range(len(kinds))]
        parts = {
            weeks.index(week): [kind if at == week else 0 for at, kind in zip(weeks, kinds, strict=True)]
            for week in sorted(set(weeks))
        }
    for day, part in parts.items():
        for total in totals_of(tally, part, first_weekday=problem.first_weekday):
            if total >= len(tally.toll) or not np.isfinite(tally.toll[total]):
                yield tally.name, day


def _too_close(problem: Problem, person: Person, kinds: Sequence[int]) -> Iterable[tuple[str, int]]:
    before = person.start.kind if person.start else 0
    for day, kind in enumerate(kinds):
        if before and kind and not problem.follows[before, kind]:
            yield REST, day
        before = kind


def _runs(person: Person, kinds: Sequence[int]) -> Iterable[tuple[str, int]]:
    day, start = 0, person.start
    for works, run in groupby(kinds, key=bool):
        length = len(list(run))
        begins, day = day, day + length
        known = start is not None and begins == 0 and works == bool(start.kind)
        total = length + (start.run if start is not None and known else 0)
        if works and total > person.longest_run:
            yield "longest_run", max(begins, day - (total - person.longest_run))
        ended = day < len(kinds) and (begins > 0 or start is not None)
        if ended and total < (person.shortest_run if works else person.shortest_rest):
            yield ("shortest_run" if works else "shortest_rest"), begins
    if start is not None and len(kinds) and bool(kinds[0]) != bool(start.kind):
        shortest = person.shortest_run if start.kind else person.shortest_rest
        if start.run < shortest:
            yield ("shortest_run" if start.kind else "shortest_rest"), 0
