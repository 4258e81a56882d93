"""One message as the live day takes it."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from xiaoer.base.settings import DaySettings
from xiaoer.facts.walked import AGENT, BUYER, ROBOT, SYSTEM

AUTOMATIC = 4
TRANSFER, BULK, CODE_WORD = 8, 16, 32
WHO = 7
SPEAKERS = {"buyer": BUYER, "agent": AGENT, "robot": ROBOT, "system": SYSTEM}
BULK_PREFIX = "@"


class Said(NamedTuple):
    """Who said something to whom and when (whole microseconds since 1970 UTC).

    `what` is a speaker (of an account's automatic reply AUTOMATIC) with the marks TRANSFER, BULK, CODE_WORD. Messages
    of one instant are in the order of `place`. The same `key` at the same instant is the same message.
    """

    key: int
    buyer: str
    agent: str
    at: int
    place: int
    what: int


def key_of(message_id: str) -> int:
    """Return a message's id as a number of 64 bits."""
    return int.from_bytes(blake2b(message_id.encode(), digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True)
class Marks:
    """What the settings of a day make of a message."""

    auto_reply_prefix: str
    code_word: str

    @classmethod
    def of(cls, settings: DaySettings) -> "Marks":
        """Return the marks of a day."""
        return cls(settings.text("auto_reply_prefix"), settings.text("advertising_code_word"))

    def what(self, sender: str, *, kind: str, auto: bool, text: str) -> int:
        """Return a message's speaker and marks."""
        who = SPEAKERS.get(sender, SYSTEM)
        if who == AGENT and (auto or (self.auto_reply_prefix and text.startswith(self.auto_reply_prefix))):
            who = AUTOMATIC
        marks = TRANSFER if kind == "transfer" else 0
        if who == BUYER and text.startswith(BULK_PREFIX):
            marks |= BULK
        if who == AGENT and self.code_word and self.code_word in text:
            marks |= CODE_WORD
        return who | marks
