"""One person's rules made into tables for the shortest path."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.roster.problem import Person, Problem, Tally
from xiaoer.planning.roster.shortest import walk_days

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
SATURDAY, SUNDAY, WEEK = 5, 6, 7


@dataclass(frozen=True)
class Rules:
    """What `walk_days` needs of one person, whatever the tolls of the days are."""

    kinds: NDArray[np.int64]  # those that this person can ever work, off first
    lengths: Ints
    kind_class: Ints
    may_follow: NDArray[np.bool_]
    table_of: Ints
    tables: Ints
    first_state: int
    states: int
    last_toll: Floats  # [place] of the tallies' totals


def rules_of(problem: Problem, person: Person, tallies: Sequence[Tally], *, band: int | None = None) -> Rules:
    """Return the person's rules with these tallies; the others are left out, so that more lines seem possible.

    With a `band`, totals may stray only so far from an even course over the days: faster, but no longer all lines.
    """
    usable = np.flatnonzero(np.isfinite(person.toll).any(axis=0))
    kinds = np.array(sorted({0, *usable.tolist()}), dtype=np.int64)
    start = person.start
    known = kinds if start is None or start.kind in kinds else np.append(kinds, start.kind)
    patterns, classes = np.unique(problem.follows[np.ix_(known, kinds)][1:], axis=0, return_inverse=True)
    kind_class = np.concatenate([[0], np.ravel(classes)]).astype(np.int32)
    longest = max(1, min(person.longest_run, problem.days + (start.run if start else 0)))
    rest = max(1, min(person.shortest_rest, problem.days))
    if start is None:
        first_state = rest - 1
    elif start.kind == 0:
        first_state = min(start.run, rest) - 1
    else:
        place = int(np.flatnonzero(known == start.kind)[0])
        first_state = rest + int(kind_class[place]) * longest + min(start.run, longest) - 1
    table_of, tables, last_toll = _tables(problem, kinds, tallies, band)
    return Rules(
        kinds=kinds,
        lengths=np.array([longest, person.shortest_run, rest, 1 if start is None else 0], dtype=np.int32),
        kind_class=kind_class[: len(kinds)],
        may_follow=np.ascontiguousarray(patterns if len(patterns) else np.ones((1, len(kinds)), dtype=bool)),
        table_of=table_of,
        tables=tables,
        first_state=first_state,
        states=rest + max(1, len(patterns)) * longest,
        last_toll=last_toll,
    )


def cheapest_lines(rules: Rules, toll: Floats, *, most: int = 1) -> list[tuple[float, list[int]]]:
    """Return the cheapest line and the best of other ends, at most so many: (cost, kind of each day)."""
    days = len(toll)
    places = len(rules.last_toll)
    values = np.full((rules.states, places), np.inf)
    values[rules.first_state, 0] = 0.0
    came = np.empty((days, rules.states, places), dtype=np.int32)
    by = np.empty((days, rules.states, places), dtype=np.int8)
    own = np.ascontiguousarray(toll[:, rules.kinds])
    walk_days(
        own, rules.lengths, rules.kind_class, rules.may_follow, rules.table_of, rules.tables, values, came, by
    )  # fmt: skip
    values += rules.last_toll
    ends = values.argmin(axis=1)
    best = values[np.arange(rules.states), ends]
    found = []
    for state in np.argsort(best, kind="stable")[:most]:
        if np.isfinite(best[state]):
            found.append((float(best[state]), _walked_back(rules, came, by, (int(state), int(ends[state])))))
    return found


def _walked_back(rules: Rules, came: Ints, by: NDArray[np.int8], end: tuple[int, int]) -> list[int]:
    state, place = end
    line = []
    for day in range(len(came) - 1, -1, -1):
        line.append(int(rules.kinds[by[day, state, place]]))
        state, place = divmod(int(came[day, state, place]), came.shape[2])
    return line[::-1]


def _tables(
    problem: Problem, kinds: NDArray[np.int64], tallies: Sequence[Tally], band: int | None
) -> tuple[Ints, Ints, Floats]:
    """Return table of (day, kind, worked before), the tables, and the toll of each place after the last day."""
    courses = [_course(problem, tally, band) for tally in tallies]
    sizes = [width for _, width in courses]
    digits = np.stack(np.unravel_index(np.arange(int(np.prod(sizes, dtype=np.int64))), sizes)) if sizes else None
    table_of = np.zeros((problem.days, len(kinds), 2), dtype=np.int32)
    numbers: dict[tuple[tuple[int, bool], ...], int] = {}
    for day in range(problem.days):
        weekday = (problem.first_weekday + day) % WEEK
        for local, kind in enumerate(kinds):
            for before in (0, 1):
                key = tuple(
                    (
                        _adds(tally, (day, weekday, int(kind)), worked_before=bool(before))
                        - int(base[day + 1] - base[day]),
                        tally.weekly and weekday == 0,
                    )
                    for tally, (base, _) in zip(tallies, courses, strict=True)
                )
                table_of[day, local, before] = numbers.setdefault(key, len(numbers))
    if digits is None:
        return table_of, np.zeros((1, 1), dtype=np.int32), np.zeros(1)
    tables = np.stack([_table(digits, sizes, key) for key in numbers])
    last = np.zeros(digits.shape[1])
    for digit, tally, (base, _) in zip(digits, tallies, courses, strict=True):
        total = digit + int(base[-1])
        if not tally.weekly:
            last += np.where(total < len(tally.toll), tally.toll[np.minimum(total, len(tally.toll) - 1)], np.inf)
    return table_of, tables, last


def _course(problem: Problem, tally: Tally, band: int | None) -> tuple[NDArray[np.int64], int]:
    """Return the lowest total looked at before each day and after the last, and how many totals from there."""
    size = len(tally.toll)
    if band is None or tally.weekly or size <= 2 * band + 1:
        return np.zeros(problem.days + 1, dtype=np.int64), size
    allowed = np.flatnonzero(np.isfinite(tally.toll))
    middle = (allowed[0] + allowed[-1]) / 2 if tally.name == "minutes" else allowed[-1] * 0.9
    course = np.round(middle * np.arange(problem.days + 1) / problem.days).astype(np.int64) - band
    return np.maximum(course, 0), 2 * band + 1


def _adds(tally: Tally, when: tuple[int, int, int], *, worked_before: bool) -> int:
    day, weekday, kind = when
    if kind == 0:
        return 0
    if not tally.weekend:
        return 0 if tally.weights is None else int(tally.weights[day, kind])
    return 1 if weekday == SATURDAY or (weekday == SUNDAY and not (worked_before and day > 0)) else 0


def _table(digits: NDArray[np.int64], sizes: Sequence[int], key: tuple[tuple[int, bool], ...]) -> Ints:
    total = np.zeros(digits.shape[1], dtype=np.int64)
    fits = np.ones(digits.shape[1], dtype=bool)
    for digit, size, (adds, anew) in zip(digits, sizes, key, strict=True):
        now = (0 if anew else digit) + adds
        fits &= (now >= 0) & (now < size)
        total = total * size + now
    return np.where(fits, total, -1).astype(np.int32)
