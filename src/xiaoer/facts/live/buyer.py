"""One buyer's day: its messages in order, and what a pass over them finds. It reads like the definitions."""

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from xiaoer.facts.live.rules import IN_TIME_MICROS, LiveRules
from xiaoer.facts.live.said import AUTOMATIC, BULK, CODE_WORD, TRANSFER, WHO, Said
from xiaoer.facts.live.tally import Tally
from xiaoer.facts.walked import AGENT, BUYER

AGENT_BITS = 8


@dataclass(slots=True)
class LiveContact:
    """A buyer with one account; `rounds` are the sums of those that the account answered."""

    buyer_messages: int = 0
    human_messages: int = 0
    automatic_messages: int = 0
    transfer: bool = False
    bulk: bool = False
    code_word: bool = False
    last_at: int | None = None
    rounds: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class LiveRound:
    """An open round: whose, opened when, last asked when."""

    account: int
    opened_at: int
    last_asked_at: int


class BuyerDay:
    """The messages of one buyer on one day, in the order of (at, place), each once; what they come to so far.

    A message at the end goes one step on; one in the midst has the day walked again.
    """

    __slots__ = ("_at", "_key", "_place", "_rules", "_what", "contacts", "open")

    def __init__(self, rules: LiveRules) -> None:
        self._rules = rules
        self._at = array("q")
        self._place = array("q")
        self._key = array("q")
        self._what = array("q")
        self.contacts: dict[int, LiveContact] = {}
        self.open: LiveRound | None = None

    def put(self, said: Said, account: int) -> bool:
        """Put a message in its place; return whether it is new."""
        at, place, key = said.at, said.place, said.key
        stop = len(self._at) if not self._at or at > self._at[-1] else bisect_right(self._at, at)
        index = stop
        while index and self._at[index - 1] == at:
            if self._key[index - 1] == key:
                return False
            index -= 1
        while index < stop and self._place[index] < place:
            index += 1
        last = index == len(self._at)
        coded = account << AGENT_BITS | said.what
        self._at.insert(index, at)
        self._place.insert(index, place)
        self._key.insert(index, key)
        self._what.insert(index, coded)
        if last:
            self._step(at, coded)
        else:
            self._walk()
        return True

    def _walk(self) -> None:
        self.contacts, self.open = {}, None
        for at, coded in zip(self._at, self._what, strict=True):
            self._step(at, coded)

    def _step(self, at: int, coded: int) -> None:
        account, who = coded >> AGENT_BITS, coded & WHO
        contact = self.contacts.get(account)
        if contact is None:
            contact = self.contacts[account] = LiveContact()
        if coded & TRANSFER:
            contact.transfer = True
        if who not in (BUYER, AGENT, AUTOMATIC):
            return
        contact.last_at = at
        if who == AUTOMATIC:
            contact.automatic_messages += 1
        elif who == BUYER:
            contact.buyer_messages += 1
            if contact.buyer_messages == 1 and coded & BULK:
                contact.bulk = True
            if self.open is None:
                self.open = LiveRound(account, at, at)
            self.open.account, self.open.last_asked_at = account, at
        else:
            contact.human_messages += 1
            if coded & CODE_WORD:
                contact.code_word = True
            if self.open is not None:
                self._answer(contact.rounds, self.open, at)
                self.open = None

    def _answer(self, sums: Tally, asked: LiveRound, at: int) -> None:
        rules = self._rules
        wait = at - (asked.last_asked_at if rules.wait_from_last else asked.opened_at)
        in_hours = rules.counts_in_time(asked.opened_at)
        sums.rounds += 1
        sums.answered += 1
        sums.asked_in_hours += in_hours
        sums.in_time += in_hours and wait <= IN_TIME_MICROS
        counted = rules.counted_wait(wait)
        if counted is not None:
            sums.counted += 1
            sums.wait_micros += counted
