"""One line, and then no (or a) certain other: within so many messages, within so many seconds."""

import numpy as np

from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.facts.walked import Flags, Ints
from xiaoer.inspection.evidence import NOTHING, Evidence, Role, spans_at, together, whole
from xiaoer.inspection.known import Known
from xiaoer.inspection.reading import SPEAKERS, Reading
from xiaoer.inspection.schema import Find
from xiaoer.inspection.talk import BUYER, HUMAN


def find_order(reading: Reading, find: Find, known: Known) -> Evidence:
    """Return the messages that meet the line and are (not) followed by one that meets `then`, with that one.

    A message can be its own `then` where one speaker says both at once. What is missing is only missing once the
    speaker had the messages, or the time, to say it.
    """
    assert find.line is not None and find.then is not None
    trigger = np.flatnonzero(reading.matches(find.line))
    if not len(trigger):
        return NOTHING
    then = reading.matches(find.then)
    following = _next(reading, find, trigger, then)
    present = following >= 0
    wanted = present if find.expected == "present" else ~present
    chosen, follower = trigger[wanted], following[wanted]
    own = SPEAKERS[find.line.who] == SPEAKERS[find.then.who]
    role = Role.SAID if find.line.said and own else Role.CONTEXT
    if find.expected == "missing" and role is Role.CONTEXT and find.line.waited is not None:
        role = Role.MISSING
    evidence = spans_at(chosen, *reading.evidence(chosen, find.line), role)
    if find.expected == "present":
        after = np.unique(follower)
        return together(evidence, spans_at(after, *reading.evidence(after, find.then), Role.SAID))
    return evidence


def _next(reading: Reading, find: Find, trigger: Ints, then: Flags) -> Ints:
    """Return for each trigger the first message of its conversation that meets `then` within the limits, or −1."""
    assert find.then is not None
    talk = reading.talk
    places = np.flatnonzero(then)
    itself = find.line is not None and find.line.who == find.then.who and bool(find.then.said)
    from_here = trigger if itself else trigger + 1
    if find.expected == "present":
        from_here = trigger + 1
    at = np.searchsorted(places, from_here)
    if not len(places):
        return np.full(len(trigger), -1, np.int64)
    there = at < len(places)
    follower = places[np.minimum(at, len(places) - 1)]
    there &= talk.conversation[follower] == talk.conversation[trigger]
    if find.within_messages is not None:
        ordinal = talk.ordinal(SPEAKERS[find.then.who])
        there &= ordinal[follower] - ordinal[from_here.clip(max=len(talk) - 1)] < find.within_messages
    if find.within_turn:
        other = talk.ordinal(BUYER if SPEAKERS[find.then.who] == HUMAN else HUMAN)
        there &= other[follower] == other[trigger]
    if find.within_seconds is not None:
        there &= talk.at[follower] - talk.at[trigger] <= find.within_seconds * MICROS_PER_SECOND
    return np.where(there, follower, -1)


def find_time(reading: Reading, find: Find, known: Known) -> Evidence:
    """Return answers after a wait (with `then`: and what should follow), or questions that nobody answered."""
    if find.then is not None:
        evidence = find_order(reading, find, known)
    else:
        assert find.line is not None
        message = np.flatnonzero(reading.matches(find.line))
        evidence = spans_at(message, *reading.evidence(message, find.line), Role.MISSING)
    talk = reading.talk
    answered = evidence.message[talk.asked_from[evidence.message] >= 0]
    asked = whole(np.unique(talk.asked_from[answered]), Role.CONTEXT)
    longest: dict[int, dict[str, str | int]] = {}
    for message in evidence.message.tolist():
        conversation, waited = int(talk.conversation[message]), int(talk.wait[message] // MICROS_PER_SECOND)
        before = longest.get(conversation, {}).get("waited", 0)
        longest[conversation] = {"waited": max(int(before), waited)}
    both = together(evidence, asked)
    return Evidence(both.message, both.start, both.end, both.role, longest)
