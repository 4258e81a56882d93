"""Rules let go, one at a time: what would make an impossible line possible, and what each would cost."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from xiaoer.planning.roster.line_finder import LineFinder
from xiaoer.planning.roster.problem import Numbers, Person, Problem, Tally

BROKEN = 1_000_000.0  # the toll of one unit of a rule that is let go, above everything else


@dataclass(frozen=True)
class Broken:
    """A person for whom no line keeps all rules, and the rules that were let go (with them, the least is broken)."""

    person: str
    rules: tuple[str, ...]


def relaxations(person: Person) -> dict[str, Callable[[Person], Person]]:
    """Return the ways to let go of one of a person's rules, by its name; nothing else changes."""
    ways: dict[str, Callable[[Person], Person]] = {
        tally.name: _without_limit(number) for number, tally in enumerate(person.tallies)
    }
    ways["longest_run"] = lambda one: replace(one, longest_run=len(one.toll))
    ways["shortest_run"] = lambda one: replace(one, shortest_run=1)
    ways["shortest_rest"] = lambda one: replace(one, shortest_rest=1)
    if not np.isfinite(person.toll).all():
        ways["days"] = lambda one: replace(one, toll=np.where(np.isfinite(one.toll), one.toll, BROKEN))
    return ways


def possible(problem: Problem) -> tuple[Problem, tuple[Broken, ...]]:
    """Return the problem with rules let go for those who could not have any line, and who they are."""
    people, broken = [], []
    for person in problem.people:
        if _has_line(problem, person):
            people.append(person)
            continue
        changed, names = _let_go(problem, person)
        people.append(changed)
        broken.append(Broken(person.name, names))
    return (problem if not broken else replace(problem, people=tuple(people))), tuple(broken)


def _let_go(problem: Problem, person: Person) -> tuple[Person, tuple[str, ...]]:
    """Return the person without the first rule that alone is enough, or without the fewest in order."""
    ways = relaxations(person)
    for name, way in ways.items():
        changed = way(person)
        if _has_line(problem, changed):
            return changed, (name,)
    changed, names = person, []
    for name, way in ways.items():
        changed = way(changed)
        names.append(name)
        if _has_line(problem, changed):
            break
    return changed, tuple(names)


def _has_line(problem: Problem, person: Person) -> bool:
    return bool(LineFinder(problem, person, {}).cheapest(_open_tolls(problem, person)))


def _open_tolls(problem: Problem, person: Person) -> Numbers:
    """Return the person's tolls, infinite too where there is no option to work a kind on a day."""
    options = problem.options[person.group]
    there = np.full(person.toll.shape, np.inf)
    there[:, 0] = 0.0
    there[options.day, options.kind] = 0.0
    open_tolls: Numbers = person.toll + there
    return open_tolls


def _without_limit(number: int) -> Callable[[Person], Person]:
    def way(person: Person) -> Person:
        tallies = list(person.tallies)
        tallies[number] = softened(tallies[number], days=len(person.toll))
        return replace(person, tallies=tuple(tallies))

    return way


def softened(tally: Tally, *, days: int) -> Tally:
    """Return the tally with every total allowed: each unit too few or too many at the toll of something broken."""
    most = days * int(tally.weights.max()) if tally.weights is not None else days // 5 + 2
    allowed = np.flatnonzero(np.isfinite(tally.toll))
    first, last = (int(allowed[0]), int(allowed[-1])) if len(allowed) else (0, 0)
    totals = np.arange(max(most, len(tally.toll) - 1) + 1)
    toll = np.zeros(len(totals))
    toll[: len(tally.toll)] = np.where(np.isfinite(tally.toll), tally.toll, 0.0)
    toll += BROKEN * (np.maximum(first - totals, 0) + np.maximum(totals - last, 0))
    return replace(tally, toll=toll)
