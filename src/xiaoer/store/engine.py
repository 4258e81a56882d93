"""A DuckDB session: relations in, named steps run, Arrow out. Nobody outside store/ sees DuckDB."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from xiaoer.base.errors import ReportableError
from xiaoer.base.steps import Step
from xiaoer.store.dialects import DUCKDB, in_dialect


class StepError(Exception):
    """A step that the engine refused: a bug of ours, so it shows the step's name and its whole SQL."""

    def __init__(self, step: Step, reason: str) -> None:
        super().__init__(f"step {step.name}: {reason}\n{step.sql}")


class Engine:
    """One in-memory DuckDB with named relations; a context manager, closed with everything in it."""

    def __init__(self, *, memory_limit: str = "1GB", spill_folder: Path | None = None) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"SET memory_limit = '{memory_limit}'")
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET enable_progress_bar = false")
        if spill_folder is not None:
            self._connection.execute(f"SET temp_directory = {sql_text(str(spill_folder))}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def add_table(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table a relation."""
        self._connection.register(f"arrow_{name}", table)
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {sql_name(name)} AS SELECT * FROM {sql_name('arrow_' + name)}"
        )
        self._connection.unregister(f"arrow_{name}")

    def add_step(self, step: Step, *, keep: bool = True) -> None:
        """Run a step and make its result a relation of its name (`keep=False`: computed anew at each use)."""
        made = "TABLE" if keep else "VIEW"
        self._run(step, f"CREATE OR REPLACE {made} {sql_name(step.name)} AS {in_dialect(step.sql, DUCKDB)}")

    def query(self, steps: Sequence[Step]) -> pa.Table:
        """Return the last step's rows; the earlier ones are named subqueries of it."""
        *before, last = [Step(step.name, in_dialect(step.sql, DUCKDB)) for step in steps]
        named = ", ".join(f"{sql_name(step.name)} AS ({step.sql})" for step in before)
        sql = f"WITH {named} {last.sql}" if named else last.sql
        try:
            return self._connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise StepError(Step(last.name, sql), str(error)) from error

    def fetch(self, sql: str) -> pa.Table:
        """Run SQL of store's own (not portable) and return its rows as Arrow."""
        return self._connection.sql(sql).to_arrow_table()

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Run SQL of store's own (not portable) and return its rows."""
        try:
            rows: list[tuple[object, ...]] = self._connection.execute(sql, parameters).fetchall()
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:  # a full disk, not a bug of ours
            problem = type(error).__name__.removesuffix("Exception")
            raise ReportableError.of("store.engine_failed", values={"problem": problem}) from None
        return rows

    def _run(self, step: Step, sql: str) -> None:
        try:
            self._connection.execute(sql)
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


def parquet_scan(files: Iterable[Path], *, extra: Mapping[str, str] | None = None) -> str:
    """Return the SQL that scans Parquet files by column name."""
    options = "".join(f", {name} = {value}" for name, value in (extra or {}).items())
    return f"read_parquet([{', '.join(sql_text(str(file)) for file in files)}], union_by_name = true{options})"
