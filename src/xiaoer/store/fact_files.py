"""Where facts lie: for each shop and local day the build that is up to date. All may be deleted and built again."""

import json
import shutil
import sqlite3
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoer.store.engine_session import EngineSession
from xiaoer.store.home import Home

SWEEP_AFTER_SECONDS = 3600
LAID_DOWN_SECONDS = 7 * 86_400
SCHEMA = """
CREATE TABLE IF NOT EXISTS builds (
  shop TEXT NOT NULL, day TEXT NOT NULL, key TEXT NOT NULL, build TEXT NOT NULL, own_hits TEXT NOT NULL,
  PRIMARY KEY (shop, day, key));
"""


@dataclass(frozen=True)
class Built:
    """The facts of one shop and day: made from what (`key`), in which build, with which own accounts as buyers."""

    day: date
    key: str
    build: str
    own_hits: tuple[str, ...]


@dataclass(frozen=True)
class NewBuild:
    """A build whose files are complete and which no index names yet: of which shop and days, made from what."""

    shop: str
    build: str
    keys: Mapping[date, str]
    own_hits: Mapping[date, Collection[str]]


def write_build(folder: Path, days: Collection[date], facts: Mapping[str, pa.Table]) -> str:
    """Write the facts of some days as the files of one build and return its name; whoever does it, none is in the way.

    A build that no index comes to name counts for nothing: a process may die at any point.
    """
    build = uuid4().hex[:16]
    for name, table in facts.items():
        place = folder / f"{name}-{build}.parquet"
        described = table.replace_schema_metadata({"days": json.dumps(sorted(map(str, days)))})
        times = [name for name in table.schema.names if name.endswith(("_at", "_micros"))]
        pq.write_table(
            described, place.with_suffix(".part"), compression="zstd", use_byte_stream_split=times,
            use_dictionary=[name for name in table.schema.names if name not in times], write_statistics=["day"],
        )  # fmt: skip
        place.with_suffix(".part").replace(place)
    return build


class FactFiles:
    """The index of built facts and their Parquet files, one per fact and build."""

    def __init__(self, home: Home) -> None:
        home.make()
        self._folder = home.facts
        self._kept = home.folder / "facts"  # where a folder that can only be read has those built before
        try:
            self._connection = _opened(home.facts / "index.sqlite")
        except sqlite3.DatabaseError:  # damaged: facts can always be built again
            for left in home.facts.glob("index.sqlite*"):
                left.unlink()
            self._connection = _opened(home.facts / "index.sqlite")

    def close(self) -> None:
        """Close the index."""
        self._connection.close()

    def built(self, shop: str, keys: Mapping[date, str]) -> dict[date, Built]:
        """Return what is built for these days from just these inputs."""
        found = self._connection.execute("SELECT day, key, build, own_hits FROM builds WHERE shop = ?", (shop,))
        return {
            date.fromisoformat(day): Built(date.fromisoformat(day), key, build, tuple(json.loads(own_hits)))
            for day, key, build, own_hits in found
            if keys.get(date.fromisoformat(day)) == key
        }

    def add(self, shop: str, keys: Mapping[date, str], facts: Mapping[str, pa.Table],
            own_hits: Mapping[date, Collection[str]]) -> None:  # fmt: skip
        """Write one build of some days; its files are complete before the index names them."""
        self.register(NewBuild(shop, write_build(self._folder, keys, facts), keys, own_hits))

    def register(self, made: NewBuild) -> None:
        """Name a written build in the index, in the place of what was built of its days from the same inputs."""
        rows = [
            (made.shop, day.isoformat(), key, made.build, json.dumps(sorted(made.own_hits.get(day, ()))))
            for day, key in made.keys.items()
        ]
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT OR REPLACE INTO builds VALUES (?, ?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def sweep(self) -> None:
        """Remove the files of builds that another has replaced; young ones may be another process's, not yet named."""
        known = {build for (build,) in self._connection.execute("SELECT DISTINCT build FROM builds")}
        for file in self._folder.glob("*-*.parquet"):
            old = time.time() - file.stat().st_mtime > SWEEP_AFTER_SECONDS
            if old and file.stem.rpartition("-")[2] not in known:
                file.unlink()
        for left in self._folder.glob("spark-*"):  # what a session laid down that was killed before its end
            if time.time() - left.stat().st_mtime > LAID_DOWN_SECONDS:
                shutil.rmtree(left, ignore_errors=True)

    def load(self, engine: EngineSession, fact: str, shops: Mapping[str, Sequence[Built]], empty: pa.Table) -> None:
        """Make the rows of these shops' days a relation of the engine, named as the fact; they stay in their files."""
        days: dict[str, set[date]] = {}
        for built in (one for known in shops.values() for one in known):
            days.setdefault(built.build, set()).add(built.day)
        placed = {self._file(fact, build): valid for build, valid in days.items()}
        # Of some, days were built again since, or are not asked for.
        files = {file: None if valid == _days_in(file) else valid for file, valid in placed.items()}
        engine.add_files(fact, files, empty)

    def _file(self, fact: str, build: str) -> Path:
        name = f"{fact}-{build}.parquet"
        return next(
            (place for place in (self._folder / name, self._kept / name) if place.exists()), self._folder / name
        )


def _days_in(file: Path) -> set[date]:
    """Return the days of a file's rows, by what the file was written with."""
    known = pq.read_metadata(file).metadata or {}
    return {date.fromisoformat(day) for day in json.loads(known.get(b"days", b"[]"))}


def _opened(index: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(index, isolation_level=None, timeout=60)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA)
    return connection
