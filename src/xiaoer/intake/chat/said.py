"""One line of a conversation before it is known whose chat it is in."""

from dataclasses import dataclass
from typing import Literal

Sender = Literal["buyer", "agent", "robot", "system"]


@dataclass(frozen=True, slots=True)
class Said:
    """Who said what and when; `to` is the other side where the source names it.

    A transfer has the account it came from in `nick` where that is known, and the account it went to in `transfer_to`.
    """

    line: int
    sent_at: str
    sender: Sender
    nick: str | None
    text: str | None
    kind: str = "text"
    auto: bool = False
    to: str | None = None
    transfer_to: str | None = None
    message_id: str | None = None
    order_key: str = ""  # the time in a form that sorts; empty where it is not known
