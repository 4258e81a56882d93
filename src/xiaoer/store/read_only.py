"""A data folder that can only be read: reports are made from a copy of its manifest, and facts built beside it."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from xiaoer.base.errors import ReportableError
from xiaoer.store.home import Home


def can_only_be_read(home: Home) -> bool:
    """Return whether there is a manifest and something of the folder can not be written: another's, or mounted so."""
    if not home.manifest.exists():
        return False
    index = home.facts / "index.sqlite"
    used = (home.folder, home.manifest, home.batches, home.rejected, home.staging, home.facts, index)
    return any(path.exists() and not _may(path, os.W_OK) for path in used)


def read_beside(home: Home, scratch: Path) -> Home:
    """Return the home with its manifest and index of facts copied to `scratch`, where further facts are built too.

    A ReportableError says when even reading is not allowed.
    """
    beside = replace(home, scratch=scratch)
    try:
        beside.make()
        _copy(home.manifest, beside.manifest)
        index = home.facts / "index.sqlite"
        if index.exists() and _may(index, os.R_OK):
            _copy(index, beside.facts / "index.sqlite")
        next(home.batches.iterdir(), None)
    except OSError as error:
        values = {"folder": str(home.folder), "problem": error.strerror or ""}
        raise ReportableError.of("store.home_not_readable", values=values) from None
    return beside


def _may(path: Path, way: int) -> bool:
    return os.access(path, way, effective_ids=os.access in os.supports_effective_ids)


def _copy(database: Path, copy: Path) -> None:
    """Copy a database as it is now, with what its log holds.

    A log that nobody has open can not be read in place without writing beside it; `immutable` would pass over it.
    """
    try:
        with (
            closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error:
        for ending in ("", "-wal"):
            part = database.with_name(database.name + ending)
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + ending))
