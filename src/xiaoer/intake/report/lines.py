"""The rows of a report: each agent's, the totals, the means; peers are left out, what clashes is refused."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from xiaoer.base.days import Period
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.mask import shown_number
from xiaoer.intake.raw import BadRow, RawTable
from xiaoer.intake.report.columns import ReportColumns
from xiaoer.intake.report.period import cell_period
from xiaoer.intake.report.words import ReportWords
from xiaoer.intake.values.instants import DateOrder

Cells = tuple[str | None, ...]
_DIGIT = re.compile(r"\d")
_AFTER_WORD = re.compile(r"[:：]$|[（(][^()（）]*[)）]$")


@dataclass(frozen=True)
class Line:
    """One row of the report that counts: whose it is, its days, its cells, and where it stands in the file."""

    kind: str  # agent, total, mean
    agent: str | None
    word: str | None  # how the report calls a total or mean
    period: Period
    cells: Cells
    number: int
    source_row: int
    scope: str | None = None  # the word again, where another sum of the same days stands before this one


@dataclass(frozen=True)
class RawLine:
    """One row as it was read: its cells, its line, its place among the rows of the reading."""

    cells: Cells
    number: int
    source_row: int


@dataclass(frozen=True)
class LinesRead:
    """The rows that count, the refused ones, and how many were about others."""

    lines: tuple[Line, ...]
    refused: tuple[BadRow, ...]
    peers: int
    notes: int  # rows of words under the header: units, explanations


@dataclass(frozen=True)
class LineReader:
    """What rows are read with; `whole` is the period of rows without a day of their own, if known."""

    raw: RawTable
    columns: ReportColumns
    words: ReportWords
    order: DateOrder
    whole: Period | None

    def read(self, rows: Iterable[RawLine]) -> LinesRead:
        """Return the rows by what they are."""
        lines: list[Line] = []
        refused: list[BadRow] = []
        undated: list[tuple[RawLine, str, str]] = []
        peers = notes = 0
        for row in rows:
            word = self._word(row)
            if word in self.words.rows.peers:
                peers += 1
                continue
            if not word and self._is_note(row):
                notes += 1
                continue
            found = self._summary(row, word) if word else self._record(row)
            match found:
                case Line():
                    lines.append(found)
                case BadRow():
                    refused.append(found)
                case (kind, said):
                    undated.append((row, kind, said))
        lines += self._over_all(undated, lines)
        labels = frozenset({0, self.columns.person or 0, self.columns.day or 0})
        kept, clashing = _without_clashes(lines, self.raw, labels)
        return LinesRead(tuple(kept), (*refused, *clashing), peers, notes)

    def _word(self, row: RawLine) -> str | None:
        """Return the word of sums, means or peers that a row's person, day or first cell is."""
        for index in (self.columns.person, self.columns.day, 0):
            if index is not None and (cell := row.cells[index]):
                word = _AFTER_WORD.sub("", cell).strip()
                if word in self.words.rows.total | self.words.rows.mean | self.words.rows.peers:
                    return word
        return None

    def _is_note(self, row: RawLine) -> bool:
        """Tell whether a row has neither whose nor when, and no figure: words about the columns."""
        if any(_DIGIT.search(row.cells[column.index] or "") for column in self.columns.figures):
            return False
        if self.columns.day is not None and row.cells[self.columns.day]:
            return self._own_period(row) is None
        return self.columns.person is not None and row.cells[self.columns.person] is None and any(row.cells)

    def _summary(self, row: RawLine, word: str) -> Line | tuple[str, str]:
        kind = "mean" if word in self.words.rows.mean else "total"
        own = self._own_period(row)
        return Line(kind, None, word, own, row.cells, row.number, row.source_row) if own else (kind, word)

    def _record(self, row: RawLine) -> Line | BadRow | None:
        if not any(row.cells[column.index] for column in self.columns.figures):
            return None  # a name, or a day, without a figure
        person = self.columns.person
        agent = row.cells[person] if person is not None else None
        if person is not None and agent is None:
            return self._bad(row, Issue("intake.missing_value", Severity.REJECTED), person)
        period = self._own_period(row)
        day = self.columns.day
        if period is None and day is not None and row.cells[day]:
            values = {"found": shown_number(row.cells[day] or "")}
            return self._bad(row, Issue("intake.not_a_time", Severity.REJECTED, values=values), day)
        period = period or self.whole
        if period is None:
            return self._bad(row, Issue("intake.missing_value", Severity.REJECTED), day or 0)
        kind = "agent" if agent is not None else "total"
        return Line(kind, agent, None, period, row.cells, row.number, row.source_row)

    def _own_period(self, row: RawLine) -> Period | None:
        day = self.columns.day
        return _period_of(row.cells[day] or "", self.order) if day is not None else self.whole

    def _over_all(self, undated: Sequence[tuple[RawLine, str, str]], lines: Sequence[Line]) -> Iterator[Line]:
        """Yield sums without a day: they are of all days that the report has."""
        for row, kind, word in undated:
            periods = [line.period for line in lines if line.word is None]
            span = Period(min(p.first for p in periods), max(p.last for p in periods)) if periods else self.whole
            if span is not None:
                yield Line(kind, None, word, span, row.cells, row.number, row.source_row)

    def _bad(self, row: RawLine, issue: Issue, column: int) -> BadRow:
        place = self.raw.source.place(sheet=self.raw.sheet, line=row.number, column=self.raw.header[column])
        return refused_row(row.cells, row.number, replace(issue, place=place))


def refused_row(cells: Cells, number: int, *issues: Issue) -> BadRow:
    """Return the row as one that is left out, with what is wrong with it."""
    return BadRow(number, tuple(cell or "" for cell in cells), issues)


@lru_cache(maxsize=4096)
def _period_of(cell: str, order: DateOrder) -> Period | None:
    return cell_period(cell, order) if cell else None


def _without_clashes(lines: Sequence[Line], raw: RawTable, labels: frozenset[int]) -> tuple[list[Line], list[BadRow]]:
    """Return one row for each person and period: a row told twice counts once, rows that disagree count none.

    Two totals of one period under different words are both kept.
    """
    groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.kind, line.agent, line.period.first, line.period.last, line.word].append(line)
    kept: list[Line] = []
    refused: list[BadRow] = []
    for same in groups.values():
        if all(line.cells == same[0].cells for line in same):
            kept.append(same[0])
            continue
        for line in same:
            place = raw.source.place(sheet=raw.sheet, line=line.number)
            others = ", ".join(str(other.number) for other in same if other is not line)[:60]
            issue = Issue("reported.person_twice", Severity.REJECTED, place, {"lines": others})
            refused.append(refused_row(line.cells, line.number, issue))
    kept.sort(key=lambda line: line.source_row)
    return _scoped(kept, labels), sorted(refused, key=lambda row: row.line or 0)


def _scoped(lines: Iterable[Line], labels: frozenset[int]) -> list[Line]:
    """Return the rows, a second sum of the same days by its word; one that says the same again is left out."""
    seen: dict[tuple[str, Period], set[Cells]] = defaultdict(set)
    found = []
    for line in lines:
        if line.kind == "agent":
            found.append(line)
            continue
        figures = tuple(cell for index, cell in enumerate(line.cells) if index not in labels)
        same_days = seen[line.kind, line.period]
        if figures not in same_days:
            found.append(replace(line, scope=line.word) if same_days else line)
        same_days.add(figures)
    return found
