"""The cells of a report's rows as figures: scales by column, decimals shown, rows with unreadable cells refused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.raw import BadRow, RawTable
from xiaoer.intake.report.columns import IndicatorColumn, ReportColumns
from xiaoer.intake.report.figure import Figure, read_figure
from xiaoer.intake.report.identities import FigureLine
from xiaoer.intake.report.lines import Line, refused_row
from xiaoer.intake.report.scale import percent_columns
from xiaoer.intake.report.words import ReportWords
from xiaoer.intake.values import Problem

FEWEST_SHARE_PLACES = 2  # nobody shows shares in whole ones: a lone 1 is 100 %


@dataclass(frozen=True)
class FiguresRead:
    """The rows with their figures, the refused ones, and how the columns were read."""

    columns: ReportColumns  # without those that hold words
    rows: tuple[FigureLine, ...]
    refused: tuple[BadRow, ...]
    percent: tuple[IndicatorColumn, ...]  # plain shares read as 0–100
    fractions: tuple[IndicatorColumn, ...]  # plain shares read as 0–1
    wordy: tuple[IndicatorColumn, ...]  # unknown columns of words


def read_lines(lines: Sequence[Line], columns: ReportColumns, words: ReportWords, raw: RawTable) -> FiguresRead:
    """Return the rows' figures."""
    shares = {
        column.index: [line.cells[column.index] for line in lines]
        for column in columns.figures
        if column.unit == "share"
    }
    percent, fractions = percent_columns(shares)
    wordy = tuple(column for column in columns.figures if column.name is None and _is_wordy(column, lines, words))
    kept = replace(columns, figures=tuple(column for column in columns.figures if column not in wordy))
    rows: list[FigureLine] = []
    refused: list[BadRow] = []
    for line in lines:
        read = {
            column.index: read_figure(line.cells[column.index], column.unit, words, percent=column.index in percent)
            for column in kept.figures
        }
        figures = {index: figure for index, figure in read.items() if isinstance(figure, Figure)}
        if len(figures) == len(read):
            rows.append(FigureLine(line, figures))
        else:
            refused.append(_refused(line, read, raw))
    return FiguresRead(
        kept,
        tuple(_shown_alike(rows, kept)),
        tuple(refused),
        tuple(column for column in kept.figures if column.index in percent),
        tuple(column for column in kept.figures if column.index in fractions),
        wordy,
    )


def _is_wordy(column: IndicatorColumn, lines: Iterable[Line], words: ReportWords) -> bool:
    cells = (line.cells[column.index] for line in lines)
    return any(isinstance(read_figure(cell, None, words, percent=False), Problem) for cell in cells)


def _refused(line: Line, read: Mapping[int, Figure | Problem], raw: RawTable) -> BadRow:
    issues = []
    for index, found in read.items():
        if isinstance(found, Problem):
            place = raw.source.place(sheet=raw.sheet, line=line.number, column=raw.header[index])
            issues.append(Issue(found.code, Severity.REJECTED, place, found.values))
    return refused_row(line.cells, line.number, *issues)


def _shown_alike(rows: Sequence[FigureLine], columns: ReportColumns) -> list[FigureLine]:
    """Return the rows with the decimals of their column: 38 among 37.79 is 38.00; sums are shown by themselves."""
    most: dict[int, int] = defaultdict(lambda: -(10**6))
    for row in rows:
        for index, figure in row.figures.items():
            if row.line.word is None and figure.places is not None:
                most[index] = max(most[index], figure.places)
    shares = {column.index for column in columns.figures if column.unit == "share"}
    found = []
    for row in rows:
        figures = {}
        for index, figure in row.figures.items():
            places = figure.places
            if places is not None:
                places = most[index] if row.line.word is None else places
                places = max(places, FEWEST_SHARE_PLACES) if index in shares else places
            figures[index] = replace(figure, places=places)
        found.append(FigureLine(row.line, figures))
    return found
