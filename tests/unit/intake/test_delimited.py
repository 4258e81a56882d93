"""Delimited text: the quick way and the patient way give the same rows, with the lines an editor shows."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.intake import ReadOptions, Rejected, Rows, read_file
from xiaoer.intake.encoding import BAD_BYTE, encoding_of, utf8_chunks
from xiaoer.intake.raw import BadRow, Limits, RawBatch, Source
from xiaoer.intake.readers import delimited
from xiaoer.intake.readers.blocks import Block, Overlong, whole_records

HEADER = "shop,buyer,agent,sent_at,sender,text\n"
OPTIONS = ReadOptions("示例店")


def source_of(content: bytes, folder: Path) -> Source:
    path = folder / "messages.csv"
    path.write_bytes(content)
    return Source(path.name, lambda: path.open("rb"), path)


def rows_of(source: Source) -> tuple[list[tuple[int, list[str | None]]], list[BadRow]]:
    (table,) = delimited.read(source, OPTIONS)
    rows: list[tuple[int, list[str | None]]] = []
    bad: list[BadRow] = []
    for piece in table.batches:
        if isinstance(piece, RawBatch):
            cells = zip(*(column.to_pylist() for column in piece.columns), strict=True)
            rows += list(zip(piece.lines.to_pylist(), map(list, cells), strict=True))
        elif isinstance(piece, BadRow):
            bad.append(piece)
    return sorted(rows), bad


def test_lines_are_those_of_the_file_also_after_quoted_line_breaks_and_blank_lines(tmp_path: Path) -> None:
    text = (
        HEADER
        + 's,b,a,2024-01-01,buyer,"一\n二\n三"\n\n\r\ns,b,a,2024-01-01,buyer,"他说""好"""\ns,b,a,2024-01-01,agent,末'
    )
    rows, bad = rows_of(source_of(text.encode(), tmp_path))
    assert [(line, cells[5]) for line, cells in rows] == [(2, "一\n二\n三"), (7, '他说"好"'), (8, "末")]
    assert not bad


def test_a_bare_return_and_an_empty_line_do_not_make_up_for_each_other(tmp_path: Path) -> None:
    row = "s,b,a,2024-01-01,buyer,x"
    rows, bad = rows_of(source_of(f"{HEADER}{row}\r{row}\n\n".encode(), tmp_path))
    assert not rows
    assert [each.line for each in bad] == [2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end(encoding: str, delimiter: str, end: str, tmp_path: Path) -> None:
    rows = ["shop,buyer,agent,sent_at,sender,text", "店,客,服,2024-01-01,buyer,在吗", "店,客,服,2024-01-01,agent,在的"]
    text = end.join(rows).replace(",", delimiter) + end
    found, bad = rows_of(source_of(text.encode(encoding), tmp_path))
    assert [cells for _, cells in found] == [row.split(",") for row in rows[1:]]
    assert not bad


def test_the_encoding_is_decided_on_the_first_letter_beyond_ascii_however_late(tmp_path: Path) -> None:
    ascii_rows = "s,b,a,2024-01-01,buyer,hello\n" * 20_000
    content = (HEADER + ascii_rows).encode() + "s,b,a,2024-01-01,buyer,你好\n".encode("gbk")
    rows, bad = rows_of(source_of(content, tmp_path))
    assert rows[-1][1][5] == "你好"
    assert not bad


def test_a_bad_byte_names_its_line_and_keeps_the_others(tmp_path: Path) -> None:
    content = (
        HEADER.encode()
        + "s,b,a,2024-01-01,buyer,好\n".encode() * 3
        + b"s,b,a,2024-01-01,buyer,\xff\xfe\n"
        + b"s,b,a,2024-01-01,buyer,x\n"
    )
    rows, bad = rows_of(source_of(content, tmp_path))
    assert [line for line, _ in rows] == [2, 3, 4, 6]
    assert [(row.line, [issue.code for issue in row.issues]) for row in bad] == [(5, ["intake.bad_bytes"])]


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    text = "sep=,\n店铺：示例店,,,,,\n\n" + HEADER + "s,b,a,2024-01-01,buyer,好\n"
    rows, _ = rows_of(source_of(text.encode(), tmp_path))
    assert [line for line, _ in rows] == [5]


def test_all_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "messages.csv"
    path.write_text(HEADER + ",,a,昨天,nobody,好\n", encoding="utf-8")
    (rejected,) = [piece for piece in read_file(path, OPTIONS).pieces if isinstance(piece, Rejected)]
    assert rejected.cells == ("", "", "a", "昨天", "nobody", "好")
    assert rejected.place.line == 2
    assert [(issue.code, issue.place.column) for issue in rejected.issues] == [
        ("intake.missing_value", "buyer"),
        ("intake.not_a_time", "sent_at"),
        ("intake.not_a_choice", "sender"),
    ]


CELLS = st.text(alphabet='a好",\n\r \t=', max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    lines = [",".join(["店", "客", "服", "2024-01-01", quoted(first), quoted(second)]) + "\n" for first, second in rows]
    found, bad = rows_of(source_of((HEADER + "".join(lines)).encode(), tmp_path_factory.mktemp("csv")))
    assert not bad
    assert [cells[4:] for _, cells in found] == [[first or None, second or None] for first, second in rows]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def test_quick_and_patient_ways_agree(tmp_path: Path) -> None:
    lines = [f's,b{number},a,2024-01-01,buyer,"第{number}句, ""引用""\n两行"\n' for number in range(500)]
    clean = source_of((HEADER + "".join(lines)).encode(), tmp_path)
    quick, _ = rows_of(clean)
    spoiled = source_of((HEADER + "".join(lines) + "s,b,a,2024-01-01,buyer\n").encode(), tmp_path)
    patient, bad = rows_of(spoiled)
    assert quick == patient
    assert [row.line for row in bad] == [1002]


def test_blocks_stay_bounded_and_a_giant_line_is_passed_over() -> None:
    chunks = [b"a,b\n", b"x" * 600, b"x" * 600, b"x\nc,d\n", b"e,f"]
    blocks = list(whole_records(iter(chunks), skip_lines=0, limits=Limits(line_bytes=1000), bare_returns=False))
    assert [(type(block), getattr(block, "data", None)) for block in blocks] == [
        (Block, b"a,b\n"), (Overlong, None), (Block, b"c,d\n"), (Block, b"e,f\n"),
    ]  # fmt: skip
    lines = [block.first_line if isinstance(block, Block) else block.line for block in blocks]
    assert lines == [1, 2, 3, 4]


def test_bytes_that_are_no_character_are_marked_wherever_chunks_end(tmp_path: Path) -> None:
    content = codecs.BOM_UTF8 + "好".encode() * 10 + b"\xff" + "好".encode()
    text = b"".join(utf8_chunks(source_of(content, tmp_path))).decode()
    assert text == "好" * 10 + BAD_BYTE + "好"
    assert encoding_of("你好，世界".encode("gbk")) == ("gb18030", 0)


def test_rows_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "messages.csv"
    path.write_text(HEADER + "".join(f"店,b{number},a,2024-01-01,buyer,好\n" for number in range(10)), encoding="utf-8")
    batches = [piece.batch for piece in read_file(path, OPTIONS).pieces if isinstance(piece, Rows)]
    assert [row for batch in batches for row in batch["source_row"].to_pylist()] == list(range(1, 11))
