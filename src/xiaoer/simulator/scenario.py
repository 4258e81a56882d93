"""Scenarios: the dialogues of catalog/scenarios, one file each, with what they can lead to."""

from functools import cache, cached_property
from typing import Literal

from xiaoer.base.catalog import Catalog, Declared, Words

Standard = Literal["语言", "专业", "心理素质", "服务态度", "应变", "交际", "规则", "中差评处理", "响应"]


class Line(Declared):
    """One line of a dialogue: who speaks (exactly one of the first five), and the ways of saying it."""

    buyer: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    mate: tuple[str, ...] = ()  # a second agent of the shop
    robot: tuple[str, ...] = ()
    transfer: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()  # what an agent of poor manners says instead
    breaks: tuple[Standard, ...] = ()  # broken by `poor`; without `poor`, by the line itself
    chance: float = 1.0
    when: Literal["any", "ordered", "not_ordered", "paid", "not_paid"] = "any"
    kind: Literal["text", "image", "product_card"] = "text"
    does: Literal["", "order", "pay", "promise_gift"] = ""
    after: int = 0  # seconds of silence before it, more or less
    items: int = 1
    to: Literal["agent", "mate", "robot"] = "agent"  # whom a buyer's line addresses

    @cached_property
    def speaker(self) -> str:
        """Return which of the five speaks."""
        return next(name for name in ("buyer", "agent", "mate", "robot", "transfer") if getattr(self, name))

    @cached_property
    def variants(self) -> tuple[str, ...]:
        """Return the ways of saying it."""
        return tuple(getattr(self, self.speaker))


class Refund(Declared):
    """The refund a scenario can lead to."""

    reason: str
    kind: Literal["refund_only", "return"]
    stage: Literal["before_shipping", "in_transit", "after_sale"]


class Scenario(Declared):
    """One kind of chat: how often, with whom, what is said, what comes of it (chances by outcome)."""

    label: Words
    why: Words
    stage: Literal["pre_sale", "in_order", "after_sale", "noise", "silent"]
    weight: float
    leads_to: dict[Literal["order", "later", "pay", "refund", "good_review", "bad_review", "complaint"], float]
    lines: tuple[Line, ...]
    begins: Literal["buyer", "agent", "robot"] = "buyer"
    order: Literal["", "paid", "shipped", "received", "cod", "unpaid", "deposit", "gift_forgotten"] = ""
    order_age_hours: tuple[float, float] = (0.0, 0.0)
    refund: Refund | None = None
    greets: bool = True
    truth: str = ""  # what the chat is, where a figure or a check should find it
    buyer: Literal["", "returning"] = ""
    counterpart: Literal["buyer", "own_account", "advertiser"] = "buyer"
    copies: int = 1
    worn: bool = False  # only about clothes
    hours: tuple[float, float] | None = None
    mates: bool = False
    on: Literal["", "promotion"] = ""
    pay_after_chat: bool = False

    @property
    def needs_order(self) -> bool:
        """Return whether the chat is about an order that exists already."""
        return self.order in ("paid", "shipped", "received", "cod", "gift_forgotten")


class _PlantedFile(Declared):
    items: dict[str, tuple[str, ...]]
    customers: dict[str, tuple[str, ...]]


@cache
def planted_items(*, by_customer: bool) -> dict[str, tuple[str, ...]]:
    """Return for each phrase that people of the shop (or customers) say the inspection items that must find it."""
    content = Catalog().load_one("planted_findings.yaml", _PlantedFile)
    found: dict[str, list[str]] = {}
    for item, phrases in (content.customers if by_customer else content.items).items():
        for phrase in phrases:
            found.setdefault(phrase, []).append(item)
    return {phrase: tuple(items) for phrase, items in found.items()}


@cache
def scenarios() -> dict[str, Scenario]:
    """Return every scenario by name; a ReportableError lists all that is wrong with the files."""
    return Catalog().load("scenarios", Scenario)
