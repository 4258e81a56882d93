"""Statements as PDF, one person a page or more, to be printed and signed."""

from datetime import datetime
from itertools import groupby
from pathlib import Path

from xiaoer.actions.appraise_kept_month import KeptPages
from xiaoer.actions.appraise_statement import statement
from xiaoer.actions.render.deliver import write_whole
from xiaoer.actions.render.evidence import FONTS
from xiaoer.actions.render.page import Page
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError

TITLE, HEAD, BODY, SMALL = 15, 11, 9, 8
WIDTHS = (45, 110, 35)


def write_pdf(month: KeptPages, file: Path) -> str:
    """Write everybody's statement into a PDF and return what is said of it.

    A ReportableError where the folder is not there, or no font of this computer has Chinese characters.
    """
    if not file.parent.is_dir():
        raise ReportableError.of("cli.no_output_folder", values={"file": file.name, "folder": str(file.parent)})
    pages = [statement(month, row["agent"], needs=False) for row in month.results]
    write_whole(pdf_of(pages, made_at=datetime.fromisoformat(month.entry.at)), file)
    return word("written", month.language, file=file)


def pdf_of(pages: list[Page], *, made_at: datetime) -> bytes:
    """Return statements as PDF; the same statements give the same file."""
    from fpdf import FPDF

    font = next(((path, face) for path, face in FONTS if Path(path).exists()), None)
    if font is None:
        raise ReportableError.of("inspect.no_font")
    document = FPDF()
    document.set_creation_date(made_at)
    document.add_font("cjk", "", font[0], collection_font_number=font[1])
    document.set_auto_page_break(auto=True, margin=15)
    for page in pages:
        document.add_page()
        for size, text in ((TITLE, page.title), *((BODY, text) for text in page.lead)):
            document.set_font("cjk", size=size)
            document.multi_cell(0, size * 0.6, text, new_x="LMARGIN", new_y="NEXT")
        for part, rows in groupby(page.rows, key=lambda row: row[0].text):
            document.set_font("cjk", size=HEAD)
            document.multi_cell(0, HEAD * 0.9, part, new_x="LMARGIN", new_y="NEXT")
            document.set_font("cjk", size=SMALL)
            with document.table(
                col_widths=WIDTHS, text_align=("LEFT", "LEFT", "RIGHT"), line_height=SMALL * 0.6,
                first_row_as_headings=False, borders_layout="HORIZONTAL_LINES",
            ) as table:  # fmt: skip
                for row in rows:
                    cells = table.row()
                    for cell in row[1:]:
                        cells.cell(cell.text)
        document.set_font("cjk", size=SMALL)
        signed = word("statement_signed", page.language)
        for text in (*page.notes, "", signed):
            document.multi_cell(0, SMALL * 0.6, text, new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output() or b"")
