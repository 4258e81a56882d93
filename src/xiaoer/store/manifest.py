"""The manifest: a small SQLite database that says which batches count. One transaction makes an import visible.

Every change has a number (`seq`) in one log; a snapshot is such a number: what was visible and set by then.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.errors import ReportableError
from xiaoer.base.settings import DatedValue, ShopSettings
from xiaoer.store.home import Home

SCHEMA = """
CREATE TABLE IF NOT EXISTS changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS imports (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL REFERENCES changes, file_name TEXT NOT NULL, file_hash TEXT NOT NULL,
  file_bytes INTEGER NOT NULL, shop TEXT NOT NULL, platform TEXT NOT NULL, exported_at TEXT,
  undone_seq INTEGER REFERENCES changes, report TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
  import_id INTEGER NOT NULL REFERENCES imports, "table" TEXT NOT NULL, hash TEXT NOT NULL, rows INTEGER NOT NULL,
  first_at INTEGER, shops TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS imports_by_file ON imports (file_hash);
CREATE INDEX IF NOT EXISTS files_by_shops ON files (shops, "table", import_id);
CREATE INDEX IF NOT EXISTS files_of_several ON files (shops) WHERE instr(shops, ',');
CREATE INDEX IF NOT EXISTS files_by_import ON files (import_id);
CREATE TABLE IF NOT EXISTS slices (
  import_id INTEGER NOT NULL REFERENCES imports, hash TEXT NOT NULL, shop TEXT NOT NULL, day TEXT NOT NULL,
  first_row INTEGER NOT NULL, rows INTEGER NOT NULL, accounts TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS slices_by_day ON slices (shop, day);
CREATE TABLE IF NOT EXISTS places (
  "table" TEXT NOT NULL, hash TEXT NOT NULL, pack TEXT NOT NULL, first_row INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES changes, PRIMARY KEY (hash, "table"));
CREATE TABLE IF NOT EXISTS settings (
  seq INTEGER NOT NULL REFERENCES changes, shop TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  from_date TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL REFERENCES changes, shop TEXT NOT NULL, kind TEXT NOT NULL,
  order_id TEXT, buyer TEXT, agent TEXT, day TEXT, value TEXT, original TEXT NOT NULL, author TEXT NOT NULL,
  reason TEXT NOT NULL, withdrawn_seq INTEGER REFERENCES changes);
"""

FEW_SHOPS = 20


@dataclass(frozen=True)
class Import:
    """One import: its number, its file, what it was read as, and the report of what came of it."""

    id: int
    seq: int
    at: str
    file_name: str
    file_hash: str
    file_bytes: int
    shop: str
    platform: str
    exported_at: str | None
    undone_seq: int | None
    report: Mapping[str, Any]


@dataclass(frozen=True)
class BatchFile:
    """One immutable Parquet file of an import; `first_at` is its earliest instant in microseconds.

    Where it lies in a pack of many, its rows are those from `pack_row` on. `exported_at` decides between rows of one
    key: when what was imported had been exported, or, where that is not known, when it was imported.
    """

    import_id: int
    table: str
    hash: str
    rows: int
    first_at: int | None
    shops: tuple[str, ...]
    pack: str | None = None
    pack_row: int = 0
    exported_at: str = ""

    @property
    def lies_in(self) -> str:
        """Return the name of the file on the disk that has its rows."""
        return self.pack or self.hash


@dataclass(frozen=True)
class Slice:
    """The rows of one shop and local day in a message file, and the accounts in them."""

    import_id: int
    hash: str
    shop: str
    day: date
    first_row: int
    rows: int
    accounts: tuple[str, ...]


class Manifest:
    """The manifest of one data folder; reading never writes."""

    def __init__(self, home: Home) -> None:
        home.make()
        self._home = home
        self._connection = sqlite3.connect(home.manifest, isolation_level=None, timeout=60)
        self._connection.row_factory = sqlite3.Row
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.executescript(SCHEMA)
        except sqlite3.DatabaseError as error:
            values = {"file": str(home.folder / home.manifest.name), "problem": str(error)}
            raise ReportableError.of("store.manifest_unusable", values=values) from None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def _change(self, kind: str) -> Iterator[int]:
        """One transaction that adds a numbered change; it is whole or it never was."""
        self._home.newest()  # much may have happened elsewhere while a file was read
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            added = self._connection.execute("INSERT INTO changes (at, kind) VALUES (?, ?)", (now, kind))
            yield int(added.lastrowid or 0)
            with self._home.publishing(self._connection.serialize):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def add_import(
        self, *, file: Mapping[str, object], report: Mapping[str, Any], files: Sequence[BatchFile],
        slices: Sequence[Slice],
    ) -> int:  # fmt: skip
        """Make an import visible and return its number; `file` holds file_name, file_hash, file_bytes, shop, …"""
        with self._change("import") as seq:
            columns = ("file_name", "file_hash", "file_bytes", "shop", "platform", "exported_at")
            added = self._connection.execute(
                f"INSERT INTO imports (seq, {', '.join(columns)}, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (seq, *(file[column] for column in columns), json.dumps(report, ensure_ascii=False)),
            )
            number = int(added.lastrowid or 0)
            self._connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)",
                [(number, f.table, f.hash, f.rows, f.first_at, json.dumps(f.shops)) for f in files],
            )
            self._connection.executemany(
                "INSERT INTO slices VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (number, s.hash, s.shop, s.day.isoformat(), s.first_row, s.rows, json.dumps(s.accounts))
                    for s in slices
                ],
            )
        return number

    def undo_import(self, number: int) -> None:
        """Take an import out of sight; its files stay for the snapshots before."""
        with self._change("undo") as seq:
            self._connection.execute("UPDATE imports SET undone_seq = ? WHERE id = ?", (seq, number))

    def set_value(self, shop: str, name: str, value: str, *, from_date: date) -> None:
        """Write a setting's value from a local day on; earlier values stay in the log."""
        with self._change("setting") as seq:
            self._connection.execute(
                "INSERT INTO settings VALUES (?, ?, ?, ?, ?)", (seq, shop, name, value, from_date.isoformat())
            )

    def add_correction(self, correction: Correction) -> Correction:
        """Write a correction and return it with its number; what it corrects stays as it was imported."""
        names = ("shop", "kind", "order_id", "buyer", "agent", "value", "author", "reason")
        with self._change("correction") as seq:
            added = self._connection.execute(
                f"INSERT INTO corrections (seq, {', '.join(names)}, day, original) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    seq, *(asdict(correction)[name] for name in names),
                    correction.day.isoformat() if correction.day else None,
                    json.dumps(dict(correction.original), ensure_ascii=False),
                ),
            )  # fmt: skip
        number = int(added.lastrowid or 0)
        return next(one for one in self.corrections() if one.id == number)

    def withdraw_correction(self, number: int) -> None:
        """Take a correction out of force; it stays in the log for the snapshots before."""
        with self._change("withdrawal") as seq:
            self._connection.execute("UPDATE corrections SET withdrawn_seq = ? WHERE id = ?", (seq, number))

    def corrections(self) -> list[Correction]:
        """Return all corrections, withdrawn ones too, in the order of their numbers."""
        rows = self._connection.execute(
            "SELECT corrections.*, changes.at FROM corrections JOIN changes USING (seq) ORDER BY id"
        )
        return [_correction_of(row) for row in rows]

    def latest_seq(self) -> int:
        """Return the number of the last change, 0 before any."""
        (seq,) = self._connection.execute("SELECT COALESCE(MAX(seq), 0) FROM changes").fetchone()
        return int(seq)

    def imports(self, *, number: int | None = None, file_hash: str | None = None) -> list[Import]:
        """Return all imports (the one of a number, those of a file), undone ones too, in the order of numbers."""
        asked = {"imports.id": number, "file_hash": file_hash}
        known = {column: value for column, value in asked.items() if value is not None}
        where = " AND ".join(f"{column} = ?" for column in known) or "TRUE"
        return self._imports(where, tuple(known.values()))

    def imports_of(self, shop: str) -> list[Import]:
        """Return the imports with rows of a shop, undone ones too, in the order of numbers."""
        names = self._names_of([shop])
        return self._imports(f"id IN (SELECT import_id FROM files WHERE shops IN {_marks(names)})", names)

    def _imports(self, where: str, parameters: Sequence[object]) -> list[Import]:
        rows = self._connection.execute(
            f"SELECT imports.*, changes.at FROM imports JOIN changes USING (seq) WHERE {where} ORDER BY id", parameters
        )
        return [Import(**{**dict(row), "report": json.loads(row["report"])}) for row in rows]

    def _names_of(self, shops: Collection[str]) -> list[str]:
        """Return what stands in `shops` of files with rows of any of these shops."""
        wanted = set(shops)
        of_several = self._connection.execute("SELECT DISTINCT shops FROM files WHERE instr(shops, ',')")
        others = [name for (name,) in of_several if not wanted.isdisjoint(_shops_in(name))]
        return sorted({*(json.dumps([shop]) for shop in wanted), *others})

    def shops(self, seq: int) -> set[str]:
        """Return the shops that have files visible at a snapshot; what it takes grows with shops, not with files."""
        visible = f"SELECT 1 FROM files {_VISIBLE} AND files.shops = each.shops"
        rows = self._connection.execute(f"{_EVERY_SHOPS} AND EXISTS ({visible})", (seq, seq))
        return {shop for (name,) in rows for shop in _shops_in(name)}

    def files(self, seq: int, shops: Collection[str], *, table: str | None = None) -> list[BatchFile]:
        """Return the files visible at a snapshot with rows of these shops (of a table), in the order of imports."""
        names = self._names_of(shops)
        of_table = "" if table is None else 'AND files."table" = ?'
        rows = self._connection.execute(
            f"{_FILES} {_SEEN} AND files.shops IN {_marks(names)} {of_table} ORDER BY import_id, files.hash",
            (seq, seq, *names, *([] if table is None else [table])),
        )
        return [_file_of(row) for row in rows]

    def contents(self, seq: int, shops: Collection[str]) -> list[tuple[object, ...]]:
        """Return all that tells the files of these shops at a snapshot from those of another, in one order."""
        names = self._names_of(shops)
        by_index = "" if len(names) <= FEW_SHOPS else "+"  # of many, all files are read sooner as they lie
        rows = self._connection.execute(
            'SELECT files."table", hash, import_id, exported_at FROM files '
            f"{_VISIBLE} AND {by_index}files.shops IN {_marks(names)} ORDER BY import_id, hash",
            (seq, seq, *names),
        )
        return [tuple(row) for row in rows]

    def tables(self, seq: int, shops: Collection[str]) -> set[str]:
        """Return the tables imported for these shops, those without any row too."""
        names = self._names_of(shops)
        rows = self._connection.execute(
            f'SELECT DISTINCT files."table" FROM files {_VISIBLE} AND (files.shops IN {_marks(names)} '
            f"OR files.shops = ? AND imports.shop IN {_marks(shops)})",
            (seq, seq, *names, json.dumps([]), *shops),
        )
        return {table for (table,) in rows}

    def accounts(self, seq: int, shop: str) -> set[str]:
        """Return every account in the messages of a shop visible at a snapshot."""
        rows = self._connection.execute(
            f"SELECT DISTINCT slices.accounts FROM slices {_VISIBLE} AND slices.shop = ?", (seq, seq, shop)
        )
        return {account for (accounts,) in rows for account in json.loads(accounts)}

    def loose_files(self, most_rows: int, *, least: int, of_last_import: bool) -> list[BatchFile]:
        """Return the files of at most so many rows that lie in no pack, of undone imports too, each content once.

        Those alone of tables and shops that have at least so many; and, where every import asks, only of the shops
        that the one before was of.
        """
        last = "AND shops IN (SELECT shops FROM files WHERE import_id = (SELECT max(id) FROM imports))"
        loose = f"pack IS NULL AND files.rows <= ? {last if of_last_import else ''}"
        many = f'SELECT "table", shops FROM ({_FILES} WHERE {loose}) GROUP BY 1, 2 HAVING count(DISTINCT hash) >= ?'
        sql = f'{_FILES} WHERE {loose} AND (files."table", files.shops) IN ({many}) ORDER BY import_id DESC'
        found = [_file_of(row) for row in self._connection.execute(sql, (most_rows, most_rows, least))]
        return list({(file.table, file.hash): file for file in found}.values())

    def add_packs(self, packs: Iterable[tuple[str, Sequence[BatchFile]]]) -> None:
        """Let files lie in packs from now on, one after the other; what lies in one by now stays there."""
        with self._change("pack") as seq:
            for pack, files in packs:
                first_row = 0
                for file in files:
                    row = (file.table, file.hash, pack, first_row, seq)
                    self._connection.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?)", row)
                    first_row += file.rows

    def file_names(self, *, packed_since: datetime) -> set[str]:
        """Return the names of all files on the disk that count: of any import, undone or not, and packs.

        What lies in a pack counts no more where it was packed before.
        """
        rows = self._connection.execute(
            "SELECT hash FROM files WHERE hash NOT IN (SELECT hash FROM places JOIN changes USING (seq) WHERE at < ?) "
            "UNION SELECT pack FROM places",
            (packed_since.isoformat(timespec="seconds"),),
        )
        return {name for (name,) in rows}

    def slices(self, seq: int, shop: str, *, first: date, last: date) -> list[Slice]:
        """Return the slices of a shop's days visible at a snapshot, in the order of day and import."""
        rows = self._connection.execute(
            f"SELECT slices.* FROM slices {_VISIBLE} AND slices.shop = ? AND slices.day BETWEEN ? AND ? "
            "ORDER BY slices.day, import_id, hash",
            (seq, seq, shop, first.isoformat(), last.isoformat()),
        )
        return [_slice_of(row) for row in rows]

    def settings(self, seq: int) -> dict[str, ShopSettings]:
        """Return each shop's settings as they were written by a snapshot; shops without any are not in it."""
        found: dict[str, list[DatedValue]] = {}
        for row in self._connection.execute("SELECT * FROM settings WHERE seq <= ? ORDER BY seq", (seq,)):
            value = DatedValue(row["name"], date.fromisoformat(row["from_date"]), row["seq"], row["value"])
            found.setdefault(row["shop"], []).append(value)
        return {shop: ShopSettings(tuple(values)) for shop, values in found.items()}


def _file_of(row: sqlite3.Row) -> BatchFile:
    """Return a row of _FILES; a shop has as many as imports and tables."""
    import_id, table, name, rows, first_at, shops, exported_at, pack, pack_row = row
    return BatchFile(import_id, table, name, rows, first_at, _shops_in(shops), pack, pack_row, exported_at)


@lru_cache(maxsize=4096)
def _shops_in(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _slice_of(row: sqlite3.Row) -> Slice:
    accounts = tuple(json.loads(row["accounts"]))
    return Slice(**{**dict(row), "day": date.fromisoformat(row["day"]), "accounts": accounts})


def _correction_of(row: sqlite3.Row) -> Correction:
    made = dict(row)
    day = date.fromisoformat(made["day"]) if made["day"] else None
    kind, original = CorrectionKind(made["kind"]), json.loads(made["original"])
    return Correction(**{**made, "day": day, "kind": kind, "original": original})


def _marks(values: Collection[object]) -> str:
    return f"({', '.join('?' * len(values))})"


_FILES = (
    "SELECT files.*, COALESCE(exported_at, changes.at), places.pack, COALESCE(places.first_row, 0) AS pack_row "
    "FROM files JOIN imports ON imports.id = import_id JOIN changes ON changes.seq = imports.seq "
    'LEFT JOIN places ON places.hash = files.hash AND places."table" = files."table"'
)
_SEEN = "WHERE imports.seq <= ? AND (imports.undone_seq IS NULL OR imports.undone_seq > ?)"
_VISIBLE = f"JOIN imports ON imports.id = import_id {_SEEN}"
# How files are marked with their shops, each mark once: from one to the next by the index, past all files of it.
_EVERY_SHOPS = (
    "WITH RECURSIVE each (shops) AS (SELECT min(shops) FROM files UNION ALL "
    "SELECT (SELECT min(shops) FROM files WHERE files.shops > each.shops) FROM each WHERE shops IS NOT NULL) "
    "SELECT shops FROM each WHERE shops IS NOT NULL"
)
