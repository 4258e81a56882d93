"""HTML tables and Excel 2003 XML, both often saved with the suffix .xls."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.encoding import head_text, utf8_chunks
from xiaoer.intake.raw import RawTable, Reader, Source
from xiaoer.intake.readers.rows import NumberedRow, table_of_rows
from xiaoer.intake.reading import ReadOptions

MOST_SPANNED = 200
ROW_TAGS, CELL_TAGS = ("tr", "row"), ("td", "th", "cell")
_START = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|style|body|table|\?mso-application|(?:ss:)?workbook)\b",
    re.I | re.S,
)


def _count(text: str | None, *, most: int) -> int:
    return min(int(text), most) if text and text.isdecimal() and len(text) < 6 else 1


class _Rows(HTMLParser):
    """Collects finished rows with their lines; `table` counts the tables that have begun."""

    def __init__(self, most_characters: int) -> None:
        super().__init__(convert_charrefs=True)
        self.most_characters = most_characters
        self.done: list[tuple[int, NumberedRow]] = []
        self.table = 0
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.characters = 0
        self.span = 1
        self.line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.removeprefix("ss:")
        if tag == "table":
            self.table += 1
        elif tag in ROW_TAGS:
            self.end_row()
            self.row, self.line = [], self.getpos()[0]
        elif tag in CELL_TAGS:
            self.end_cell()
            self.row = [] if self.row is None else self.row
            self.cell, self.characters = [], 0
            given = dict(attrs)
            self.span = _count(given.get("colspan"), most=MOST_SPANNED)
            at = _count(given.get("ss:index"), most=MOST_SPANNED)  # Excel 2003 leaves empty cells out
            self.row += [""] * (at - 1 - len(self.row))
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        tag = tag.removeprefix("ss:")
        if tag in CELL_TAGS:
            self.end_cell()
        elif tag in ROW_TAGS or tag == "table":
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and self.characters <= self.most_characters:
            self.cell.append(data[: self.most_characters + 1])
            self.characters += len(data)

    def end_cell(self) -> None:
        if self.cell is not None and self.row is not None:
            self.row += ["".join(self.cell).strip(), *[""] * (self.span - 1)]
        self.cell, self.span = None, 1

    def end_row(self) -> None:
        self.end_cell()
        if self.row:
            self.done.append((self.table, (self.line, self.row)))
        self.row = None


def recognises(source: Source) -> bool:
    """Tell whether the content is HTML or Excel 2003 XML."""
    if b"<" not in source.head[:4096] and b"<\0" not in source.head[:4096]:
        return False
    text = head_text(source).lstrip("\ufeff \r\n\t")
    return bool(_START.match(text[:4096])) and ("<table" in text.lower() or "<ss:table" in text.lower())


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield each table of the page; a ReportableError when there is none with a header."""
    problems: list[Issue] = []
    found = False
    rows = _Peekable(_numbered(source))
    while rows.ahead is not None:
        part = table_of_rows(rows.of_table(rows.ahead[0]), reader="html", source=source, sheet=None, options=options)
        if isinstance(part, Issue):
            problems.append(part)
        elif part is not None:
            found = True
            yield part
        rows.finish_table()
    if not found:
        raise ReportableError(problems or [Issue("intake.empty_file", Severity.ERROR, source.place())])


class _Peekable:
    """The rows of all tables, handed out table by table."""

    def __init__(self, rows: Iterator[tuple[int, NumberedRow]]) -> None:
        self.rows = rows
        self.ahead = next(rows, None)
        self.table = 0

    def of_table(self, table: int) -> Iterator[NumberedRow]:
        self.table = table
        while self.ahead is not None and self.ahead[0] == table:
            row = self.ahead[1]
            self.ahead = next(self.rows, None)
            yield row

    def finish_table(self) -> None:
        """Pass over what the consumer left of the table, so that the next one can begin."""
        for _ in self.of_table(self.table):
            pass


def _numbered(source: Source) -> Iterator[tuple[int, NumberedRow]]:
    parser = _Rows(source.limits.cell_characters)
    waiting = 0
    for chunk in utf8_chunks(source):
        for start in range(0, len(chunk), 65_536):
            parser.feed(chunk[start : start + 65_536].decode("utf-8", "ignore"))
            waiting = len(parser.rawdata)
            if waiting > source.limits.line_bytes:
                raise ReportableError.of("intake.damaged_file", place=source.place())
            yield from parser.done
            parser.done.clear()
    parser.close()
    parser.end_row()
    yield from parser.done


HTML = Reader(recognises, read)
