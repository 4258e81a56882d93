"""Workbooks (xlsx, xls): every visible sheet that holds a table."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.raw import RawTable, Reader, Source
from xiaoer.intake.readers.rows import NumberedRow, table_of_rows
from xiaoer.intake.readers.workbook_parts import check_parts
from xiaoer.intake.reading import ReadOptions

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXACT_DIGITS = 10**15  # Excel keeps fifteen digits and writes zeros for the rest
LARGEST_EXACT_FLOAT = 2**53
LARGEST_OLE_BYTES = 512 * 1024**2


def recognises(source: Source) -> bool:
    """Tell whether the content is an Office workbook, whatever its name says."""
    return source.head.startswith(OLE) or is_xlsx(source)


def is_xlsx(source: Source) -> bool:
    """Tell whether the content is a zip that holds a workbook."""
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            return any(name.replace("\\", "/").lower().startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return b"xl/" in source.head


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the tables of the visible sheets; a ReportableError when the workbook is locked, damaged or empty."""
    said = list(_checked(source))
    found = False
    problems: list[Issue] = []
    with source.open() as stream:
        book = _opened(stream, source)
        for sheet in book.sheets_metadata:
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet or sheet.visible != calamine.SheetVisibleEnum.Visible:
                continue
            rows = _rows(book, sheet.name, source)
            table = table_of_rows(rows, reader="workbook", source=source, sheet=sheet.name, options=options)
            if isinstance(table, Issue):
                problems.append(table)
            elif table is not None:
                issues = (*said, *problems)
                said, problems, found = [], [], True
                yield replace(table, issues=issues)
    if not found:
        raise ReportableError(problems or [Issue("intake.empty_file", Severity.ERROR, source.place())])


def _checked(source: Source) -> Iterator[Issue]:
    if not source.head.startswith(OLE):
        yield from check_parts(source)
        return
    with source.open() as stream:
        content = stream.read(LARGEST_OLE_BYTES + 1)
    if ENCRYPTED in content:
        raise ReportableError.of("intake.locked_workbook", place=source.place())
    if len(content) > LARGEST_OLE_BYTES:
        raise ReportableError.of("intake.too_large", place=source.place())


def _opened(stream: object, source: Source) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(stream)  # type: ignore[arg-type]
    except calamine.PasswordError:
        raise ReportableError.of("intake.locked_workbook", place=source.place()) from None
    except BaseException as error:
        raise _damaged(error, source) from None


def _rows(book: calamine.CalamineWorkbook, name: str, source: Source) -> Iterator[NumberedRow]:
    try:
        for line, cells in enumerate(book.get_sheet_by_name(name).iter_rows(), start=1):
            yield line, [cell if cell.__class__ is str else cell_text(cell) for cell in cells]
    except BaseException as error:
        raise _damaged(error, source) from None


def _damaged(error: BaseException, source: Source) -> BaseException:
    """Return what to raise: the library says damaged in several ways, one of them a panic that is no Exception."""
    if isinstance(error, ReportableError | KeyboardInterrupt | SystemExit | GeneratorExit):
        return error
    return ReportableError.of("intake.damaged_file", place=source.place())


def cell_text(cell: object) -> str:
    """Return the cell as text; a number that Excel can not have kept exactly comes out in scientific notation."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return _number_text(cell)
        case datetime():
            return cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return f"{cell.total_seconds():.6f}".rstrip("0").rstrip(".")
        case _:
            return ""


def _number_text(number: int | float) -> str:
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    if number != int(number):
        return repr(number)
    whole = int(number)
    if abs(whole) < EXACT_DIGITS or (abs(whole) <= LARGEST_EXACT_FLOAT and whole % 10):
        return str(whole)
    return f"{number:.14e}"


WORKBOOK = Reader(recognises, read)
