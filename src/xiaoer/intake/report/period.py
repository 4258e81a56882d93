"""The days that a report is about, as a cell, a file's name or a title writes them."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from xiaoer.base.days import Period
from xiaoer.intake.values.instants import DateOrder, read_days

_BEFORE, _AFTER = r"(?<!\d)", r"(?!\d)"
_DAY = re.compile(
    _BEFORE + r"(20\d{2})(?:([-./_])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))" + _AFTER
)
_MONTH = re.compile(_BEFORE + r"(20\d{2})(?:年(\d{1,2})月|[-./](\d{1,2}))" + r"(?![-./]?\d)")
_JOINS = re.compile(r"\s*(?:至|到|~|～|—|–|-|_|\bto\b|,|，|\s)\s*", re.IGNORECASE)
_PLAINLY = re.compile(r"\s*(?:至|到|~|～|—|–|\bto\b)\s*", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"[ _T-]?\d{1,2}[-:：_时]?\d{2}(?!\d)")


def cell_period(cell: str, order: DateOrder) -> Period | None:
    """Return the day, the range or the whole month that a cell of a date column says; None when it says none."""
    found = text_period(cell)
    if found is not None and found.first != found.last:
        return found
    days = read_days(pa.array([cell.strip()], pa.string()), order=order)
    day = days.values[0].as_py()
    if day is not None:
        return Period(day, day)
    return found or _month(cell)


def text_period(text: str) -> Period | None:
    """Return the range of days in a name or a title, else its one day; None when it has none or they make no sense."""
    found = [(match, day) for match in _DAY.finditer(text) if (day := _day(match)) is not None]
    pairs = [
        (bool(_PLAINLY.fullmatch(between)), first, last)
        for (before, first), (after, last) in zip(found, found[1:], strict=False)
        if _JOINS.fullmatch(between := text[before.end() : after.start()]) and first <= last
    ]
    if pairs:
        _, first, last = max(pairs, key=lambda pair: pair[0])
        return Period(first, last)
    alone = [day for match, day in found if not _CLOCK_AFTER.match(text, match.end())]
    return Period(alone[-1], alone[-1]) if len(set(alone)) == 1 else None


def named_period(texts: Iterable[str]) -> Period | None:
    """Return the first period that one of the texts has: a range or a day, else a month."""
    said = list(texts)
    return next((found for text in said if (found := text_period(text) or _month(text))), None)


def _day(match: re.Match[str]) -> date | None:
    year, _, *rest = match.groups()
    month, day = (int(part) for part in rest if part is not None)
    try:
        return date(int(year), month, day)
    except ValueError:
        return None


def _month(text: str) -> Period | None:
    months = {(int(match[1]), int(match[2] or match[3])) for match in _MONTH.finditer(text)}
    if len(months) != 1:
        return None
    ((year, month),) = months
    if not 1 <= month <= 12:
        return None
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
