"""Which rows of which files are read: all of a file of its own, a part of a pack."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from xiaoer.store.engine import parquet_scan
from xiaoer.store.manifest import BatchFile

Run = tuple[Path, int, int]  # a file's rows from the first up to the second number


def place_of(path: Path, file: BatchFile) -> Run:
    """Return where a file's rows lie, in the file on the disk that has them."""
    return path, file.pack_row, file.pack_row + file.rows


def together(runs: Iterable[Run]) -> list[Run]:
    """Return runs in the same order, those that follow one another in one file as one."""
    found: list[Run] = []
    for path, start, stop in runs:
        if found and found[-1][0] == path and found[-1][2] == start:
            start = found.pop()[1]
        found.append((path, start, stop))
    return found


def rows_in_files(paths: Sequence[Path], files: Sequence[BatchFile]) -> dict[str, list[object]]:
    """Return the columns that say of each file on which path it lies, from which row on, and up to which."""
    return {
        "filename": [str(path) for path in paths],
        "first_row": [file.pack_row for file in files],
        "stop_row": [file.pack_row + file.rows for file in files],
    }


def scan_of_files(paths: Sequence[Path], known: str) -> str:
    """Return the SQL that scans files as `s`, each row beside its file's row `r` in a table of `rows_in_files`."""
    scan = parquet_scan(dict.fromkeys(paths), extra={"filename": "true", "file_row_number": "true"})
    return (
        f"{scan} s JOIN {known} r ON r.filename = s.filename "
        "AND s.file_row_number >= r.first_row AND s.file_row_number < r.stop_row"
    )
