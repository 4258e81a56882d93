"""What a roster is made of, in numbers: days, kinds of shift, people with their rules, and the cover that is wanted.

A person's roster is one kind a day (0: off). Each (day, kind) can be worked in several options, which say where its
breaks lie; an option adds to rows of cover. Costs are in one currency: what a lead set as weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

FORBIDDEN = np.inf


@dataclass(frozen=True)
class Tally:
    """Something counted over one person's roster, and what each total costs (infinite: not allowed).

    `weights[day, kind]` is what a kind adds on a day; totals above the last entry of `toll` are not allowed.
    What is counted once a weekend (`weekend`: Saturday or Sunday worked) has no weights. With `weekly` the count begins
    anew each Monday, and `toll` is only a limit.
    """

    name: str
    toll: Numbers
    weights: Integers | None = None
    weekend: bool = False
    weekly: bool = False


@dataclass(frozen=True)
class Start:
    """How a person comes into the first day: the kind of the day before (0: off) and for how many days so far."""

    kind: int
    run: int


@dataclass(frozen=True)
class Person:
    """One person: `toll[day, kind]` (infinite: not allowed), lengths of runs in days, tallies, the days before.

    Without a `start`, runs that touch the first day may be too short; those that touch the last day always may.
    """

    name: str
    group: int
    toll: Numbers
    longest_run: int
    shortest_run: int
    shortest_rest: int
    tallies: tuple[Tally, ...]
    start: Start | None = None


@dataclass(frozen=True)
class Options:
    """A group's ways to work a (day, kind): option `o` adds `adds[i]` to `rows[i]`, from begins[o] to begins[o+1]."""

    day: Integers
    kind: Integers
    begins: Integers
    rows: Integers
    adds: Numbers

    @cached_property
    def by_day_kind(self) -> dict[tuple[int, int], list[int]]:
        """Return the options of each (day, kind)."""
        found: dict[tuple[int, int], list[int]] = {}
        for option, key in enumerate(zip(self.day.tolist(), self.kind.tolist(), strict=True)):
            found.setdefault(key, []).append(option)
        return found


@dataclass(frozen=True)
class Cover:
    """Rows of cover: `target` people, and what lack and surplus cost, in pieces: each unit from start to start + width.

    `sign` is −1 for a lack, +1 for a surplus; the pieces of one row and side follow one another with rising tolls.
    """

    target: Numbers
    row: Integers
    sign: Numbers
    start: Numbers
    width: Numbers
    toll: Numbers

    def cost_of(self, have: Numbers) -> Numbers:
        """Return what each row costs when so many are there."""
        off_target = (have - self.target)[self.row] * self.sign
        cost = np.clip(off_target - self.start, 0.0, self.width) * self.toll
        return np.asarray(np.bincount(self.row, weights=cost, minlength=len(self.target)), dtype=np.float64)


@dataclass(frozen=True)
class Problem:
    """All of it. `follows[a, b]`: kind b may be worked the day after kind a (off is 0 and always may)."""

    days: int
    kinds: tuple[str, ...]  # without off; kind k is kinds[k - 1]
    follows: NDArray[np.bool_]
    people: tuple[Person, ...]
    options: tuple[Options, ...]  # one per group
    cover: Cover
    first_weekday: int = 0
    whole: bool = True  # all costs of whole rosters are whole numbers, so bounds may be rounded up
    constant: float = 0.0
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Line:
    """One person's roster: the option worked each day (−1: off), and its own cost without cover."""

    options: tuple[int, ...]
    cost: float


@dataclass(frozen=True)
class Roster:
    """A line per person (None: no line keeps the rules), the cost of all, and the lowest known to be possible."""

    lines: tuple[Line | None, ...]
    cost: float
    bound: float = 0.0


def additions(problem: Problem, lines: Sequence[Line | None]) -> Numbers:
    """Return how many are there in each row of cover."""
    have = np.zeros(len(problem.cover.target))
    for person, line in zip(problem.people, lines, strict=True):
        if line is not None:
            add_line(have, problem.options[person.group], line, sign=1.0)
    return have


def add_line(have: Numbers, options: Options, line: Line, *, sign: float) -> None:
    """Add one line to the rows in place, or take it away by sign −1."""
    for option in line.options:
        if option >= 0:
            span = slice(options.begins[option], options.begins[option + 1])
            have[options.rows[span]] += sign * options.adds[span]


def cost_of(problem: Problem, lines: Sequence[Line | None]) -> float:
    """Return the cost of a whole roster: lines and cover."""
    own = sum(line.cost for line in lines if line is not None)
    return float(own + problem.cover.cost_of(additions(problem, lines)).sum() + problem.constant)


def kinds_of(problem: Problem, person: Person, line: Line) -> list[int]:
    """Return the kind of each day, 0 for off."""
    kinds = problem.options[person.group].kind
    return [int(kinds[option]) if option >= 0 else 0 for option in line.options]
