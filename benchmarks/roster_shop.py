"""A made-up shop of a hundred agents over four weeks of half hours: how fast its roster is found, valued and mended."""

import math
import random
import time
from dataclasses import dataclass
from datetime import date, timedelta

from xiaoer.actions.plan_roster_made import make_roster, mend_roster
from xiaoer.actions.plan_roster_value import RosterProblem, problem_of, value_of
from xiaoer.actions.plan_stop import Stop

FIRST = date(2026, 6, 1)
SHIFTS = (("早", "08:00", "17:00", "60@11:00-14:00"), ("中", "10:00", "19:00", "60@12:00-15:00"),
          ("午", "12:00", "21:00", "60@15:00-18:00"), ("晚", "15:00", "24:00", "60@17:00-20:00"))  # fmt: skip


@dataclass(frozen=True)
class ShopRostered:
    """Seconds to make the tables ready, to find, value and mend; how good it is, and how many the mending touched."""

    ready: float
    found: float
    cost: float
    bound: float | None
    missing_hours: float
    broken: int
    valued: float
    mended: float
    touched: int

    @property
    def gap(self) -> float | None:
        """Return how much of the cost may still be gained, at most; None where no bound is known."""
        return None if self.bound is None else (self.cost - self.bound) / self.cost


def made_up(people: int, weeks: int) -> RosterProblem:
    """Return a shop's problem: need by half hour with two peaks, busier weekends, leave and wishes by chance."""
    chance, days = random.Random(0), [FIRST + timedelta(days=day) for day in range(weeks * 7)]
    names = [f"客服{number}" for number in range(people)]
    need = []
    for day in days:
        for half in range(16, 48):
            hour = half / 2
            peaks = math.exp(-(((hour - 20.5) / 2.5) ** 2)) + 0.7 * math.exp(-(((hour - 14) / 2.5) ** 2))
            number = people * (0.08 + 0.24 * peaks) * (1.15 if day.weekday() >= 5 else 1.0)
            need.append({"day": str(day), "start": f"{half // 2:02}:{half % 2 * 30:02}", "people": str(round(number))})
    leave = [
        {"name": name, "first": str(day), "last": str(day + timedelta(days=2))}
        for name in names if chance.random() < 0.2 for day in [chance.choice(days)]
    ]  # fmt: skip
    wishes = [
        {"name": name, "day": str(chance.choice(days)), "shift": "休", "weight": str(chance.randint(1, 3))}
        for name in names for _ in range(2)
    ]  # fmt: skip
    return problem_of({
        "people": [{"name": name, "hours_least": str(36 * weeks), "hours_most": str(42 * weeks)} for name in names],
        "shifts": [dict(zip(("name", "start", "end", "breaks"), shift, strict=True)) for shift in SHIFTS],
        "need": need, "leave": leave, "wishes": wishes,
    }, "zh")  # fmt: skip


def shop_benchmark(seconds: float, *, people: int = 100, weeks: int = 4) -> ShopRostered:
    """Return how a made-up shop is rostered within so many seconds, and how one of its people's absence is mended."""
    began = time.perf_counter()
    problem = made_up(people, weeks)
    ready = time.perf_counter() - began
    made = make_roster(problem, Stop(seconds))
    value_of(problem, made.duties)  # what is made ready by the first is not counted
    began = time.perf_counter()
    value = value_of(problem, made.duties)
    valued = time.perf_counter() - began
    sick = value.duties[len(value.duties) // 2]
    mended = mend_roster(problem, value.duties, {str(sick["person"]): [date.fromisoformat(str(sick["day"]))]})
    return ShopRostered(ready, made.seconds, made.roster.cost, made.bound, value.missing_hours, len(value.broken),
                        valued, mended.seconds, len(mended.touched))  # fmt: skip
