"""The live day of one shop: messages in, in any order and in any portions; the state of an instant out.

Whatever order they come in, the state is that of all messages taken so far: only buyers of whom something new was said
are walked again, and their sums put in the place of what they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from xiaoer.facts.live.board import AgentNow, Board, Waiting
from xiaoer.facts.live.buyer import BuyerDay, LiveContact, LiveRound
from xiaoer.facts.live.decided import Decided
from xiaoer.facts.live.noise import Noise
from xiaoer.facts.live.recent import Recent
from xiaoer.facts.live.rules import LiveRules
from xiaoer.facts.live.said import AUTOMATIC, WHO, Said
from xiaoer.facts.live.tally import Tally
from xiaoer.facts.walked import AGENT, ROBOT

ANYBODY = -1  # the shop's own sums


@dataclass(slots=True)
class _Share:
    """What one buyer adds: sums by the code of the account, and for the whole shop under ANYBODY."""

    sums: dict[int, Tally] = field(default_factory=dict)
    accounts: tuple[int, ...] = ()


_NOTHING = _Share()
_UNDECIDED = Decided()


class LiveDay:
    """The state of one shop's day."""

    def __init__(
        self, rules: LiveRules, *, own_accounts: Iterable[str] = (), decided: Decided = _UNDECIDED
    ) -> None:  # fmt: skip
        self.rules = rules
        self._decided = decided
        self.messages = 0
        self._first, self._next = rules.span
        self._noise = Noise(rules.settings)
        self._filters_own = rules.settings.flag("filter_own_accounts")
        self._own = set(own_accounts)
        self._codes: dict[str, int] = {}
        self._names: list[str] = []
        self._robot: list[bool] = []
        self._buyers: dict[str, BuyerDay] = {}
        self._shares: dict[str, _Share] = {}
        self._sums: dict[int, Tally] = {}
        self._chats: Recent[tuple[int, str]] = Recent()
        self._open: Recent[str] = Recent()
        self._last_at: dict[int, int] = {}
        self._last: int | None = None

    def take(self, said: Iterable[Said]) -> None:
        """Take messages; those of other days and those taken before change nothing."""
        touched: set[str] = set()
        for one in said:
            if not self._first <= one.at < self._next:
                continue
            self._own_account(one.agent, touched)
            account = self._account(self._decided.handled.get((one.buyer, one.agent), one.agent))
            day = self._buyers.get(one.buyer)
            if day is None:
                day = self._buyers[one.buyer] = BuyerDay(self.rules)
            if one.what & WHO in (AGENT, AUTOMATIC) and self._robot[account]:
                one = one._replace(what=one.what & ~WHO | ROBOT)
            if day.put(one, account):
                self.messages += 1
                touched.add(one.buyer)
                self._note_last(one, account)
        for buyer in touched:
            self._put(buyer)

    def board(self, now: int) -> Board:
        """Return the state at an instant."""
        rules = self.rules
        waiting = [
            Waiting(asked.opened_at, buyer, self._agent(asked.account), asked.last_asked_at)
            for buyer, _ in self._open.after(now - rules.waiting_micros)
            if (asked := self._buyers[buyer].open) is not None
        ]
        waiting.sort(key=lambda one: (one.since, one.buyer))
        chats: dict[int, int] = {}
        for (account, _), _at in self._chats.after(now - rules.gap_micros):
            chats[account] = chats.get(account, 0) + 1
        return Board(
            now, tuple(waiting), len(self._open) - len(waiting), self._agents(chats, waiting),
            self._sums.get(ANYBODY, Tally()), self._last, self.messages, frozenset(self._names),
        )  # fmt: skip

    def _agents(self, chats: dict[int, int], waiting: list[Waiting]) -> tuple[AgentNow, ...]:
        by_agent: dict[str, list[Waiting]] = {}
        for one in waiting:
            if one.agent is not None:
                by_agent.setdefault(one.agent, []).append(one)
        found = []
        for account in sorted(range(len(self._names)), key=self._names.__getitem__):
            sums = self._sums.get(account, Tally())
            name = self._names[account]
            if self._robot[account] or not (sums.received or name in by_agent or account in self._last_at):
                continue
            mine = by_agent.get(name, [])
            since = mine[0].since if mine else None
            last = self._last_at.get(account)
            found.append(AgentNow(name, chats.get(account, 0), len(mine), since, last, sums))
        return tuple(found)

    def _own_account(self, name: str, touched: set[str]) -> None:
        """Note one of the shop's accounts; a buyer who turns out to be one is walked again."""
        if name not in self._own:
            self._own.add(name)
            if name in self._buyers:
                touched.add(name)

    def _account(self, name: str) -> int:
        """Return the code of an account."""
        code = self._codes.get(name)
        if code is None:
            code = self._codes[name] = len(self._names)
            self._names.append(name)
            self._robot.append(self.rules.is_robot(name))
        return code

    def _agent(self, account: int) -> str | None:
        return None if self._robot[account] else self._names[account]

    def _note_last(self, said: Said, account: int) -> None:
        self._last = said.at if self._last is None else max(self._last, said.at)
        if said.what & WHO == AGENT:
            self._last_at[account] = max(said.at, self._last_at.get(account, said.at))

    def _put(self, buyer: str) -> None:
        """Put what a buyer's day adds in the place of what it added."""
        day = self._buyers[buyer]
        noise = (self._filters_own and buyer in self._own) or buyer in self.rules.listed
        kept = {a: c for a, c in day.contacts.items() if self._counts(buyer, a, noise or self._noise.holds(c))}
        asked = day.open if day.open is not None and day.open.account in kept else None
        before = self._shares.get(buyer, _NOTHING)
        share = _Share(self._sums_of(kept, asked), tuple(a for a in kept if not self._robot[a]))
        for account, sums in before.sums.items():
            self._sums[account].add(sums, -1)
        for account, sums in share.sums.items():
            self._sums.setdefault(account, Tally()).add(sums)
        self._shares[buyer] = share
        for account in before.accounts:
            if account not in share.accounts:
                self._chats.put((account, buyer), None)
        for account in share.accounts:
            self._chats.put((account, buyer), kept[account].last_at)
        self._open.put(buyer, None if asked is None else asked.last_asked_at)

    def _counts(self, buyer: str, account: int, noise: bool) -> bool:
        """Return whether a contact counts: as people decided, else unless it is noise."""
        return self._decided.counts.get((buyer, self._names[account]), not noise)

    def _sums_of(self, kept: dict[int, LiveContact], asked: LiveRound | None) -> dict[int, Tally]:
        sums: dict[int, Tally] = {}
        whole = Tally()
        for account, contact in kept.items():
            mine = replace(contact.rounds)
            if asked is not None and asked.account == account:
                mine.rounds += 1
                mine.asked_in_hours += self.rules.counts_in_time(asked.opened_at)
            whole.add(mine)
            if not self._robot[account]:
                mine.received = whole.received = 1
                if contact.human_messages:
                    mine.replied = whole.replied = 1
                sums[account] = mine
        sums[ANYBODY] = whole
        return sums
