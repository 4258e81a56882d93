"""One line for each person out of those at hand, so that the whole is cheapest: an integer programme."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from xiaoer.planning.roster.master import column_of
from xiaoer.planning.roster.problem import Line, Problem, additions


@dataclass(frozen=True)
class Limits:
    """When a choice ends early: nodes of the search, and seconds."""

    nodes: int = 2_000
    seconds: float = 60.0
    over: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class Choice:
    """The lines chosen (all people's), and the lowest cost that any choice of these can have, without the constant."""

    lines: list[Line | None]
    bound: float
    proven: bool


def choose(
    problem: Problem, base: Sequence[Line | None], candidates: Sequence[tuple[int, Line]], limits: Limits
) -> Choice | None:
    """Return the best choice found for the people of the candidates, all others as in `base`; None when none was found.

    The lines of `base` of these people should be among the candidates: the search starts from them.
    """
    people = sorted({number for number, _ in candidates})
    place = {number: index for index, number in enumerate(people)}
    rest: list[Line | None] = [None if number in place else line for number, line in enumerate(base)]
    solver = _programme(problem, rest, candidates, place)
    for name, value in (
        ("mip_max_nodes", limits.nodes), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.999 if problem.whole else 1e-4),
        ("time_limit", max(0.1, limits.seconds)),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    count, size = len(problem.cover.row), len(candidates)
    known = np.array([at for at, (number, line) in enumerate(candidates) if base[number] == line], dtype=np.int32)
    if len(known) == len(people):
        others = np.setdiff1d(np.arange(size, dtype=np.int32), known)
        index = np.concatenate([known, others]) + count
        solver.setSolution(size, index.astype(np.int32), np.concatenate([np.ones(len(known)), np.zeros(len(others))]))

    def ask(kind: object, message: object, out: object, back: Any, data: object) -> None:  # noqa: ANN401 -- the library's
        back.user_interrupt = limits.over()

    solver.setCallback(ask, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    values = np.array(solver.getSolution().col_value)[count:]
    lines = list(base)
    for at in np.flatnonzero(values > 0.5).tolist():
        number, line = candidates[at]
        lines[number] = line
    own = sum(line.cost for line in rest if line is not None)
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return Choice(lines, float(info.mip_dual_bound) + own, proven)


def _programme(
    problem: Problem, rest: Sequence[Line | None], candidates: Sequence[tuple[int, Line]], place: Mapping[int, int]
) -> Any:  # noqa: ANN401 -- the library's
    """Return the programme: lack and surplus of each row beside the rest, one line for each person of `place`."""
    cover = problem.cover
    sides = np.concatenate([cover.target - additions(problem, rest), np.ones(len(place))])
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    no_index, no_value = np.empty(0, dtype=np.int32), np.empty(0)
    solver.addRows(len(sides), sides, sides, 0, np.zeros(len(sides), dtype=np.int32), no_index, no_value)
    count = len(cover.row)
    solver.addCols(
        count, cover.toll, np.zeros(count), cover.width, count,
        np.arange(count, dtype=np.int32), cover.row.astype(np.int32), -cover.sign,
    )  # fmt: skip
    rows, adds, starts = [], [], [0]
    for number, line in candidates:
        line_rows, line_adds = column_of(problem, number, line)
        rows.append(np.append(line_rows, len(cover.target) + place[number]))
        adds.append(np.append(line_adds, 1.0))
        starts.append(starts[-1] + len(rows[-1]))
    costs = np.array([line.cost for _, line in candidates])
    size = len(candidates)
    solver.addCols(
        size, costs, np.zeros(size), np.ones(size), starts[-1],
        np.array(starts[:-1], dtype=np.int32), np.concatenate(rows).astype(np.int32), np.concatenate(adds),
    )  # fmt: skip
    whole = np.arange(count, count + size, dtype=np.int32)
    solver.changeColsIntegrality(size, whole, np.array([highspy.HighsVarType.kInteger] * size))
    return solver
