"""How many of each group of like people do what in each slot: an integer programme over flows, people told apart later.

People who are there in the same slots and can do the same are one group. Whoever began an activity less than its
shortest stretch ago cannot leave it: of a group, those who leave are at most those there less those who began lately.
This says all that rules of single people would (each leaver can be one who began long enough ago), without the many
orders in which like people could be exchanged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from scipy.sparse import coo_array

from xiaoer.planning.roster.activities.day import DayWork, pieces_of

Counts = Mapping[tuple[int, int, int], int]  # by group, place of the slot among the group's, and activity


@dataclass(frozen=True)
class Group:
    """People who are there in the same slots and can do the same, by their places among the workers."""

    can: tuple[int, ...]
    slots: tuple[int, ...]
    minutes: tuple[int, ...]
    members: tuple[int, ...]


@dataclass(frozen=True)
class Effort:
    """How long to look: nodes of the search (the same answer every time), seconds, and who may end it sooner."""

    nodes: int = 2_000
    seconds: float = 60.0
    seed: int = 0
    over: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class Numbers:
    """How many begin and end each activity in each slot of their group, and the lowest cost that there can be."""

    begins: Counts
    ends: Counts
    bound: float


@dataclass
class _Programme:
    """Columns with cost and bounds, rows with sides, and the entries of both."""

    cost: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)

    def column(self, cost: float, most: float, *, whole: bool) -> int:
        """Return the number of a new column from 0 up to `most`."""
        self.cost.append(cost)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, lower: float, upper: float, entries: Sequence[tuple[int, float]]) -> None:
        """Add a row."""
        self.entries += [(len(self.lower), column, value) for column, value in entries]
        self.lower.append(lower)
        self.upper.append(upper)


def groups_of(work: DayWork) -> list[Group]:
    """Return the groups in an order that does not depend on that of the workers; in each, people by name."""
    found: dict[tuple[tuple[int, ...], ...], list[int]] = {}
    for place, worker in sorted(enumerate(work.workers), key=lambda one: one[1].name):
        found.setdefault((worker.slots, worker.minutes, worker.can), []).append(place)
    return [Group(can, slots, minutes, tuple(found[slots, minutes, can])) for slots, minutes, can in sorted(found)]


def numbers_of(work: DayWork, groups: Sequence[Group], effort: Effort) -> Numbers:
    """Return the best numbers found; with no time at all, everybody does one thing all day."""
    model = _Programme()
    begins: dict[tuple[int, int, int], int] = {}
    ends: dict[tuple[int, int, int], int] = {}
    cover: dict[tuple[int, int], list[tuple[int, float]]] = {cell: [] for cell in work.people}
    for number, group in enumerate(groups):
        _add_group(model, work, (number, group), begins, ends, cover)
    for cell, entries in cover.items():
        target = work.people[cell] * work.slot_minutes - work.before.get(cell, 0.0)
        parts = [
            (model.column(price, width, whole=False), -float(sign)) for sign, width, price in pieces_of(work, cell)
        ]
        model.row(target, target, [*entries, *parts])
    values, bound = _solved(model, _steady(work, groups, begins), effort)
    return Numbers(
        {key: round(values[column]) for key, column in begins.items()},
        {key: round(values[column]) for key, column in ends.items()},
        bound,
    )


def _add_group(
    model: _Programme, work: DayWork, numbered: tuple[int, Group], begins: dict[tuple[int, int, int], int],
    ends: dict[tuple[int, int, int], int], cover: Mapping[tuple[int, int], list[tuple[int, float]]],
) -> None:  # fmt: skip
    number, group = numbered
    size, length = float(len(group.members)), len(group.slots)
    there: dict[int, int] = {}
    for at, (slot, minutes) in enumerate(zip(group.slots, group.minutes, strict=True)):
        before = dict(there)
        for activity in group.can:
            late = at > 0 and at + work.shortest[activity] > length  # too late for a whole stretch
            begin = model.column(work.changeover if at else 0.0, 0.0 if late else size, whole=True)
            begins[number, at, activity] = begin
            there[activity] = model.column(0.0, size, whole=False)
            entries = [(there[activity], 1.0), (begin, -1.0)]
            if at:
                end = model.column(0.0, size, whole=True)
                ends[number, at, activity] = end
                entries += [(before[activity], -1.0), (end, 1.0)]
                lately = range(max(0, at - work.shortest[activity] + 1), at)
                stay = [(begins[number, one, activity], 1.0) for one in lately]
                model.row(-np.inf, 0.0, [(end, 1.0), (before[activity], -1.0), *stay])
            model.row(0.0, 0.0, entries)
            if (activity, slot) in cover:
                cover[activity, slot].append((there[activity], float(minutes)))
        model.row(size, size, [(there[activity], 1.0) for activity in group.can])


def _steady(work: DayWork, groups: Sequence[Group], begins: Mapping[tuple[int, int, int], int]) -> dict[int, float]:
    """Return the columns of a first answer: everybody does one thing all day, each what is then missing most."""
    left = {cell: people * work.slot_minutes - work.before.get(cell, 0.0) for cell, people in work.people.items()}
    start = dict.fromkeys(begins.values(), 0.0)
    for number, group in enumerate(groups):
        for _member in group.members:
            gains = {
                activity: sum(
                    work.lack[activity] * min(minutes, max(0.0, left.get((activity, slot), 0.0)))
                    for slot, minutes in zip(group.slots, group.minutes, strict=True)
                )
                for activity in group.can
            }
            best = max(group.can, key=lambda one: (gains[one], -one))
            start[begins[number, 0, best]] += 1.0
            for slot, minutes in zip(group.slots, group.minutes, strict=True):
                if (best, slot) in left:
                    left[best, slot] -= minutes
    return start


def _solved(
    model: _Programme, start: Mapping[int, float], effort: Effort
) -> tuple["np.typing.NDArray[np.float64]", float]:
    """Return the values of all columns and the bound."""
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False), ("threads", 1), ("random_seed", effort.seed), ("mip_max_nodes", effort.nodes),
        ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-4), ("time_limit", max(0.1, effort.seconds)),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    rows, columns, values = zip(*model.entries, strict=True)
    matrix = coo_array((values, (rows, columns)), shape=(len(model.lower), len(model.cost))).tocsc()
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(model.cost), len(model.lower)
    programme.col_cost_ = np.array(model.cost)
    programme.col_lower_, programme.col_upper_ = np.zeros(len(model.cost)), np.array(model.most)
    programme.row_lower_, programme.row_upper_ = np.array(model.lower), np.array(model.upper)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_, programme.a_matrix_.index_ = matrix.indptr, matrix.indices
    programme.a_matrix_.value_ = matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    programme.integrality_ = [kinds[whole] for whole in model.whole]
    solver.passModel(programme)
    known = np.array(list(start), dtype=np.int32)
    solver.setSolution(len(known), known, np.array(list(start.values())))
    solver.setCallback(lambda _kind, _message, _out, back, _data: setattr(back, "user_interrupt", effort.over()), None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        fallback = np.zeros(len(model.cost))
        fallback[known] = list(start.values())
        return fallback, float(info.mip_dual_bound)
    return np.array(solver.getSolution().col_value), float(info.mip_dual_bound)
