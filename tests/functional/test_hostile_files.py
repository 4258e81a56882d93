"""Every hostile file ends in plain words: the code expected, sayable in both languages, no other exception."""

import tracemalloc
from pathlib import Path

import pytest

from tests.samples.hostile import HOSTILE, Hostile
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import say
from xiaoer.intake import ReadOptions, Rejected, Rows, read_file


def read_all(path: Path) -> tuple[int, list[Rejected], list[Issue], bool]:
    """Return accepted rows, rejected rows, issues said and whether the file was refused."""
    accepted, rejected, said = 0, list[Rejected](), list[Issue]()
    try:
        reading = read_file(path, ReadOptions("示例店"))
        for piece in reading.pieces:
            match piece:
                case Rows():
                    accepted += piece.batch.num_rows
                case Rejected():
                    rejected.append(piece)
                case Issue():
                    said.append(piece)
    except ReportableError as error:
        return accepted, rejected, [*said, *error.issues], True
    return accepted, rejected, said, False


def test_there_are_at_least_forty_with_names_of_their_own() -> None:
    assert len({hostile.name for hostile in HOSTILE}) == len(HOSTILE) >= 40


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_ends_in_plain_words(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / hostile.file_name
    path.write_bytes(hostile.content())

    accepted, rejected, said, refused = read_all(path)

    of_rows = [issue for row in rejected for issue in row.issues]
    assert hostile.code in {issue.code for issue in (of_rows if hostile.ends == "rejected" else said)}
    assert refused is (hostile.ends == "refused")
    for issue in [*of_rows, *said]:
        for language in ("zh", "en"):
            text = say(issue, language)
            assert text
            assert "示例买家" not in text
    assert all(issue.severity is Severity.REJECTED and issue.place.line for issue in of_rows)
    assert all(issue.place.file for issue in said)
    if refused:
        assert not accepted or hostile.name == "damaged_zip_member"


def test_a_giant_line_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    with path.open("wb") as stream:
        stream.write("订单编号,总金额,买家实际支付金额,订单创建时间\n1,2,2,2024-01-01 10:00:00\n".encode())
        for _ in range(100):
            stream.write(b"x" * 1024 * 1024)

    tracemalloc.start()
    accepted, rejected, _, _ = read_all(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (accepted, len(rejected)) == (1, 1)
    assert peak < 60 * 1024 * 1024
