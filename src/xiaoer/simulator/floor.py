"""The shop floor: chats run side by side, every agent answers one message at a time, so waits grow with load."""

from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Protocol

from xiaoer.simulator.chat import AGENT, BUYER, ROBOT, Arrival, Chat, LateOrder, Step
from xiaoer.simulator.chat_log import ChatLog
from xiaoer.simulator.orders import Order
from xiaoer.simulator.people import Person, Rota
from xiaoer.simulator.phrases import pick
from xiaoer.simulator.wall_time import DAY_SECONDS, day_of
from xiaoer.simulator.world import world

Planned = Arrival | LateOrder | Order | str  # somebody comes, a late order, an unpaid one to remind, a silent buyer
Happening = Chat | Planned
PATIENCE_SECONDS = 150
LONGEST_BACKLOG_SECONDS = 2400


class Consequences(Protocol):
    """What follows from chats; kept apart from the playing of them."""

    def happens(self, thing: Planned, at: int) -> None:
        """Do what was planned for this second."""

    def done(self, chat: Chat, step: Step, at: int) -> None:
        """Do what a step does."""

    def finished(self, chat: Chat, at: int) -> None:
        """Do what comes after a chat."""


class Floor:
    """Plays what is scheduled, in the order of time."""

    def __init__(self, random: Random, rota: Rota, log: ChatLog) -> None:
        """Start with an empty floor."""
        self._random = random
        self.rota = rota
        self.log = log
        self._heap: list[tuple[int, int, Happening]] = []
        self._turn = count()
        self._free = [0] * (len(rota.people) + 1)
        self.consequences: Consequences | None = None

    def schedule(self, at: int, thing: Happening) -> None:
        """Let something happen at a second; a chat starts then."""
        if isinstance(thing, Chat):
            thing.started, thing.last = at, at - 1
            self.rota.open[thing.agent] += 1
        heappush(self._heap, (at, next(self._turn), thing))

    def forget_load(self) -> None:
        """Let every agent be free at once: for chats that are added after the last hour was played."""
        self._free = [0] * len(self._free)

    def run(self, until: int) -> None:
        """Play everything before a second."""
        heap, after = self._heap, self.consequences
        assert after is not None
        while heap and heap[0][0] < until:
            at, _, thing = heappop(heap)
            if isinstance(thing, Chat):
                self._play(thing, at, after)
            else:
                after.happens(thing, at)

    def _play(self, chat: Chat, ready: int, after: Consequences) -> None:
        step = chat.steps[chat.place] if chat.steps else None
        if step is None:
            self._end(chat, ready, after)
            return
        at = ready
        if step.sender == AGENT and not step.auto:
            answered_at = self._answer_time(chat, step, ready)
            if answered_at is None:
                self._end(chat, ready, after)
                return
            at = answered_at
            if at - ready > PATIENCE_SECONDS and chat.said and self._random.random() < 0.4:
                self._nudge(chat, step, ready + PATIENCE_SECONDS - int(self._random.random() * 60))
            chat.answered = True
        at = max(at, chat.last + 1)
        self.log.say(chat, step, at)
        chat.last, chat.said = at, chat.said + 1
        if step.breaks:
            chat.poor_lines += 1
        if step.does:
            after.done(chat, step, at)
        chat.place += 1
        if chat.place == len(chat.steps):
            self._end(chat, at, after)
        else:
            heappush(self._heap, (at + self._gap(step, chat.steps[chat.place]), next(self._turn), chat))

    def _end(self, chat: Chat, at: int, after: Consequences) -> None:
        self.rota.open[chat.agent] -= 1
        after.finished(chat, at)

    def _nudge(self, chat: Chat, step: Step, at: int) -> None:
        at = max(at, chat.last + 1)
        self.log.say(chat, Step(BUYER, step.account, pick(self._random, world().nudges)), at)
        chat.last, chat.said = at, chat.said + 1

    def _answer_time(self, chat: Chat, step: Step, ready: int) -> int | None:
        """Return when the agent sends this message, or None where nobody will: no shift, or hopelessly behind."""
        random, number = self._random, step.account
        day, person = day_of(ready), self.rota.people[number]
        begins = self.rota.starts_at(number, day)
        if begins is None or (begins > ready and ready - chat.started > 6 * 3600 and not chat.said):
            return self._after_midnight(number, ready)
        start = max(ready, self._free[number], begins)
        if ready < begins and ready % DAY_SECONDS < 3600 and self.rota.starts_at(number, day_of(ready - DAY_SECONDS)):
            start = max(ready, self._free[number])  # the late shift goes on past midnight
        if start - max(ready, begins) > LONGEST_BACKLOG_SECONDS:
            return None
        first_word = chat.place == 0 or chat.steps[chat.place - 1].sender != AGENT or chat.steps[chat.place - 1].auto
        takes = self._effort(person, step, ready) if first_word else 2.0 + 3.0 * random.random()
        self._free[number] = start + int(takes * 0.55) + 1  # reading and looking up overlap, typing does not
        return start + int(takes) + 1

    def _after_midnight(self, number: int, ready: int) -> int | None:
        on_late = ready % DAY_SECONDS < 3600 and self.rota.starts_at(number, day_of(ready - DAY_SECONDS)) is not None
        return ready + 15 + int(self._random.random() * 20) if on_late else None

    def _effort(self, person: Person, step: Step, ready: int) -> float:
        crowd = 1.0 + 0.09 * max(0, self.rota.open[person.number] - 2)
        pace = person.reply_seconds * person.slowness(day_of(ready)) * self._random.lognormvariate(-0.12, 0.55)
        looked_up = 90.0 * self._random.random() if self._random.random() < 0.02 else 0.0
        return min(pace * crowd, 400.0) + 0.12 * len(step.text) + looked_up

    def _gap(self, said: Step, coming: Step) -> int:
        random = self._random
        if coming.auto or coming.sender == ROBOT:
            return 1
        if coming.gap:
            return coming.gap
        if coming.sender != BUYER:
            return 2 if said.sender == coming.sender else 0
        if said.sender == BUYER:
            return 3 + int(random.random() * 10)
        if random.random() < 0.025:
            return 650 + int(random.random() * 2400)
        return 4 + int(random.lognormvariate(2.8, 0.8))
