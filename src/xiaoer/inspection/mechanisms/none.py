"""What no machine finds by itself: people judge it, or a model only says what to read first."""

from xiaoer.inspection.evidence import NOTHING, Evidence
from xiaoer.inspection.known import Known
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.schema import Find


def find_none(reading: Reading, find: Find, known: Known) -> Evidence:
    """Return nothing."""
    return NOTHING
