"""A made-up shop of two weeks in which every cause of disagreement changes something: chats, orders, refunds."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from tests.reference.shop import Row, Shop
from xiaoer.base.days import Period
from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings

SHOP = "晨光店"
PEOPLE = ("小艾", "小林", "小秋", "小满")
ROBOT = f"{SHOP}:服务助手"
PERIOD = Period(date(2024, 9, 1), date(2024, 9, 14))
CODE_WORD = "暂不合作"
SETTINGS = {"advertising_code_word": CODE_WORD, "listed_nicks": "快递老周"}
SHANGHAI = ZoneInfo("Asia/Shanghai")
SEED = 11
CHATS = 260


def account(name: str) -> str:
    """Return a person's account."""
    return f"{SHOP}:{name}"


def settings_with(changed: dict[str, str]) -> ShopSettings:
    """Return the shop's settings with some of them changed."""
    values = SETTINGS | changed
    return ShopSettings(
        tuple(DatedValue(name, THE_FIRST_DAY, seq, value) for seq, (name, value) in enumerate(values.items()))
    )


@cache
def tables() -> dict[str, list[Row]]:
    """Return the shop's tables; the same every time."""
    made = _Made(Random(SEED))
    for number in range(CHATS):
        made.chat(number)
    agents: list[Row] = [{"agent": account(name), "name": name} for name in PEOPLE]
    return {"messages": made.numbered(), "orders": made.orders, "refunds": made.refunds, "agents": agents}


def shop(changed: dict[str, str] | None = None, **other: list[Row]) -> Shop:
    """Return the shop for the reference, with changed settings or other tables."""
    return Shop(SHOP, tables() | other, settings_with(changed or {}))


class _Made:
    """Everything that happens in the shop, chat by chat."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.messages: list[Row] = []
        self.orders: list[Row] = []
        self.refunds: list[Row] = []

    def numbered(self) -> list[Row]:
        """Return the messages in the order of time, as a file has them."""
        ordered = sorted(self.messages, key=lambda row: row["sent_at"])
        return [row | {"source_row": place, "message_id": f"m{place}"} for place, row in enumerate(ordered, start=1)]

    def chat(self, number: int) -> None:
        """Let one buyer come, on one day or two, and perhaps buy."""
        random = self.random
        days = (PERIOD.last - PERIOD.first).days
        start = datetime(2024, 9, 1, 1, 0, tzinfo=SHANGHAI) + timedelta(
            days=random.randint(0, days), seconds=random.randint(0, 22 * 3600)
        )
        buyer, agent = f"买家{number}", account(random.choice(PEOPLE))
        kind = random.random()
        if kind < 0.30:
            return self._noise(buyer, agent, start.astimezone(UTC), kind)
        end = self._talk(buyer, agent, start.astimezone(UTC))
        other = agent
        if random.random() < 0.35:  # a colleague goes on, some hours or days later
            other = account(random.choice(PEOPLE))
            end = self._talk(buyer, other, end + timedelta(minutes=random.choice((12, 40, 300, 1500, 2500, 4000))))
        if random.random() < 0.15:  # the same buyer with the same account on a later day
            self._talk(buyer, agent, end + timedelta(days=random.choice((1, 2, 3))))
        self._buys(number, buyer, start.astimezone(UTC), end)
        return None

    def _noise(self, buyer: str, agent: str, at: datetime, kind: float) -> None:
        if kind < 0.06:  # advertising
            self._say(buyer, agent, at, "buyer", "代运营了解一下")
            self._say(buyer, agent, at + timedelta(seconds=20), "agent", f"您好，{CODE_WORD}")
        elif kind < 0.11:  # a bulk message
            self._say(buyer, agent, at, "buyer", "@所有人 清仓")
        elif kind < 0.17:  # a monologue
            self._say(buyer, agent, at, "agent", "亲，还需要吗")
        elif kind < 0.19:  # one of ours, and a courier on the list
            self._say(account(PEOPLE[0]), account(PEOPLE[1]), at, "buyer", "帮我看一单")
            self._say(account(PEOPLE[0]), account(PEOPLE[1]), at + timedelta(seconds=9), "agent", "好")
        elif kind < 0.21:
            self._say("快递老周", agent, at, "buyer", "今天几件")
            self._say("快递老周", agent, at + timedelta(seconds=30), "agent", "十件")
        elif kind < 0.25:  # the robot answers alone
            self._say(buyer, ROBOT, at, "buyer", "在吗")
            self._say(buyer, ROBOT, at + timedelta(seconds=1), "agent", "您好，机器人为您服务")
        elif kind < 0.27:  # handed over before anybody spoke
            self._say(buyer, agent, at, "system", "转接", kind="transfer")
        else:  # asked and never answered
            self._say(buyer, agent, at, "buyer", "有人吗")

    def _talk(self, buyer: str, agent: str, at: datetime) -> datetime:
        """Let them talk for some rounds; return when the last message was."""
        random = self.random
        if random.random() < 0.25:
            self._say(buyer, agent, at, "buyer", "在吗")
            at += timedelta(seconds=1)
            self._say(buyer, agent, at, "agent", "您好，欢迎光临", auto=True)
            at += timedelta(seconds=random.choice((5, 20)))
        for _ in range(random.randint(1, 5)):
            for _ in range(random.choice((1, 1, 2, 3))):
                self._say(buyer, agent, at, "buyer", "这款还有货吗")
                at += timedelta(seconds=random.choice((4, 25, 70)))
            at += timedelta(seconds=random.choice((8, 15, 28, 45, 70, 130, 150, 200, 400, 700, 1000)))
            self._say(buyer, agent, at, "agent", random.choice(("有的", "亲，今天发货", "好的")))
            at += timedelta(seconds=random.choice((20, 60, 200, 350, 420, 640, 1000, 2000)))
        return at

    def _buys(self, number: int, buyer: str, start: datetime, end: datetime) -> None:
        random = self.random
        for turn in range(random.choice((0, 0, 1, 1, 1, 1, 2))):
            after = random.choice((-3000, -60, 60, 600, 3600, 30_000, 100_000, 160_000, 230_000, 500_000))
            created = (start if random.random() < 0.4 else end) + timedelta(seconds=after)
            waits = random.choice((40, 300, 5000, 40_000, 90_000, 200_000, 300_000, 500_000, None))
            paid = created + timedelta(seconds=waits) if waits is not None else None
            price, postage = Decimal(random.choice((19, 35, 59, 88, 120))), Decimal(random.choice((0, 0, 6, 10)))
            order: Row = {
                "shop": SHOP, "order_id": f"A{number:03}{turn}", "buyer": buyer, "created_at": created,
                "paid_at": paid, "amount_payable": price + postage, "postage": postage,
                "amount_paid": price + postage if paid else Decimal(0), "item_count": random.choice((1, 1, 2, 3)),
            }  # fmt: skip
            self.orders.append(order)
            if paid and random.random() < 0.2:
                requested = paid + timedelta(hours=random.choice((5, 30)))
                self.refunds.append({
                    "shop": SHOP, "refund_id": f"R{number:03}{turn}", "order_id": order["order_id"], "buyer": buyer,
                    "requested_at": requested, "finished_at": requested + timedelta(hours=3), "amount": price,
                    "status": "success",
                })  # fmt: skip

    def _say(
        self, buyer: str, agent: str, at: datetime, sender: str, text: str, *, kind: str = "text", auto: bool = False
    ) -> None:
        self.messages.append({
            "shop": SHOP, "buyer": buyer, "agent": agent, "sent_at": at, "sender": sender, "text": text, "kind": kind,
            "auto": auto,
        })  # fmt: skip
