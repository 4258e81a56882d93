"""From a path to a Reading."""

from pathlib import Path

from xiaoer.intake.reading import Reading, ReadOptions


def read_file(path: Path, options: ReadOptions) -> Reading:
    """Return the file's reading; a ReportableError when nothing of it can be used."""
    raise NotImplementedError
