"""What an engine gives, whichever it is: relations in, named steps run, Arrow out, work done where its power is."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

import pyarrow as pa

from xiaoer.base.steps import Step

Work = TypeVar("Work")
Made = TypeVar("Made")


class EngineSession(Protocol):
    """Named relations of one engine; a context manager, closed with everything in it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    @property
    def spreads(self) -> bool:
        """Return whether there are executors that `spread` hands work to."""

    def spread(self, function: Callable[[Work], Iterable[Made]], works: Sequence[Work]) -> Iterator[Made]:
        """Yield what the function makes of each work, done by executors; both must be of values that can be sent."""

    def add_table(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table a relation."""

    def add_files(self, name: str, files: Mapping[Path, Collection[date] | None], empty: pa.Table) -> None:
        """Make Parquet files a relation, read where they are; of some only the rows of these days."""

    def add_step(self, step: Step, *, keep: bool = True) -> None:
        """Make a step's result a relation of its name (`keep=False`: computed anew at each use)."""

    def query(self, steps: Sequence[Step]) -> pa.Table:
        """Return the last step's rows; the earlier ones are named subqueries of it."""

    def answer(self, steps: Sequence[Step]) -> pa.Table:
        """Return the last step's rows as `query` does, perhaps kept from before."""
