"""Messages under another clock: local days that start at another time of day, or in another zone."""

from collections.abc import Sequence

import pyarrow as pa

from xiaoer.base.days import Clock
from xiaoer.base.local_time import local_days

_ORDER = [(name, "ascending") for name in ("local_date", "buyer", "sent_at")]
_NAMES = ("buyer", "agent", "sender", "kind")


def with_days_of(clock: Clock, tables: Sequence[pa.Table]) -> pa.Table:
    """Return one shop's messages with the local days of a clock, sorted for the pass.

    Messages of one instant stay in the order in which they were: they are of one local day on every clock.
    """
    plain = [_plain(table) for table in tables]
    together = pa.concat_tables(plain)
    place = together.column_names.index("local_date")
    return together.set_column(place, "local_date", local_days(together["sent_at"], clock)).sort_by(_ORDER)


def _plain(table: pa.Table) -> pa.Table:
    """Return the table with its dictionary columns as texts: dictionaries of several files differ."""
    for name in _NAMES:
        table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
    return table
