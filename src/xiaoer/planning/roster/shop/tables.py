"""The tables that a lead filled in: sheets of a workbook, files of a folder, or lists in YAML, all as rows of texts."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from xiaoer.base.catalog import Declared, Words
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.text_yaml import read_yaml

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


class TableForm(Declared):
    """One table: what it is called and its columns."""

    called: Words
    columns: dict[str, Words]


class RuleForm(Declared):
    """One rule: what it is called and what holds when nothing is said."""

    called: Words
    default: str


class LawForm(Declared):
    """What the law sets from a date on."""

    since: str
    day_hours: str
    week_hours: str
    overtime_day_hours: str
    overtime_month_hours: str
    rest_days_a_week: str
    source: Words


class FirstShift(Declared):
    """One shift that a shop begins with."""

    called: Words
    start: str
    end: str
    breaks: str


class FirstForm(Declared):
    """What a shop begins with: hours of a contract in a week, and shifts."""

    week_hours: int
    shifts: list[FirstShift]


class RosterForm(Declared):
    """Everything that catalog/planning/roster.yaml declares."""

    tables: dict[str, TableForm]
    words: dict[str, Words]
    rules: dict[str, RuleForm]
    law: list[LawForm]
    first: FirstForm


@dataclass(frozen=True)
class Row:
    """One row: cells by the columns' own names, where it stands, and what its columns are called there."""

    cells: Mapping[str, str]
    place: Place
    called: Mapping[str, str] = field(default_factory=dict)


Tables = dict[str, list[Row]]


def read_tables(path: Path, form: RosterForm) -> Tables:
    """Return the tables of a workbook, a folder of CSV files or YAML; ReportableError names what is unusable."""
    if not path.exists():
        raise ReportableError.of("roster.file_unreadable", place=Place(file=path.name))
    if path.is_dir():
        raw = [_csv(file) for file in sorted(path.glob("*.csv"))]
    elif path.suffix.lower() in WORKBOOKS:
        raw = _workbook(path)
    elif path.suffix.lower() == ".csv":
        raw = [_csv(path)]
    else:
        raw = _yaml(path)
    tables: Tables = {}
    issues: list[Issue] = []
    for one in raw:
        _take(one, form, tables, issues)
    if issues:
        raise ReportableError(issues)
    return tables


def _take(raw: "Raw", form: RosterForm, tables: Tables, issues: list[Issue]) -> None:
    """Take one table in, under the names of its columns."""
    name, header, rows, place = raw
    table = _called(name, {key: one.called for key, one in form.tables.items()})
    if table is None:
        known = [name for one in form.tables.values() for name in (one.called.zh, one.called.en)]
        near = ", ".join(near_names(name, known)) or ", ".join(known)
        issues.append(Issue("roster.unknown_table", Severity.ERROR, place, {"found": name[:20], "near": near}))
        return
    forms = form.tables[table].columns
    columns = {at: _called(text, forms) for at, text in enumerate(header)}
    known = [name for one in forms.values() for name in (one.zh, one.en)]
    for at, column in columns.items():
        if column is None and header[at]:
            near = ", ".join(near_names(header[at], known)) or ", ".join(known)
            values: dict[str, str | int] = {"found": header[at][:20], "near": near}
            issues.append(Issue("roster.unknown_column", Severity.ERROR, place, values))
    heads = {column: header[at] for at, column in columns.items() if column is not None}
    for line, cells in rows:
        found = {str(columns[at]): cell for at, cell in enumerate(cells) if columns.get(at) and cell}
        if found:
            tables.setdefault(table, []).append(Row(found, Place(place.file, place.sheet, line), heads))


Raw = tuple[str, list[str], list[tuple[int, list[str]]], Place]


def _workbook(path: Path) -> list[Raw]:
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (calamine.CalamineError, OSError) as error:
        raise ReportableError.of("roster.file_unreadable", place=Place(file=path.name)) from error
    return [_raw(name, rows, Place(file=path.name, sheet=name)) for name, rows in sheets if rows]


def _csv(path: Path) -> Raw:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ReportableError.of("roster.file_unreadable", place=Place(file=path.name)) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            rows = list(csv.reader(io.StringIO(text.decode(encoding))))
        except (UnicodeDecodeError, csv.Error):
            continue
        return _raw(path.stem, rows, Place(file=path.name))
    raise ReportableError.of("roster.file_unreadable", place=Place(file=path.name))


def _yaml(path: Path) -> list[Raw]:
    content, issues = read_yaml(path)
    if issues:
        raise ReportableError(issues)
    if not isinstance(content, dict) or not all(_are_rows(rows) for rows in content.values()):
        raise ReportableError.of("roster.yaml_shape", place=Place(file=path.name))
    return [_listed(str(name), rows, path) for name, rows in content.items()]


def _listed(name: str, rows: Any, path: Path) -> Raw:  # noqa: ANN401 -- a list of rows, or rules as name: value
    listed = [{"name": key, "value": value} for key, value in rows.items()] if isinstance(rows, dict) else rows
    header = [str(key) for key in dict.fromkeys(key for row in listed for key in row)]
    cells = [(at, [str(row.get(key) or "") for key in header]) for at, row in enumerate(listed, start=1)]
    return name, header, cells, Place(file=path.name, sheet=name)


def _are_rows(rows: object) -> bool:
    if isinstance(rows, dict):
        return all(isinstance(value, str) for value in rows.values())
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _raw(name: str, rows: Sequence[Sequence[object]], place: Place) -> Raw:
    texts = [[_text(cell) for cell in row] for row in rows]
    header = texts[0] if texts else []
    return name, header, list(enumerate(texts[1:], start=2)), place


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _called(text: str, names: Mapping[str, Words]) -> str | None:
    """Return the key of what is called so, in either language, whatever its case."""
    wanted = text.strip().lower()
    for key, words in names.items():
        if wanted in (key, words.zh.lower(), words.en.lower()):
            return key
    return None
