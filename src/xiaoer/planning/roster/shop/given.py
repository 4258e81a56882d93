"""A roster that is given, as kinds of day with breaks: its lines, what it costs, and the rules that it breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xiaoer.planning.roster.breaches import Breach, breaches_of, cost_apart
from xiaoer.planning.roster.everyone import Everyone
from xiaoer.planning.roster.problem import Line, Roster, add_line, cost_of
from xiaoer.planning.roster.shop.made import ShopProblem

Kinds = Sequence[int]
Breaks = Mapping[tuple[str, int], tuple[tuple[int, int], ...]]  # by person and day


@dataclass(frozen=True)
class Valued:
    """A given roster with its cost, in which broken rules cost nothing, and every rule that it breaks."""

    roster: Roster
    breaches: tuple[Breach, ...]


def valued(everyone: Everyone, shop: ShopProblem, base: Mapping[str, Kinds], breaks: Breaks) -> Valued:
    """Return what a roster costs and which rules it breaks, of kinds of each day by person."""
    problem = everyone.problem
    lines = lines_as_given(everyone, shop, base, breaks)
    breaches = [one for person in problem.people for one in breaches_of(problem, person, base[person.name])]
    return Valued(Roster(tuple(lines), cost_of(problem, lines), -np.inf), tuple(breaches))


def lines_as_given(everyone: Everyone, shop: ShopProblem, base: Mapping[str, Kinds], breaks: Breaks) -> list[Line]:
    """Return the lines of these kinds; breaks that are not known are put where they cost least beside those before."""
    problem = everyone.problem
    lines: list[Line] = []
    have = np.zeros(len(problem.cover.target))
    for person in problem.people:
        options = problem.options[person.group]
        costs = None  # what options cost beside those before, once that is asked for
        chosen = []
        for day, kind in enumerate(base[person.name]):
            at = options.by_day_kind.get((day, kind), []) if kind else []
            same = [one for one in at if shop.ways[person.group][one].breaks == breaks.get((person.name, day))]
            if len(same) != 1 and at:
                costs = everyone.beside(person.group, have) if costs is None else costs
                same = [min((float(costs[option]), option) for option in same or at)[1]]
            chosen.append(same[0] if same else -1)
        kinds = [int(options.kind[option]) if option >= 0 else 0 for option in chosen]
        line = Line(tuple(chosen), cost_apart(problem, person, kinds))
        lines.append(line)
        add_line(have, options, line, sign=1.0)
    return lines
