"""Which format a page gets, and that a file is whole or as it was."""

from pathlib import Path

import pytest

from xiaoer.actions.render.deliver import format_for, write_whole
from xiaoer.base.errors import ReportableError


@pytest.mark.parametrize(
    ("name", "output", "wanted"),
    [
        (None, None, "table"),
        (None, "a.csv", "csv"),
        (None, "a.XLSX", "xlsx"),
        (None, "a.htm", "html"),
        ("json", "a.csv", "json"),
        ("html", None, "html"),
    ],
)
def test_the_format(name: str | None, output: str | None, wanted: str) -> None:
    assert format_for(name, Path(output) if output else None) == wanted


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "deep" / "report.csv"
    write_whole(b"old", file)
    write_whole(b"new", file)
    assert file.read_bytes() == b"new"

    def full(_: int, __: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", full)
    with pytest.raises(ReportableError) as refused:
        write_whole(b"newer", file)
    assert refused.value.issues[0].values["problem"] == "No space left on device"
    assert file.read_bytes() == b"new"
    assert [path.name for path in file.parent.iterdir()] == ["report.csv"], "nothing is left lying about"
