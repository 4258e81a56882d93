"""The cheapest shifts for the people that each day needs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xiaoer.actions.plan_table import plan_rows
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY_MINUTES
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.planning.need import Cover, Shift, cheapest_cover

if TYPE_CHECKING:
    from xiaoer.actions.plan_needed import Needed

_HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–~至]\s*(\d{1,2})(?::(\d{2}))?")


@dataclass(frozen=True)
class Covered:
    """A day's cheapest shifts."""

    day: date | None
    shifts: tuple[Shift, ...]
    cover: Cover


def covered_days(found: "Needed", file: Path, closed: str | None) -> list[Covered]:
    """Return the cheapest shifts of each day; in closed hours nobody is wanted; a ReportableError for a bad table."""
    shifts = read_shifts(file)
    step, per_day = found.load.minutes, DAY_MINUTES // found.load.minutes
    shut = _closed(closed)
    days = []
    for place, day in enumerate(found.load.days):
        need = [0] * per_day
        for at, start in enumerate(found.load.starts):
            if not any(first <= start < last for first, last in shut):
                need[start // step % per_day] = max(need[start // step % per_day], int(found.people[place, at]))
        days.append(Covered(day, tuple(shifts), cheapest_cover(need, shifts)))
    return days


def read_shifts(file: Path) -> list[Shift]:
    """Return the shifts of a table: shift, from, to, cost (1 where left out)."""
    return [
        Shift(cells.text("shift"), cells.minute("from") % DAY_MINUTES, cells.minute("to"), cells.number("cost", 1.0))
        for cells in plan_rows(file, needed=(("shift",), ("from",), ("to",)))
    ]


def _closed(text: str | None) -> list[tuple[int, int]]:
    found = []
    for part in (text or "").replace("，", ",").split(","):
        if not part.strip():
            continue
        hours = _HOURS.fullmatch(part.strip())
        first, last = (
            (int(hours[1]) * 60 + int(hours[2] or 0), int(hours[3]) * 60 + int(hours[4] or 0)) if hours else (0, 0)
        )
        if not 0 <= first < last <= DAY_MINUTES:
            raise ReportableError.of("planning.hours", values={"found": part.strip()[:20]})
        found.append((first, last))
    return found


def said_covers(covers: Sequence[Covered], language: Language) -> list[str]:
    """Return what is said of each day's shifts."""
    return [
        word(
            "plan_cover", language, day=one.day or "", cost=f"{one.cover.cost:,g}",
            shifts=", ".join(f"{shift.name} × {people}" for shift, people in
                             zip(one.shifts, one.cover.people, strict=True) if people),
        ).strip()
        for one in covers
    ]  # fmt: skip
