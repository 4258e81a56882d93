"""Tables that planning is given: counts, loads, events, drivers, shifts, rosters; columns in Chinese or English."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from xiaoer.actions.appraise_table import TableRow, rows_of
from xiaoer.base.days import DAY_MINUTES, FIRST_YEAR, LAST_YEAR
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.mask import shape_of

# What people call the columns of such tables, and what they are here; small letters, without blanks.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "time": ("datetime", "timestamp", "interval", "时间", "时刻", "时段"),
    "day": ("date", "日期"),
    "contacts": (
        "calls", "chats", "count", "offered_calls", "数量", "来访", "来电", "来电量", "咨询量", "咨询人数",
        "接待人数", "人次",
    ),
    "from": ("start", "开始", "开始时间", "从", "上班"),
    "to": ("end", "结束", "结束时间", "到", "下班"),
    "shift": ("班次", "班"),
    "cost": ("成本", "费用"),
    "name": ("event", "活动", "大促", "名称"),
    "lift": ("倍数",),
    "agent": ("客服", "账号", "姓名"),
    "value": ("数值",),
    "people": ("人数",),
    "kind": ("类型",),
    "activity": ("状态", "安排"),
}  # fmt: skip
CALLED: Mapping[str, str] = {also: name for name, others in _ALSO.items() for also in others}
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：]\d{2}(?:\.\d+)?)?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Cells:
    """One row of a table, read cell by cell; a cell that can not be read is a ReportableError that says where."""

    row: TableRow
    texts: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """Return a cell as it is written."""
        return self.texts.get(name, default)

    def signed(self, name: str) -> float:
        """Return a cell as a number that may be negative."""
        text = self.texts.get(name, "").strip().replace("−", "-")
        sign = -1.0 if text.startswith("-") else 1.0
        return sign * replace(self, texts={name: text.lstrip("+-")}).number(name)

    def number(self, name: str, default: float | None = None) -> float:
        """Return a cell as a number of at least 0."""
        text = self.texts.get(name, "").replace(",", "").replace("，", "")
        if not text and default is not None:
            return default
        try:
            value = float(text)
        except ValueError:
            raise self._bad(name) from None
        if not 0 <= value < float("inf"):
            raise self._bad(name)
        return value

    def day(self, name: str) -> date:
        """Return a cell's day."""
        found = _DAY.match(self.texts.get(name, "").strip())
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self._bad(name)
        return day

    def minute(self, name: str) -> int:
        """Return a cell's minute of the day, of 09:30 or of a whole time; 24:00 is 1440."""
        text = self.texts.get(name, "").strip()
        found = _CLOCK.search(text)
        if found is None:
            if _DAY.fullmatch(text):
                return 0
            raise self._bad(name)
        minute = int(found[1]) * 60 + int(found[2])
        if int(found[2]) > 59 or minute > DAY_MINUTES:
            raise self._bad(name)
        return minute

    def when(self) -> tuple[date, int]:
        """Return the day and the minute of a row that has a time, or a day and a beginning."""
        name = "time" if "time" in self.texts else "day"
        at = "time" if "time" in self.texts else "from"
        return self.day(name), self.minute(at) % DAY_MINUTES

    def _bad(self, name: str) -> ReportableError:
        found = shape_of(self.texts.get(name, "")) or "–"
        values = {"column": name, "found": found}
        return ReportableError([Issue("planning.table_cell", Severity.ERROR, self.row.at(name), values)])


def plan_rows(file: Path, *, needed: tuple[tuple[str, ...], ...]) -> Iterator[Cells]:
    """Yield the rows of a CSV or workbook; of each group of `needed` one column has to be there, else an error.

    Further sheets of a workbook without these columns are about something else.
    """
    if not file.is_file():
        raise ReportableError.of("planning.no_file", values={"file": file.name})
    first: TableRow | None = None
    for row in rows_of(file, ""):
        texts = {CALLED.get(_plain(name), _plain(name)): text for name, text in row.cells.items()}
        missing = [" / ".join(group) for group in needed if not any(name in texts for name in group)]
        if missing and first is None:
            values = {"missing": ", ".join(missing), "found": ", ".join(sorted(texts))[:120]}
            raise ReportableError.of("planning.table_columns", place=Place(file.name), values=values)
        first = first or row
        if not missing or row.place.sheet == first.place.sheet:
            yield Cells(row, texts)


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def read_counts(file: Path) -> list[tuple[date, int, float]]:
    """Return (day, minute of the day, contacts) of a table with a time, or day and beginning, and a number each."""
    rows = plan_rows(file, needed=(("time", "day"), ("contacts",)))
    return [(*cells.when(), cells.number("contacts", 0.0)) for cells in rows]


def local_instant(day: date, minute: int) -> datetime:
    """Return a time of the wall clock, without a zone."""
    return datetime(day.year, day.month, day.day, minute // 60 % 24, minute % 60)  # noqa: DTZ001 -- a wall clock's
