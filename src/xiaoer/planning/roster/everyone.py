"""The cheapest line of each person under any tolls of cover: exact, by the person's own rules."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.roster.line_finder import Kept, LineFinder
from xiaoer.planning.roster.problem import Line, Person, Problem
from xiaoer.planning.roster.shortest import marginal_costs
from xiaoer.planning.roster.totals import own_cost

Floats = NDArray[np.float64]
Best = tuple[Floats, NDArray[np.int64]]  # of each (day, kind): the cheapest option's cost, and its number


class Everyone:
    """Knows everyone's rules, and what each option costs."""

    def __init__(self, problem: Problem, *, threads: int = 2) -> None:
        """Prepare what options cost."""
        self.problem = problem
        self._kept: Kept = {}
        self._pool = ThreadPoolExecutor(max_workers=threads)
        self._starts = [_starts_of(options.day, options.kind) for options in problem.options]
        self._options = [_as_arrays(options.begins, options.rows, options.adds) for options in problem.options]
        self._pieces = _pieces_by_row(problem)

    @cached_property
    def finders(self) -> list[LineFinder]:
        """Return everyone's finders, made once they are wanted: to value a roster needs none."""
        return [LineFinder(self.problem, person, self._kept) for person in self.problem.people]

    @property
    def exact(self) -> bool:
        """Return whether all lines are looked at; where totals are held in bands, there may be cheaper ones."""
        return all(finder.exact for finder in self.finders)

    def by_duals(self, duals: Floats) -> list[Floats]:
        """Return what each option of each group costs when a unit of each row is worth its dual."""
        costs = []
        for options in self.problem.options:
            parts = options.adds * duals[options.rows]
            sums = np.concatenate([[0.0], np.cumsum(parts)])
            costs.append(-(sums[options.begins[1:]] - sums[options.begins[:-1]]))
        return costs

    def beside(self, group: int, have: Floats) -> Floats:
        """Return what each option of the group would add to the cost of cover beside what is there."""
        begins, rows, adds = self._options[group]
        out = np.empty(len(begins) - 1)
        marginal_costs(begins, rows, adds, have - self.problem.cover.target, *self._pieces, out)
        return out

    def lines(
        self, numbers: Sequence[int], option_costs: Sequence[Floats], *, most: int = 1
    ) -> list[list[tuple[float, Line]]]:
        """Return each one's cheapest lines with their whole costs (own and options); none: no line is allowed."""
        best = [self._best(group, costs) for group, costs in enumerate(option_costs)]
        finders = self.finders

        def of(number: int) -> list[tuple[float, Line]]:
            return self._found(finders[number], best[finders[number].person.group], most)

        return list(self._pool.map(of, numbers))

    def line(
        self, number: int, option_costs: Floats, *, instead: LineFinder | None = None
    ) -> tuple[float, Line] | None:
        """Return one person's cheapest line, with other rules or tolls of days if a finder is given."""
        group = self.problem.people[number].group
        finder = self.finders[number] if instead is None else instead
        found = self._found(finder, self._best(group, option_costs), 1)
        return found[0] if found else None

    def size_of(self, number: int, line: Line) -> int:
        """Return how many rows of cover a line adds to."""
        begins = self._options[self.problem.people[number].group][0]
        return int(sum(begins[option + 1] - begins[option] for option in line.options if option >= 0))

    def own_cost(self, number: int, kinds: Sequence[int]) -> float:
        """Return what a line of these kinds costs one person by itself; infinite when a total is not allowed."""
        return own_cost(self.problem.people[number], kinds, first_weekday=self.problem.first_weekday)

    def finder_for(self, person: Person) -> LineFinder:
        """Return a finder for a person like one of the problem, but with other rules or tolls."""
        return LineFinder(self.problem, person, self._kept)

    def all_lines(self, number: int, option_costs: Floats, *, most_cost: float, most: int) -> list[Line] | None:
        """Return all lines of a person that cost at most this; None when too many, or not all are looked at."""
        finder = self.finders[number]
        cheapest, chosen = self._best(finder.person.group, option_costs)
        if len(self._starts[finder.person.group][1]) != len(option_costs):  # several options for some kind of a day
            return None
        found = finder.within(finder.person.toll + cheapest, most_cost=most_cost, most=most)
        return None if found is None else [self._line(finder.person, kinds, chosen) for kinds in found]

    def _best(self, group: int, costs: Floats) -> Best:
        """Return the cheapest option of each (day, kind): its cost (infinite where there is none) and its number."""
        order, first, days, kinds = self._starts[group]
        cheapest = np.full((self.problem.days, len(self.problem.kinds) + 1), np.inf)
        chosen = np.full(cheapest.shape, -1, dtype=np.int64)
        cheapest[:, 0] = 0.0
        if len(order):
            sorted_costs = costs[order]
            low = np.minimum.reduceat(sorted_costs, first)
            is_low = sorted_costs == np.repeat(low, np.diff(np.append(first, len(order))))
            at = np.minimum.reduceat(np.where(is_low, np.arange(len(order)), len(order)), first)
            cheapest[days, kinds] = low
            chosen[days, kinds] = order[at]
        return cheapest, chosen

    def _found(self, finder: LineFinder, best: Best, most: int) -> list[tuple[float, Line]]:
        cheapest, chosen = best
        found = finder.cheapest(finder.person.toll + cheapest, most)
        return [(cost, self._line(finder.person, kinds, chosen)) for cost, kinds in found]

    def _line(self, person: Person, kinds: Sequence[int], chosen: NDArray[np.int64]) -> Line:
        options = tuple(int(chosen[day, kind]) if kind else -1 for day, kind in enumerate(kinds))
        return Line(options, own_cost(person, kinds, first_weekday=self.problem.first_weekday))


def _starts_of(
    day: NDArray[np.int64], kind: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    order = np.lexsort((kind, day))
    changes = (np.diff(day[order]) != 0) | (np.diff(kind[order]) != 0)
    first = np.concatenate([[0], np.flatnonzero(changes) + 1]).astype(np.int64)[: len(order)]
    return order, first, day[order][first], kind[order][first]


def _as_arrays(
    begins: NDArray[np.int64], rows: NDArray[np.int64], adds: Floats
) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    return begins.astype(np.int32), rows.astype(np.int32), np.ascontiguousarray(adds)


def _pieces_by_row(problem: Problem) -> tuple[NDArray[np.int32], Floats]:
    cover = problem.cover
    order = np.argsort(cover.row, kind="stable")
    begins = np.searchsorted(cover.row[order], np.arange(len(cover.target) + 1)).astype(np.int32)
    return begins, np.ascontiguousarray(np.stack([cover.sign, cover.start, cover.width, cover.toll], axis=1)[order])
