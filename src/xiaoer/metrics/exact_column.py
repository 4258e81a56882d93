"""A measure's exact values in all rows of a result: whole numbers over one scale, however engines type their sums."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.metrics.measure import Measure
from xiaoer.metrics.relations import Holds

EXACT_FLOATS = 2**53  # every whole number below is a float
HALVES = 2**20  # scores come in halves and the like: whole numbers when multiplied by this


@dataclass(frozen=True)
class ExactColumn:
    """Each value is its number over `scale`; None where nothing is known. `whole`: no number is a fraction."""

    numbers: list[Any]  # int or Fraction or None: one check per column, for there are millions of numbers
    scale: int = 1
    whole: bool = True
    words: "Words | None" = None  # the same numbers, where 64 bits hold each of them

    def value(self, row: int) -> Fraction | None:
        """Return a row's value (micros, yuan or a count) as a fraction."""
        number = self.numbers[row]
        return None if number is None else Fraction(number) / self.scale


@dataclass(frozen=True)
class Words:
    """Whole numbers as machine words, 0 where they are unknown, and the largest without its sign."""

    values: npt.NDArray[np.int64]
    unknown: npt.NDArray[np.bool_]
    largest: int

    def are_exact_floats(self, times: int) -> bool:
        """Return whether each number times this is a float's own value: then one division rounds once, as Python's."""
        return self.largest * times < EXACT_FLOATS

    def less(self, other: "Words") -> "Words | None":
        """Return the differences; None where one could need more than 64 bits."""
        if self.largest + other.largest >= 2**63:
            return None
        return words(self.values - other.values, self.unknown | other.unknown)


def words(values: npt.NDArray[np.int64], unknown: npt.NDArray[np.bool_]) -> Words:
    """Return numbers as words; what stands at unknown places counts for nothing."""
    known = np.where(unknown, 0, values)
    largest = max(abs(int(end)) for end in (known.min(), known.max())) if len(known) else 0
    return Words(known, unknown, largest)


def column_of(numbers: Words, scale: int = 1) -> ExactColumn:
    """Return the exact column of numbers over a scale."""
    return ExactColumn(with_unknown(numbers.values, numbers.unknown), scale, words=numbers)


def with_unknown(values: npt.NDArray[Any], unknown: npt.NDArray[np.bool_]) -> list[Any]:
    """Return values as Python has them, None where they are unknown."""
    listed: list[Any] = values.tolist()
    for row in np.flatnonzero(unknown).tolist():
        listed[row] = None
    return listed


def exact_column(measure: Measure, table: pa.Table) -> ExactColumn:
    """Return a measure's values in a result's rows; unknown in all where the result has no such column.

    No rows count as 0; rows whose values are all unknown do not.
    """
    if table.schema.get_field_index(measure.name) < 0:  # the names as a list take longer than all else here
        return nothing_known(len(table))
    kind, raw = measure.aggregate.kind, table[measure.name]
    if kind in ("count", "distinct") or (kind == "max" and measure.holds is Holds.COUNT):
        raw = _or_zero(raw, where=None)  # the most of nothing is none
    elif kind == "sum":
        rows = table[measure.counts_rows]
        raw = _or_zero(raw, where=pc.equal(_or_zero(rows, where=None), _zero(rows.type)))
    made = _numbers(raw)
    if measure.aggregate.quantile:
        return replace(made, scale=made.scale * measure.aggregate.quantile.q.as_integer_ratio()[1])
    return made


def nothing_known(rows: int) -> ExactColumn:
    """Return a column of which no value is known."""
    return ExactColumn([None] * rows)


def _or_zero(column: pa.ChunkedArray, *, where: pa.ChunkedArray | None) -> pa.ChunkedArray:
    if column.null_count == 0:
        return column
    if pa.types.is_null(column.type):
        column = column.cast(pa.int64())
    empty = pc.is_null(column) if where is None else pc.and_(pc.is_null(column), where)
    return pc.if_else(empty, _zero(column.type), column)


def _zero(kind: pa.DataType) -> pa.Scalar:
    return pa.scalar(Decimal(0) if pa.types.is_decimal(kind) else 0, kind)


def _numbers(column: pa.ChunkedArray) -> ExactColumn:
    """Return the column's values times a scale that makes whole numbers of them, else as fractions."""
    kind = column.type
    if pa.types.is_decimal(kind):
        whole = _unscaled(column)
        return _fractions(column) if whole is None else _of_array(whole, 10**kind.scale)
    if pa.types.is_integer(kind):
        return _of_array(column.cast(pa.int64()).combine_chunks())
    if not pa.types.is_floating(kind):
        return ExactColumn(column.to_pylist())
    scaled = column.to_numpy() * HALVES
    known = scaled[~np.isnan(scaled)]
    if np.array_equal(known, np.rint(known)) and np.all(np.abs(known) < 2**53):
        return ExactColumn([None if value is None else int(value * HALVES) for value in column.to_pylist()], HALVES)
    return _fractions(column)


def _of_array(numbers: pa.Array, scale: int = 1) -> ExactColumn:
    unknown = numbers.is_null().to_numpy(zero_copy_only=False)
    return column_of(words(numbers.fill_null(0).to_numpy(), unknown), scale)


def _fractions(column: pa.ChunkedArray) -> ExactColumn:
    return ExactColumn([None if value is None else Fraction(value) for value in column.to_pylist()], whole=False)


def _unscaled(column: pa.ChunkedArray) -> pa.Array | None:
    """Return decimals as the whole numbers that they are stored as; None when one needs more than 64 bits."""
    parts = list(_words(column))
    if any(part is None for part in parts):
        return None
    return pa.concat_arrays([part for part in parts if part is not None] or [pa.array([], pa.int64())])


def _words(column: pa.ChunkedArray) -> Iterator[pa.Array | None]:
    for chunk in column.chunks:
        wide = chunk.cast(pa.decimal128(38, chunk.type.scale))
        words = np.frombuffer(wide.buffers()[1], np.int64).reshape(-1, 2)[wide.offset : wide.offset + len(wide)]
        missing = wide.is_null().to_numpy(zero_copy_only=False)
        low, high = words[:, 0], words[:, 1]
        fits = (high == (low >> 63)) | missing
        yield pa.array(low, pa.int64(), mask=missing) if fits.all() else None
