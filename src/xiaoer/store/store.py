"""The store of one data folder: imports in, snapshots out."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import pyarrow as pa

from xiaoer.base.corrections import Correction, in_force
from xiaoer.base.days import Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.settings import ShopSettings
from xiaoer.store.current import current_rows, latest_instant_of
from xiaoer.store.engine import Engine
from xiaoer.store.fact_files import FactFiles
from xiaoer.store.home import Home
from xiaoer.store.import_under_way import ImportUnderWay
from xiaoer.store.kept_relations import KeptRelations
from xiaoer.store.kept_sums import KeptSums
from xiaoer.store.manifest import Import, Manifest, Slice
from xiaoer.store.messages import read_days
from xiaoer.store.packs import MANY, Packed, pack_small_files
from xiaoer.store.read_only import can_only_be_read, read_beside
from xiaoer.store.snapshot import Snapshot

SORT_MEMORY = "600MB"
SWEEP_EVERY_SECONDS = 1800
PACKED_STAYS = timedelta(hours=1)  # whoever began to read before is done by then


class Store:
    """Everything that is kept; a context manager. Reading never writes, writing takes the one lock."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self._scratch = TemporaryDirectory(prefix="xiaoer-") if can_only_be_read(self.home) else None
        if self._scratch is not None:
            self.home = read_beside(self.home, Path(self._scratch.name))
        self.manifest = Manifest(self.home)
        self.facts = FactFiles(self.home)
        self.kept = KeptRelations(self.home)
        self.sums = KeptSums(self.home)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.manifest.close()
        self.facts.close()
        for name in ("_reader", "_sorter"):
            if name in self.__dict__:  # opened
                self.__dict__.pop(name).close(broken=kind is not None)
        if self._scratch is not None:
            self._scratch.cleanup()

    @contextmanager
    def importing(self, clock: Clock) -> Iterator[ImportUnderWay]:
        """Hold the write lock for one import."""
        with self._placing_files():
            with suppress(ReportableError):  # a file that can not be read is told of by who asks for it
                pack_small_files(self.home, self.manifest, self._sorter, least=MANY, of_last_import=True)
            yield ImportUnderWay(self.home, self.manifest, clock, self._sorter)

    @contextmanager
    def _placing_files(self, *, sweep: bool = False) -> Iterator[None]:
        """Hold the write lock for work that places files; what the one before may have left behind goes first.

        To look for it takes longer the more files there are: so only where that work did not end well, and now and then
        for what nobody reads any more.
        """
        with self.home.writing():
            if sweep or self.home.unfinished.exists() or _is_long_ago(self.home.swept):
                self._sweep()
            self.home.unfinished.touch()
            yield
            self.home.unfinished.unlink(missing_ok=True)

    @cached_property
    def _reader(self) -> Engine:
        """Return the engine that puts current rows together; opened once, it spills to disk beyond its memory."""
        return Engine(memory_limit=SORT_MEMORY, spill_folder=self.home.spill)

    @cached_property
    def _sorter(self) -> Engine:
        """Return the engine that sorts imports; opened once, it spills to disk beyond its memory."""
        return Engine(memory_limit=SORT_MEMORY, spill_folder=self.home.spill)

    def _sweep(self) -> None:
        """Remove what no manifest row names: files that a killed import had placed, and facts that were built again.

        What was packed goes too, when nobody reads it any more.
        """
        known = self.manifest.file_names(packed_since=datetime.now(UTC) - PACKED_STAYS)
        for file in self.home.batches.glob("*/*.parquet"):
            if file.stem not in known:
                file.unlink()
        self.facts.sweep()
        self.kept.sweep()
        self.sums.sweep()
        with suppress(OSError):  # of a folder of facts that somebody deletes at this moment
            self.home.swept.touch()

    def pack(self) -> Packed:
        """Put the small files of each shop into few, and remove those that were packed before."""
        with self._placing_files(sweep=True):
            return pack_small_files(self.home, self.manifest, self._sorter, least=2)

    def same_import(self, *, file_hash: str, shop: str) -> Import | None:
        """Return the visible import of this very file for this shop, if there is one."""
        made = self.manifest.imports(file_hash=file_hash)
        return next((i for i in made if i.undone_seq is None and i.shop == shop), None)

    def undo(self, number: int) -> Import:
        """Take an import out of sight and return it; a ReportableError says when there is none to undo."""
        with self.home.writing():
            made = next(iter(self.manifest.imports(number=number)), None)
            if made is None:
                raise ReportableError.of("store.no_such_import", values={"number": number})
            if made.undone_seq is not None:
                raise ReportableError.of("store.undone_already", values={"number": number})
            self.manifest.undo_import(number)
        return made

    def set_value(self, shop: str, name: str, value: str, *, from_date: date) -> None:
        """Write a checked setting's value from a local day on."""
        with self.home.writing():
            self.manifest.set_value(shop, name, value, from_date=from_date)

    def correct(self, correction: Correction) -> Correction:
        """Write a checked correction and return it with its number."""
        with self.home.writing():
            return self.manifest.add_correction(correction)

    def withdraw(self, number: int) -> Correction:
        """Take a correction out of force and return it; a ReportableError says when there is none to withdraw."""
        with self.home.writing():
            made = next((one for one in self.manifest.corrections() if one.id == number), None)
            if made is None:
                raise ReportableError.of("correction.no_such_correction", values={"number": number})
            if made.withdrawn_seq is not None:
                raise ReportableError.of("correction.withdrawn_already", values={"number": number})
            self.manifest.withdraw_correction(number)
        return made

    def snapshot(self, seq: int | None = None) -> Snapshot:
        """Return what counts now, or at an earlier number of the change log."""
        latest = self.manifest.latest_seq()
        if seq is not None and not 0 <= seq <= latest:
            raise ReportableError.of("store.no_such_snapshot", values={"number": seq, "latest": latest})
        at = latest if seq is None else seq
        corrections = in_force(self.manifest.corrections(), at)
        return Snapshot(at, self.manifest.settings(at), corrections, manifest=self.manifest)

    def settings_of(self, shop: str) -> ShopSettings:
        """Return a shop's settings as they are now."""
        return self.manifest.settings(self.manifest.latest_seq()).get(shop, ShopSettings())

    def slices(self, snapshot: Snapshot, shop: str, *, first: date, last: date) -> list[Slice]:
        """Return where a shop's messages of some days lie, in the order of days."""
        return self.manifest.slices(snapshot.seq, shop, first=first, last=last)

    def messages(self, snapshot: Snapshot, slices: Sequence[Slice], *, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Yield whole days of messages, sorted for the pass."""
        shops = {part.shop for part in slices}
        return read_days(self.home, slices, snapshot.files(shops, table="messages"), columns=columns)

    def current(self, snapshot: Snapshot, table: str, *, shops: Sequence[str]) -> pa.Table:
        """Return one row per natural key of a table other than messages."""
        return current_rows(self.home, snapshot, table, shops=shops, engine=self._reader)

    def latest(self, snapshot: Snapshot, table: str, columns: Sequence[str], *, shop: str) -> datetime | None:
        """Return the latest instant that any of these columns has in a shop's current rows; None without any."""
        return latest_instant_of(self.home, snapshot, table, columns, shop=shop, engine=self._reader)


def _is_long_ago(mark: Path) -> bool:
    """Return whether what a mark stands for was never done, or too long ago."""
    try:
        return abs(time.time() - mark.stat().st_mtime) > SWEEP_EVERY_SECONDS
    except FileNotFoundError:
        return True


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's content; an unreadable file is a ReportableError."""
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise ReportableError.of(
            "store.file_unreadable", values={"file": path.name, "problem": error.strerror or ""}
        ) from None
