"""What is seen at one instant."""

from dataclasses import dataclass, field
from typing import NamedTuple

from xiaoer.facts.live.tally import Tally


class Waiting(NamedTuple):
    """A buyer without an answer: since when, who, asking whom (None: a robot), and when for the last time."""

    since: int
    buyer: str
    agent: str | None
    last_asked_at: int


@dataclass(frozen=True)
class AgentNow:
    """One agent: chats under way, buyers waiting, since when the longest does, when last anything was said."""

    agent: str
    chats: int
    waiting: int
    waiting_since: int | None
    last_at: int | None
    today: Tally


@dataclass(frozen=True)
class Board:
    """A shop at an instant: who waits, longest first; the agents by name; those who waited in vain; the day's sums."""

    at: int
    waiting: tuple[Waiting, ...]
    in_vain: int
    agents: tuple[AgentNow, ...]
    today: Tally
    last_at: int | None = None
    messages: int = 0
    known: frozenset[str] = field(default_factory=frozenset)
