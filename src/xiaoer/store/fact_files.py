"""Where facts lie: for each shop and local day the build that is up to date. All may be deleted and built again."""

import json
import sqlite3
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoer.store.engine import Engine, parquet_scan, sql_name
from xiaoer.store.home import Home

SWEEP_AFTER_SECONDS = 3600
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
        build = uuid4().hex[:16]
        for name, table in facts.items():
            place = self._folder / f"{name}-{build}.parquet"
            described = table.replace_schema_metadata({"days": json.dumps(sorted(map(str, keys)))})
            pq.write_table(described, place.with_suffix(".part"), compression="zstd")
            place.with_suffix(".part").replace(place)
        rows = [
            (shop, day.isoformat(), key, build, json.dumps(sorted(own_hits.get(day, ())))) for day, key in keys.items()
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

    def load(self, engine: Engine, fact: str, shops: Mapping[str, Sequence[Built]], empty: pa.Table) -> None:
        """Make the rows of these shops' days a relation of the engine, named as the fact; they stay in their files."""
        days: dict[Path, set[date]] = {}
        for built in (one for known in shops.values() for one in known):
            days.setdefault(self._file(fact, built.build), set()).add(built.day)
        if not days:
            engine.add_table(fact, empty)
            return
        names = ", ".join(sql_name(name) for name in empty.column_names)
        whole = [file for file, valid in days.items() if valid == _days_in(file)]
        scans = [f"SELECT {names} FROM {parquet_scan(whole, by_name=False)}"] if whole else []
        for file in days.keys() - set(whole):  # some of its days were built again since, or are not asked for
            valid_days = ", ".join(f"DATE '{day}'" for day in sorted(days[file]))
            scans.append(f"SELECT {names} FROM {parquet_scan([file])} WHERE day IN ({valid_days})")
        engine.add_views({fact: " UNION ALL ".join(sorted(scans))})

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
