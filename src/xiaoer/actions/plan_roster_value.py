"""What a roster that people have in hand is worth: its cost, the rules it breaks, where people are missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_roster_pages import duty_json, skills_text
from xiaoer.actions.plan_roster_tables import Rows, roster_form, tables_of
from xiaoer.base.language import Language
from xiaoer.planning.roster import Everyone, Line
from xiaoer.planning.roster.shop import ShopProblem, Valued, days_between, made_problem, plan_of, valued
from xiaoer.planning.roster.shop.answer import (
    CoverAt,
    carried_by,
    cover_of,
    duties_of,
    missing_by_interval,
    refused_wishes,
    short_needs,
)  # fmt: skip
from xiaoer.planning.roster.shop.form import clock
from xiaoer.planning.roster.shop.given import Breaks, Kinds
from xiaoer.planning.roster.shop.wanted import NEED

Kept = Mapping[str, object]  # one duty as it is kept: person, day, shift, start, end, breaks


@dataclass(frozen=True)
class RosterProblem:
    """The tables of a roster made ready once, so that many rosters of them are valued fast."""

    shop: ShopProblem

    @cached_property
    def everyone(self) -> Everyone:
        """Return what options cost."""
        return Everyone(self.shop.problem)

    @property
    def people(self) -> list[str]:
        """Return the names, in the order of the table."""
        return [member.name for member in self.shop.plan.people]

    @property
    def shifts(self) -> list[str]:
        """Return the names of the shifts."""
        return [shift.name for shift in self.shop.plan.shifts]

    @property
    def days(self) -> list[date]:
        """Return the days."""
        return [self.shop.plan.date_of(day) for day in range(self.shop.plan.days)]

    @property
    def away(self) -> frozenset[tuple[str, date]]:
        """Return who is on leave when."""
        return frozenset((name, self.shop.plan.date_of(day)) for name, day in self.shop.plan.leave)

    @property
    def wishes(self) -> Counter[str]:
        """Return how many wishes each person has."""
        return Counter(wish.person for wish in self.shop.plan.wishes)

    @property
    def fixed(self) -> frozenset[tuple[str, date]]:
        """Return whose which days stay as they are."""
        return frozenset((name, self.shop.plan.date_of(day)) for name, day in self.shop.plan.fixed)


@dataclass(frozen=True)
class BrokenRule:
    """A rule that somebody's days break, by its name; None: the days of the whole roster together."""

    person: str
    rule: str
    day: date | None


@dataclass(frozen=True)
class CoverRow:
    """People wanted and there in one interval with some skills."""

    day: date
    start: str
    skills: str
    needed: float
    there: float

    @property
    def missing(self) -> float:
        """Return how many are missing, at least 0."""
        return max(0.0, self.needed - self.there)


@dataclass(frozen=True)
class ShortRun:
    """Intervals of one day on end that are short of people with some skills: how many at most, and hours in all."""

    day: date
    start: str
    end: str
    skills: str
    most: float
    hours: float


@dataclass(frozen=True)
class Refused:
    """A wish that is not granted: for a shift (None: a day off), wanted or not wanted."""

    person: str
    day: date
    shift: str | None
    want: bool
    weight: float


@dataclass(frozen=True)
class Carries:
    """What one person carries, and carried before."""

    person: str
    hours: float
    days: int
    nights: int
    weekends: int
    holidays: int
    hours_below: float
    before: Mapping[str, int]  # nights, weekends, holidays


@dataclass(frozen=True)
class RosterValue:
    """A roster with its breaks put, what it costs apart from broken rules, and all that can be said against it."""

    duties: tuple[Kept, ...]
    cost: float
    broken: tuple[BrokenRule, ...]
    short: tuple[CoverRow, ...]
    hours_an_interval: float
    missing_by_day: Mapping[date, float]  # hours of people, each counted once
    refused: tuple[Refused, ...]
    carried: tuple[Carries, ...]

    @property
    def short_runs(self) -> list[ShortRun]:
        """Return what is short as runs of intervals, the most hours first."""
        minutes = round(self.hours_an_interval * 60)
        runs: list[ShortRun] = []
        for row in sorted(self.short, key=lambda row: (row.day, row.skills, row.start)):
            end, hours = clock_text(clock(row.start) + minutes), row.missing * self.hours_an_interval
            last = runs[-1] if runs else None
            if last is not None and (last.day, last.skills, last.end) == (row.day, row.skills, row.start):
                runs[-1] = replace(last, end=end, most=max(last.most, row.missing), hours=last.hours + hours)
            else:
                runs.append(ShortRun(row.day, row.start, end, row.skills, row.missing, hours))
        return sorted(runs, key=lambda run: (-run.hours, run.day, run.start))

    @property
    def missing_hours(self) -> float:
        """Return how many hours of people are missing in all."""
        return sum(self.missing_by_day.values())


def problem_of(rows: Rows, language: Language) -> RosterProblem:
    """Return the tables made ready; a ReportableError names every fault by table, row and column."""
    return RosterProblem(made_problem(plan_of(tables_of(rows, language), roster_form())))


def value_of(problem: RosterProblem, duties: Iterable[Kept]) -> RosterValue:
    """Return what these duties are worth; breaks that are not known are put where they cost least."""
    shop = problem.shop
    found = valued(problem.everyone, shop, *given(problem, duties))
    plan, minutes = shop.plan, shop.plan.need[0].minutes
    lacking = short_needs(shop, found.roster)
    missing: dict[date, float] = {}
    for (day, _interval), people in missing_by_interval(lacking).items():
        missing[plan.date_of(day)] = missing.get(plan.date_of(day), 0.0) + people * minutes / 60
    return RosterValue(
        duties=tuple(duties_kept(shop, found.roster.lines)),
        cost=found.roster.cost,
        broken=tuple(
            BrokenRule(one.person, one.rule, None if one.day is None else plan.date_of(one.day))
            for one in found.breaches
        ),
        short=tuple(_row(problem, at) for at in lacking),
        hours_an_interval=minutes / 60,
        missing_by_day=missing,
        refused=tuple(
            Refused(wish.person, plan.date_of(wish.day), wish.shift, wish.want, wish.weight)
            for wish in refused_wishes(shop, found.roster)
        ),
        carried=tuple(_carries(problem, found)),
    )


def cover_on(problem: RosterProblem, duties: Iterable[Kept], day: date) -> list[CoverRow]:
    """Return how many are wanted and there in each interval of a day, by skill."""
    found = valued(problem.everyone, problem.shop, *given(problem, duties))
    place = (day - problem.shop.plan.first).days
    return [
        _row(problem, at)
        for at in cover_of(problem.shop, found.roster)
        if at.wanted.kind == NEED and at.wanted.day == place
    ]


def given(problem: RosterProblem, duties: Iterable[Kept]) -> tuple[dict[str, Kinds], Breaks]:
    """Return kept duties as kinds of day by person, and their breaks; what the tables do not know is left out."""
    plan = problem.shop.plan
    kinds = {name: number for number, name in enumerate(problem.shop.problem.kinds, start=1)}
    dates = {str(plan.date_of(day)): day for day in range(plan.days)}
    base = {member.name: [0] * plan.days for member in plan.people}
    breaks = {}
    for duty in duties:
        name, day, shift = str(duty.get("person")), dates.get(str(duty.get("day"))), str(duty.get("shift"))
        if name in base and day is not None and shift in kinds:
            base[name][day] = kinds[shift]
            breaks[name, day] = tuple((clock(first), clock(last)) for first, last in breaks_kept(duty))
    return dict(base), breaks


def breaks_kept(duty: Kept) -> list[tuple[str, str]]:
    """Return the breaks of a kept duty as times."""
    pairs = duty.get("breaks")
    return [(str(one[0]), str(one[1])) for one in pairs] if isinstance(pairs, list) else []


def duties_kept(shop: ShopProblem, lines: Sequence[Line | None]) -> list[dict[str, object]]:
    """Return the duties of lines as they are kept."""
    return [duty_json(shop.plan, duty) for duty in duties_of(shop, list(lines))]


def days_asked(problem: RosterProblem, text: str) -> list[date]:
    """Return the days of a text such as 2026-05-01..2026-05-03 that the roster has; a ValueError for any other text."""
    return [problem.shop.plan.date_of(day) for day in days_between(text, problem.shop.plan)]


def _row(problem: RosterProblem, at: CoverAt) -> CoverRow:
    plan = problem.shop.plan
    start = clock_text(at.wanted.interval * plan.need[0].minutes)
    return CoverRow(plan.date_of(at.wanted.day), start, skills_text(at), at.wanted.people, at.there)


def _carries(problem: RosterProblem, found: Valued) -> Iterable[Carries]:
    plan = problem.shop.plan
    holidays = plan.rules["holidays"]
    worked: dict[str, int] = {}
    for duty in duties_of(problem.shop, found.roster.lines):
        worked[duty.person] = worked.get(duty.person, 0) + (plan.date_of(duty.day).isoformat() in holidays)
    for member, one in zip(plan.people, carried_by(problem.shop, found.roster), strict=True):
        before = {
            "nights": member.nights_before, "weekends": member.weekends_before, "holidays": member.holidays_before
        }  # fmt: skip
        yield Carries(
            one.person, one.hours, one.days, one.nights, one.weekends, worked.get(one.person, 0), one.hours_below,
            before,
        )  # fmt: skip


def rows_after(
    problem: RosterProblem, rows: Rows, duties: Iterable[Kept], first: date
) -> dict[str, list[dict[str, str]]]:
    """Return the tables that the next roster begins with: people with what they bring from this one, shifts, rules.

    Where it begins right after this one, everybody's last shift and run of days go with them.
    """
    value = value_of(problem, duties)
    carried = {one.person: one for one in value.carried}
    cells = {(str(duty["person"]), str(duty["day"])): str(duty["shift"]) for duty in value.duties}
    days, off = [str(day) for day in problem.days], roster_form().words["off"].zh
    adjoins = bool(value.duties) and problem.days[-1] + timedelta(days=1) == first
    people = []
    for row in rows.get("people", ()):
        name = row.get("name", "")
        kept = {column: text for column, text in row.items() if column not in ("last_shift", "days_so_far")}
        one = carried[name]
        for what in ("nights", "weekends", "holidays"):
            kept[f"{what}_before"] = str(one.before[what] + getattr(one, what))
        if adjoins:
            lately = [cells.get((name, day), "") for day in reversed(days)]
            run = next((at for at, shift in enumerate(lately) if bool(shift) != bool(lately[0])), len(lately))
            kept |= {"last_shift": lately[0] or off, "days_so_far": str(run)}
        people.append(kept)
    return {"people": people} | {
        name: [dict(row) for row in rows[name]] for name in ("shifts", "rules") if name in rows
    }
