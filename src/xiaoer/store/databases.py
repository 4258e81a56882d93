"""DuckDB databases in memory, lent one at a time and used again: opening one takes longer than most questions do."""

import atexit
import os
import threading
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import duckdb

MOST_IDLE = 6
# A database that has been lent so often is closed: whatever it remembers of files goes with it.
MOST_LOANS = 200


@dataclass(frozen=True)
class Kind:
    """What two databases must have in common to stand in for one another."""

    memory_limit: str
    spill_folder: Path | None
    remembers_footers: bool = False
    process: int = field(default_factory=os.getpid)  # the threads of a database do not outlive a fork


@dataclass
class Database:
    """One database: the connection to it, and how often it was lent."""

    kind: Kind
    connection: duckdb.DuckDBPyConnection
    loans: int = 0


_idle: list[Database] = []
_lock = threading.Lock()
_names = count()


def lend(kind: Kind) -> Database:
    """Return a database with nothing in it, of this kind; it is the borrower's alone until it is given back."""
    with _lock:
        found = next((place for place, one in enumerate(_idle) if one.kind == kind), None)
        database = None if found is None else _idle.pop(found)
    if database is None:
        database = _opened(kind)
    name = f"space_{next(_names)}"
    database.loans += 1
    database.connection.execute(f"ATTACH ':memory:' AS {name}")
    database.connection.execute(f"USE {name}")
    return database


def give_back(database: Database) -> None:
    """Empty a database and keep it for the next borrower, or close it where enough are kept."""
    closed = [database]
    if database.loans < MOST_LOANS:
        space = database.connection.execute("SELECT current_database()").fetchall()[0][0]
        database.connection.execute("USE memory")
        database.connection.execute(f"DETACH {space}")
        with _lock:
            _idle.append(database)
            closed = [_idle.pop(0) for _ in range(len(_idle) - MOST_IDLE)]
    for one in closed:
        if one.kind.process == os.getpid():
            one.connection.close()


def _opened(kind: Kind) -> Database:
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET memory_limit = '{kind.memory_limit}'")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    if kind.remembers_footers:
        connection.execute("SET parquet_metadata_cache = true")
    if kind.spill_folder is not None:
        folder = str(kind.spill_folder).replace("'", "''")
        connection.execute(f"SET temp_directory = '{folder}'")
    return Database(kind, connection)


@atexit.register
def _close_all() -> None:
    while _idle:
        database = _idle.pop()
        if database.kind.process == os.getpid():
            database.connection.close()
