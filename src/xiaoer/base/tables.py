"""The canonical tables: their columns, kinds, keys and Arrow types, as declared in catalog/tables."""

from enum import StrEnum
from functools import cache

import pyarrow as pa

from xiaoer.base.catalog import Catalog, Declared, Words


class Kind(StrEnum):
    """What a column holds, and so how its text is read."""

    TEXT = "text"
    CHOICE = "choice"
    INSTANT = "instant"  # stored as UTC without an offset, microseconds
    DAY = "day"
    MONEY = "money"  # decimal yuan, four places
    COUNT = "count"
    SECONDS = "seconds"
    SCORE = "score"  # 1–5
    NUMBER = "number"
    DECIMAL = "decimal"  # exact, eight places, may be below zero
    WHOLE = "whole"  # a whole number that may be below zero
    FLAG = "flag"


ARROW_TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.INSTANT: pa.timestamp("us"),
    Kind.DAY: pa.date32(),
    Kind.MONEY: pa.decimal128(18, 4),
    Kind.COUNT: pa.int64(),
    Kind.SECONDS: pa.float64(),
    Kind.SCORE: pa.float64(),
    Kind.NUMBER: pa.float64(),
    Kind.DECIMAL: pa.decimal128(26, 8),
    Kind.WHOLE: pa.int64(),
    Kind.FLAG: pa.bool_(),
}


class Column(Declared):
    """One column of a canonical table."""

    name: str
    kind: Kind
    label: Words
    required: bool = False
    key: bool = False
    choices: tuple[str, ...] = ()
    default: str | None = None

    @property
    def arrow_type(self) -> pa.DataType:
        """Return the Arrow type that the column is stored as."""
        return ARROW_TYPES[self.kind]


class Table(Declared):
    """One canonical table."""

    label: Words
    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the columns that a row must have."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def key(self) -> tuple[str, ...]:
        """Return the names of the natural key's columns."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """Return one column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def schema(self) -> pa.Schema:
        """Return the Arrow schema of canonical rows; `source_row` is the row's place in its source, from 1."""
        fields = [pa.field(column.name, column.arrow_type) for column in self.columns]
        return pa.schema([*fields, pa.field("source_row", pa.int64())])


@cache
def canonical_tables() -> dict[str, Table]:
    """Return every canonical table by name. These are fixed: a shop's own catalog can not change them."""
    return Catalog().load("tables", Table)
