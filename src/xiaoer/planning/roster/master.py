"""The linear programme over whole lines: the mix of lines that covers best, and what each row of cover is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.roster.problem import Line, Problem

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mix:
    """The best mix: its cost, the share of each line, the worth of each row and of each person's line."""

    cost: float
    shares: Floats
    duals: Floats
    person_duals: Floats


class Master:
    """Holds lines of people; solved again after each addition from where it stood."""

    def __init__(self, problem: Problem) -> None:
        """Begin with no line: rows of cover with their priced lack and surplus, and one row per person."""
        self.problem = problem
        self.owner: list[int] = []
        self.lines: list[Line] = []
        self._seen: set[tuple[int, tuple[int, ...]]] = set()
        cover = problem.cover
        self.rows = len(cover.target)
        self.slack = len(cover.row)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("solver", "simplex")
        solver.setOptionValue("simplex_strategy", 4)  # primal: added columns leave the basis feasible
        no_index, no_value = np.empty(0, dtype=np.int32), np.empty(0)
        sides = np.concatenate([cover.target, np.ones(len(problem.people))])
        solver.addRows(len(sides), sides, sides, 0, np.zeros(len(sides), dtype=np.int32), no_index, no_value)
        solver.addCols(
            self.slack, cover.toll, np.zeros(self.slack), cover.width, self.slack,
            np.arange(self.slack, dtype=np.int32), cover.row.astype(np.int32), -cover.sign,
        )  # fmt: skip
        self.solver = solver

    def add(self, number: int, line: Line) -> bool:
        """Add a person's line; False when it is there already."""
        key = (number, line.options)
        if key in self._seen:
            return False
        self._seen.add(key)
        rows, adds = column_of(self.problem, number, line)
        rows = np.append(rows, self.rows + number).astype(np.int32)
        self.solver.addCol(line.cost, 0.0, np.inf, len(rows), rows, np.append(adds, 1.0))
        self.owner.append(number)
        self.lines.append(line)
        return True

    def solve(self) -> Mix:
        """Return the best mix of the lines there are; everyone must have a line."""
        self.solver.run()
        solution = self.solver.getSolution()
        duals = np.array(solution.row_dual)
        shares = np.array(solution.col_value)[self.slack :]
        return Mix(self.solver.getObjectiveValue(), shares, duals[: self.rows], duals[self.rows :])

    def allow(self, columns: Sequence[int], upper: float) -> None:
        """Set the largest share of some lines: 0 leaves them out, infinity takes them in again."""
        if len(columns):
            index = np.array(columns, dtype=np.int32) + self.slack
            self.solver.changeColsBounds(len(index), index, np.zeros(len(index)), np.full(len(index), upper))


def column_of(problem: Problem, number: int, line: Line) -> tuple[NDArray[np.int64], Floats]:
    """Return the rows of cover that a line adds to, in order, and what it adds to each."""
    options = problem.options[problem.people[number].group]
    spans = [np.arange(options.begins[option], options.begins[option + 1]) for option in line.options if option >= 0]
    at = np.concatenate(spans) if spans else np.empty(0, dtype=np.int64)
    rows, place = np.unique(options.rows[at], return_inverse=True)
    return rows, np.asarray(np.bincount(place, weights=options.adds[at], minlength=len(rows)), dtype=np.float64)
