"""A chat as it will be said: rendered once, then played on the floor."""

from dataclasses import dataclass, field
from typing import NamedTuple

from xiaoer.simulator.orders import Order
from xiaoer.simulator.scenario import Scenario
from xiaoer.simulator.world import Product

BUYER, AGENT, ROBOT, SYSTEM = range(4)


class Step(NamedTuple):
    """One message to come."""

    sender: int
    account: int  # number of the person; the robot's number is the team's size
    text: str
    kind: str = "text"
    gap: int = 0  # seconds of silence before it, at least
    auto: bool = False
    breaks: tuple[str, ...] = ()
    does: str = ""
    items: int = 1
    transfer_to: str | None = None
    found: tuple[str, ...] = ()  # the inspection items that it is a finding of


@dataclass(slots=True)
class Chat:
    """One chat under way."""

    number: int
    name: str
    scenario: Scenario
    buyer: str
    agent: int
    mate: int
    slots: dict[str, str]
    product: Product
    steps: list[Step] = field(default_factory=list)
    place: int = 0
    last: int = 0
    started: int = 0
    order: Order | None = None
    outcome: str = ""  # order, later, pay or nothing
    gift_at: int | None = None
    poor_lines: int = 0
    said: int = 0
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who will come with a certain scenario."""

    scenario: str


@dataclass(slots=True)
class LateOrder:
    """An order that a chat leads to some time after it has ended."""

    chat: Chat
