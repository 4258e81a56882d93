"""What a report's totals and means make of its agents: sums that do not add up, means of rates in place of Σ ÷ Σ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xiaoer.intake.report.columns import IndicatorColumn, ReportColumns
from xiaoer.intake.report.identities import FigureLine, ratio_of
from xiaoer.intake.report.lines import Line
from xiaoer.intake.report.words import ReportWords


@dataclass(frozen=True)
class Off:
    """A total or mean that is not what the agents make: the code of what is said, and both figures."""

    code: str
    line: Line
    column: str
    found: Fraction
    expected: Fraction


def wrong_totals(rows: Sequence[FigureLine], columns: ReportColumns, words: ReportWords) -> Iterator[Off]:
    """Yield what is wrong with the totals and means of agents' rows of the same days."""
    for row in rows:
        members = [each for each in rows if each.line.kind == "agent" and each.line.period == row.line.period]
        if row.line.kind == "agent" or not members or row.line.scope or row.line.word in words.rows.wider:
            continue
        for column in columns.figures:
            if row.value(column) is not None and column.indicator is not None:
                check = _mean_of_rows if row.line.kind == "mean" else _total
                yield from check(row, members, column, _Report(columns, words))


@dataclass(frozen=True)
class _Report:
    columns: ReportColumns
    words: ReportWords


def _total(row: FigureLine, members: Sequence[FigureLine], column: IndicatorColumn, report: _Report) -> Iterator[Off]:
    assert column.indicator is not None
    found = row.value(column) or Fraction(0)
    values = _values(members, column)
    if values is None:
        return
    if column.indicator.adds_up:
        slack = row.step(column) + sum((each.step(column) for each in members if _has(each, column)), Fraction(0)) / 2
        total = sum(values, Fraction(0))
        if found != total and abs(found - total) >= slack:
            yield Off("reported.total_off", row.line, column.header, found, total)
        return
    if column.unit not in ("share", "ratio", "seconds", "minutes", "yuan") or len(values) < 2:
        return
    yield from _rate(row, members, column, report)


def _rate(row: FigureLine, members: Sequence[FigureLine], column: IndicatorColumn, report: _Report) -> Iterator[Off]:
    """Yield when a total of a rate is the mean of the agents' rates, or neither that nor Σ ÷ Σ."""
    found, step = row.value(column) or Fraction(0), row.step(column)
    values = _values(members, column) or []
    mean = sum(values, Fraction(0)) / len(values)
    weighted, exact = _weighted(members, column, report)
    if weighted is None or abs(found - weighted) < step:
        return
    if abs(found - mean) <= step / 2:
        yield Off("reported.mean_of_rates", row.line, column.header, found, weighted)
    elif exact:
        yield Off("reported.total_off", row.line, column.header, found, weighted)


def _weighted(members: Sequence[FigureLine], column: IndicatorColumn, report: _Report) -> tuple[Fraction | None, bool]:
    """Return Σ ÷ Σ and whether it is exact; weighted by a count of people it is near it."""
    written = ratio_of(column, report.columns, report.words)
    if written is not None and written.over is not None:
        parts = (*written.adds, *written.takes, written.over)
        if all(each.value(part) is not None for each in members for part in parts):
            over = sum((each.value(written.over) or Fraction(0) for each in members), Fraction(0))
            top = sum(
                (each.value(part) or Fraction(0)) * (1 if part in written.adds else -1)
                for each in members
                for part in (*written.adds, *written.takes)
            )
            return (Fraction(top) / over if over else None), True
    assert column.indicator is not None
    weights = report.columns.named(column.indicator.weight or "")
    counted = [
        (value, weight)
        for each in members
        if len(weights) == 1 and (value := each.value(column)) is not None and (weight := each.value(weights[0]))
    ]
    whole = sum((weight for _, weight in counted), Fraction(0))
    return (sum((value * weight for value, weight in counted), Fraction(0)) / whole if whole else None), False


def _mean_of_rows(
    row: FigureLine, members: Sequence[FigureLine], column: IndicatorColumn, report: _Report
) -> Iterator[Off]:
    found, step = row.value(column) or Fraction(0), row.step(column)
    values = _values(members, column)
    if not values or column.unit == "clock":
        return
    total = sum(values, Fraction(0))
    could_be = [total / len(values), total / len(members)]
    if column.indicator is not None and not column.indicator.adds_up:
        weighted, _ = _weighted(members, column, report)
        could_be += [weighted] if weighted is not None else []
    if all(abs(found - each) >= step and found != each for each in could_be):
        yield Off("reported.mean_off", row.line, column.header, found, could_be[0])


def _values(members: Sequence[FigureLine], column: IndicatorColumn) -> list[Fraction] | None:
    """Return the agents' figures, empty ones left out; None when one is still to come or there is none."""
    if any(each.figures[column.index].pending for each in members):
        return None
    return [value for each in members if (value := each.value(column)) is not None] or None


def _has(row: FigureLine, column: IndicatorColumn) -> bool:
    return row.value(column) is not None
