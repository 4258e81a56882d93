"""Days as they are said: 9 月 26 日, 9 月 27–30 日; 26 Sep, 27–30 Sep."""

from collections.abc import Iterable
from datetime import date

from xiaoer.actions.shop_data import runs_of
from xiaoer.base.days import Period


def say_day(day: date, language: str) -> str:
    """Return a day without its year."""
    return f"{day.month} 月 {day.day} 日" if language != "en" else f"{day.day} {day:%b}"


def say_days(days: Iterable[date], language: str) -> str:
    """Return days as runs without gaps, in order."""
    return ("、" if language != "en" else ", ").join(_run(run, language) for run in runs_of(set(days)))


def _run(run: Period, language: str) -> str:
    first, last = run.first, run.last
    if first == last:
        return say_day(first, language)
    if (first.year, first.month) != (last.year, last.month):
        return f"{say_day(first, language)}–{say_day(last, language)}"
    return f"{first.month} 月 {first.day}–{last.day} 日" if language != "en" else f"{first.day}–{last.day} {first:%b}"
