"""Whose chat a line is in: each gets its buyer and the shop's account it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat.message import message_of
from xiaoer.intake.chat.said import Said
from xiaoer.intake.raw import BadRow, Source
from xiaoer.intake.text_rows import TextRow

MOST_COUNTED = 100_000
MOST_WAITING = 50_000  # nobody speaks so long to a wall


@dataclass
class Conversation:
    """Walks the lines of a source in order.

    A buyer's line belongs to the account that spoke last in this chat; before anyone spoke, to the one that speaks
    next; after a transfer, to the one it went to. A line of the shop belongs to the buyer named as receiver, else to
    the buyer of the chat. A chat ends where another buyer speaks or where time runs backwards.
    """

    source: Source
    fallback_account: str  # the shop's own name: where nobody of the shop ever spoke
    buyer: str | None = None
    account: str | None = None
    last_key: str = ""
    waiting: list[Said] = field(default_factory=list)
    buyers_guessed: set[str] = field(default_factory=set)
    guessed_accounts: int = 0
    guessing: bool = False  # the shop's lines name no receiver

    def take(self, said: Said) -> Iterator[TextRow | BadRow]:
        """Yield the messages that this line makes certain, in the order of the source."""
        if ("" < said.order_key < self.last_key) or self._other_buyer(said):
            yield from self.finish()
        self.last_key = said.order_key or self.last_key
        self._learn(said)
        self.waiting.append(said)
        if self.buyer is not None and self.account is not None:
            yield from self._give(self.account)
        elif len(self.waiting) > MOST_WAITING:
            yield from self.finish()
        if said.transfer_to:
            self.account = said.transfer_to

    def finish(self) -> Iterator[TextRow | BadRow]:
        """Yield what is still waiting, with the shop's main account, and forget the chat."""
        if self.waiting:
            if self.account is None and self.buyer is not None:
                self.guessed_accounts += len(self.waiting)
            yield from self._give(self.account or self.fallback_account)
        self.buyer, self.account, self.last_key = None, None, ""

    def notes(self) -> Iterator[Issue]:
        """Yield what was guessed."""
        if self.guessing and len(self.buyers_guessed) > 1:
            values = {"buyers": len(self.buyers_guessed)}
            yield Issue("chat.several_buyers", Severity.WARNING, self.source.place(), values)
        if self.guessed_accounts:
            values = {"count": self.guessed_accounts}
            yield Issue("chat.account_unknown", Severity.WARNING, self.source.place(), values)

    def _other_buyer(self, said: Said) -> bool:
        named = said.nick if said.sender == "buyer" else said.to
        return named is not None and self.buyer is not None and named != self.buyer

    def _learn(self, said: Said) -> None:
        if said.sender == "buyer":
            self.buyer = said.nick
            self.account = said.to or self.account
            if said.to is None and said.nick and len(self.buyers_guessed) < MOST_COUNTED:
                self.buyers_guessed.add(said.nick)
            return
        self.buyer = said.to or self.buyer
        if said.nick is not None:
            self.account = said.nick
            self.guessing |= said.to is None

    def _give(self, account: str) -> Iterator[TextRow | BadRow]:
        for said in self.waiting:
            if self.buyer is None:
                issue = Issue("chat.no_buyer", Severity.REJECTED, self.source.place(line=said.line))
                yield BadRow(said.line, message_of(said, buyer=None, agent=said.nick or account).cells, (issue,))
            else:
                agent = account if said.sender == "buyer" else said.nick or account
                yield message_of(said, buyer=self.buyer, agent=agent)
        self.waiting.clear()
