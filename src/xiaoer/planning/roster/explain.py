"""Why cover is lacking, and what would mend it: each rule of each person let go by itself, computed exactly."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xiaoer.planning.roster.everyone import Everyone
from xiaoer.planning.roster.problem import Person, Roster, add_line, additions
from xiaoer.planning.roster.relax import BROKEN, relaxations

KEPT = "kept"  # the way in which no rule is let go


@dataclass(frozen=True)
class Way:
    """A way to have one more person there: who, which kind, which rule let go, and how the whole cost changes."""

    person: str
    kind: int
    rule: str
    change: float


@dataclass(frozen=True)
class Lack:
    """A row that is short: how many are missing, the cheapest ways to mend it, how many people each rule holds."""

    row: int
    missing: float
    ways: tuple[Way, ...]
    held: dict[str, int]


def lacks_of(
    everyone: Everyone, roster: Roster, rows: Sequence[int], *, most: int = 3, over: Callable[[], bool] = lambda: False
) -> list[Lack]:
    """Return what is said of these rows, in order; ends early when `over` says so."""
    have = additions(everyone.problem, roster.lines)
    found = []
    for row in rows:
        if over():
            break
        ways = sorted(_ways(everyone, roster, have, row), key=lambda way: (way.change, way.person, way.kind, way.rule))
        best: dict[str, Way] = {}
        held: dict[str, int] = {}
        for way in ways:
            best.setdefault(way.person, way)
        for way in best.values():
            held[way.rule] = held.get(way.rule, 0) + 1
        missing = float(everyone.problem.cover.target[row] - have[row])
        found.append(Lack(row, missing, tuple(best.values())[:most], held))
    return found


def short_rows(everyone: Everyone, roster: Roster) -> list[int]:
    """Return the rows of cover with a lack that costs something, the dearest first."""
    problem = everyone.problem
    have = additions(problem, roster.lines)
    costs = problem.cover.cost_of(have)
    short = np.flatnonzero((have < problem.cover.target - 1e-6) & (costs > 0))
    return sorted(short.tolist(), key=lambda row: (-costs[row], row))


def _ways(everyone: Everyone, roster: Roster, have: np.ndarray, row: int) -> Iterable[Way]:
    problem = everyone.problem
    for number, (person, line) in enumerate(zip(problem.people, roster.lines, strict=True)):
        options = problem.options[person.group]
        adding = _adding(options.begins, options.rows, row)
        if line is None or not adding or any(option in adding for option in line.options):
            continue
        beside = have.copy()
        add_line(beside, options, line, sign=-1.0)
        costs = everyone.beside(person.group, beside)
        now = line.cost + sum(float(costs[option]) for option in line.options if option >= 0)
        for day, kind in sorted({(int(options.day[at]), int(options.kind[at])) for at in adding}):
            for rule, changed in (
                *((KEPT, person),),
                *((name, way(person)) for name, way in relaxations(person).items()),
            ):
                found = everyone.line(number, costs, instead=everyone.finder_for(_bound_to(changed, day, kind)))
                if found is not None:
                    yield Way(person.name, kind, rule, _without_penalty(found[0]) - now)
                    if rule == KEPT:
                        break


def _bound_to(person: Person, day: int, kind: int) -> Person:
    """Return the person who has to work this kind on this day."""
    toll = person.toll.copy()
    keep = toll[day, kind]
    toll[day] = np.inf
    toll[day, kind] = keep
    return replace(person, toll=toll)


def _without_penalty(cost: float) -> float:
    return cost - BROKEN * round(cost / BROKEN) if cost > BROKEN / 2 else cost


def _adding(begins: np.ndarray, rows: np.ndarray, row: int) -> set[int]:
    """Return the options that add to a row."""
    places = np.flatnonzero(rows == row)
    return set((np.searchsorted(begins, places, side="right") - 1).tolist())
