"""Sessions: one buyer, one account, one local day, no silence as long as the gap; and how many overlap."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.reference.filters import Contact
from tests.reference.messages import BUYER, HUMAN, Line
from tests.reference.rounds import Round
from tests.reference.shop import Shop


@dataclass(frozen=True)
class Session:
    """One session of a kept contact with an agent."""

    buyer: str
    agent: str
    day: date
    lines: tuple[Line, ...]
    answered: tuple[Round, ...] = ()
    unanswered: tuple[Round, ...] = ()

    @property
    def waits(self) -> list[timedelta]:
        """Return the waits of the rounds that were answered in it."""
        return [one.wait for one in self.answered if one.wait is not None]

    @property
    def was_asked(self) -> bool:
        """Return whether a round was answered in it or left open in it."""
        return bool(self.answered or self.unanswered)

    @property
    def start_at(self) -> datetime:
        """Return when its first message was sent."""
        return self.lines[0].at

    @property
    def end_at(self) -> datetime:
        """Return when its last message was sent."""
        return self.lines[-1].at

    @property
    def human_at(self) -> list[datetime]:
        """Return when human messages were sent, in order."""
        return [line.at for line in self.lines if line.who == HUMAN]

    @property
    def duration(self) -> timedelta:
        """Return its length."""
        return self.end_at - self.start_at

    @property
    def first_response(self) -> timedelta | None:
        """Return first human message − first buyer message, when the buyer opened it and someone answered."""
        if self.lines[0].who != BUYER or not self.human_at:
            return None
        return self.human_at[0] - self.start_at


def sessions_of(shop: Shop, contact: Contact) -> list[Session]:
    """Return the sessions of a contact in order."""
    gap = timedelta(seconds=shop.settings_on(contact.day).count("session_gap_seconds"))
    cut: list[list[Line]] = []
    for line in contact.talk:
        if not cut or line.at - cut[-1][-1].at >= gap:
            cut.append([])
        cut[-1].append(line)
    return [
        Session(
            contact.buyer,
            contact.account,
            contact.day,
            tuple(lines),
            answered=tuple(one for one in contact.rounds if _among(one.answer, lines)),
            unanswered=tuple(one for one in contact.rounds if one.answer is None and _among(one.asked[-1], lines)),
        )
        for lines in cut
    ]


def _among(line: Line | None, lines: list[Line]) -> bool:
    return any(one is line for one in lines)


def most_overlapping(sessions: list[Session]) -> int:
    """Return the most sessions that share one instant, ends included; 0 without sessions."""
    return max(
        (sum(other.start_at <= one.start_at <= other.end_at for other in sessions) for one in sessions), default=0
    )
