"""Items asked of a talk: findings with their evidence, one per item and conversation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from xiaoer.facts.walked import Flags
from xiaoer.inspection.evidence import Evidence
from xiaoer.inspection.known import Known
from xiaoer.inspection.mechanisms.absence import find_absence
from xiaoer.inspection.mechanisms.cross_check import find_cross_check
from xiaoer.inspection.mechanisms.none import find_none
from xiaoer.inspection.mechanisms.order import find_order, find_time
from xiaoer.inspection.mechanisms.phrase import find_phrase
from xiaoer.inspection.mechanisms.repetition import find_repetition
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.schema import By, Find
from xiaoer.inspection.standards import Standards
from xiaoer.inspection.talk import BUYER, HUMAN

MECHANISMS: Mapping[By, Callable[[Reading, Find, Known], Evidence]] = {
    By.PHRASE: find_phrase,
    By.ABSENCE: find_absence,
    By.ORDER: find_order,
    By.TIME: find_time,
    By.REPETITION: find_repetition,
    By.CROSS_CHECK: find_cross_check,
    By.MODEL: find_none,
    By.HUMAN: find_none,
}


@dataclass(frozen=True)
class Found:
    """What an item found in a talk."""

    item: str
    evidence: Evidence


def judged(reading: Reading, standards: Standards, known: Known) -> Iterator[Found]:
    """Yield what each item found, in the order of the standards; items without a finding are left out."""
    for name, item in standards.items.items():
        evidence = MECHANISMS[item.find.by](reading, item.find, known)
        if len(evidence.message):
            may = conversations_of(reading, item.find, known)
            evidence = evidence.kept(may[reading.talk.conversation[evidence.message]])
        if len(evidence.message):
            yield Found(name, evidence)


def conversations_of(reading: Reading, find: Find, known: Known) -> Flags:
    """Return which conversations an item is asked of: who is there, what else they have and have not."""
    talk = reading.talk
    may: Flags = talk.counted(talk.of(HUMAN)) >= find.agent_messages
    may &= talk.counted(talk.of(BUYER)) >= find.buyer_messages
    if find.agent_messages == 0:
        may &= ~talk.transferred  # somebody else took it over
    for line in find.given:
        may &= talk.counted(reading.matches(line)) > 0
    for line in find.never:
        may &= talk.counted(reading.matches(line)) == 0
    if find.customer:
        regular = known.regular if len(known.regular) else np.zeros(talk.conversations, np.bool_)
        may &= regular if find.customer == "regular" else ~regular
    return may
