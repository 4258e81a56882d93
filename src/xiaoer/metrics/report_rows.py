"""Rows of a report: dimensions, figures and the exact parts behind them, looked up in the columns of all rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import overload

from xiaoer.metrics.exact_column import ExactColumn
from xiaoer.metrics.figure import Figure
from xiaoer.metrics.measure import Part

DimensionValue = str | int | date | None


@dataclass(frozen=True)
class Row:
    """One row: its dimension values, its figures, and the exact parts (in stored units) behind each figure."""

    dimensions: Mapping[str, DimensionValue]
    figures: Mapping[str, Figure | None]
    parts: Mapping[str, Mapping[Part, Fraction | None]]


@dataclass(frozen=True)
class Columns:
    """What rows are made of, by the names of dimensions and metrics."""

    dimensions: Mapping[str, Sequence[DimensionValue]]
    figures: Mapping[str, Sequence[Figure | None]]
    parts: Mapping[str, Mapping[Part, ExactColumn]]


class ColumnRows(Sequence[Row]):
    """The rows of columns, each made when it is looked at, so twice is two: a year of agents' days is many."""

    def __init__(self, columns: Columns, count: int) -> None:
        self._columns, self._count = columns, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return tuple(map(self._row, range(*place.indices(self._count))))
        return self._row(range(self._count)[place])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, range(self._count))

    def _row(self, row: int) -> Row:
        columns = self._columns
        return Row(
            {name: values[row] for name, values in columns.dimensions.items()},
            _Figures(columns.figures, row),
            _Parts(columns.parts, row),
        )


class _Figures(Mapping[str, Figure | None]):
    """One row's figures, looked up in the columns of all rows: a year of days has millions of them."""

    __slots__ = ("_columns", "_row")

    def __init__(self, columns: Mapping[str, Sequence[Figure | None]], row: int) -> None:
        self._columns = columns
        self._row = row

    def __getitem__(self, metric: str) -> Figure | None:
        return self._columns[metric][self._row]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class _Parts(Mapping[str, Mapping[Part, Fraction | None]]):
    """The parts behind one row's figures, as fractions only where they are asked for."""

    __slots__ = ("_columns", "_row")

    def __init__(self, columns: Mapping[str, Mapping[Part, ExactColumn]], row: int) -> None:
        self._columns = columns
        self._row = row

    def __getitem__(self, metric: str) -> Mapping[Part, Fraction | None]:
        return {part: column.value(self._row) for part, column in self._columns[metric].items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)
