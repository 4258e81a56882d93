"""A DuckDB session: relations in, named steps run, Arrow out. Nobody outside store/ sees DuckDB."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import duckdb
import pyarrow as pa

from xiaoer.base.errors import ReportableError
from xiaoer.base.steps import Step
from xiaoer.store.databases import Database, Kind, give_back, lend
from xiaoer.store.dialects import DUCKDB, in_dialect
from xiaoer.store.engine_session import Made, Work

_NAME = re.compile(r"\w+")


class StepError(Exception):
    """A step that the engine refused: a bug of ours, so it shows the step's name and its whole SQL."""

    def __init__(self, step: Step, reason: str) -> None:
        super().__init__(f"step {step.name}: {reason}\n{step.sql}")


class FilesGone(StepError):
    """A step whose files can not be read: somebody deleted what may be deleted at any time."""


class Engine:
    """One in-memory DuckDB with named relations; a context manager, closed with everything in it."""

    spreads = False  # the caller's own threads are the power that there is

    def __init__(self, *, memory_limit: str = "1GB", spill_folder: Path | None = None) -> None:
        self._kind = Kind(memory_limit, spill_folder)
        self._database: Database | None = None
        self._over = False
        self._views: dict[str, str] = {}
        self._tables: dict[str, None] = {}
        self._later: dict[str, str] = {}
        self._answers: Path | None = None
        self._begin: Callable[[Engine], None] | None = None

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """Return the connection, to a database lent when it is first needed: an answer that is kept needs none."""
        if self._over:
            raise ValueError("this session is over")
        if self._database is None:
            self._database = lend(self._kind)
        return self._database.connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(broken=kind is not None)

    def close(self, *, broken: bool = False) -> None:
        """Let go of everything in it; a database in which something went wrong is not used again."""
        self._over, database, self._database = True, self._database, None
        if database is not None and broken:
            database.connection.close()
        elif database is not None:
            give_back(database)

    def remember_footers(self) -> None:
        """Read the footer of each Parquet file once: right only where no name ever gets other content."""
        self._kind = replace(self._kind, remembers_footers=True)

    def begin_when_asked(self, make: "Callable[[Engine], None]") -> None:
        """Let the relations be made before the first question: some answers are found without them."""
        self._begin = make

    def _begun(self) -> None:
        begin, self._begin = self._begin, None
        if begin is not None:
            begin(self)

    def add_table(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table a relation."""
        self._answers = None  # they belonged to the relations as they were
        self._open()
        self._drop(name, self._views, "VIEW")
        self._connection.register(f"arrow_{name}", table)
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {sql_name(name)} AS SELECT * FROM {sql_name('arrow_' + name)}"
        )
        self._connection.unregister(f"arrow_{name}")
        self._tables[name] = None

    def add_step(self, step: Step, *, keep: bool = True) -> None:
        """Run a step and make its result a relation of its name (`keep=False`: computed anew at each use)."""
        self._answers = None
        sql = in_dialect(step.sql, DUCKDB)
        self._open()
        self._drop(step.name, self._views if keep else self._tables, "VIEW" if keep else "TABLE")
        self._run(step, f"CREATE OR REPLACE {'TABLE' if keep else 'VIEW'} {sql_name(step.name)} AS {sql}")
        if keep:
            self._tables[step.name] = None
        else:
            self._views[step.name] = sql

    def spread(self, function: Callable[[Work], Iterable[Made]], works: Sequence[Work]) -> Iterator[Made]:
        """Yield what the function makes of each work, one after the other."""
        for work in works:
            yield from function(work)

    def add_files(self, name: str, files: Mapping[Path, Collection[date] | None], empty: pa.Table) -> None:
        """Make Parquet files a relation, read where they are; of some only the rows of these days."""
        if not files:
            self.add_table(name, empty)
            return
        names = ", ".join(sql_name(column) for column in empty.column_names)
        whole = [file for file, days in files.items() if days is None]
        scans = [f"SELECT {names} FROM {parquet_scan(whole, by_name=False)}"] if whole else []
        for file, days in files.items():
            if days is not None:
                valid = ", ".join(f"DATE '{day}'" for day in sorted(days))
                scans.append(f"SELECT {names} FROM {parquet_scan([file])} WHERE day IN ({valid})")
        self.add_views({name: " UNION ALL ".join(sorted(scans))})

    def add_views(self, views: Mapping[str, str]) -> None:
        """Make SQL of store's own relations, computed anew at each use."""
        self._answers = None
        self._create(views)

    def _create(self, views: Mapping[str, str]) -> None:
        for name, sql in views.items():
            self._drop(name, self._tables, "TABLE")
            self._connection.execute(f"CREATE OR REPLACE VIEW {sql_name(name)} AS {sql}")
        self._views |= views

    def add_views_when_asked(self, views: Mapping[str, str]) -> None:
        """Make SQL of store's own relations before the next question: kept answers need none of them."""
        self._later |= views

    def views(self) -> Mapping[str, str]:
        """Return the relations that are computed at each use, and their SQL."""
        return self._views

    def _drop(self, name: str, known: dict[str, Any], kind: str) -> None:
        """Make room for a relation that is now of the other kind."""
        if name in known:
            del known[name]
            self._connection.execute(f"DROP {kind} {sql_name(name)}")

    def _open(self, sql: str | None = None) -> duckdb.DuckDBPyConnection:
        """Return the connection with every relation in it, or at least with those that some SQL names."""
        self._begun()
        wanted = set(self._later) if sql is None else self._named_in(sql)
        for name in [name for name in self._later if name in wanted]:  # in the order in which they stand on each other
            self._create({name: self._later.pop(name)})
        return self._connection

    def _named_in(self, sql: str) -> set[str]:
        """Return which of the relations still to be made are named in some SQL, or in that of one of them."""
        found: set[str] = set()
        waiting = [sql]
        while waiting:
            fresh = (set(_NAME.findall(waiting.pop())) & self._later.keys()) - found
            found |= fresh
            waiting += [self._later[name] for name in fresh]
        return found

    def tables(self) -> Sequence[str]:
        """Return the relations that are held as rows."""
        return tuple(self._tables)

    def query(self, steps: Sequence[Step]) -> pa.Table:
        """Return the last step's rows; the earlier ones are named subqueries of it."""
        *before, last = [Step(step.name, in_dialect(step.sql, DUCKDB)) for step in steps]
        named = ", ".join(f"{sql_name(step.name)} AS ({step.sql})" for step in before)
        sql = f"WITH {named} {last.sql}" if named else last.sql
        try:
            return self._open(sql).sql(sql).to_arrow_table()
        except duckdb.IOException as error:
            raise FilesGone(Step(last.name, sql), str(error)) from error
        except duckdb.Error as error:
            raise StepError(Step(last.name, sql), str(error)) from error

    def keep_answers_in(self, folder: Path) -> None:
        """Keep the answers of `answer` in this folder, which belongs to the relations as they are now."""
        self._answers = folder

    def answer(self, steps: Sequence[Step]) -> pa.Table:
        """Return the last step's rows as `query` does; the same steps over the same relations are kept."""
        self._begun()
        if self._answers is None:
            return self.query(steps)
        name = hashlib.sha256(repr(steps).encode()).hexdigest()[:32]
        kept = self._answers / f"answer-{name}.arrow"
        try:
            with pa.memory_map(str(kept)) as file:
                return pa.ipc.open_file(file).read_all()
        except (OSError, pa.ArrowInvalid):
            made = self.query(steps)
        part = kept.with_suffix(f".{uuid4().hex}.part")
        try:
            with pa.OSFile(str(part), "wb") as sink, pa.ipc.new_file(sink, made.schema) as writer:
                writer.write_table(made)
            part.replace(kept)
        except OSError:  # a full disk: the answer is right all the same
            part.unlink(missing_ok=True)
        return made

    def fetch(self, sql: str) -> pa.Table:
        """Run SQL of store's own (not portable) and return its rows as Arrow."""
        return self._open().sql(sql).to_arrow_table()

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Run SQL of store's own (not portable) and return its rows."""
        try:
            rows: list[tuple[object, ...]] = self._open().execute(sql, parameters).fetchall()
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:  # a full disk, not a bug of ours
            problem = type(error).__name__.removesuffix("Exception")
            raise ReportableError.of("store.engine_failed", values={"problem": problem}) from None
        return rows

    def _run(self, step: Step, sql: str) -> None:
        try:
            self._open().execute(sql)
        except duckdb.Error as error:
            raise StepError(Step(step.name, sql), str(error)) from error


def sql_name(name: str) -> str:
    """Return a name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def sql_text(text: str) -> str:
    """Return a text quoted for SQL."""
    return "'" + text.replace("'", "''") + "'"


def sql_list(texts: Iterable[str]) -> str:
    """Return texts as a parenthesised SQL list; an empty one matches nothing."""
    return "(" + (", ".join(sql_text(text) for text in texts) or "NULL") + ")"


def parquet_scan(files: Iterable[Path], *, extra: Mapping[str, str] | None = None, by_name: bool = True) -> str:
    """Return the SQL that scans Parquet files, by column name or, where all have the same columns, by place."""
    options = "".join(f", {name} = {value}" for name, value in (extra or {}).items())
    listed = ", ".join(sql_text(str(file)) for file in files)
    return f"read_parquet([{listed}], union_by_name = {'true' if by_name else 'false'}{options})"
