"""Containers are told by content, never by suffix, and give the same rows."""

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.samples.hostile import workbook
from tests.samples.xls_bytes import xls_bytes
from xiaoer.base.issues import Issue
from xiaoer.intake import ReadOptions, Rows, read_file
from xiaoer.intake.readers.workbook import cell_text

HEADER = ["order_id", "created_at", "amount_paid"]
ROW = ["1001", "2024-01-01 10:00:00", "12.5"]
AS_CSV = ",".join(HEADER) + "\n" + ",".join(ROW) + "\n"


def as_html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td class=x>{cell}&nbsp;</td>" for cell in row) for row in (HEADER, ROW))
    return f"<!-- saved --><html><table>{rows}</table></html>".encode("utf-16")


def as_xml() -> bytes:
    data = "".join(f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in ["order_id", "", *HEADER[1:]])
    cells = [
        f'<Cell{at}><Data ss:Type="String">{cell}</Data></Cell>'
        for at, cell in zip(("", ' ss:Index="3"', ""), ROW, strict=True)
    ]
    start = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:x" xmlns:ss="urn:y">'
    return (
        f"{start}<Worksheet><Table><Row>{data}</Row><Row>{''.join(cells)}</Row></Table></Worksheet></Workbook>".encode()
    )


def as_parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({name: [cell] for name, cell in zip(HEADER, ROW, strict=True)}), out)
    return out.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "csv": lambda: AS_CSV.encode(),
    "tsv": lambda: AS_CSV.replace(",", "\t").encode("utf-8-sig"),
    "xlsx": lambda: workbook([list(HEADER), list(ROW)]),
    "xls": lambda: xls_bytes([list(HEADER), [1001.0, ROW[1], 12.5]]),
    "html": as_html,
    "xml": as_xml,
    "json": lambda: json.dumps({"data": {"list": [dict(zip(HEADER, ROW, strict=True))]}}).encode(),
    "jsonl": lambda: (json.dumps({"order_id": 1001, "created_at": ROW[1], "amount_paid": 12.5}) + "\n").encode() * 2,
    "jsonl of one line": lambda: json.dumps({"order_id": 1001, "created_at": ROW[1], "amount_paid": 12.5}).encode(),
    "parquet": as_parquet,
}


@pytest.mark.parametrize("container", MAKERS)
@pytest.mark.parametrize("suffix", ["xls", "csv", "dat"])
def test_the_content_tells_the_container(container: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"orders.{suffix}"
    path.write_bytes(MAKERS[container]())
    rows = [
        row
        for piece in read_file(path, ReadOptions("s")).pieces
        if isinstance(piece, Rows)
        for row in piece.batch.to_pylist()
    ]
    assert {(row["order_id"], row["created_at"].isoformat(), str(row["amount_paid"])) for row in rows} == {
        ("1001", "2024-01-01T02:00:00", "12.5000")
    }


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (123.0, "123"),
        (123456789012345.0, "123456789012345"),
        (1234567890123456.0, "1234567890123456"),
        (1234567890123450.0, "1.23456789012345e+15"),
        (1234567890123456789.0, "1.23456789012346e+18"),
        (58.68, "58.68"),
        (0.985, "0.985"),
        (True, "true"),
        (float("nan"), ""),
        (datetime(2024, 9, 1, 10, tzinfo=UTC).replace(tzinfo=None), "2024-09-01 10:00:00"),
        (date(2024, 9, 1), "2024-09-01"),
        (time(10, 3), "10:03:00"),
        (timedelta(hours=7, seconds=1.5), "25201.5"),
        (None, ""),
    ],
)
def test_cells_of_a_workbook_as_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_hidden_sheets_are_left_alone_and_an_unknown_one_is_said(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (("数据", [HEADER, ROW]), ("说明", [["甲列", "乙列"], ["子", "丑"]]), ("藏", [HEADER, ROW])):
            sheet = book.add_worksheet(name)
            for index, cells in enumerate(rows):
                sheet.write_row(index, 0, cells)
            if name == "藏":
                sheet.hide()
    pieces = list(read_file(path, ReadOptions("s")).pieces)
    assert sum(piece.batch.num_rows for piece in pieces if isinstance(piece, Rows)) == 1
    assert [
        piece.place.sheet for piece in pieces if isinstance(piece, Issue) and piece.code == "intake.unknown_form"
    ] == ["说明"]
