"""What a roster says: who works when with which breaks, how cover stands, what each carries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from xiaoer.planning.roster.problem import Line, Roster, additions
from xiaoer.planning.roster.shop.made import ShopProblem
from xiaoer.planning.roster.shop.plan import Shift, ShopWish
from xiaoer.planning.roster.shop.wanted import NEED, Wanted

SATURDAY, WEEK = 5, 7


@dataclass(frozen=True)
class Duty:
    """One person's shift of one day with its breaks, in minutes since midnight."""

    person: str
    day: int
    shift: Shift
    breaks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Carried:
    """What one person carries in the roster."""

    person: str
    hours: float
    days: int
    nights: int
    weekends: int
    hours_below: float


@dataclass(frozen=True)
class CoverAt:
    """One row of cover: what was wanted and how many are there."""

    number: int
    wanted: Wanted
    there: float

    @property
    def missing(self) -> float:
        """Return how many are missing, at least 0."""
        return max(0.0, self.wanted.people - self.there)


def duties_of(shop: ShopProblem, lines: tuple[Line | None, ...] | list[Line | None]) -> list[Duty]:
    """Return all duties by person and day."""
    found = []
    for person, line in zip(shop.problem.people, lines, strict=True):
        for day, option in enumerate(line.options if line is not None else ()):
            if option >= 0:
                way = shop.ways[person.group][option]
                found.append(Duty(person.name, day, way.shift, way.breaks))
    return found


def cover_of(shop: ShopProblem, roster: Roster) -> list[CoverAt]:
    """Return how cover stands, by day, interval and skill."""
    have = additions(shop.problem, roster.lines)
    return [CoverAt(number, row, float(have[number])) for number, row in enumerate(shop.rows)]


def carried_by(shop: ShopProblem, roster: Roster) -> list[Carried]:
    """Return what each person carries."""
    first = shop.plan.first.weekday()
    by_person: dict[str, list[Duty]] = {member.name: [] for member in shop.plan.people}
    for duty in duties_of(shop, roster.lines):
        by_person[duty.person].append(duty)
    found = []
    for member in shop.plan.people:
        mine = by_person[member.name]
        hours = sum(duty.shift.paid_minutes for duty in mine) / 60
        weekends = {(first + duty.day) // WEEK for duty in mine if (first + duty.day) % WEEK >= SATURDAY}
        nights = sum(duty.shift.night for duty in mine)
        below = max(0.0, member.hours_least - hours)
        found.append(Carried(member.name, hours, len(mine), nights, len(weekends), below))
    return found


def refused_wishes(shop: ShopProblem, roster: Roster) -> list[ShopWish]:
    """Return the wishes that the roster does not grant."""
    at = {(duty.person, duty.day): duty.shift.name for duty in duties_of(shop, roster.lines)}
    return [wish for wish in shop.plan.wishes if (at.get((wish.person, wish.day)) == wish.shift) != wish.want]


def short_needs(shop: ShopProblem, roster: Roster) -> list[CoverAt]:
    """Return where people are missing, the dearest first."""
    costs = shop.problem.cover.cost_of(additions(shop.problem, roster.lines))
    short = [at for at in cover_of(shop, roster) if at.missing > 1e-6 and at.wanted.kind == NEED]
    return sorted(short, key=lambda at: (-np.round(costs[at.number], 6), at.number))


def missing_by_interval(short: Iterable[CoverAt]) -> dict[tuple[int, int], float]:
    """Return how many people are missing by day and interval, each counted once.

    A need of several skills together overlaps those of each: what is missing in all is the most that needs without a
    skill in common lack (König's deficiency, of whatever combinations there are).
    """
    rows: dict[tuple[int, int], list[CoverAt]] = {}
    for at in short:
        rows.setdefault((at.wanted.day, at.wanted.interval), []).append(at)
    return {when: _most_apart(here) for when, here in rows.items()}


def _most_apart(rows: Sequence[CoverAt]) -> float:
    if not rows:
        return 0.0
    first, *rest = rows
    apart = [at for at in rest if not at.wanted.skills & first.wanted.skills]
    return max(_most_apart(rest), first.missing + _most_apart(apart))
