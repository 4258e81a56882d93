"""Who comes when and wants what: sets the chats up and carries their consequences out."""

from datetime import date
from itertools import count
from random import Random

from xiaoer.simulator.buyers import Buyers
from xiaoer.simulator.chat import Arrival, Chat, LateOrder, Step
from xiaoer.simulator.chat_log import Grievance, Invitation
from xiaoer.simulator.floor import Floor, Planned
from xiaoer.simulator.orders import Order, OrderBook
from xiaoer.simulator.people import Person
from xiaoer.simulator.phrases import pick
from xiaoer.simulator.scenario import Scenario, scenarios
from xiaoer.simulator.script import ScriptWriter
from xiaoer.simulator.slots import slots_of_chat
from xiaoer.simulator.wall_time import HOUR_SECONDS, day_of
from xiaoer.simulator.world import Product, world

TRIES = 8


class Director:
    """Sets chats up hour by hour."""

    def __init__(self, random: Random, floor: Floor, *, shop: str, book: OrderBook, opens_at: int) -> None:
        """Keep everybody at hand; nobody chats before `opens_at`."""
        self._random, self._opens_at = random, opens_at
        self._floor, self._rota, self._book, self._log = floor, floor.rota, book, floor.log
        self._people = floor.rota.people
        self._buyers = Buyers(random)
        self._writer = ScriptWriter(random, self._people, shop)
        self._numbers = count(1)

    def open_hour(self, start: int, chats: float) -> None:
        """Schedule the chats of one hour, about so many."""
        random, day, hour = self._random, day_of(start), start % 86_400 // HOUR_SECONDS
        names, weights = self._on_offer(day, hour)
        self._book.settle()
        number = int(chats) + (random.random() < chats % 1)
        for name in random.choices(names, weights, k=number):
            scenario = scenarios()[name]
            at = start + int(random.random() * HOUR_SECONDS)
            if scenario.hours is not None:
                low, high = (max(bound, 0.0) * HOUR_SECONDS for bound in scenario.hours)
                at = (
                    start
                    - start % 86_400
                    + max(start % 86_400, int(low + random.random() * (min(high, hour + 1) * HOUR_SECONDS - low)))
                )
            self._floor.schedule(at, Arrival(name))

    def silent_order(self, at: int) -> None:
        """Schedule an order nobody talked about."""
        quiet = self._random.random() < 0.12
        buyer = self._buyers.returning(at, quiet_seconds=5 * 86_400) if quiet else self._buyers.new()
        self._floor.schedule(at, buyer)

    def _on_offer(self, day: date, hour: int) -> tuple[list[str], list[float]]:
        promotion, hours = world().is_promotion(day), world().hours
        offer = {}
        for name, scenario in scenarios().items():
            weight = scenario.weight if not scenario.on or promotion else 0.0
            if scenario.hours is not None:
                spanned = [h for h in range(24) if h < scenario.hours[1] and h + 1 > scenario.hours[0]]
                weight *= sum(hours) / sum(hours[h] for h in spanned) if hour in spanned else 0.0
            offer[name] = weight / scenario.copies if weight else 0.0
        return list(offer), list(offer.values())

    def _cast(self, name: str, scenario: Scenario, at: int) -> None:
        order = None
        if scenario.needs_order:
            order = self._book.find(scenario.order, at, scenario.order_age_hours, scenario=name, worn=scenario.worn)
            if order is None:
                name, order = "shipping_time", None
                scenario = scenarios()[name]
        agent = self._rota.choose(at, day_of(at), role="after_sale" if scenario.stage == "after_sale" else "pre_sale")
        if agent is None:
            return
        for copy in range(scenario.copies):
            self.start(name, at + copy * self._random.randrange(1, 9), agent, order=order)

    def start(self, name: str, at: int, agent: Person, *, order: Order | None = None) -> Chat:
        """Schedule one chat of this scenario with this agent, and return it."""
        random, scenario = self._random, scenarios()[name]
        mate = self._rota.choose(at, day_of(at), role=agent.role, but=agent.number) if scenario.mates else None
        chat = Chat(next(self._numbers), name, scenario, self._counterpart(scenario, order, agent, at), agent.number,
                    (mate or agent).number, {}, self._product(scenario, order), order=order)  # fmt: skip
        if order is not None:
            order.about.add(name)
        chat.outcome = self._outcome(scenario, agent)
        chat.slots = slots_of_chat(random, chat, self._people)
        missed = scenario.truth == "" and order is None and random.random() < agent.missed_share
        if missed:
            chat.outcome = ""
        self._writer.write(chat, missed=missed)
        self._buyers.last_seen[chat.buyer] = at + HOUR_SECONDS
        self._log.chats.append(chat)
        self._floor.schedule(at, chat)
        return chat

    def _counterpart(self, scenario: Scenario, order: Order | None, agent: Person, at: int) -> str:
        if order is not None:
            return order.buyer
        if scenario.counterpart == "own_account":
            others = [person.account for person in self._people if person.number != agent.number]
            return others[int(self._random.random() * len(others))] if others else self._buyers.new()
        if scenario.counterpart == "advertiser":
            return pick(self._random, world().advertisers) + f"{self._random.randrange(1000):03d}"
        if scenario.buyer == "returning":
            return self._buyers.returning(at, quiet_seconds=25 * 86_400 if scenario.stage == "pre_sale" else 3 * 86_400)
        return self._buyers.new()

    def _product(self, scenario: Scenario, order: Order | None) -> Product:
        if order is not None:
            return order.lines[0].product
        products = [product for product in world().products if product.worn or not scenario.worn]
        return products[int(self._random.random() * len(products))]

    def _outcome(self, scenario: Scenario, agent: Person) -> str:
        drawn, leads_to = self._random.random(), scenario.leads_to
        for outcome in ("order", "later", "pay"):
            share = leads_to.get(outcome, 0.0) * agent.conversion
            if drawn < share:
                return outcome
            drawn -= share
        return ""

    def happens(self, thing: Planned, at: int) -> None:
        """Carry out what was scheduled: somebody comes, an order after a chat, a reminder, a silent order."""
        if isinstance(thing, Arrival):
            self._cast(thing.scenario, scenarios()[thing.scenario], at)
        elif isinstance(thing, LateOrder):
            self._order(thing.chat, at, account=self._people[thing.chat.agent].account, items=1)
        elif isinstance(thing, Order):
            agent = self._rota.choose(at, day_of(at), role="pre_sale") if at >= self._opens_at else None
            if thing.paid is None and agent is not None:
                self.start("unpaid_reminder", at, agent, order=thing)
        else:
            product = world().products[int(self._random.random() * len(world().products))]
            sku = f"颜色:{pick(self._random, product.colours)};尺码:{pick(self._random, product.sizes)}"
            order = self._book.create(thing, at, product, sku, cut_fen=1000 if self._random.random() < 0.3 else 0)
            if self._random.random() < 0.035:
                order.payment, order.closed, order.close_reason = "cod", None, None
                order.shipped = at + 6 * HOUR_SECONDS + self._random.randrange(20 * HOUR_SECONDS)
                order.received = order.shipped + 60 * HOUR_SECONDS
            self._payment(order, at, unpaid=0.13)

    def done(self, chat: Chat, step: Step, at: int) -> None:
        """Carry out what a line does."""
        account = self._people[step.account].account if step.account < len(self._people) else None
        if step.does == "promise_gift":
            chat.gift_at = at
        elif step.does == "order":
            self._order(chat, at, account=account, items=step.items)
        elif step.does == "pay" and chat.order is not None and chat.order.paid is None:
            chat.order.pay(at, self._random)
            chat.order.paid_by = account

    def _order(self, chat: Chat, at: int, *, account: str | None, items: int) -> None:
        random = self._random
        sku = f"颜色:{chat.slots['colour']};尺码:{chat.slots['size']}"
        cut = int(chat.slots["cut"]) * 100 if chat.name in ("bargaining", "bargaining_threat", "coupon_question") else 0
        order = self._book.create(chat.buyer, at, chat.product, sku, items=items, cut_fen=cut)
        account = account if chat.answered else None  # nobody had said a word yet
        order.created_by, order.chat, chat.order = account, chat.number, order
        chat.slots["order"] = order.order_id
        if chat.scenario.order == "deposit":
            order.is_deposit, order.deposit_fen = True, int(chat.slots["deposit"]) * 100
        if chat.gift_at is not None:
            order.gift = chat.slots["gift"]
            order.gift_kept = random.random() > 0.08 + self._people[chat.agent].poor_share * 2
            order.seller_note = f"送{order.gift}" if order.gift_kept else None
        self._buyers.known.append(chat.buyer)
        if not chat.scenario.pay_after_chat:
            self._payment(order, at, unpaid=0.1)
        if order.paid is not None:
            order.paid_by = account

    def _payment(self, order: Order, at: int, *, unpaid: float) -> None:
        random, drawn = self._random, self._random.random()
        self._buyers.known.append(order.buyer)
        if order.payment == "cod":
            order.finished = None
            return
        if drawn < 0.82:
            order.pay(at + 8 + int(random.expovariate(1 / 60.0)), random)
        elif drawn < 1.0 - unpaid:
            order.pay(at + 600 + int(random.random() * 40 * HOUR_SECONDS), random)
        elif random.random() < 0.4:
            self._floor.schedule(at + 1200 + int(random.random() * 3 * HOUR_SECONDS), order)

    def finished(self, chat: Chat, at: int) -> None:
        """Carry out what comes after a chat: a late order, a refund, a mood, a rating, a complaint."""
        random, leads_to = self._random, chat.scenario.leads_to
        if chat.outcome == "later" and chat.answered:
            self._floor.schedule(
                at + 300 + min(int(random.expovariate(1 / 7200.0)), 40 * HOUR_SECONDS), LateOrder(chat)
            )
        worse = 1.0 + 0.5 * chat.poor_lines
        if (
            chat.order is not None
            and chat.scenario.refund is not None
            and random.random() < leads_to.get("refund", 0.0)
        ):
            case = chat.scenario.refund
            self._book.refund(chat.order, at + random.randrange(60, 3600), reason=case.reason, kind=case.kind,
                              stage=case.stage, account=self._people[chat.agent].account)  # fmt: skip
        if chat.order is not None and random.random() < leads_to.get("bad_review", 0.0) * worse:
            chat.order.mood = "bad"
        elif chat.order is not None and random.random() < leads_to.get("good_review", 0.0):
            chat.order.mood = "good"
        if random.random() < leads_to.get("complaint", 0.0) * worse:
            self._log.grievances.append(Grievance(chat, at + random.randrange(600, 20_000), chat.poor_lines > 0))
        if chat.answered and chat.scenario.stage != "noise":
            self._ask_for_rating(chat, at)

    def _ask_for_rating(self, chat: Chat, at: int) -> None:
        random, drawn = self._random, self._random.random()
        if drawn > 0.52:
            return
        source = "agent" if drawn < 0.42 else "system" if drawn < 0.49 else "buyer"
        invited = None if source == "buyer" else at + 5
        rated = at + 20 + int(random.expovariate(1 / 300.0)) if source == "buyer" or random.random() < 0.38 else None
        low = 0.03 + 0.3 * chat.poor_lines + (0.1 if chat.scenario.stage == "after_sale" else 0.0)
        score = (1 + random.randrange(3)) if random.random() < low else (5 if random.random() < 0.8 else 4)
        self._log.invitations.append(
            Invitation(chat.buyer, chat.agent, invited, rated, score if rated else None, source)
        )
