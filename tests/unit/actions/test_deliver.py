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
        ("json", "a.JSON", "json"),
        ("csv", "a.tsv", "csv"),
        ("html", None, "html"),
    ],
)
def test_the_format(name: str | None, output: str | None, wanted: str) -> None:
    assert format_for(name, Path(output) if output else None) == wanted


@pytest.mark.parametrize(
    ("name", "output", "code"),
    [
        ("json", "a.xlsx", "cli.format_contradicts"),
        ("xlsx", "a.html", "cli.format_contradicts"),
        ("table", "a.csv", "cli.format_contradicts"),
        ("csv", "missing/a.csv", "cli.no_output_folder"),
        (None, "missing/a.csv", "cli.no_output_folder"),
        (None, "a.doc", "cli.unknown_suffix"),
        ("doc", "a.doc", "cli.unknown_format"),
        ("xlsx", None, "cli.needs_file"),
    ],
)
def test_what_can_not_be_written_as_asked(tmp_path: Path, name: str | None, output: str | None, code: str) -> None:
    with pytest.raises(ReportableError) as refused:
        format_for(name, tmp_path / output if output else None)
    assert [issue.code for issue in refused.value.issues] == [code]


def test_no_folder_is_made_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(ReportableError) as refused:
        write_whole(b"", tmp_path / "missing" / "a.csv")
    assert refused.value.issues[0].code == "cli.no_output_folder"
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.csv"
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
