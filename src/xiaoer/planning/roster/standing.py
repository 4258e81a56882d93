"""The best roster so far and the bound, shared by all steps of a search."""

from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.roster.everyone import Everyone
from xiaoer.planning.roster.problem import Line, Problem, Roster, add_line, additions, cost_of
from xiaoer.planning.roster.watch import Progress, Watch

Floats = NDArray[np.float64]
NEARLY = 1e-6


@dataclass
class Standing:
    """Everyone's line in the best roster so far. People for whom no line is allowed have None and are left alone."""

    everyone: Everyone
    watch: Watch
    lines: list[Line | None]
    cost: float = np.inf
    bound: float = -np.inf
    step: str = "start"
    free: list[int] = field(default_factory=list)  # people who have a line

    @property
    def problem(self) -> Problem:
        """Return the problem."""
        return self.everyone.problem

    @property
    def closed(self) -> bool:
        """Return whether nothing better is possible."""
        return self.cost - self.bound < NEARLY

    @property
    def over(self) -> bool:
        """Return whether there is nothing left to do or no time to do it."""
        return self.closed or self.watch.over

    def offer(self, lines: list[Line | None]) -> bool:
        """Take over a roster when it is better, and polish it; return whether it was."""
        cost = cost_of(self.problem, lines)
        if cost >= self.cost - NEARLY:
            return False
        self.lines, self.cost = list(lines), cost
        self.said()
        return True

    def raise_bound(self, bound: float) -> None:
        """Take over a bound when it is higher (only while it is one: the tolls of lines were exact)."""
        if not self.everyone.exact:
            return
        value = ceil(bound - 1e-4) if self.problem.whole else bound
        if value > self.bound:
            self.bound = min(float(value), self.cost)
            self.said()

    def said(self) -> None:
        """Tell whoever listens."""
        if self.watch.tell is not None:
            self.watch.tell(Progress(self.watch.past, self.cost, self.bound, self.step))

    def roster(self) -> Roster:
        """Return the best roster so far."""
        return Roster(tuple(self.lines), self.cost, self.bound)


def first_roster(everyone: Everyone, watch: Watch) -> Standing:
    """Return a standing with everyone's cheapest line beside those before: the most bound people first."""
    problem = everyone.problem
    standing = Standing(everyone, watch, [None] * len(problem.people))
    have = np.zeros(len(problem.cover.target))
    lines: list[Line | None] = [None] * len(problem.people)
    order = sorted(range(len(lines)), key=lambda number: (int(np.isfinite(problem.people[number].toll).sum()), number))
    for number in order:
        found = everyone.line(number, everyone.beside(problem.people[number].group, have))
        if found is not None:
            lines[number] = found[1]
            add_line(have, problem.options[problem.people[number].group], found[1], sign=1.0)
            standing.free.append(number)
    standing.free.sort()
    standing.offer(lines)
    descend(standing, lines)
    return standing


def descend(standing: Standing, lines: list[Line | None], *, within: list[int] | None = None) -> list[Line | None]:
    """Give one person after another the cheapest line beside all others until nobody gains; offer the result."""
    problem, everyone = standing.problem, standing.everyone
    lines = list(lines)
    have = additions(problem, lines)
    waiting = list(standing.free if within is None else within)
    since = 0
    while waiting and since < len(waiting) and not standing.watch.over:
        for number in waiting:
            old = lines[number]
            if old is None or since >= len(waiting) or standing.watch.over:
                break
            options = problem.options[problem.people[number].group]
            add_line(have, options, old, sign=-1.0)
            beside = everyone.beside(problem.people[number].group, have)
            found = everyone.line(number, beside)
            was = old.cost + sum(float(beside[option]) for option in old.options if option >= 0)
            since += 1
            if found is not None and found[0] < was - NEARLY:
                lines[number], since = found[1], 0
            add_line(have, options, lines[number] or old, sign=1.0)
    standing.offer(lines)
    return lines
