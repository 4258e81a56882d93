"""From a path to pieces: what a file is recognised as, what of it is used, and what is said of the rest."""

import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.samples.hostile import workbook
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake import Piece, ReadOptions, Rejected, Rows, Totals, read_file

OPTIONS = ReadOptions("示例店")
MESSAGES = "buyer,agent,sent_at,sender,text\n客,服,2024-01-01 10:00:00,buyer,在吗\n"
ORDERS = "order_id,created_at,amount_paid\n1,2024-01-01,5\n2,2024-01-01,-7\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def counts(pieces: list[Piece]) -> dict[str, int]:
    found: dict[str, int] = {}
    for piece in pieces:
        if isinstance(piece, Rows):
            found[piece.table] = found.get(piece.table, 0) + piece.batch.num_rows
    return found


def refused(path: Path, options: ReadOptions = OPTIONS) -> list[Issue]:
    with pytest.raises(ReportableError) as error:
        list(read_file(path, options).pieces)
    return list(error.value.issues)


def test_a_folder_is_several_files_and_noise_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    written(folder, "messages.csv", MESSAGES)
    written(folder, "orders.csv", ORDERS)
    written(folder, ".DS_Store", "x")
    written(folder, "~$orders.xlsx", "x")
    pieces = list(read_file(folder, OPTIONS).pieces)
    assert counts(pieces) == {"messages": 1, "orders": 1}
    assert [issue.code for piece in pieces if isinstance(piece, Rejected) for issue in piece.issues] == [
        "intake.negative"
    ]


def test_a_zip_is_several_files_and_a_strange_one_is_named_by_number(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("导出/messages.csv", MESSAGES)
        archive.writestr("导出/orders-2024.csv", ORDERS)
        archive.writestr("导出/王小明.csv", "甲列,乙列\n子,丑\n")
    pieces = list(read_file(path, OPTIONS).pieces)
    assert counts(pieces) == {"messages": 1, "orders": 1}
    (strange,) = [piece for piece in pieces if isinstance(piece, Issue) and piece.code == "intake.unknown_form"]
    assert strange.severity is Severity.WARNING
    assert strange.place.file == "all.zip › #3.csv"


def test_source_rows_are_unique_in_a_reading_and_totals_add_up_over_its_files(tmp_path: Path) -> None:
    written(tmp_path / "x", "orders-1.csv", ORDERS)
    written(tmp_path / "x", "orders-2.csv", ORDERS)
    pieces = list(read_file(tmp_path / "x", OPTIONS).pieces)
    rows = [row for piece in pieces if isinstance(piece, Rows) for row in piece.batch["source_row"].to_pylist()]
    assert rows == [1, 3]
    (totals,) = [piece for piece in pieces if isinstance(piece, Totals)]
    assert totals == Totals("orders", {"amount_paid": Decimal("-4")})


def test_every_sheet_that_fits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "千牛.xlsx"
    header: list[str | float] = ["订单编号", "总金额", "买家实付金额", "订单创建时间"]
    path.write_bytes(workbook([["订单报表"], header, ["1", 5, 5, "2024-01-01 10:00:00"]]))
    reading = read_file(path, OPTIONS)
    pieces = list(reading.pieces)
    assert (reading.platform, reading.why.values["form"]) == ("taobao", "orders_new")
    assert counts(pieces) == {"orders": 1}
    assert "intake.advised_missing" in [piece.code for piece in pieces if isinstance(piece, Issue)]


def test_the_shop_of_the_import_fills_a_missing_one_and_another_one_is_said(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "messages.csv",
        "shop,buyer,agent,sent_at,sender\n,客,服,2024-01-01,buyer\n别店,客,服,2024-01-01,buyer\n",
    )
    pieces = list(read_file(path, OPTIONS).pieces)
    (rows,) = [piece for piece in pieces if isinstance(piece, Rows)]
    assert rows.batch["shop"].to_pylist() == ["示例店", "别店"]
    assert "intake.other_shop" in [piece.code for piece in pieces if isinstance(piece, Issue)]


def test_a_missing_column_is_named_with_near_names_and_no_poorer_form_is_taken(tmp_path: Path) -> None:
    (issue,) = refused(written(tmp_path, "x.csv", "shop,buyer,agent,send_at,sender,text\ns,b,a,2024-01-01,buyer,x\n"))
    assert issue.code == "intake.missing_column"
    assert (issue.values["form"], issue.values["missing"]) == ("messages", "sent_at (send_at?)")


def test_an_unknown_platform_suggests_a_near_one(tmp_path: Path) -> None:
    (issue,) = refused(written(tmp_path, "orders.csv", ORDERS), ReadOptions("s", platform="canonica"))
    assert (issue.code, issue.values["near"]) == ("intake.unknown_platform", "canonical")


def test_only_the_platform_asked_for_is_tried(tmp_path: Path) -> None:
    (issue,) = refused(written(tmp_path, "orders.csv", ORDERS), ReadOptions("s", platform="taobao"))
    assert issue.code in ("intake.unknown_form", "intake.nearest_form")


def test_values_of_a_file_without_header_are_not_shown(tmp_path: Path) -> None:
    issues = refused(written(tmp_path, "orders.csv", "王小明,13800000000,2024-01-01\n李小红,13900000000,2024-01-02\n"))
    assert [issue.code for issue in issues] == ["intake.no_header"]
    assert "王小明" not in str(issues)


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("ExportOrderList202009171230.csv", datetime(2020, 9, 17, 4, 30, tzinfo=UTC)),
        ("orders_20200917123015.csv", datetime(2020, 9, 17, 4, 30, 15, tzinfo=UTC)),
        ("orders 2020-09-17_12-30.csv", datetime(2020, 9, 17, 4, 30, tzinfo=UTC)),
        ("orders-2020-09.csv", None),
        ("orders_20209917129999.csv", None),
    ],
)
def test_the_time_of_export_is_read_from_the_name(name: str, when: datetime | None, tmp_path: Path) -> None:
    assert read_file(written(tmp_path, name, ORDERS), OPTIONS).exported_at == when


def test_a_file_name_that_can_not_be_printed_is_made_printable(tmp_path: Path) -> None:
    (issue,) = refused(written(tmp_path, "a\x1b[31m\udcff.csv", "甲,乙\n子,丑\n"))
    assert issue.place.file == "a·[31m·.csv"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert [issue.code for issue in refused(tmp_path / "none.csv")] == ["intake.not_found"]
    (tmp_path / "empty").mkdir()
    assert [issue.code for issue in refused(tmp_path / "empty")] == ["intake.empty_folder"]


def test_rejected_rows_can_be_written_fixed_and_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, "orders.csv", ORDERS)
    (rejected,) = [piece for piece in read_file(path, OPTIONS).pieces if isinstance(piece, Rejected)]
    lines = [
        ",".join([*rejected.header, "xiaoer_line", "xiaoer_reason"]),
        ",".join([*rejected.cells, "3", "x"]).replace("-7", "7"),
    ]
    again = list(read_file(written(tmp_path, "7.csv", "\n".join(lines) + "\n"), OPTIONS).pieces)
    assert counts(again) == {"orders": 1}
    assert not [piece for piece in again if isinstance(piece, Rejected | Issue)]


def test_a_workbook_in_a_zip_with_a_chinese_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    header: list[str | float] = ["order_id", "created_at", "amount_paid"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("导出/三月订单.xlsx", workbook([header, ["1", "2024-01-01 10:00:00", 5]]))
    assert counts(list(read_file(path, OPTIONS).pieces)) == {"orders": 1}


def test_orders_paid_before_they_were_created_are_kept_and_said_once(tmp_path: Path) -> None:
    header = "order_id,created_at,paid_at,amount_paid"
    early = [f"{number},2024-01-02 10:00:00,2024-01-02 09:59:59,5" for number in (1, 2)]
    rest = ["3,2024-01-02 10:00:00,2024-01-02 10:00:00,5", "4,2024-01-02 10:00:00,,0"]
    pieces = list(read_file(written(tmp_path, "1.csv", "\n".join([header, *early, *rest, ""])), OPTIONS).pieces)
    assert counts(pieces) == {"orders": 4}
    said = [piece for piece in pieces if isinstance(piece, Issue) and piece.code == "intake.paid_before_created"]
    assert [(issue.severity, issue.values) for issue in said] == [(Severity.WARNING, {"count": 2})]
    sound = list(read_file(written(tmp_path, "2.csv", "\n".join([header, *rest, ""])), OPTIONS).pieces)
    assert not [piece for piece in sound if isinstance(piece, Issue) and piece.code == "intake.paid_before_created"]
