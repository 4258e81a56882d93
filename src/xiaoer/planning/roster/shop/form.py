"""Filled-in tables → the plan of a shop's roster, with everything that cannot be used named by its cell."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from xiaoer.base.days import DAY_MINUTES
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.mask import shape_of
from xiaoer.base.near_names import near_names
from xiaoer.planning.roster.shop.plan import Activity, Break, Member, Need, RosterPlan, Shift, ShopWish
from xiaoer.planning.roster.shop.tables import RosterForm, Row, Tables

Value = TypeVar("Value")
CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?::\d{2})?")
BREAK = re.compile(r"(\d{1,3})(?:@(\d{1,2}[:：]\d{2})-(\d{1,2}[:：]\d{2}))?")
SPLIT = re.compile(r"[,，、;；|\s]+")
LONGEST = 400  # days of one roster
EDGE = 120  # minutes at either end of a shift in which a break without a window does not lie


@dataclass
class _Reading:
    """The tables being read and every issue."""

    form: RosterForm
    tables: Tables
    issues: list[Issue] = field(default_factory=list)

    def say(self, code: str, row: Row, column: str, **values: str | int) -> None:
        """Keep an issue at a cell."""
        at = Place(row.place.file, row.place.sheet, row.place.line, row.called.get(column, column))
        self.issues.append(Issue(code, Severity.ERROR, at, values))

    def cell(self, row: Row, column: str, read: Callable[[str], Value], default: Value) -> Value:
        """Return what a cell says, or the default where it is empty or cannot be read."""
        text = row.cells.get(column, "")
        if not text:
            return default
        try:
            return read(text)
        except ValueError:
            self.say("roster.cell", row, column, found=shape_of(text))
            return default

    def named(self, row: Row, column: str, names: Iterable[str]) -> str | None:
        """Return the name in a cell if it is one of these; else say so."""
        text = row.cells.get(column, "")
        known = list(names)
        if text in known:
            return text
        self.say("roster.not_listed", row, column, near=", ".join(near_names(text, known)[:3]) or "–")
        return None

    def written_as(self, key: str) -> tuple[str, str]:
        """Return a word of the tables in both languages."""
        return self.form.words[key].zh, self.form.words[key].en


def plan_of(tables: Tables, form: RosterForm) -> RosterPlan:
    """Return the plan; a ReportableError lists all that cannot be used."""
    reading = _Reading(form, tables)
    for needed in ("people", "shifts", "need"):
        if not tables.get(needed):
            words = form.tables[needed].called
            reading.issues.append(Issue("roster.no_table", values={"table": f"{words.zh} ({words.en})"}))
    if reading.issues:
        raise ReportableError(reading.issues)
    rules = _rules(reading)
    shifts = tuple(_shift(reading, row) for row in tables["shifts"])
    names = [shift.name for shift in shifts]
    people = tuple(_member(reading, row, names) for row in tables["people"])
    first, days, need = _need(reading)
    activities = tuple(_activities(reading, rules, sorted({one.skill for one in need})))
    plan = RosterPlan(first, days, shifts, people, need, rules=rules, activities=activities)
    who = [member.name for member in people]
    _once_each(reading, "people")
    _once_each(reading, "shifts")
    _once_each(reading, "activities")
    leave = frozenset(_leave(reading, plan, who))
    wishes = tuple(_wishes(reading, plan, who, names))
    fixed = dict(_fixed(reading, plan, who, names))
    if reading.issues:
        raise ReportableError(reading.issues)
    return replace(plan, leave=leave, wishes=wishes, fixed=fixed)


@lru_cache(maxsize=2_000)
def clock(text: str) -> int:
    """Return the minutes since midnight of a time such as 9:00; 24:00 is 1440. A ValueError says it is none."""
    found = CLOCK.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else -1
    if not 0 <= minutes <= 2 * DAY_MINUTES:
        raise ValueError(text)
    return minutes


def _once_each(reading: _Reading, table: str) -> None:
    """Say where a name stands a second time: everything else is told by it."""
    seen: set[str] = set()
    for row in reading.tables.get(table, []):
        name = row.cells.get("name", "")
        if name and name in seen:
            reading.say("roster.twice", row, "name")
        seen.add(name)


def _rules(reading: _Reading) -> dict[str, str]:
    rules = {name: rule.default for name, rule in reading.form.rules.items()}
    called = {text: key for key, one in reading.form.rules.items() for text in (key, one.called.zh, one.called.en)}
    texts = ("open_from", "open_to", "holidays")
    for row in reading.tables.get("rules", []):
        name = reading.named(row, "name", called)
        if name is None:
            continue
        key, value = called[name], row.cells.get("value", "")
        try:
            if key not in texts and not 0 <= float(value) <= 1e6:
                raise ValueError(value)
            rules[key] = value
        except ValueError:
            reading.say("roster.cell", row, "value", found=shape_of(value))
    return rules


def _shift(reading: _Reading, row: Row) -> Shift:
    start = reading.cell(row, "start", clock, 0)
    end = reading.cell(row, "end", clock, start)
    if end <= start:
        end += DAY_MINUTES
    if "name" not in row.cells or "start" not in row.cells or "end" not in row.cells:
        reading.say("roster.shift_incomplete", row, "name")
    none: tuple[Break, ...] = ()
    breaks = reading.cell(row, "breaks", lambda text: _breaks(text, start, end), none)
    yes = reading.written_as("night")
    late = start % DAY_MINUTES >= 22 * 60 or end > DAY_MINUTES + 60
    night = row.cells["night"].lower() in yes if "night" in row.cells else late
    handover = reading.cell(row, "handover_minutes", _count, 0)
    return Shift(row.cells.get("name", ""), start, end, breaks, handover, night)


def _breaks(text: str, start: int, end: int) -> tuple[Break, ...]:
    found = []
    for part in SPLIT.split(text):
        match = BREAK.fullmatch(part)
        if not match:
            raise ValueError(text)
        minutes = int(match[1])
        first, last = start + min(EDGE, (end - start) // 3), end - min(EDGE, (end - start) // 3)
        if match[2]:
            first, last = clock(match[2]), clock(match[3])
            first += DAY_MINUTES if first < start else 0
            last += DAY_MINUTES if last <= first else 0
        if not start <= first <= first + minutes <= last <= end:
            raise ValueError(text)
        found.append(Break(minutes, first, last))
    return tuple(found)


def _member(reading: _Reading, row: Row, shifts: list[str]) -> Member:
    levels = {text: key for key in ("senior", "newcomer") for text in reading.written_as(key)}
    level = row.cells.get("level", "")
    if level and level not in levels:
        reading.say("roster.cell", row, "level", found=shape_of(level))
    if not row.cells.get("name"):
        reading.say("roster.not_listed", row, "name", near="–")
    can = frozenset(filter(None, SPLIT.split(row.cells.get("shifts", ""))))
    for name in sorted(can - set(shifts)):
        reading.say(
            "roster.not_listed", row, "shifts", near=", ".join(near_names(name, shifts)[:3]) or ", ".join(shifts)
        )
    last = row.cells.get("last_shift")
    off = reading.written_as("off")
    if last is not None and last not in (*shifts, *off):
        reading.say("roster.not_listed", row, "last_shift", near=", ".join([*shifts, off[0]]))
    cell = reading.cell
    return Member(
        name=row.cells.get("name", ""),
        skills=frozenset(filter(None, SPLIT.split(row.cells.get("skills", "")))),
        level=levels.get(level, ""),
        hours_least=cell(row, "hours_least", _amount, 0.0),
        hours_most=cell(row, "hours_most", _amount, None),
        days_in_a_row=cell(row, "days_in_a_row", _count, None),
        weekends_most=cell(row, "weekends_most", _count, None),
        nights_most=cell(row, "nights_most", _count, None),
        shifts=can or None,
        last_shift=None if last is None else "" if last in off else last,
        days_so_far=max(1, cell(row, "days_so_far", _count, 1)),
        nights_before=cell(row, "nights_before", _count, 0),
        weekends_before=cell(row, "weekends_before", _count, 0),
        holidays_before=cell(row, "holidays_before", _count, 0),
    )


def _need(reading: _Reading) -> tuple[date, int, tuple[Need, ...]]:
    nothing = date(1970, 1, 1)
    read = []
    for row in reading.tables["need"]:
        day = reading.cell(row, "day", day_of, nothing)
        start = reading.cell(row, "start", clock, -1)
        people = reading.cell(row, "people", _amount, 0.0)
        if "day" not in row.cells or "start" not in row.cells:
            reading.say("roster.need_incomplete", row, "day")
        read.append((day, start, people, row.cells.get("skill", "")))
    days = [day for day, *_ in read if day != nothing] or [nothing]  # what cannot be read is said at its cell
    first, length = min(days), (max(days) - min(days)).days + 1
    if length > LONGEST and not reading.issues:
        reading.issues.append(Issue("roster.too_long", values={"days": length, "most": LONGEST}))
    starts = sorted({start for _, start, *_ in read})
    gaps = [b - a for a, b in zip(starts, starts[1:], strict=False)]
    minutes = min(gaps) if gaps else 60
    needs = tuple(Need((day - first).days, at, minutes, people, skill) for day, at, people, skill in read)
    return first, length, needs


def _activities(reading: _Reading, rules: dict[str, str], skills: list[str]) -> Iterable[Activity]:
    for row in reading.tables.get("activities", []):
        name = reading.named(row, "name", skills)
        shortest = reading.cell(row, "shortest_minutes", _count, int(float(rules["activity_minutes"])))
        lack = reading.cell(row, "lack_an_hour", _amount, float(rules["lack_an_hour"]))
        if name is not None:
            yield Activity(name, shortest, lack)


def _leave(reading: _Reading, plan: RosterPlan, who: list[str]) -> Iterable[tuple[str, int]]:
    for row in reading.tables.get("leave", []):
        name = reading.named(row, "name", who)
        first = reading.cell(row, "first", day_of, plan.first)
        last = reading.cell(row, "last", day_of, first)
        for offset in range((first - plan.first).days, (last - plan.first).days + 1):
            if name is not None and 0 <= offset < plan.days:
                yield name, offset


def _wishes(reading: _Reading, plan: RosterPlan, who: list[str], shifts: list[str]) -> Iterable[ShopWish]:
    off, no = reading.written_as("off"), reading.written_as("no")
    for row in reading.tables.get("wishes", []):
        name = reading.named(row, "name", who)
        day = (reading.cell(row, "day", day_of, plan.first) - plan.first).days
        text = row.cells.get("shift", off[0])
        shift = None if text in off else reading.named(row, "shift", shifts)
        weight = reading.cell(row, "weight", _amount, 1.0)
        if name is not None and 0 <= day < plan.days:
            yield ShopWish(name, day, shift, row.cells.get("want", "").lower() not in no, weight)


def _fixed(
    reading: _Reading, plan: RosterPlan, who: list[str], shifts: list[str]
) -> Iterable[tuple[tuple[str, int], str | None]]:
    off = reading.written_as("off")
    for row in reading.tables.get("fixed", []):
        name = reading.named(row, "name", who)
        day = (reading.cell(row, "day", day_of, plan.first) - plan.first).days
        shift = None if row.cells.get("shift", "") in off else reading.named(row, "shift", shifts)
        if name is not None and 0 <= day < plan.days:
            yield (name, day), shift


def day_of(text: str) -> date:
    """Return the day of a text such as 2026-06-01, 2026/6/1 or 2026年6月1日. A ValueError says it is none."""
    year, month, day = (int(part) for part in re.split(r"[-/.年月]", text.strip().rstrip("日").split(" ")[0]))
    return date(year, month, day)


def _amount(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1e6:
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    value = _amount(text)
    if value != int(value):
        raise ValueError(text)
    return int(value)


def days_between(text: str, plan: RosterPlan) -> range:
    """Return the plan's days of a text such as 2026-05-01 or 2026-05-01..2026-05-03, or raise a ValueError."""
    first, _, last = text.partition("..")
    begin = (day_of(first) - plan.first) // timedelta(days=1)
    end = (day_of(last or first) - plan.first) // timedelta(days=1)
    return range(max(begin, 0), min(end, plan.days - 1) + 1)
