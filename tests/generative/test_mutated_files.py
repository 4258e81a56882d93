"""Samples are cut, garbled and mixed at random: reading ends in pieces or in plain words, never in anything else."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import say
from xiaoer.base.tables import canonical_tables
from xiaoer.intake import ReadOptions, Rejected, Rows, read_file

FOLDER = Path(__file__).resolve().parent.parent / "samples"
SAMPLES = sorted(
    path for path in FOLDER.glob("*/*") if path.is_file() and path.suffix != ".py" and ".golden." not in path.name
)
INSERTS = (
    b"\0", b'"', b"\r", b"\n", b",", b"\t", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", "，".encode(), b'="1"', b"<td>",
    b"}{", b"9" * 400, b"-1e99", b"9999-12-31", b"\x1a",
)  # fmt: skip
CONTENTS = {path: path.read_bytes() for path in SAMPLES}


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    path = draw(st.sampled_from(SAMPLES))
    content = CONTENTS[path]
    for _ in range(draw(st.integers(1, 4))):
        content = draw(st.sampled_from(MUTATIONS))(draw, content)
    name = draw(st.sampled_from([path.name, path.name, draw(st.sampled_from(SAMPLES)).name]))
    return name, content


def cut(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: draw(st.integers(0, len(content)))]


def cut_head(draw: st.DrawFn, content: bytes) -> bytes:
    return content[draw(st.integers(0, len(content))) :]


def insert(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, len(content)))
    return content[:at] + draw(st.sampled_from(INSERTS)) + content[at:]


def overwrite(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, len(content)))
    new = draw(st.binary(min_size=1, max_size=6))
    return content[:at] + new + content[at + len(new) :]


def repeat(draw: st.DrawFn, content: bytes) -> bytes:
    first = draw(st.integers(0, len(content)))
    last = min(len(content), first + draw(st.integers(0, 300)))
    return content[:last] + content[first:last] * draw(st.integers(1, 3)) + content[last:]


def splice(draw: st.DrawFn, content: bytes) -> bytes:
    other = CONTENTS[draw(st.sampled_from(SAMPLES))]
    return content[: draw(st.integers(0, len(content)))] + other[draw(st.integers(0, len(other))) :]


MUTATIONS = (cut, cut_head, insert, insert, overwrite, overwrite, repeat, splice)


def test_there_are_samples() -> None:
    assert {"canonical", "taobao"} <= {path.parent.name for path in SAMPLES}


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_a_mutated_sample_never_shows_a_traceback(file: tuple[str, bytes]) -> None:
    name, content = file
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        read_to_the_end(path)


def read_to_the_end(path: Path) -> None:
    """Read everything; what comes out must be whole: schemas kept, every issue sayable."""
    try:
        for piece in read_file(path, ReadOptions("向阳小铺")).pieces:
            if isinstance(piece, Rows):
                table = canonical_tables()[piece.table]
                assert piece.batch.schema == table.schema
                assert not any(piece.batch.column(column).null_count for column in table.required)
            elif isinstance(piece, Rejected):
                assert piece.issues
                assert all(say(issue, "zh") for issue in piece.issues)
            elif isinstance(piece, Issue):
                assert say(piece, "en")
    except ReportableError as error:
        assert error.issues
        assert all(say(issue, "zh") and say(issue, "en") for issue in error.issues)
