"""What a standard is made of: items with what finds them, their worth by date, dialogues that show what is meant."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

from xiaoer.base.catalog import Declared, Words

Stage = Literal[
    "greeting", "need", "recommendation", "bargaining", "order", "payment", "shipping", "after_sale", "complaint",
    "review", "goodbye",
]  # fmt: skip
STAGES: tuple[str, ...] = get_args(Stage)
THE_FIRST_DAY = date(2000, 1, 1)


class Who(StrEnum):
    """Who says a line; an agent is a person of the shop, automatic replies are the robot's."""

    AGENT = "agent"
    BUYER = "buyer"
    ROBOT = "robot"


class By(StrEnum):
    """The mechanisms: how an item is found."""

    PHRASE = "phrase"  # a line says it
    ABSENCE = "absence"  # no line says it
    ORDER = "order"  # one line, and then no (or a) certain other
    TIME = "time"  # an answer, or its lack, after a wait
    REPETITION = "repetition"  # too often in one conversation, or again by the same agent
    CROSS_CHECK = "cross_check"  # against orders, notes, product cards
    MODEL = "model"  # a model thinks so: read first, takes no points by itself
    HUMAN = "human"  # only a person can judge it


class Severity(StrEnum):
    """How bad a finding is."""

    PRAISE = "praise"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Signal(Declared):
    """A named set of phrases that mean one thing; `stage` is where a conversation is when it is said.

    `unless` are phrases of the same message that take the meaning away. `pattern` is a regular expression of RE2,
    which is linear in time whatever is written; its group `found` is the evidence.
    """

    label: Words
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pattern: str = ""
    whole: tuple[str, ...] = ()  # phrases that are all that a message says
    stage: Stage | None = None
    intent: bool = False  # something a customer wants
    topic: Literal["", "wish", "complaint", "leaving", "source", "praise"] = (
        ""  # what customers say, counted by product
    )


class SignalFile(Declared):
    """Signals that belong together."""

    signals: dict[str, Signal]


class Line(Declared):
    """A condition on one message; everything given must hold. Names are signals, anything else is a phrase."""

    who: Who = Who.AGENT
    said: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # … and any of these in the same message
    unless: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()  # the customer's words that it answers say any of these
    not_answering: tuple[str, ...] = ()
    before: tuple[str, ...] = ()  # somebody said any of these earlier in the conversation
    not_before: tuple[str, ...] = ()
    stage: tuple[Stage, ...] = ()
    kind: Literal["", "text", "image", "product_card", "order_card", "rating_invite"] = ""
    shorter: int | None = None  # characters at most
    longer: int | None = None  # characters at least
    waited: int | None = None  # it came after the customer had waited so many seconds
    first: int | None = None  # among the speaker's first so many messages
    last: int | None = None  # among the speaker's last so many messages


class Find(Declared):
    """What finds an item; see docs/explain/inspection for what each mechanism reads."""

    by: By
    line: Line | None = None
    given: tuple[Line, ...] = ()  # the conversation also has each of these …
    never: tuple[Line, ...] = ()  # … and none of these
    customer: Literal["", "new", "regular"] = ""
    agent_messages: int = 1  # … and at least so many messages of the agent …
    buyer_messages: int = 0  # … and of the customer
    then: Line | None = None
    expected: Literal["missing", "present"] = "missing"  # what of `then` makes the finding
    within_messages: int | None = None  # of `then.who`
    within_turn: bool = False  # before the other side speaks again
    within_seconds: int | None = None
    least: int = 1
    same_text: bool = False
    days: int = 0
    check: str = ""
    limit: str = ""  # a setting of the shop that the check needs


class Change(Declared):
    """What an item is worth from a day on; a change of rules is a line more, never an edit of the past."""

    since: date
    points: Decimal | None = None
    severity: Severity | None = None
    fatal: bool | None = None
    ended: bool = False


_SAID = re.compile(r"(?:\+(?P<after>\d{1,6}) )?(?P<who>[买客机])(?:\[(?P<kind>[a-z_]+)\])?：(?P<text>.*)", re.DOTALL)
_WHO = {"买": Who.BUYER, "客": Who.AGENT, "机": Who.ROBOT}


class Said(Declared):
    """One line of an example, written 买：… 客：… 机：…; `+300 客：…` comes 300 seconds after the line before."""

    who: Who
    text: str
    after: int = 10
    kind: str = "text"


def _said(written: Any) -> Any:  # noqa: ANN401 -- what a file holds can be anything
    found = _SAID.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        return written
    given = {name: value for name, value in found.groupdict().items() if value is not None}
    return {**given, "who": _WHO[given["who"]].value}


def _example(written: Any) -> Any:  # noqa: ANN401 -- see above
    return {"lines": written} if isinstance(written, list) else written


class Example(Declared):
    """A dialogue: a list of lines, or with it what the shop knows of the customer and of the product."""

    lines: tuple[Annotated[Said, BeforeValidator(_said)], ...]
    regular: bool = False
    order: dict[str, str] = {}
    product: dict[str, str] = {}


Dialogue = Annotated[Example, BeforeValidator(_example)]


class Item(Declared):
    """One thing that is inspected."""

    label: Words
    reason: Words
    who: Who = Who.AGENT
    stage: tuple[Stage, ...] = ()  # where it belongs; the condition on it stands in `find`
    find: Find
    points: Decimal  # below 0 takes, above 0 gives
    severity: Severity
    fatal: bool = False
    since: date = THE_FIRST_DAY
    changes: tuple[Change, ...] = ()
    hits: tuple[Dialogue, ...] = ()
    misses: tuple[Dialogue, ...] = ()


class Standard(Declared):
    """One of the standards or attitudes, with its items."""

    label: Words
    why: Words
    kind: Literal["standard", "attitude"]
    weight: Decimal = Decimal(1)
    items: dict[str, Item]
