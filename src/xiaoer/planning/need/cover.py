"""The cheapest shifts that put enough people into every interval of a day."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xiaoer.base.days import DAY_MINUTES
from xiaoer.base.errors import ReportableError


@dataclass(frozen=True)
class Shift:
    """A kind of shift: from this minute of the day to that one (past midnight where it is not later), and its cost."""

    name: str
    from_minute: int
    to_minute: int
    cost: float = 1.0

    def covers(self, minute: int) -> bool:
        """Return whether somebody on this shift is at work at a minute of the day."""
        if self.from_minute < self.to_minute:
            return self.from_minute <= minute < self.to_minute
        return minute >= self.from_minute or minute < self.to_minute


@dataclass(frozen=True)
class Cover:
    """How many people on each shift, what they cost, and how many are there in each interval."""

    people: tuple[int, ...]
    cost: float
    present: tuple[int, ...]


def cheapest_cover(need: Sequence[int], shifts: Sequence[Shift]) -> Cover:
    """Return the cheapest people per shift with enough in every interval (an equal part of the day each).

    A whole-number program: min Σ cost·x, Σ of the shifts that cover an interval ≥ its need. A ReportableError names
    the first interval that no shift covers.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to load, and wanted only here

    minutes = DAY_MINUTES // len(need)
    grid = np.array([[shift.covers(place * minutes) for shift in shifts] for place in range(len(need))], dtype=float)
    for place, wanted in enumerate(need):
        if wanted and not grid[place].any():
            at = f"{place * minutes // 60:02}:{place * minutes % 60:02}"
            raise ReportableError.of("planning.nobody_then", values={"at": at})
    cost = np.array([shift.cost for shift in shifts])
    enough = LinearConstraint(grid, lb=np.array(need, dtype=float))
    found = milp(cost, constraints=enough, integrality=np.ones(len(shifts)), bounds=Bounds(0, max(need, default=0)))
    people = np.rint(found.x).astype(int)
    return Cover(tuple(map(int, people)), float(cost @ people), tuple(map(int, grid @ people)))
