"""A shop's plan made into a problem of numbers, with the way back from rows and options to what they stand for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil, gcd, inf

import numpy as np

from xiaoer.base.days import DAY_MINUTES
from xiaoer.planning.roster.problem import FORBIDDEN, Cover, Integers, Options, Person, Problem, Start, Tally
from xiaoer.planning.roster.shop.plan import Member, RosterPlan
from xiaoer.planning.roster.shop.wanted import SENIOR, Wanted, wanted_rows
from xiaoer.planning.roster.shop.ways import WayToWork, ways_to_work

SATURDAY, WEEK = 5, 7
DEEPER = (
    (0.1, 1.0),
    (0.25, 1.5),
    (inf, 2.5),
)  # up to this share of the need missing, each costs so many times the first
LEAVE_HOURS = 8.0  # of a contract that a weekday of leave fulfils


@dataclass(frozen=True)
class ShopProblem:
    """The problem, and what its rows and each group's options are."""

    plan: RosterPlan
    problem: Problem
    rows: tuple[Wanted, ...]
    ways: tuple[tuple[WayToWork, ...], ...]  # by group and option


def made_problem(plan: RosterPlan) -> ShopProblem:
    """Return the problem of a plan."""
    minutes = plan.need[0].minutes
    rows = wanted_rows(plan)
    groups: dict[tuple[frozenset[str], str], int] = {}
    asked = {skill for row in rows for skill in row.skills}
    for member in plan.people:
        groups.setdefault((member.skills & asked, member.level), len(groups))
    made = [_options(plan, rows, minutes, key) for key in groups]
    least = {
        "nights": min(member.nights_before for member in plan.people),
        "weekends": min(member.weekends_before for member in plan.people),
        "holidays": min(member.holidays_before for member in plan.people),
    }
    people = tuple(_person(plan, member, groups[member.skills & asked, member.level], least) for member in plan.people)
    problem = Problem(
        days=plan.days,
        kinds=tuple(shift.name for shift in plan.shifts),
        follows=_follows(plan),
        people=people,
        options=tuple(options for options, _ in made),
        cover=_cover(plan, rows, minutes),
        first_weekday=plan.first.weekday(),
        whole=False,
        constant=sum(wish.weight for wish in plan.wishes if wish.want) * plan.number("wish"),
    )
    return ShopProblem(plan, problem, rows, tuple(ways for _, ways in made))


def _follows(plan: RosterPlan) -> np.ndarray:
    """Return which shift may come the day after which: enough hours must lie between."""
    rest = plan.number("rest_hours") * 60
    follows = np.ones((len(plan.shifts) + 1, len(plan.shifts) + 1), dtype=bool)
    for first, one in enumerate(plan.shifts, start=1):
        for second, other in enumerate(plan.shifts, start=1):
            follows[first, second] = other.start + DAY_MINUTES - one.end >= rest
    return follows


def _options(
    plan: RosterPlan, rows: Sequence[Wanted], minutes: int, key: tuple[frozenset[str], str]
) -> tuple[Options, tuple[WayToWork, ...]]:
    """Return the options of people with these skills and this level, and the way that each is."""
    skills, level = key
    per_day = DAY_MINUTES // minutes
    at: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for number, row in enumerate(rows):
        share = row.share(skills, level, plan.number("newcomers_per_senior"))
        if share:
            at.setdefault((row.day, row.interval), []).append((number, share))
    day_of, kind_of, begins, found_rows, adds, ways = [], [], [0], [], [], []
    for kind, shift in enumerate(plan.shifts, start=1):
        for way in ways_to_work(shift, plan.whole("break_step_minutes")):
            presence = way.presence(minutes)
            for day in range(plan.days):
                for interval, there in presence.items():
                    for number, share in at.get((day + interval // per_day, interval % per_day), ()):
                        found_rows.append(number)
                        adds.append(share * there)
                day_of.append(day)
                kind_of.append(kind)
                begins.append(len(found_rows))
                ways.append(way)
    days, kinds, starts, into = (np.array(part, dtype=np.int64) for part in (day_of, kind_of, begins, found_rows))
    return Options(days, kinds, starts, into, np.array(adds, dtype=np.float64)), tuple(ways)


def _cover(plan: RosterPlan, rows: Sequence[Wanted], minutes: int) -> Cover:
    pieces: list[tuple[int, float, float, float, float]] = []
    hours = minutes / 60
    for number, row in enumerate(rows):
        base = hours * (
            plan.number("newcomer_alone_an_hour")
            if row.kind == SENIOR
            else min(plan.activity(skill).lack_an_hour for skill in row.skills)
        )
        start = 0.0
        for share, times in ((inf, 1.0),) if row.kind == SENIOR else DEEPER:
            end = inf if share == inf else float(ceil(share * row.people))
            if end > start:
                pieces.append((number, -1.0, start, end - start, base * times))
                start = end
        pieces.append((number, 1.0, 0.0, inf, plan.number("surplus_an_hour") * hours if row.surplus else 0.0))
    row_of, sign, begin, width, toll = (np.array(column) for column in zip(*pieces, strict=True))
    return Cover(np.array([row.people for row in rows]), row_of.astype(np.int64), sign, begin, width, toll)


def _person(plan: RosterPlan, member: Member, group: int, least: dict[str, int]) -> Person:
    kinds = {shift.name: number for number, shift in enumerate(plan.shifts, start=1)}
    toll = np.zeros((plan.days, len(kinds) + 1))
    for wish in plan.wishes:
        if wish.person == member.name:
            _add_wish(
                toll,
                wish.day,
                None if wish.shift is None else kinds[wish.shift],
                plan.number("wish") * wish.weight,
                want=wish.want,
            )
    for name, kind in kinds.items():
        if member.shifts is not None and name not in member.shifts:
            toll[:, kind] = FORBIDDEN
    for (name, day), shift in plan.fixed.items():
        if name == member.name:
            kept = toll[day, 0 if shift is None else kinds[shift]]
            toll[day] = FORBIDDEN
            toll[day, 0 if shift is None else kinds[shift]] = kept if np.isfinite(kept) else 0.0
    for name, day in plan.leave:
        if name == member.name:
            toll[day, 1:] = FORBIDDEN
            toll[day, 0] = min(toll[day, 0], 0.0)
    start = None
    if member.last_shift is not None:
        start = Start(kinds[member.last_shift] if member.last_shift else 0, member.days_so_far)
    return Person(
        name=member.name,
        group=group,
        toll=toll,
        longest_run=member.days_in_a_row or plan.whole("days_in_a_row"),
        shortest_run=max(1, plan.whole("shortest_run")),
        shortest_rest=max(1, plan.whole("shortest_rest")),
        tallies=tuple(_tallies(plan, member, least)),
        start=start,
    )


def _add_wish(toll: np.ndarray, day: int, kind: int | None, weight: float, *, want: bool) -> None:
    """Add a wish: one granted that is wanted gives its weight back, one not wanted costs it."""
    toll[day, 0 if kind is None else kind] += -weight if want else weight


def _tallies(plan: RosterPlan, member: Member, least: dict[str, int]) -> Iterable[Tally]:
    paid = [0, *(shift.paid_minutes for shift in plan.shifts)]
    unit = reduce(gcd, paid) or 1
    by_day = np.tile(np.array(paid) // unit, (plan.days, 1))
    yield _hours(plan, member, by_day, unit)
    week = int(plan.number("week_hours_most") * 60 // unit)
    if week < WEEK * by_day.max():
        yield Tally("week_hours", np.zeros(week + 1), by_day, weekly=True)
    weekends = _weekends(plan)
    free = int(plan.number("weekends_free") * len(weekends) / 4)
    most = len(weekends) - free if member.weekends_most is None else min(member.weekends_most, len(weekends))
    yield Tally(
        "weekends", _uneven(plan, "weekend_fairness", member.weekends_before - least["weekends"], most), weekend=True
    )
    night = np.array([0, *(int(shift.night) for shift in plan.shifts)])
    if night.any():
        most = plan.days // 2 if member.nights_most is None else min(member.nights_most, plan.days)
        fair = _uneven(plan, "night_fairness", member.nights_before - least["nights"], most)
        yield Tally("nights", fair, np.tile(night, (plan.days, 1)))
    holidays = [day for day in range(plan.days) if plan.date_of(day).isoformat() in plan.rules["holidays"]]
    if holidays:
        weights = np.zeros_like(by_day)
        weights[holidays, 1:] = 1
        before = member.holidays_before - least["holidays"]
        yield Tally("holidays", _uneven(plan, "holiday_fairness", before, len(holidays)), weights)


def _hours(plan: RosterPlan, member: Member, by_day: Integers, unit: int) -> Tally:
    weeks = plan.days / WEEK
    most_hours = plan.number("week_hours_most") * weeks if member.hours_most is None else member.hours_most
    most = min(int(most_hours * 60 // unit), plan.days * int(by_day.max()))
    away = sum(plan.date_of(day).weekday() < SATURDAY for name, day in plan.leave if name == member.name)
    short = max(0.0, member.hours_least - away * LEAVE_HOURS) * 60 - np.arange(most + 1) * unit
    return Tally("minutes", np.maximum(short, 0.0) / 60 * plan.number("hour_below_contract"), by_day)


def _uneven(plan: RosterPlan, rule: str, before: int, most: int) -> np.ndarray:
    """Return what each total costs: the square of all so far, so that the next falls to whoever had fewest."""
    totals = np.arange(most + 1)
    uneven: np.ndarray = plan.number(rule) * ((totals + before) ** 2 - float(before) ** 2)
    return uneven


def _weekends(plan: RosterPlan) -> set[int]:
    first = plan.first.weekday()
    return {(first + day) // WEEK for day in range(plan.days) if (first + day) % WEEK >= SATURDAY}
