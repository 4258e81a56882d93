"""What is said of a report: its days, how shares were read, what is unknown, and what does not add up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from xiaoer.base.days import Period
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.intake.raw import RawTable
from xiaoer.intake.report.columns import IndicatorColumn, ReportColumns
from xiaoer.intake.report.identities import broken_identities
from xiaoer.intake.report.lines import LinesRead
from xiaoer.intake.report.read_lines import FiguresRead
from xiaoer.intake.report.totals import Off, wrong_totals
from xiaoer.intake.report.words import ReportWords

MOST_NAMED = 30
MANY = 3
MANY_OFF = {"reported.total_off": "reported.totals_off", "reported.mean_off": "reported.means_off"}


def said_of_shape(
    raw: RawTable, columns: ReportColumns, lines: LinesRead, *, whole: Period | None, shop: str
) -> Iterator[Issue]:
    """Yield the days that the rows are about where no column says them, and what of the rows is others'."""
    place = raw.source.place(sheet=raw.sheet)
    if columns.day is None and whole is not None:
        values: dict[str, str | int] = {"first": str(whole.first), "last": str(whole.last)}
        yield Issue("reported.period", Severity.NOTE, place, values)
    shops = {line.cells[columns.shop] for line in lines.lines if columns.shop is not None} - {None}
    if len(shops) > 1:
        yield Issue("reported.several_shops", Severity.WARNING, place, {"count": len(shops), "shop": shop})
    if lines.notes:
        yield Issue("reported.notes_passed_over", Severity.NOTE, place, {"count": lines.notes})
    if lines.peers:
        yield Issue("reported.peers_left_out", Severity.NOTE, place, {"count": lines.peers})


def said_of_figures(raw: RawTable, read: FiguresRead, words: ReportWords) -> Iterator[Issue]:
    """Yield how columns were read, which are unknown, and every identity and total that is broken."""
    header = raw.source.place(sheet=raw.sheet, line=raw.header_line)
    unknown = [column for column in read.columns.figures if column.name is None]
    minutes = [column for column in read.columns.figures if column.unit in ("minutes", "hours")]
    for code, columns in (
        ("reported.read_as_percent", read.percent), ("reported.read_as_fraction", read.fractions),
        ("reported.read_as_minutes", minutes), ("reported.unknown_indicators", unknown),
        ("reported.wordy_columns", read.wordy),
    ):  # fmt: skip
        if columns:
            yield Issue(code, Severity.NOTE, header, {"columns": _named(columns), "count": len(columns)})
    for broken in broken_identities(read.rows, read.columns, words):
        place = _at(raw, broken.line.number, broken.column)
        values = {"said": broken.said, **_sides(broken.found, broken.expected)}
        yield Issue("reported.identity_broken", Severity.WARNING, place, values)
    yield from _said_of_totals(raw, list(wrong_totals(read.rows, read.columns, words)))


def _said_of_totals(raw: RawTable, found: Sequence[Off]) -> Iterator[Issue]:
    """Yield what is wrong with totals and means; of a row with many such figures it is said once, with all of them."""
    rows: dict[tuple[str, int], list[Off]] = defaultdict(list)
    for off in found:
        rows[off.code, off.line.number].append(off)
    for (code, number), offs in rows.items():
        word = offs[0].line.word or "–"
        if len(offs) < MANY or code not in MANY_OFF:
            for off in offs:
                values = {"word": word, "indicator": off.column, **_sides(off.found, off.expected)}
                yield Issue(code, Severity.WARNING, _at(raw, number, off.column), values)
            continue
        each = [f"{off.column} {_plain(off.found)} / {_plain(off.expected)}" for off in offs]
        many: dict[str, str | int] = {"word": word, "count": len(offs), "figures": "; ".join(each)}
        yield Issue(MANY_OFF[code], Severity.WARNING, raw.source.place(sheet=raw.sheet, line=number), many)


def _named(columns: Iterable[IndicatorColumn]) -> str:
    names = [column.header[:40] for column in columns]
    return ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")


def _at(raw: RawTable, line: int, column: str) -> Place:
    return raw.source.place(sheet=raw.sheet, line=line, column=column)


def _sides(found: Fraction, expected: Fraction) -> dict[str, str | int]:
    return {"found": _plain(found), "expected": _plain(expected), "by": _plain(found - expected)}


def _plain(number: Fraction) -> str:
    text = f"{float(number):.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
