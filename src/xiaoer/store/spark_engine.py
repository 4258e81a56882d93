"""A Spark session: the same relations and steps as DuckDB's, over executors. Nobody outside store/ sees Spark."""

import pickle
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from xiaoer.base.steps import Step
from xiaoer.store.dialects import SPARK, in_dialect
from xiaoer.store.engine import Engine, StepError
from xiaoer.store.engine_session import Made, Work
from xiaoer.store.spark_session import spark_session, without_pandas_warning

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

WORKS_AT_ONCE = 16  # for each core: what a wave has made is told before the next, and counts even if that one dies
ASKED_AT_ONCE = 4  # steps whose rows are fetched at the same time: planning one costs as much as a small one's work


class SparkEngine:
    """Named relations of one Spark session; a context manager, closed with everything in it."""

    spreads = True

    def __init__(self, master: str, *, scratch: Path) -> None:
        """`scratch` is a folder that executors reach too: tables and kept steps lie there until it is closed."""
        self._spark = spark_session(master)
        self._scratch = scratch / f"spark-{uuid4().hex[:16]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)

    def spread(self, function: Callable[[Work], Iterable[Made]], works: Sequence[Work]) -> Iterator[Made]:
        """Yield what the function makes of each work on some executor; one that dies has its works done by another."""
        wave = WORKS_AT_ONCE * self._spark.sparkContext.defaultParallelism
        for first in range(0, len(works), wave):
            yield from self._spread(function, works[first : first + wave])

    def _spread(self, function: Callable[[Work], Iterable[Made]], works: Sequence[Work]) -> list[Made]:
        def done(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for work in batch.column("work").to_pylist():
                    made = [pickle.dumps(one) for one in function(pickle.loads(work))]
                    yield pa.RecordBatch.from_pydict({"made": pa.array(made, pa.binary())})

        numbered = {"number": pa.array(range(len(works)), pa.int32()), "work": [pickle.dumps(one) for one in works]}
        given = self._laid(pa.table(numbered)).repartitionById(len(works), "number")
        with without_pandas_warning():
            found = given.mapInArrow(done, "made binary").toArrow()
        return [pickle.loads(one) for one in found["made"].to_pylist()]

    def add_table(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table a relation."""
        self._laid(table).createOrReplaceTempView(name)

    def _laid(self, table: pa.Table) -> "DataFrame":
        """Return a table laid down as a file: it goes to the executors without passing through the driver's JVM."""
        plain, file = _plain(table), self._place().with_suffix(".parquet")
        pq.write_table(plain, file, compression="zstd", row_group_size=1_000_000)
        return self._read([file], plain.schema)

    def _place(self) -> Path:
        self._scratch.mkdir(parents=True, exist_ok=True)
        return self._scratch / uuid4().hex

    def add_files(self, name: str, files: Mapping[Path, Collection[date] | None], empty: pa.Table) -> None:
        """Make Parquet files a relation, read where they are; of some only the rows of these days."""
        schema = _plain(empty).schema
        whole = [file for file, days in files.items() if days is None]
        frames = [self._read(whole, schema)] if whole else []
        parts = {file: days for file, days in files.items() if days is not None}
        if parts:
            wanted = [(file.name, day) for file, days in sorted(parts.items()) for day in sorted(days)]
            valid = self._laid(pa.table({"of_file": [of for of, _ in wanted], "of_day": [day for _, day in wanted]}))
            rows = self._read(list(parts), schema).selectExpr("*", "_metadata.file_name AS in_file")
            found = rows.join(valid.hint("broadcast"), (rows.in_file == valid.of_file) & (rows.day == valid.of_day))
            frames.append(found.select(*schema.names))
        if not frames:
            self.add_table(name, empty)
            return
        made = frames[0] if len(frames) == 1 else frames[0].unionByName(frames[1])
        made.createOrReplaceTempView(name)

    def _read(self, files: Sequence[Path], schema: pa.Schema) -> "DataFrame":
        from pyspark.sql.pandas.types import from_arrow_schema

        reader = self._spark.read.schema(from_arrow_schema(schema))
        return reader.parquet(*map(_address, files))

    def add_step(self, step: Step, *, keep: bool = True) -> None:
        """Make a step's result a relation of its name; a kept one is written down, so that no later one repeats it."""
        frame = self._sql(step, in_dialect(step.sql, SPARK))
        if keep:
            place = self._place()
            self._tried(step, lambda: frame.write.parquet(_address(place)))
            frame = self._spark.read.schema(frame.schema).parquet(_address(place))
        frame.createOrReplaceTempView(step.name)

    def query(self, steps: Sequence[Step]) -> pa.Table:
        """Return the last step's rows; the earlier ones are named subqueries of it.

        Where the last only puts together what earlier ones give, they are fetched and put together here: planning a
        join of a hundred narrow results costs Spark more than all the rest, and they are no larger than the answer.
        """
        *before, last = steps
        read = _tables_in(last)
        if not before or not read <= {step.name for step in before}:
            return self._fetched(before, last)
        known: dict[str, Step] = {step.name: step for step in before}
        with Engine() as here, ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            for together in _apart([step for step in before if step.name in read]):
                chains = [_needed(step, before, known) for step in together]
                for step, found in zip(together, pool.map(self._fetched, chains, together), strict=True):
                    here.add_table(step.name, found)
                    known[step.name] = Step(step.name, self._given(found))
            return here.query([last])

    def _given(self, found: pa.Table) -> str:
        name = f"given_{uuid4().hex}"
        self.add_table(name, found)
        return f"SELECT * FROM {name}"

    def _fetched(self, before: Sequence[Step], last: Step) -> pa.Table:
        *named, asked = [in_dialect(step.sql, SPARK) for step in (*before, last)]
        chain = ", ".join(f"`{step.name}` AS ({sql})" for step, sql in zip(before, named, strict=True))
        whole = Step(last.name, f"WITH {chain} {asked}" if named else asked)
        return self._tried(whole, lambda: self._sql(whole, whole.sql).toArrow())

    def answer(self, steps: Sequence[Step]) -> pa.Table:
        """Return the last step's rows as `query` does: nothing is kept."""
        return self.query(steps)

    def _sql(self, step: Step, sql: str) -> Any:  # noqa: ANN401 -- PySpark is not there for everyone who checks types
        return self._tried(step, lambda: self._spark.sql(sql))

    @staticmethod
    def _tried(step: Step, work: Callable[[], Any]) -> Any:  # noqa: ANN401
        try:
            return work()
        except StepError:
            raise
        except Exception as error:
            raise StepError(step, str(error)) from error


def _address(place: Path) -> str:
    return f"file://{place.absolute()}"


def _tables_in(step: Step) -> set[str]:
    """Return the names of the relations and steps that a step reads."""
    return {table.name for table in sqlglot.parse_one(in_dialect(step.sql, SPARK)).find_all(exp.Table)}


def _needed(step: Step, before: Sequence[Step], known: Mapping[str, Step]) -> list[Step]:
    """Return the steps before one that it needs, in their order; of what was fetched already, that."""
    wanted = _tables_in(step)
    chain: list[Step] = []
    for one in reversed(before[: before.index(step)]):
        if one.name in wanted:
            chain.append(known[one.name])
            wanted |= _tables_in(known[one.name])
    return chain[::-1]


def _apart(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Yield steps that do not read one another together, and then those that read them."""
    names = {step.name for step in steps}
    first = [step for step in steps if not _tables_in(step) & names]
    yield first
    for step in steps:
        if step not in first:
            yield [step]


def _plain(table: pa.Table) -> pa.Table:
    """Return a table as Spark takes it: no dictionaries, no columns of nothing."""
    fields = []
    for field in table.schema:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        fields.append(pa.field(field.name, pa.string() if pa.types.is_null(kind) else kind))
    return table.cast(pa.schema(fields))
