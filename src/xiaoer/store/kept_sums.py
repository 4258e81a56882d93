"""Sums of months, kept as Parquet under names made from all that went into them; they may be deleted at any time."""

import hashlib
import json
import shutil
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoer.base.days import Period
from xiaoer.store.engine import Engine, parquet_scan
from xiaoer.store.home import Home

SWEEP_AFTER_SECONDS = 60 * 86_400  # a month that nothing changed is found again by what went into it


@dataclass(frozen=True)
class Listed:
    """The names of months by their first days, of those known; beyond the span nothing is known of the shop."""

    span: Period
    months: Mapping[str, str]


class KeptSums:
    """A folder of months, and of lists that say which months a question over just these files and settings has.

    A month's name says what it was made from, so one of that name is right; a list only saves finding the names.
    """

    def __init__(self, home: Home) -> None:
        self._folder = home.facts / "sums"
        self._answers = home.facts / "sessions"  # swept there when nobody has asked for a while
        self._places = (self._folder, home.folder / "facts" / "sums")  # the second of a folder that can only be read

    def listed(self, key: str) -> Listed | None:
        """Return the list of this key; None when there is none or a month of it is gone."""
        for place in self._places:
            try:
                found = json.loads((place / f"{key}.json").read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            if all(map(self._found, found["months"].values())):
                _touch(place / f"{key}.json")
                return Listed(Period(*map(date.fromisoformat, found["span"])), found["months"])
        return None

    def remember(self, key: str, listed: Listed) -> None:
        """Keep the list of this key; without a place for it the names are found anew."""
        part = self._folder / f"{key}.{uuid4().hex}.part"
        span = [str(listed.span.first), str(listed.span.last)]
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"span": span, "months": dict(listed.months)}), encoding="utf-8")
            part.replace(self._folder / f"{key}.json")

    def any(self) -> bool:
        """Return whether anything is kept at all."""
        return any(place.is_dir() for place in self._places)

    def has(self, name: str) -> bool:
        """Return whether the month of this name is kept."""
        return self._found(name) is not None

    def keep(self, name: str, tables: Mapping[str, pa.Table]) -> bool:
        """Write a month's tables, whole or not at all; return whether it is kept, by this process or another."""
        making = self._folder / f"making-{uuid4().hex[:16]}"
        try:
            making.mkdir(parents=True)
            for table, rows in tables.items():
                pq.write_table(rows, making / f"{table}.parquet", compression="zstd", compression_level=1)
            making.replace(self._folder / name)
        except OSError:  # a full disk, or another process kept the same
            shutil.rmtree(making, ignore_errors=True)
        return self.has(name)

    def open(self, names: Iterable[str], engine: Engine) -> bool:
        """Make the tables of these months relations of the engine, read where they are, and keep its answers.

        False where something of a month is gone: it is forgotten, and may be made again.
        """
        folders = {name: self._found(name) for name in sorted(set(names))}
        tables = {name: {file.name for file in folder.glob("*.parquet")} for name, folder in folders.items() if folder}
        every = set().union(*tables.values())
        broken = [name for name in folders if not every or tables.get(name) != every]
        for name in broken:
            shutil.rmtree(self._folder / name, ignore_errors=True)
        if broken:
            return False
        places = [folder for folder in folders.values() if folder is not None]
        for folder in places:
            _touch(folder)
        engine.add_views_when_asked({
            table.removesuffix(".parquet"): f"SELECT * FROM {parquet_scan([f / table for f in places], by_name=False)}"
            for table in sorted(every)
        })  # fmt: skip
        answers = self._answers / f"sums-{hashlib.sha256(repr(list(folders)).encode()).hexdigest()[:32]}"
        with suppress(OSError):
            answers.mkdir(parents=True, exist_ok=True)
            engine.keep_answers_in(answers)
        return True

    def sweep(self) -> None:
        """Remove what nobody has used for long, and what was never whole."""
        for kept in self._folder.glob("*"):
            whole = not kept.name.startswith("making-") and kept.suffix != ".part"
            with suppress(OSError):
                if time.time() - kept.stat().st_mtime > (SWEEP_AFTER_SECONDS if whole else 3600):
                    shutil.rmtree(kept) if kept.is_dir() else kept.unlink()

    def _found(self, name: str) -> Path | None:
        return next((place / name for place in self._places if (place / name).is_dir()), None)


def _touch(path: Path) -> None:
    with suppress(OSError):  # of a folder that can only be read
        path.touch()
