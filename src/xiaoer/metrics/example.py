"""Worked examples: small text tables → canonical tables, the report asked for, how its rows differ."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from xiaoer.base.days import Clock, Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings, check_setting
from xiaoer.base.tables import Kind, canonical_tables
from xiaoer.metrics.figure import Figure
from xiaoer.metrics.metric import Example, Metric
from xiaoer.metrics.report import Report, json_value
from xiaoer.metrics.report_rows import Row
from xiaoer.metrics.request import Dimension, Request, check_metric_names, dimensions_of

ExampleTables = dict[str, pa.Table]
TextRow = dict[str, str]
EXAMPLE_SHOP = "示例店"
UNKNOWN = ("", "-")

_READ: dict[Kind, Callable[[str], object]] = {
    Kind.DAY: date.fromisoformat,
    Kind.MONEY: Decimal,
    Kind.COUNT: int,
    Kind.SECONDS: float,
    Kind.SCORE: float,
    Kind.NUMBER: float,
    Kind.DECIMAL: Decimal,
    Kind.WHOLE: int,
    Kind.FLAG: {"true": True, "false": False}.__getitem__,
}


def example_settings(example: Example) -> ShopSettings:
    """Return the example's settings, holding on every day; a ReportableError names one that is not right."""
    values = {name: check_setting(name, value) for name, value in sorted(example.settings.items())}
    return ShopSettings(tuple(DatedValue(name, THE_FIRST_DAY, 0, value) for name, value in values.items()))


def example_tables(example: Example) -> ExampleTables:
    """Return the example's canonical tables; a ReportableError says which line can not be read.

    Without a shop column all rows are one shop's; times without an offset are the shop's own.
    """
    clock = example_settings(example).on(THE_FIRST_DAY).clock
    return {name: _canonical(name, text, clock) for name, text in example.tables.items()}


def example_request(example: Example, metrics: Mapping[str, Metric]) -> Request:
    """Return the report that an example asks for; a ReportableError names what can not be asked.

    The metrics are the columns of the example's rows that are no dimension.
    """
    by = dimensions_of([name.strip() for name in example.report.by.split(",") if name.strip()])
    asked = example.report
    settings = example_settings(example)
    header = [name.strip() for name in example.rows.partition("\n")[0].split("|")]
    period = Period(parse_day(asked.from_, name="report.from"), parse_day(asked.to, name="report.to"))
    return Request(
        period=period,
        metrics=check_metric_names([name for name in header if name not in set(Dimension)], metrics),
        by=by,
        policy=asked.policy or settings.on(period.last).text("credit_policy"),
        settings=settings,
    )


def example_differences(example: Example, report: Report) -> list[str]:
    """Return how the report differs from the example's rows, in words; empty when they agree exactly."""
    expected = text_rows(example.rows, name="rows")
    found = report.rows if example.report.by.strip() else (report.total,)
    differences = [] if len(expected) == len(found) else [f"{len(expected)} ≠ {len(found)} rows"]
    for wanted, row in zip(expected, found, strict=False):
        for name, text in wanted.items():
            if not _agrees(text, _value(row, name)):
                where = " ".join(str(value) for value in row.dimensions.values())
                differences.append(f"{where} {name}: {text} ≠ {_value(row, name)}".strip())
    return differences


def text_rows(text: str, *, name: str) -> list[TextRow]:
    """Return the rows of a text table by column; a ReportableError when a row is longer or shorter than the header."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    rows: list[TextRow] = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(lines[0]):
            raise _unreadable(name, number, f"{len(cells)} ≠ {len(lines[0])}")
        rows.append(dict(zip(lines[0], cells, strict=True)))
    return rows


def _canonical(name: str, text: str, clock: Clock) -> pa.Table:
    if name not in canonical_tables():
        near = ", ".join(near_names(name, canonical_tables())) or "–"
        raise ReportableError.of("metrics.unknown_table", values={"name": name, "near": near})
    table = canonical_tables()[name]
    known = {column.name for column in table.columns}
    rows: list[dict[str, object]] = []
    for number, cells in enumerate(text_rows(text, name=name), start=1):
        if stray := set(cells) - known:
            raise _unreadable(name, 1, ", ".join(sorted(stray)))
        row: dict[str, object] = {"shop": EXAMPLE_SHOP, "source_row": number}
        for column in table.columns:
            cell = cells.get(column.name, "") or column.default or ""
            if cell not in UNKNOWN:
                row[column.name] = _read(column.kind, cell, clock=clock, place=(name, number + 1))
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=table.schema)


def _read(kind: Kind, cell: str, *, clock: Clock, place: tuple[str, int]) -> object:
    try:
        if kind is Kind.INSTANT:
            at = datetime.fromisoformat(cell)
            return (at if at.tzinfo else at.replace(tzinfo=clock.zone)).astimezone(UTC).replace(tzinfo=None)
        return _READ[kind](cell) if kind in _READ else cell
    except (ValueError, ArithmeticError, KeyError):
        raise _unreadable(*place, kind.value) from None


def _unreadable(table: str, line: int, problem: str) -> ReportableError:
    return ReportableError.of("metrics.unreadable_example", values={"table": table, "line": line, "problem": problem})


def _value(row: Row, name: str) -> Figure | str | None:
    if name in row.dimensions:
        value = row.dimensions[name]
        return None if value is None else str(value)
    return row.figures[name]


def _agrees(text: str, value: Figure | str | None) -> bool:
    if value is None or text in UNKNOWN:
        return value is None and text in UNKNOWN
    if isinstance(value, str | datetime):
        return text == json_value(value)
    try:
        expected = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return False
    if isinstance(value, float):
        return expected.numerator / expected.denominator == value
    return expected == value
