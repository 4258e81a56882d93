"""The data folder: where everything lies, and the lock that lets one writer in at a time."""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xiaoer.base.errors import ReportableError


@dataclass(frozen=True)
class Home:
    """Paths of one data folder; where it can only be read, `scratch` has the manifest's copy and the facts."""

    folder: Path
    scratch: Path | None = None

    @property
    def manifest(self) -> Path:
        """Return the file of the manifest."""
        return (self.scratch or self.folder) / "manifest.sqlite"

    @property
    def batches(self) -> Path:
        """Return the folder of immutable batches."""
        return self.folder / "batches"

    @property
    def rejected(self) -> Path:
        """Return the folder of rejected rows."""
        return self.folder / "rejected"

    @property
    def facts(self) -> Path:
        """Return the folder of derived facts; it may be deleted at any time."""
        return (self.scratch or self.folder) / "facts"

    @property
    def spill(self) -> Path:
        """Return the folder where the engine puts what its memory can not hold."""
        return self.facts / "spill"

    @property
    def staging(self) -> Path:
        """Return the folder of work under way; nothing in it counts."""
        return self.folder / "staging"

    @property
    def catalog(self) -> Path:
        """Return the folder of the shop's own catalog, laid over ours."""
        return self.folder / "catalog"

    @property
    def appraisal(self) -> Path:
        """Return the folder of kept months of appraisal: files named by content, and the log that says which hold."""
        return self.folder / "appraisal"

    @property
    def planning(self) -> Path:
        """Return the folder of kept forecasts, and of what people said of days to come."""
        return self.folder / "planning"

    def make(self) -> None:
        """Create the folder; a ReportableError says when that is not possible."""
        try:
            kept = () if self.scratch else (self.batches, self.rejected, self.staging)
            for folder in (self.facts, *kept):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._not_writable(error.strerror) from None

    def _not_writable(self, problem: str | None) -> ReportableError:
        values = {"folder": str(self.folder), "problem": problem or os.strerror(errno.EACCES)}
        return ReportableError.of("store.home_not_writable", values=values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; what a killed writer left in staging is removed first."""
        if self.scratch is not None:
            raise self._not_writable(None)
        self.make()
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ReportableError.of("store.busy", values={"folder": str(self.folder)}) from None
            shutil.rmtree(self.staging, ignore_errors=True)
            self.staging.mkdir()
            yield
