"""A roster mended when somebody falls out: as few people as possible are touched, each by as little as possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xiaoer.planning.roster.everyone import Everyone
from xiaoer.planning.roster.problem import FORBIDDEN, Line, Person, Problem, Roster, add_line, additions, cost_of
from xiaoer.planning.roster.shop.given import Breaks, Kinds, lines_as_given
from xiaoer.planning.roster.shop.made import ShopProblem

LEAST_GAIN = 1.0


@dataclass(frozen=True)
class Repaired:
    """The mended roster, who was touched, and the cost before anybody else was."""

    roster: Roster
    touched: tuple[str, ...]
    cost_alone: float


def repair(
    shop: ShopProblem,
    base: Mapping[str, Kinds],
    absent: Mapping[str, Sequence[int]],
    breaks: Breaks,
    *,
    most_people: int,
) -> Repaired:
    """Return the roster `base` (kind of each day by person, with its breaks) mended for these absences.

    At most so many people are touched, the absent ones among them; others keep every day and every break. Each further
    person is the one whose best change gains most; changing a day has its price, so that few days are moved.
    """
    change = shop.plan.number("change")
    problem = _with_absences(shop.problem, absent)
    everyone = Everyone(problem)
    lines = lines_as_given(everyone, shop, _without(base, absent), breaks)
    touched = [number for number, person in enumerate(problem.people) if person.name in absent]
    alone = cost_of(problem, lines)
    have = additions(problem, lines)
    while len(touched) < most_people:
        best: tuple[float, int, Line] | None = None
        for number, line in enumerate(lines):
            if line is None or number in touched:
                continue
            gain, better = _gain(everyone, number, line, have, base=base, change=change)
            if better is not None and gain > LEAST_GAIN and (best is None or gain > best[0]):
                best = gain, number, better
        if best is None:
            break
        _, number, line = best
        options = problem.options[problem.people[number].group]
        add_line(have, options, lines[number] or line, sign=-1.0)
        add_line(have, options, line, sign=1.0)
        lines[number] = line
        touched.append(number)
    names = tuple(problem.people[number].name for number in touched)
    return Repaired(Roster(tuple(lines), cost_of(problem, lines), -np.inf), names, alone)


def _gain(
    everyone: Everyone, number: int, line: Line, have: np.ndarray, *, base: Mapping[str, Kinds], change: float
) -> tuple[float, Line | None]:
    """Return how much the whole gets cheaper by the person's best change, changes paid for, and the changed line."""
    problem = everyone.problem
    person = problem.people[number]
    options = problem.options[person.group]
    beside = have.copy()
    add_line(beside, options, line, sign=-1.0)
    costs = everyone.beside(person.group, beside)
    now = line.cost + sum(float(costs[option]) for option in line.options if option >= 0)
    found = everyone.line(number, costs, instead=everyone.finder_for(_sticky(person, base[person.name], change)))
    if found is None:
        return 0.0, None
    moved = [int(options.kind[option]) if option >= 0 else 0 for option in found[1].options]
    paid = change * sum(a != b for a, b in zip(moved, base[person.name], strict=True))
    return now - found[0], replace(found[1], cost=found[1].cost - paid)


def _sticky(person: Person, kinds: Kinds, change: float) -> Person:
    """Return the person for whom every other kind than before costs something more."""
    toll = person.toll + change
    for day, kind in enumerate(kinds):
        toll[day, kind] -= change
    return replace(person, toll=toll)


def _without(base: Mapping[str, Kinds], absent: Mapping[str, Sequence[int]]) -> dict[str, Kinds]:
    """Return the kinds of each day with the absent days off."""
    return {
        name: [0 if day in absent.get(name, ()) else kind for day, kind in enumerate(kinds)]
        for name, kinds in base.items()
    }


def _with_absences(problem: Problem, absent: Mapping[str, Sequence[int]]) -> Problem:
    people = []
    for person in problem.people:
        days = list(absent.get(person.name, ()))
        if days:
            toll = person.toll.copy()
            toll[days, 1:] = FORBIDDEN
            toll[days, 0] = np.where(np.isfinite(toll[days, 0]), toll[days, 0], 0.0)
            person = replace(person, toll=toll)
        people.append(person)
    return replace(problem, people=tuple(people))
