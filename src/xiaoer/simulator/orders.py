"""Orders of the simulated shop and everything that happens to them; money in fen, time in wall seconds."""

from bisect import bisect_left
from dataclasses import dataclass, field
from random import Random

from xiaoer.simulator.phrases import pick
from xiaoer.simulator.wall_time import DAY_SECONDS, HOUR_SECONDS
from xiaoer.simulator.world import Product, world

UNPAID_CLOSE_SECONDS = 72 * HOUR_SECONDS
FIRST_ORDER_NUMBER = 4_021_700_000_000
BUYER_NOTES = ("麻烦尽快发货", "工作日送", "放门口", "不要打电话", "送人的，别放价格单", "检查好再发")


@dataclass(slots=True)
class OrderLine:
    """One product of an order."""

    line_id: str
    product: Product
    sku: str
    quantity: int
    unit_fen: int
    paid_fen: int


@dataclass(slots=True)
class RefundCase:
    """One refund as it was asked for; how it ends is settled at once."""

    refund_id: str
    order: "Order"
    requested: int
    finished: int | None
    fen: int
    kind: str
    reason: str
    status: str
    stage: str
    disputed: bool
    finished_by: str | None
    account: str | None


@dataclass(slots=True)
class Order:
    """One order; times may lie after the end of the simulated period, where nobody knows them yet."""

    order_id: str
    buyer: str
    created: int
    lines: list[OrderLine]
    payable_fen: int
    postage_fen: int
    payment: str = "online"
    is_deposit: bool = False
    deposit_fen: int = 0
    paid: int | None = None
    shipped: int | None = None
    received: int | None = None
    finished: int | None = None
    closed: int | None = None
    close_reason: str | None = None
    buyer_note: str | None = None
    seller_note: str | None = None
    created_by: str | None = None  # the account whose chat led to the order
    paid_by: str | None = None  # the account whose chat led to the payment
    chat: int | None = None
    gift: str | None = None
    gift_kept: bool | None = None
    refund: RefundCase | None = None
    mood: str = ""  # what its review will be, where a chat decided it
    about: set[str] = field(default_factory=set)  # scenarios that were about it

    @property
    def paid_fen(self) -> int:
        """Return what was paid, before refunds."""
        if self.paid is None:
            return 0
        return self.deposit_fen if self.is_deposit else self.payable_fen

    def pay(self, at: int, random: Random) -> None:
        """Set the payment, and with it when the parcel leaves and arrives."""
        self.paid, self.closed, self.close_reason = at, None, None
        if self.is_deposit:
            return
        self.shipped = at + random.randrange(3 * HOUR_SECONDS, 34 * HOUR_SECONDS)
        self.received = self.shipped + random.randrange(30 * HOUR_SECONDS, 100 * HOUR_SECONDS)
        self.finished = self.received + random.randrange(1 * DAY_SECONDS, 10 * DAY_SECONDS)

    def fits(self, wanted: str, at: int) -> bool:
        """Return whether the order is in the state that a scenario is about."""
        if wanted == "gift_forgotten":
            return self.gift_kept is False and self.received is not None and self.received < at
        if wanted == "cod":
            return self.payment == "cod" and self.paid is None and (self.shipped or 0) > at
        if self.paid is None or self.paid > at or self.refund is not None or self.shipped is None:
            return False
        if wanted == "shipped":
            return self.paid + 6 * HOUR_SECONDS < at and (self.received or 0) > at
        if wanted == "received":
            return (self.received or 0) < at
        return self.shipped > at or wanted != "paid"


def _creation(order: Order) -> int:
    return order.created


class OrderBook:
    """All orders so far, in the order of their creation."""

    def __init__(self, random: Random) -> None:
        """Start with an empty book."""
        self.orders: list[Order] = []
        self._created: list[int] = []
        self._random = random
        self._number = FIRST_ORDER_NUMBER

    def settle(self) -> None:
        """Put the book in order of creation, so that `find` sees what was added."""
        known, added = len(self._created), sorted(self.orders[len(self._created) :], key=_creation)
        if added and known and added[0].created < self._created[-1]:
            self.orders.sort(key=_creation)
            self._created = [order.created for order in self.orders]
        else:
            self.orders[known:] = added
            self._created += [order.created for order in added]

    def create(self, buyer: str, at: int, product: Product, sku: str, *, items: int = 1, cut_fen: int = 0) -> Order:
        """Return a new order, not yet paid."""
        random = self._random
        self._number += 1 + int(random.random() * 997)
        order_id = f"{self._number}{(sum(map(ord, buyer)) * 7919) % 1_000_000:06d}"
        chosen = [(product, sku, 2 if random.random() < 0.07 else 1)]
        while len(chosen) < items or random.random() < 0.12:
            other = world().products[int(random.random() * len(world().products))]
            chosen.append((other, f"颜色:{pick(random, other.colours)};尺码:{pick(random, other.sizes)}", 1))
        lines = [
            OrderLine(order_id if len(chosen) == 1 else f"{self._number}{place:02d}{order_id[-4:]}", thing, of,
                      quantity, thing.price * 100, thing.price * 100 * quantity)
            for place, (thing, of, quantity) in enumerate(chosen, 1)
        ]  # fmt: skip
        lines[0].paid_fen -= min(cut_fen, lines[0].paid_fen // 2)
        postage = 800 if random.random() < 0.06 else 0
        order = Order(order_id, buyer, at, lines, sum(line.paid_fen for line in lines) + postage, postage)
        if random.random() < 0.08:
            order.buyer_note = pick(random, BUYER_NOTES)
        order.closed, order.close_reason = at + UNPAID_CLOSE_SECONDS, "买家未在规定时间内付款"
        self.orders.append(order)
        return order

    def find(self, wanted: str, at: int, hours: tuple[float, float], *, scenario: str, worn: bool) -> Order | None:
        """Return an order of that age and state that no such chat was about yet, or None."""
        low = bisect_left(self._created, at - int(hours[1] * HOUR_SECONDS))
        high = bisect_left(self._created, at - int(hours[0] * HOUR_SECONDS))
        if wanted in ("gift_forgotten", "cod"):
            rare = [order for order in self.orders[low:high] if order.fits(wanted, at) and scenario not in order.about]
            return rare[0] if rare else None
        for _ in range(12 if high > low else 0):
            order = self.orders[low + int(self._random.random() * (high - low))]
            if not order.about and order.fits(wanted, at) and (order.lines[0].product.worn or not worn):
                return order
        return None

    def refund(self, order: Order, at: int, *, reason: str, kind: str, stage: str, account: str | None) -> None:
        """Record that a refund of the order was asked for, and how it ends."""
        random = self._random
        if order.refund is not None or order.paid is None or order.paid > at or order.paid_fen == 0:
            return
        whole = stage == "before_shipping" or random.random() < 0.8
        lasts = (
            random.randrange(600, 30 * HOUR_SECONDS) if kind == "refund_only" else random.randrange(2, 8) * DAY_SECONDS
        )
        drawn = random.random()
        status, by = (
            ("success", "merchant")
            if drawn < 0.84
            else ("success", "timeout")
            if drawn < 0.91
            else ("closed", "platform")
        )
        order.refund = RefundCase(
            f"{int(order.order_id[:13]) + 51_000_000_000}{order.order_id[-5:]}", order, at, at + lasts,
            order.paid_fen if whole else max(100, order.paid_fen // 4 // 100 * 100), kind, reason, status, stage,
            by == "platform" or random.random() < 0.02, by, account,
        )  # fmt: skip
        if whole and status == "success":
            order.closed, order.close_reason = at + lasts, "买卖双方协商一致，退款"
            order.finished = None
            if stage == "before_shipping":
                order.shipped = order.received = None
