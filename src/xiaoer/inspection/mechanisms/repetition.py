"""Too often in one conversation: the same line, or the very same words."""

import numpy as np
import pyarrow as pa

from xiaoer.inspection.evidence import Evidence, Role, spans_at
from xiaoer.inspection.known import Known
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.schema import Find


def find_repetition(reading: Reading, find: Find, known: Known) -> Evidence:
    """Return the messages that meet the line where a conversation has at least `least` of them.

    With `same_text` only messages of the very same words count together.
    """
    assert find.line is not None
    talk = reading.talk
    message = np.flatnonzero(reading.matches(find.line))
    group = talk.conversation[message]
    if find.same_text and len(message):
        words = pa.compute.binary_join_element_wise(
            pa.array(group).cast(pa.string()), talk.text.take(pa.array(message)), "\0"
        )
        group = words.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    times = np.bincount(group) if len(group) else np.empty(0, np.int64)
    keep = times[group] >= find.least
    chosen = message[keep]
    found = spans_at(chosen, *reading.evidence(chosen, find.line), Role.SAID)
    number = {int(talk.conversation[one]): int(times[of]) for one, of in zip(chosen, group[keep], strict=True)}
    values = {conversation: {"times": times_} for conversation, times_ in number.items()}
    return Evidence(found.message, found.start, found.end, found.role, values)
