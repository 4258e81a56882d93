"""Lines of messages that look like headers because they end with a time: 预计送达 2024-9-3 18:00:00."""

from dataclasses import dataclass, field

from xiaoer.intake.chat.moments import normal_time
from xiaoer.intake.chat.nicks import is_masked
from xiaoer.intake.chat.qianniu import Header

MOST_NICKS = 500_000


@dataclass
class _Doubt:
    """A header whose nick was never seen before, and what stood around it."""

    line: int
    nick: str
    at: str
    before: str
    after: str = ""

    @property
    def is_out_of_order(self) -> bool:
        at, before, after = (normal_time(time)[1] for time in (self.at, self.before, self.after))
        return bool(at and after) and before <= after and not before <= at <= after


@dataclass
class FalseHeaders:
    """Learns, from one walk over the headers, which of them are none.

    One is none when its nick stands nowhere else, its time lies outside the times around it, which are in order,
    and the same buyer speaks before and after it.
    """

    buyer: str | None = None
    last_at: str = ""
    doubt: _Doubt | None = None
    seen: set[str] = field(default_factory=set)
    found: dict[str, int] = field(default_factory=dict)

    @property
    def lines(self) -> frozenset[int]:
        """Return the numbers of the lines that are no headers."""
        return frozenset(self.found.values())

    def look_at(self, line: int, header: Header) -> None:
        """Learn from the next header and the number of its line."""
        nick, at = header.nick, header.at
        self.found.pop(nick, None)
        if self.doubt is not None and not self.doubt.after:
            self.doubt.after = at
        if ":" not in nick:
            is_new = nick not in self.seen and header.to is None and not is_masked(nick)
            self._settle(nick)
            if len(self.seen) < MOST_NICKS:
                self.seen.add(nick)
                if is_new and self.buyer is not None:
                    self.doubt = _Doubt(line, nick, at, self.last_at)
                    return
            self.buyer = nick
        self.last_at = at

    def _settle(self, nick: str) -> None:
        if self.doubt is None:
            return
        if self.doubt.is_out_of_order and nick == self.buyer:
            self.found[self.doubt.nick] = self.doubt.line
        else:
            self.buyer = self.doubt.nick
        self.doubt = None
