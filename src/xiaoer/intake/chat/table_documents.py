"""The rows of a delimited text as documents, for readers that take the same records from JSON and from tables."""

import csv
from collections.abc import Iterator

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat.records import Record
from xiaoer.intake.chat.text_lines import text_lines
from xiaoer.intake.encoding import head_text, is_text
from xiaoer.intake.raw import BadRow, Source


def table_head(source: Source) -> tuple[str, ...]:
    """Return the names on the first line of a text delimited by commas or tabs; empty when there are none."""
    if source.head[:1] in (b"{", b"[", b"<") or not is_text(source.head):
        return ()
    first = head_text(source).lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    try:
        names = next(csv.reader([first], delimiter=_delimiter(first)), [])
    except csv.Error:
        return ()
    return tuple(name.strip() for name in names)


def table_documents(source: Source) -> Iterator[tuple[int, Record] | BadRow]:
    """Yield (line, row by name); a row with too few cells, or that is no row at all, is a BadRow."""
    names = table_head(source)
    lines = (line + "\n" for _, line in text_lines(source))
    rows = csv.reader(lines, delimiter=_delimiter(next(lines)))
    while True:
        line = rows.line_num + 2  # the names stand on the first line
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield _bad(source, line, ())
            continue
        if not cells:
            continue
        if len(cells) < len(names):
            yield _bad(source, line, tuple(cells))
        else:
            yield line, dict(zip(names, cells, strict=False))


def _bad(source: Source, line: int, cells: tuple[str, ...]) -> BadRow:
    return BadRow(line, cells, (Issue("chat.row_cut_short", Severity.REJECTED, source.place(line=line)),))


def _delimiter(line: str) -> str:
    return "\t" if line.count("\t") > line.count(",") else ","
