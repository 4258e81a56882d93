"""No line says it."""

import numpy as np

from xiaoer.inspection.evidence import Evidence, Role, whole
from xiaoer.inspection.known import Known
from xiaoer.inspection.reading import SPEAKERS, Reading
from xiaoer.inspection.schema import Find


def find_absence(reading: Reading, find: Find, known: Known) -> Evidence:
    """Return for each conversation in which no message meets the line the message where it was to be expected.

    That is the speaker's first message, or the last where the line looks among the last ones.
    """
    assert find.line is not None
    talk = reading.talk
    there = talk.counted(reading.matches(find.line)) > 0
    own = np.flatnonzero(talk.of(SPEAKERS[find.line.who]))
    lacking = own[~there[talk.conversation[own]]]
    if find.line.last is not None:
        lacking = lacking[::-1]
    _, first = np.unique(talk.conversation[lacking], return_index=True)
    return whole(np.sort(lacking[first]), Role.MISSING)
