"""What goes into the linear pass and what comes out of it, as plain arrays."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BUYER, AGENT, ROBOT, SYSTEM = 0, 1, 2, 3
NEVER = np.int64(-(2**62))  # an instant that has not happened

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Whole = int | np.int64


@dataclass(frozen=True)
class Lines:
    """Messages sorted by (shop, day, buyer, sent_at, position), one array per column.

    `unit` changes where the shop, the local day or the buyer changes; `agent` is a code from 0 on;
    `sender` is BUYER, AGENT, ROBOT or SYSTEM; the flags say of each line what the settings of its day make of it.
    """

    unit: Ints
    agent: Codes
    sent_at: Ints
    sender: npt.NDArray[np.int8]
    automatic: Flags
    transfer: Flags
    bulk: Flags
    code_word: Flags
    recommends: Flags
    characters: Ints


@dataclass(frozen=True)
class Rules:
    """The settings that the pass needs, in microseconds."""

    session_gap_micros: int
    slow_wait_micros: int
    message_in_time_micros: int
    wait_from_last: bool


CONTACT_FIELDS = (
    "line", "start_at", "end_at", "buyer_messages", "agent_messages", "auto_messages", "agent_characters",
    "first_human_at", "answered_rounds", "slow_waits", "transfer", "bulk", "code_word", "recommendations",
)  # fmt: skip
SESSION_FIELDS = (
    "contact", "start_at", "end_at", "first_human_at", "last_human_at", "buyer_opened", "first_response_micros",
    "answered_rounds", "unanswered_rounds", "wait_micros", "longest_wait_micros",
)  # fmt: skip
ROUND_FIELDS = (
    "contact", "opened_at", "answered_at", "wait_micros", "messages", "messages_in_time", "message_wait_micros",
)  # fmt: skip


@dataclass(frozen=True)
class Walked:
    """What the pass found: one array per field, NEVER where there is nothing; `contact` points into the contacts."""

    contacts: dict[str, Ints]
    sessions: dict[str, Ints]
    rounds: dict[str, Ints]
