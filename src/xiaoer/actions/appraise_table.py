"""A table of values from a CSV or workbook, as rows of texts by the names that scheme content uses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Place
from xiaoer.intake import ReadOptions
from xiaoer.intake.raw import BadRow, RawBatch, RawTable, Source
from xiaoer.intake.readers import READERS, TABULAR_READERS
from xiaoer.intake.sources import sources_of

# What people call the columns of such tables, and what they are here.
CALLED: Mapping[str, str] = {
    "客服": "agent", "账号": "agent", "客服账号": "agent", "姓名": "agent", "月份": "month", "月": "month",
    "项目": "name", "名称": "name", "数值": "value", "分数": "value", "金额": "value", "原因": "reason",
    "理由": "reason",
    "填写人": "author", "批准人": "author", "编号": "number", "类型": "kind", "差错类型": "kind", "日期": "day",
    "损失": "cost", "损失金额": "cost", "责任比例": "share", "证据": "evidence", "确认人": "confirmed_by",
    "备注": "note",
}  # fmt: skip


@dataclass(frozen=True)
class TableRow:
    """One row: its cells by column, empty ones left out, and where it stands."""

    cells: Mapping[str, str]
    place: Place

    def at(self, column: str) -> Place:
        """Return the place of one of its cells."""
        return Place(self.place.file, self.place.sheet, self.place.line, column)


def rows_of(file: Path, shop: str) -> Iterator[TableRow]:
    """Yield the rows of every table in a file; a ReportableError when it holds none or can not be read."""
    found = False
    for source in sources_of(file, ReadOptions(shop=shop)):
        for table in _tables(source, shop):
            found = True
            yield from _rows(table)
    if not found:
        raise ReportableError.of("appraisal.not_a_table", place=Place(file.name))


def _tables(source: Source, shop: str) -> Iterator[RawTable]:
    name = next((name for name, reader in READERS.items() if reader.recognises(source)), None)
    if name in TABULAR_READERS:
        yield from READERS[name].read(source, ReadOptions(shop=shop))


def _rows(table: RawTable) -> Iterator[TableRow]:
    header = [CALLED.get(cell.strip(), cell.strip()) for cell in table.header]
    for piece in table.batches:
        if isinstance(piece, BadRow):
            raise ReportableError(list(piece.issues))
        if isinstance(piece, RawBatch):
            columns = [column.cast(pa.string()).to_pylist() for column in piece.columns]
            for place, line in enumerate(piece.lines.to_pylist()):
                cells = {name: (column[place] or "").strip() for name, column in zip(header, columns, strict=False)}
                filled = {name: cell for name, cell in cells.items() if name and cell}
                if filled:
                    yield TableRow(filled, table.source.place(line=line, sheet=table.sheet))
