"""From the texts of one column to its canonical values."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import Clock
from xiaoer.base.tables import Column, Kind
from xiaoer.intake.values import amounts, flags, texts
from xiaoer.intake.values.column import ValuesRead
from xiaoer.intake.values.ids import read_ids
from xiaoer.intake.values.instants import DateOrder, read_days, read_instants

WHAT_PEOPLE_WROTE = frozenset({"text", "reply", "buyer_note", "seller_note"})


def read_values(raw: pa.Array, column: Column, *, clock: Clock, order: DateOrder = "auto") -> ValuesRead:
    """Return the column's values, with the default where there is none and a problem for each unreadable text."""
    if raw.null_count == len(raw):
        read = ValuesRead(pa.nulls(len(raw), column.arrow_type))
    elif column.name in WHAT_PEOPLE_WROTE:
        return ValuesRead(texts.words(as_texts(raw)))
    elif pa.types.is_timestamp(raw.type) and column.kind in (Kind.INSTANT, Kind.DAY):
        read = _read(raw, column, clock=clock, order=order)
    else:
        read = _read(texts.cleaned(as_texts(raw)), column, clock=clock, order=order)
    if column.default is None or not read.values.null_count:
        return read
    default = pa.scalar(column.default == "true" if column.kind is Kind.FLAG else column.default, column.arrow_type)
    return ValuesRead(pc.fill_null(read.values, default), read.problems)


def as_texts(raw: pa.Array) -> pa.Array:
    """Return the array as texts, whatever it was."""
    return raw if pa.types.is_string(raw.type) else pc.cast(raw, pa.string())


def _read(raw: pa.Array, column: Column, *, clock: Clock, order: DateOrder) -> ValuesRead:
    match column.kind:
        case Kind.INSTANT:
            return read_instants(raw, clock=clock, order=order)
        case Kind.DAY:
            return read_days(raw, order=order)
        case Kind.CHOICE:
            return flags.read_choices(raw, column.choices)
        case Kind.TEXT:
            return read_ids(raw) if column.name.endswith("_id") else ValuesRead(raw)
        case _:
            return _OTHER_KINDS[column.kind](raw)


_OTHER_KINDS: dict[Kind, Callable[[pa.Array], ValuesRead]] = {
    Kind.MONEY: amounts.read_money,
    Kind.COUNT: amounts.read_counts,
    Kind.SECONDS: amounts.read_seconds,
    Kind.SCORE: amounts.read_scores,
    Kind.NUMBER: amounts.read_numbers,
    Kind.DECIMAL: amounts.read_decimals,
    Kind.WHOLE: amounts.read_wholes,
    Kind.FLAG: flags.read_flags,
}
