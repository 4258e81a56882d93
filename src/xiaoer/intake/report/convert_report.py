"""From a wide report to figures, one a row: what it says of agents, of the shop, and what does not add up."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import pyarrow as pa

from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.tables import canonical_tables
from xiaoer.intake.convert import Tally
from xiaoer.intake.platform import REPORTED, ReportMap
from xiaoer.intake.raw import BadRow, RawBatch, RawTable
from xiaoer.intake.reading import Piece, ReadOptions, Rejected, Rows
from xiaoer.intake.recognise import Recognised
from xiaoer.intake.records_only import records_only
from xiaoer.intake.report.columns import ReportColumns, report_columns
from xiaoer.intake.report.identities import FigureLine
from xiaoer.intake.report.lines import LineReader, RawLine
from xiaoer.intake.report.period import named_period
from xiaoer.intake.report.read_lines import FiguresRead, read_lines
from xiaoer.intake.report.said import said_of_figures, said_of_shape
from xiaoer.intake.report.words import ReportWords, report_words
from xiaoer.intake.values.read_values import as_texts
from xiaoer.intake.values.texts import cleaned
from xiaoer.intake.vocabulary import all_headers

MOST_ROWS = 200_000
BATCH_ROWS = 65_536


@dataclass(frozen=True)
class _Form:
    """A report with its layout and words."""

    raw: RawTable
    recognised: Recognised
    options: ReadOptions

    @cached_property
    def words(self) -> ReportWords:
        return report_words(self.options.catalog)

    @property
    def report(self) -> ReportMap:
        return self.recognised.layout.report or ReportMap()

    @cached_property
    def columns(self) -> ReportColumns:
        return report_columns(self.raw, self.report, self.words)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What names the report and its days beside the table itself."""
        source = self.raw.source
        stems = [name.rpartition(".")[0] or name for name in (source.file_name, source.whole_name)]
        return (*dict.fromkeys(stems), self.raw.sheet or "", *self.raw.above)

    @cached_property
    def whole(self) -> Period | None:
        return self.options.period or named_period(self.texts)

    @cached_property
    def name(self) -> str:
        for pattern in self.report.names:
            for text in self.texts:
                if (match := re.search(pattern, text)) and match["report"].strip("_ -"):
                    return match["report"].strip("_ -")
        return self.recognised.layout.name

    @cached_property
    def policy(self) -> str | None:
        return next((ours for word, ours in self.words.policies.items() for text in self.texts if word in text), None)


def convert_report(raw: RawTable, recognised: Recognised, options: ReadOptions, tally: Tally) -> Iterator[Piece]:
    """Yield the report's figures and everything that is said of them; a ReportableError when its days are unknown."""
    yield from raw.issues
    form = _Form(raw, recognised, options)
    rows, bad = [], []
    for piece in records_only(raw, known=all_headers(options.catalog), summary_words=frozenset()):
        match piece:
            case Issue():
                yield piece
            case BadRow():
                tally.rows += 1
                bad.append(piece)
            case RawBatch():
                rows += _raw_lines(piece, tally, form)
    place = raw.source.place(sheet=raw.sheet)
    if form.report.peers:
        yield Issue("reported.peers_left_out", Severity.NOTE, place, {"count": len(rows)})
        return
    if form.columns.day is None and form.whole is None:
        raise ReportableError.of("reported.no_period", place=place)
    reader = LineReader(raw, form.columns, form.words, form.report.dates, form.whole)
    lines = reader.read(rows)
    read = read_lines(lines.lines, form.columns, form.words, raw)
    yield from said_of_shape(raw, form.columns, lines, whole=form.whole, shop=options.shop)
    yield from _figures(form, read, tally)
    yield from said_of_figures(raw, read, form.words)
    for row in sorted((*bad, *lines.refused, *read.refused), key=lambda row: row.line or 0):
        yield Rejected(REPORTED, raw.source.place(sheet=raw.sheet, line=row.line), raw.header, row.cells, row.issues)


def _raw_lines(batch: RawBatch, tally: Tally, form: _Form) -> list[RawLine]:
    columns = [cleaned(as_texts(column)).to_pylist() for column in batch.columns]
    found = []
    for cells, number in zip(zip(*columns, strict=True), batch.lines.to_pylist(), strict=True):
        tally.rows += 1
        found.append(RawLine(cells, number, tally.rows))
    if tally.rows > MOST_ROWS:
        raise ReportableError.of("reported.too_long", place=form.raw.source.place(), values={"most": MOST_ROWS})
    return found


def _figures(form: _Form, read: FiguresRead, tally: Tally) -> Iterator[Piece]:
    schema = canonical_tables()[REPORTED].schema
    found = [row for line in read.rows for row in _long(form, line, read.columns)]
    if not found:
        yield Issue("intake.no_rows", Severity.WARNING, form.raw.source.place(sheet=form.raw.sheet))
    for first in range(0, max(len(found), 1), BATCH_ROWS):
        yield Rows(REPORTED, pa.RecordBatch.from_pylist(found[first : first + BATCH_ROWS], schema=schema))
    sums = tally.sums.setdefault(REPORTED, {})
    for column in read.columns.figures:
        if column.unit == "yuan" and column.indicator is not None and column.indicator.adds_up:
            shown = [line.figures[column.index].value for line in read.rows if line.line.word is None]
            sums[column.header] = sums.get(column.header, Decimal(0)) + sum(filter(None, shown), Decimal(0))


def _long(form: _Form, row: FigureLine, columns: ReportColumns) -> Iterator[Mapping[str, Any]]:
    line = row.line
    for column in columns.figures:
        figure = row.figures[column.index]
        yield {
            "shop": form.options.shop,
            "source": form.recognised.platform,
            "report": form.name if line.scope is None else f"{form.name}/{line.scope}",
            "row": line.kind,
            "agent": line.agent,
            "first_date": line.period.first,
            "last_date": line.period.last,
            "indicator": column.header,
            "metric": column.metric,
            "value": figure.value,
            "places": figure.places,
            "pending": figure.pending,
            "policy": column.policy or form.policy,
            "source_row": line.source_row,
        }
