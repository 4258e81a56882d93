"""Hostile files, made on the fly: each with the code of the issue that must be said and how reading must end.

`refused`: nothing is read, a ReportableError. `rejected`: some rows are left out with the code, the others are read.
`said`: all is read (or passed over) and the code is said.
"""

# ruff: noqa: E501 -- one case per line reads as a table

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.samples.xls_bytes import ole_bytes, xls_bytes

Ends = Literal["refused", "rejected", "said"]


@dataclass(frozen=True)
class Hostile:
    """One hostile file."""

    name: str
    file_name: str
    content: Callable[[], bytes]
    code: str
    ends: Ends


HEADER = ["订单编号", "买家会员名", "总金额", "买家实际支付金额", "订单创建时间", "订单付款时间"]
GOOD = ["880001", "示例买家", "12.50", "12.50", "2024-03-01 10:00:00", "2024-03-01 10:01:00"]


def csv(*rows: list[str], header: list[str] | None = HEADER, delimiter: str = ",") -> str:
    """Return the header and the rows as text."""
    return "".join(delimiter.join(row) + "\n" for row in ([header] if header else []) + list(rows))


def row(**changes: str) -> list[str]:
    """Return a good row with some cells changed; names are those of HEADER in pinyin order of columns."""
    names = ("order", "buyer", "total", "paid", "created", "paid_at")
    return [changes.get(name, cell) for name, cell in zip(names, GOOD, strict=True)]


def utf8(text: str) -> Callable[[], bytes]:
    """Return the maker of a UTF-8 file."""
    return lambda: text.encode("utf-8")


def messages(*lines: str) -> Callable[[], bytes]:
    """Return the maker of a canonical messages file."""
    return utf8("shop,buyer,agent,sent_at,sender,text\n" + "".join(line + "\n" for line in lines))


def workbook(rows: list[list[str | float]], *, formula: str | None = None) -> bytes:
    """Return an xlsx of one sheet, with a formula below the rows in the last column if asked for."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("订单")
    for index, cells in enumerate(rows):
        sheet.write_row(index, 0, cells)
    if formula:
        for column, cell in enumerate(GOOD):
            sheet.write(len(rows), column, cell)
        sheet.write_formula(len(rows), 1, formula, None, "#N/A" if "NA()" in formula else "示例买家")
    book.close()
    return stream.getvalue()


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return an xlsx with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.namelist():
            data = before.read(item)
            after.writestr(item, data.replace(old, new) if item == name else data)
    return out.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Return a zip of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """Return a zip whose member says that it is encrypted."""
    content = bytearray(zipped(("orders.csv", csv(GOOD).encode())))
    struct.pack_into("<H", content, 6, 1)
    struct.pack_into("<H", content, content.index(b"PK\x01\x02") + 8, 1)
    return bytes(content)


def bomb() -> bytes:
    """Return a small zip that unpacks to 80 MB of nothing."""
    return zipped(("orders.csv", b"0" * (80 * 1024 * 1024)))


def parquet(columns: dict[str, list[object]]) -> bytes:
    """Return a Parquet file."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def far_cell() -> bytes:
    """Return an xlsx whose last cell is in the last column of the last row."""
    end = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return with_part(workbook([[*HEADER], [*GOOD]]), "xl/worksheets/sheet1.xml", b"</sheetData>", end)


def sheet_of_two_tables() -> bytes:
    """Return an xlsx with a second table under the first."""
    lines: list[list[str | float]] = [["子订单编号", "主订单编号", "商品标题", "购买数量", "商品属性", "订单状态"]]
    return workbook([[*HEADER], [*GOOD], [], *lines, ["1", "2", "x", "1", "y", "z"]])


HTML = "<html><body><table><tr><th>订单编号</th><th>怪列</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>"
LONG_LINE = 20 * 1024 * 1024
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 40
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40

REPORT = "客服昵称,接待人数,回复率,平均响应(秒)"


def report(*lines: str, header: str = REPORT) -> Callable[[], bytes]:
    """Return the maker of another tool's report."""
    return utf8("\n".join((header, *lines)) + "\n")


OF_REPORTS: tuple[Hostile, ...] = (
    Hostile("report_without_days", "report.csv", report("小禾,5,1,30"), "reported.no_period", "refused"),
    Hostile(
        "report_of_backward_days",
        "report_2024-09-30至2024-09-01.csv",
        report("小禾,5,1,30"),
        "reported.no_period",
        "refused",
    ),
    Hostile("report_of_no_day", "report_2024-13-45.csv", report("小禾,5,1,30"), "reported.no_period", "refused"),
    Hostile("report_all_empty", "report_2024-09-01.csv", report("小禾,,,", "小满,,-,--"), "intake.no_rows", "said"),
    Hostile("report_only_header", "report_2024-09-01.csv", report(), "intake.no_rows", "said"),
    Hostile(
        "report_short_row", "report_2024-09-01.csv", report("小禾,5,1,30", "小满,5"), "intake.half_row", "rejected"
    ),
    Hostile(
        "report_long_row",
        "report_2024-09-01.csv",
        report("小禾,5,1,30", "小满,5,1,30,7,8"),
        "intake.extra_cells",
        "rejected",
    ),
    Hostile(
        "report_mixed_encodings",
        "report_2024-09-01.csv",
        lambda: report("小禾,5,1,30")() + "小满,6,1,31\n".encode("gbk"),
        "intake.bad_bytes",
        "rejected",
    ),
    Hostile(
        "report_column_twice",
        "report_2024-09-01.csv",
        report("小禾,5,6,30", header="客服,接待人数,接待人数,平均响应"),
        "intake.column_twice",
        "refused",
    ),
    Hostile(
        "report_person_twice",
        "report_2024-09-01.csv",
        report("小禾,5,1,30", "小禾,6,1,30", "小满,1,1,9"),
        "reported.person_twice",
        "rejected",
    ),
    Hostile(
        "report_words_for_figures",
        "report_2024-09-01.csv",
        report("小禾,5,1,30", "小满,五,1,30"),
        "intake.not_a_number",
        "rejected",
    ),
    Hostile(
        "report_huge_number",
        "report_2024-09-01.csv",
        report("小禾,5,1,30", "小满,1e40,1,30"),
        "intake.not_a_number",
        "rejected",
    ),
    Hostile(
        "report_infinite_exponent",
        "report_2024-09-01.csv",
        report("小禾,5,1,30", "小满,1e999999999,1,30"),
        "intake.not_a_number",
        "rejected",
    ),
    Hostile(
        "report_without_a_person",
        "report_2024-09-01.csv",
        report("小禾,5,1,30", ",6,1,30"),
        "intake.missing_value",
        "rejected",
    ),
    Hostile(
        "report_wrong_day",
        "report.csv",
        report("2024-02-31,小禾,5,1", "2024-09-01,小禾,5,1", header="日期,客服,接待人数,回复率"),
        "intake.not_a_time",
        "rejected",
    ),
    Hostile(
        "report_second_header_row_only",
        "report_2024-09-01.xlsx",
        lambda: workbook([["发出", "收到", "满意率", "发出", "收到", "满意率"], ["1", "1", "1", "1", "1", "1"]]),
        "intake.no_header",
        "refused",
    ),
    Hostile(
        "report_first_header_row_only",
        "report.xlsx",
        lambda: workbook([["日期", "接待人数", "总", "", "", "邀请"], ["2024-09-01", "5", "1", "1", "1", "1"]]),
        "intake.nearest_form",
        "refused",
    ),
    Hostile(
        "report_blocks_of_nothing",
        "小红书_客服分析.json",
        utf8('{"data": [{"blockKey": "sellerCSOverall", "data": []}]}'),
        "intake.no_records",
        "refused",
    ),
    Hostile(
        "report_blocks_cut_short",
        "小红书_客服分析.json",
        utf8('{"data": [{"blockKey": "sellerCSOverall", "data": [{"dtm": {"value"'),
        "intake.not_json",
        "refused",
    ),
    Hostile(
        "report_that_does_not_add_up",
        "report_2024-09-01.csv",
        report("小禾,5,9,30", header="客服,总消息,买家消息,客服消息"),
        "reported.identity_broken",
        "said",
    ),
)

HOSTILE: tuple[Hostile, ...] = (
    *OF_REPORTS,
    Hostile("empty", "empty.csv", lambda: b"", "intake.empty_file", "refused"),
    Hostile("only_blanks", "blank.csv", lambda: b"\xef\xbb\xbf \r\n\t\r\n", "intake.empty_file", "refused"),
    Hostile("only_header", "orders.csv", utf8(csv()), "intake.no_rows", "said"),
    Hostile("no_header", "orders.csv", utf8(csv(GOOD, GOOD, header=None)), "intake.no_header", "refused"),
    Hostile("one_column", "orders.csv", utf8("订单编号\n1\n2\n"), "intake.no_columns", "refused"),
    Hostile("prose", "readme.txt", utf8("这是一段说明文字。\n没有表格。\n"), "intake.no_columns", "refused"),
    Hostile("unknown_headers", "x.csv", utf8("甲列,乙列\n子,丑\n"), "intake.unknown_form", "refused"),
    Hostile("missing_required", "messages.csv", utf8("shop,buyer,agent,sender,text\na,b,c,buyer,x\n"), "intake.missing_column", "refused"),
    Hostile("near_name", "orders.csv", utf8("order_id,created_at,amount_payed\n1,2024-01-01,2\n"), "intake.missing_column", "refused"),
    Hostile("nearest_form", "ExportOrderList1.csv", utf8("订单编号,买家会员名,总金额\n1,a,2\n"), "intake.nearest_form", "refused"),
    Hostile("duplicate_headers", "orders.csv", utf8(csv(["1", *GOOD], header=["订单编号", *HEADER])), "intake.column_twice", "refused"),
    Hostile("duplicate_unread", "orders.csv", utf8(csv([*GOOD, "a", "b"], header=[*HEADER, "怪列", "怪列"])), "intake.unread_column_twice", "said"),
    Hostile("wrong_encoding_inside", "orders.csv", lambda: csv(GOOD).encode() + "880002,乱码,1,1,".encode("gbk") + b"2024-03-01 10:00:00,\n", "intake.bad_bytes", "rejected"),
    Hostile("bad_byte_in_gbk", "orders.csv", lambda: csv(GOOD).encode("gbk") + b"880002,\xff\xff,1,1,2024-03-01 10:00:00,\n", "intake.bad_bytes", "rejected"),
    Hostile("latin_bytes", "orders.csv", lambda: csv(GOOD).encode() + b"880003,caf\xe9,1,1,2024-03-01 10:00:00,\n", "intake.bad_bytes", "rejected"),
    Hostile("half_row", "orders.csv", utf8(csv(GOOD, ["880002", "示例"])), "intake.half_row", "rejected"),
    Hostile("cut_in_the_last_row", "orders.csv", lambda: csv(GOOD, row(order="880002")).encode()[:-30], "intake.half_row", "rejected"),
    Hostile("too_many_cells", "orders.csv", utf8(csv(GOOD, [*row(order="880002"), "多", "余"])), "intake.extra_cells", "rejected"),
    Hostile("open_quote", "orders.csv", utf8(csv(GOOD, row(order="880002", buyer='"没有关上'), row(order="880003"))), "intake.open_quote", "rejected"),
    Hostile("nul_bytes", "orders.csv", utf8(csv(GOOD, row(order="880002", buyer="a\0b"))), "intake.nul_byte", "rejected"),
    Hostile("one_giant_line", "orders.csv", lambda: csv(GOOD).encode() + b"x" * LONG_LINE, "intake.line_too_long", "rejected"),
    Hostile("giant_header", "orders.csv", lambda: b"x," * (LONG_LINE // 2), "intake.line_too_long", "refused"),
    Hostile("giant_cell", "messages.csv", messages("s,b,a,2024-01-01 10:00:00,buyer," + "长" * 200_000), "intake.cell_too_long", "rejected"),
    Hostile("year_1900", "orders.csv", utf8(csv(GOOD, row(order="2", created="1900-01-01 00:00:00"))), "intake.time_out_of_range", "rejected"),
    Hostile("year_9999", "orders.csv", utf8(csv(GOOD, row(order="2", created="9999-12-31 23:59:59"))), "intake.time_out_of_range", "rejected"),
    Hostile("excel_day_zero", "orders.csv", utf8(csv(GOOD, row(order="2", created="1899-12-30"))), "intake.time_out_of_range", "rejected"),
    Hostile("no_such_day", "orders.csv", utf8(csv(GOOD, row(order="2", created="2024-02-30 10:00:00"))), "intake.not_a_time", "rejected"),
    Hostile("words_for_time", "orders.csv", utf8(csv(GOOD, row(order="2", created="昨天下午"))), "intake.not_a_time", "rejected"),
    Hostile("negative_money", "orders.csv", utf8(csv(GOOD, row(order="2", paid="-12.50"))), "intake.negative", "rejected"),
    Hostile("negative_refund", "orders.csv", utf8(csv([*GOOD, "0"], [*row(order="2"), "-3"], header=[*HEADER, "退款金额"])), "intake.negative", "rejected"),
    Hostile("words_for_refund", "orders.csv", utf8(csv([*GOOD, "0"], [*row(order="2"), "三元"], header=[*HEADER, "退款金额"])), "intake.not_money", "rejected"),
    Hostile("words_for_money", "orders.csv", utf8(csv(GOOD, row(order="2", total="十二元"))), "intake.not_money", "rejected"),
    Hostile("fifth_place", "orders.csv", utf8(csv(GOOD, row(order="2", total="1.23456"))), "intake.not_money", "rejected"),
    Hostile("infinite_money", "orders.csv", utf8(csv(GOOD, row(order="2", total="1e99"))), "intake.not_money", "rejected"),
    Hostile("scientific_id", "orders.csv", utf8(csv(GOOD, row(order="1.23457E+18"))), "intake.damaged_id", "rejected"),
    Hostile("float_id", "orders.csv", utf8(csv(GOOD, row(order="1234567890123456789.0"))), "intake.damaged_id", "rejected"),
    Hostile("missing_id", "orders.csv", utf8(csv(GOOD, row(order="--"))), "intake.missing_value", "rejected"),
    Hostile("unknown_sender", "messages.csv", messages("s,b,a,2024-01-01 10:00:00,buyer,好", "s,b,a,2024-01-01 10:00:00,somebody,好"), "intake.not_a_choice", "rejected"),
    Hostile("two_tables", "orders.csv", utf8(csv(GOOD) + csv(["1", "2", "x"], header=["子订单编号", "主订单编号", "商品标题"])), "intake.second_table", "said"),
    Hostile("two_tables_in_a_sheet", "orders.xlsx", sheet_of_two_tables, "intake.second_table", "said"),
    Hostile("header_again", "orders.csv", utf8(csv(GOOD) + csv(row(order="2"))), "intake.header_again", "said"),
    Hostile("summary_row", "orders.csv", utf8(csv(GOOD, ["合计", "", "12.50", "12.50", "", ""])), "intake.summary_rows", "said"),
    Hostile("formula_error", "orders.xlsx", lambda: with_part(workbook([[*HEADER]], formula="=NA()"), "xl/worksheets/sheet1.xml", b't="str"', b't="e"'), "intake.error_cells", "said"),
    Hostile("formula_without_value", "orders.xlsx", lambda: with_part(workbook([[*HEADER]], formula="=A1"), "xl/worksheets/sheet1.xml", "<v>示例买家</v>".encode(), b"<v></v>"), "intake.formula_without_value", "said"),
    Hostile("id_as_number", "orders.xlsx", lambda: workbook([[*HEADER], [*GOOD], [1234567890123456789.0, *GOOD[1:]]]), "intake.damaged_id", "rejected"),
    Hostile("id_as_number_xls", "orders.xls", lambda: xls_bytes([[*HEADER], [*GOOD], [1234567890123456789.0, *GOOD[1:]]]), "intake.damaged_id", "rejected"),
    Hostile("far_cell", "orders.xlsx", far_cell, "intake.sheet_too_large", "refused"),
    Hostile("locked_workbook", "orders.xlsx", lambda: ole_bytes("EncryptedPackage", b"\0" * 5000), "intake.locked_workbook", "refused"),
    Hostile("broken_xls", "orders.xls", lambda: xls_bytes([[*HEADER], [*GOOD]])[:700], "intake.damaged_file", "refused"),
    Hostile("truncated_xlsx", "orders.xlsx", lambda: workbook([[*HEADER], [*GOOD]])[:-400], "intake.damaged_file", "refused"),
    Hostile("empty_xlsx", "orders.xlsx", lambda: workbook([]), "intake.empty_file", "refused"),
    Hostile("html_as_xls", "orders.xls", utf8(HTML), "intake.nearest_form", "refused"),
    Hostile("html_without_table", "orders.xls", utf8("<html><body>请先登录</body></html>"), "intake.no_columns", "refused"),
    Hostile("truncated_zip", "orders.zip", lambda: zipped(("orders.csv", csv(*[GOOD] * 500).encode()))[:-60], "intake.damaged_archive", "refused"),
    Hostile("damaged_zip_member", "orders.zip", lambda: damaged_member(), "intake.damaged_file", "refused"),
    Hostile("zip_bomb", "orders.zip", bomb, "intake.archive_bomb", "refused"),
    Hostile("zip_path_up", "orders.zip", lambda: zipped(("../../orders.csv", csv(GOOD).encode())), "intake.unsafe_member", "refused"),
    Hostile("zip_path_root", "orders.zip", lambda: zipped(("/etc/orders.csv", csv(GOOD).encode())), "intake.unsafe_member", "refused"),
    Hostile("zip_path_drive", "orders.zip", lambda: zipped(("C:\\orders.csv", csv(GOOD).encode())), "intake.unsafe_member", "refused"),
    Hostile("zip_in_zip", "orders.zip", lambda: zipped(("inner.zip", zipped(("orders.csv", csv(GOOD).encode())))), "intake.nested_archive", "refused"),
    Hostile("zip_of_nothing", "orders.zip", lambda: zipped(), "intake.empty_archive", "refused"),
    Hostile("zip_with_password", "orders.zip", encrypted_zip, "intake.locked_archive", "refused"),
    Hostile("zip_of_good_and_strange", "orders.zip", lambda: zipped(("a.csv", csv(GOOD).encode()), ("b.png", PNG)), "intake.no_container", "said"),
    Hostile("picture", "orders.csv", lambda: PNG, "intake.no_container", "refused"),
    Hostile("pdf", "orders.csv", lambda: PDF, "intake.no_container", "refused"),
    Hostile("gzip", "orders.csv.gz", lambda: b"\x1f\x8b\x08\0" + bytes(range(256)) * 40, "intake.no_container", "refused"),
    Hostile("broken_json", "orders.json", utf8('[{"order_id": "1", '), "intake.not_json", "refused"),
    Hostile("deep_json", "orders.json", lambda: b"[" * 200_000, "intake.not_json", "refused"),
    Hostile("json_without_records", "orders.json", utf8('{"ok": {"of": true}}'), "intake.no_records", "refused"),
    Hostile("broken_json_line", "orders.jsonl", utf8('{"order_id":"1","created_at":"2024-01-01","amount_paid":"1"}\n{"order_id":\n'), "intake.not_a_record", "rejected"),
    Hostile("truncated_parquet", "orders.parquet", lambda: parquet({"order_id": ["1"]})[:-20], "intake.damaged_file", "refused"),
    Hostile("parquet_float_id", "orders.parquet", lambda: parquet({"order_id": [1.0, 1e18], "created_at": ["2024-01-01"] * 2, "amount_paid": ["1"] * 2}), "intake.damaged_id", "rejected"),
)  # fmt: skip


def damaged_member() -> bytes:
    """Return a zip with a member whose bytes were changed after packing."""
    content = bytearray(zipped(("orders.csv", csv(*[row(order=str(number)) for number in range(5000)]).encode())))
    middle = len(content) // 2
    content[middle : middle + 200] = b"\xa5" * 200
    return bytes(content)
