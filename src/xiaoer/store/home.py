"""The data folder: where everything lies, and the lock that lets one writer in at a time."""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from xiaoer.base.data_url import shown_folder
from xiaoer.base.errors import ReportableError
from xiaoer.store.origin import Origin, origin_of


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
    def unfinished(self) -> Path:
        """Return the mark of work that places files: where nobody writes and it is there, that work was broken off."""
        return self.folder / "unfinished"

    @property
    def swept(self) -> Path:
        """Return the mark of the last time that files that count for nothing were looked for."""
        return self.facts / "swept"

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

    @property
    def origin(self) -> Origin | None:
        """Return where the folder is a copy from; None of a folder that is its own."""
        return origin_of(self.folder)

    def batch_file(self, table: str, name: str) -> Path:
        """Return where a batch file lies, if it is here."""
        return self.batches / table / f"{name}.parquet"

    def batch_files(self, table: str, names: Iterable[str]) -> list[Path]:
        """Return the batch files of these names, brought here first where the folder is a copy."""
        places = [self.batch_file(table, name) for name in names]
        if self.origin is not None:
            self.origin.fetch_batches(places)
        return places

    def rejected_files(self, names: Iterable[str]) -> list[Path]:
        """Return the files of rejected rows of these names, brought here first where the folder is a copy."""
        places = [self.rejected / name for name in names]
        if self.origin is not None:
            self.origin.fetch_rejected(places)
        return places

    def newest(self) -> None:
        """Fetch what others changed where the folder is a copy; only who holds the lock may ask for it."""
        if self.origin is not None:
            self.origin.pull()

    def publishing(self, manifest: Callable[[], bytes]) -> AbstractContextManager[None]:
        """Let a change be done here once it counts where the folder is a copy from."""
        return nullcontext() if self.origin is None else self.origin.publishing(manifest)

    def make(self) -> None:
        """Create the folder; a ReportableError says when that is not possible.

        Staging is left to who writes: nobody else may make what a writer removes and makes again.
        """
        try:
            kept = () if self.scratch else (self.batches, self.rejected)
            for folder in (self.facts, *kept):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._not_writable(error.strerror) from None

    def _not_writable(self, problem: str | None) -> ReportableError:
        values = {"folder": shown_folder(self.folder), "problem": problem or os.strerror(errno.EACCES)}
        return ReportableError.of("store.home_not_writable", values=values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; what a killed writer left in staging is removed first."""
        if self.scratch is not None:
            raise self._not_writable(None)
        with self._alone() as alone:
            if not alone:
                raise ReportableError.of("store.busy", values={"folder": shown_folder(self.folder)})
            shutil.rmtree(self.staging, ignore_errors=True)
            self.staging.mkdir()
            with nullcontext() if self.origin is None else self.origin.writing():
                yield

    def changing_documents(self) -> AbstractContextManager[None]:
        """Let small files be written: at once in a folder of its own, as one change where the folder is a copy."""
        return nullcontext() if self.origin is None else self.writing()

    def bring_up_to_date(self) -> None:
        """Fetch what others changed, where the folder is a copy; who writes to it at this moment has just done so."""
        if self.origin is not None:
            with self._alone() as alone:
                if alone:
                    self.newest()

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Hold the lock, or say that somebody else does."""
        self.make()
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
