"""Lines of messages that look like headers because they end with a time: 预计送达 2024-9-3 18:00:00."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xiaoer.intake.chat.moments import normal_time
from xiaoer.intake.chat.nicks import is_masked
from xiaoer.intake.chat.qianniu import Utterance

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
        return bool(self.after) and self.before <= self.after and not self.before <= self.at <= self.after


@dataclass
class FalseHeaders:
    """Learns, from one walk over the utterances, which headers are none.

    One is none when its nick stands nowhere else, its time lies outside the times around it, which are in order,
    and the same buyer speaks before and after it.
    """

    buyer: str | None = None
    last_at: str = ""
    doubt: _Doubt | None = None
    seen: set[str] = field(default_factory=set)
    found: dict[str, int] = field(default_factory=dict)

    def watched(self, utterances: Iterable[Utterance]) -> Iterator[Utterance]:
        """Yield the utterances as they are, learning from each."""
        for utterance in utterances:
            self._look_at(utterance)
            yield utterance

    @property
    def lines(self) -> frozenset[int]:
        """Return the numbers of the lines that are no headers."""
        return frozenset(self.found.values())

    def _look_at(self, utterance: Utterance) -> None:
        nick, at = utterance.header.nick, normal_time(utterance.header.at)[1]
        self.found.pop(nick, None)
        if self.doubt is not None and not self.doubt.after:
            self.doubt.after = at
        is_new = nick not in self.seen and utterance.header.to is None and not is_masked(nick)
        if ":" not in nick:
            self._settle(nick)
            if is_new and self.buyer is not None and at and len(self.seen) < MOST_NICKS:
                self.doubt = _Doubt(utterance.line, nick, at, self.last_at)
            else:
                self.buyer = nick
        if self.doubt is None or self.doubt.line != utterance.line:
            self.last_at = at or self.last_at
        if len(self.seen) < MOST_NICKS:
            self.seen.add(nick)

    def _settle(self, nick: str) -> None:
        if self.doubt is None:
            return
        if self.doubt.is_out_of_order and nick == self.buyer:
            self.found[self.doubt.nick] = self.doubt.line
        else:
            self.buyer = self.doubt.nick
        self.doubt = None
