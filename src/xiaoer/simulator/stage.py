"""Puts staged chats into a simulated shop: each with a buyer of its own, the orders and the card that it speaks of."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from xiaoer.base.catalog import Words
from xiaoer.simulator.buyers import Buyers
from xiaoer.simulator.chat import AGENT, BUYER, Chat, Step
from xiaoer.simulator.chat_log import ChatLog
from xiaoer.simulator.orders import Order, OrderBook
from xiaoer.simulator.people import Person
from xiaoer.simulator.phrases import fill, pick
from xiaoer.simulator.scenario import Scenario
from xiaoer.simulator.slots import slots_of_chat
from xiaoer.simulator.staged_chat import Staged, StagedChat, StagedLine, staged_chats, worded
from xiaoer.simulator.wall_time import DAY_SECONDS, HOUR_SECONDS, seconds_of, wall_text
from xiaoer.simulator.world import world

OPENING = (
    StagedLine(who="买", text="(你好|您好|哈喽|掌柜的)"),
    StagedLine(who="客", text="(您好{dear}，请讲|在的{dear}，您说|{dear}您好，有什么可以帮您)"),
)
EARLIEST, LATEST = 9 * HOUR_SECONDS, 15 * HOUR_SECONDS  # the longest chat ends on its day
DAYS_AFTER = 4  # an order is shipped so late at most, and the shop has to live to see it
SCENARIO = Scenario(
    label=Words(zh="为质检排演", en="Staged for inspection"), why=Words(zh="", en=""), stage="pre_sale", weight=0.0,
    leads_to={}, lines=(), greets=False,
)  # fmt: skip


class Stage:
    """Plays staged chats into a log and a book of orders."""

    def __init__(self, random: Random, log: ChatLog, book: OrderBook, people: Sequence[Person]) -> None:
        """Keep what is played into; nobody who chats or buys already is met again."""
        self._random, self._log, self._book, self._people = random, log, book, tuple(people)
        self._buyers = Buyers(random, taken={*log.buyer, *(order.buyer for order in book.orders)})
        self.facts: list[dict[str, Any]] = []  # what is true of each chat
        self.cards: list[dict[str, str]] = []

    def play(self, days: Sequence[date], *, times: int) -> None:
        """Play every staged chat so many times, on days and at hours of chance."""
        for staged in staged_chats() * times:
            day = self._random.choice(days[: max(1, len(days) - DAYS_AFTER)])
            at = seconds_of(day) + self._random.randrange(EARLIEST, LATEST)
            self._play(staged, at, self._random.choice([one for one in self._people if one.hired_on <= day]))

    def _play(self, staged: Staged, at: int, agent: Person) -> None:
        random, log = self._random, self._log
        chat = Chat(len(log.chats) + 1, f"staged:{staged.item}", SCENARIO, self._buyers.new(), agent.number,
                    agent.number, {}, random.choice(world().products), started=at, answered=True)  # fmt: skip
        chat.slots = slots_of_chat(random, chat, self._people)
        self._prepare(staged.chat, chat, at)
        first = len(log.at)
        for step, said_at in self._steps(staged.chat, chat, at):
            log.say(chat, step, said_at)
            chat.said += 1
        log.findings += [(first, item) for item in staged.breaks]
        log.chats.append(chat)
        self.facts.append({
            "item": staged.item, "breaks": list(staged.breaks), "unseen": staged.unseen, "chat": chat.number,
            "buyer": chat.buyer, "agent": agent.account, "sent_at": wall_text(at),
        })  # fmt: skip

    def _steps(self, staged: StagedChat, chat: Chat, at: int) -> Iterator[tuple[Step, int]]:
        random = self._random
        for place, line in enumerate((() if staged.bare else OPENING) + staged.say):
            gap = random.randrange(6, 40) if line.after is None else round(line.after * (0.95 + 0.1 * random.random()))
            at += gap if place else 0
            text = self._text(line.text, chat)
            yield Step(BUYER if line.who == "买" else AGENT, chat.agent, text, line.kind, auto=line.who == "机"), at

    def _text(self, text: str, chat: Chat) -> str:
        return fill(worded(text, self._random), chat.slots, self._random)

    def _prepare(self, staged: StagedChat, chat: Chat, at: int) -> None:
        """Make the orders and the card that the chat speaks of."""
        if staged.regular:
            self._order(chat, at - 30 * DAY_SECONDS)
        if staged.card:
            self.cards.append({name: self._text(text, chat) for name, text in staged.card.items()})
        said = staged.order
        if "received" in said:
            order = self._order(chat, at - 6 * DAY_SECONDS)
            order.shipped, order.received = at - 5 * DAY_SECONDS, at - DAY_SECONDS
        elif said:
            order = self._order(chat, at - 600 if "shipped_days" in said else at + 900)
            order.shipped = at + max(900, int(said.get("shipped_days", "1")) * DAY_SECONDS)
            order.received = order.shipped + 2 * DAY_SECONDS
            order.seller_note = self._text(said.get("note", ""), chat) or None

    def _order(self, chat: Chat, at: int) -> Order:
        product = chat.product
        sku = f"颜色:{pick(self._random, product.colours)};尺码:{pick(self._random, product.sizes)}"
        order = self._book.create(chat.buyer, at, product, sku)
        order.pay(at + 60, self._random)
        return order
