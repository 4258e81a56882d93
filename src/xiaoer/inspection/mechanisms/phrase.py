"""A line says it."""

import numpy as np

from xiaoer.inspection.evidence import Evidence, Role, spans_at
from xiaoer.inspection.known import Known
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.schema import Find


def find_phrase(reading: Reading, find: Find, known: Known) -> Evidence:
    """Return the messages that meet the line, with the words that do."""
    assert find.line is not None
    message = np.flatnonzero(reading.matches(find.line))
    return spans_at(message, *reading.evidence(message, find.line), Role.SAID)
