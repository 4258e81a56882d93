"""What a stored message has beside its canonical columns, so that the pass need not read texts again."""

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import Clock
from xiaoer.base.local_time import local_days

BULK_PREFIX = "@"
SORTED_BY = [(name, "ascending") for name in ("shop", "local_date", "buyer", "sent_at", "source_row")]


def with_message_columns(messages: pa.Table, clock: Clock) -> pa.Table:
    """Return the messages with their local day, number of characters and whether they start as bulk messages do."""
    text = messages["text"]
    return (
        messages.append_column("local_date", local_days(messages["sent_at"], clock))
        .append_column("characters", pc.fill_null(pc.utf8_length(text), 0).cast(pa.int32()))
        .append_column("bulk", pc.fill_null(pc.starts_with(text, BULK_PREFIX), False))
    )
