"""Evidence: the messages and spans that made a condition true, and what each of them is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from xiaoer.facts.walked import Flags, Ints

Values = Mapping[str, str | int]


class Role(IntEnum):
    """What a message is in a finding."""

    SAID = 0  # it says what the item is about
    MISSING = 1  # something should have been said here or after it
    CONTEXT = 2  # what the finding refers to: a question, a wait, a promise


@dataclass(frozen=True)
class Evidence:
    """Messages with the span of their words (0, 0: the whole message); `values` say more, by conversation."""

    message: Ints
    start: Ints
    end: Ints
    role: Ints
    values: Mapping[int, Values] = field(default_factory=dict)

    def kept(self, keep: Flags | Ints) -> "Evidence":
        """Return the rows of these flags, or of these numbers."""
        return Evidence(self.message[keep], self.start[keep], self.end[keep], self.role[keep], self.values)


def spans_at(message: Ints, start: Ints, end: Ints, role: Role) -> Evidence:
    """Return evidence of one role."""
    return Evidence(message, start, end, np.full(len(message), int(role), np.int64))


def whole(message: Ints, role: Role) -> Evidence:
    """Return whole messages as evidence of one role."""
    nothing = np.zeros(len(message), np.int64)
    return spans_at(message, nothing, nothing, role)


def together(*parts: Evidence) -> Evidence:
    """Return evidence put together, by message; the same message twice stays twice, with its roles."""
    message, start, end, role = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("message", "start", "end", "role")
    )
    order = np.lexsort((start, role, message))
    values: dict[int, Values] = {}
    for part in parts:
        for conversation, more in part.values.items():
            values[conversation] = {**values.get(conversation, {}), **more}
    return Evidence(message[order], start[order], end[order], role[order], values)


NOTHING = whole(np.empty(0, np.int64), Role.SAID)
