"""What a metric is: the shape of catalog/metrics/<group>/<name>.yaml."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from xiaoer.base.catalog import Declared, Words


class Group(StrEnum):
    """Where a metric stands in lists, in this order."""

    RECEPTION = "reception"
    SPEED = "speed"
    INQUIRY = "inquiry"
    SALES = "sales"
    ATTENDANCE = "attendance"
    SATISFACTION = "satisfaction"
    AFTER_SALE = "after_sale"
    CALLS = "calls"


class Unit(StrEnum):
    """What a figure counts."""

    BUYERS = "buyers"
    SESSIONS = "sessions"
    MESSAGES = "messages"
    ROUNDS = "rounds"
    CHARACTERS = "characters"
    SECONDS = "seconds"
    SHARE = "share"
    YUAN = "yuan"
    ORDERS = "orders"
    ITEMS = "items"
    HOURS = "hours"
    CALLS = "calls"
    RATIO = "ratio"
    COUNT = "count"
    INSTANT = "instant"
    CHATS = "chats"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Maturity(StrEnum):
    """Until when a figure can still change for reasons that lie in its nature."""

    NONE = "none"
    NEXT_DAY = "next_day"
    FINAL = "final"
    REFUND = "refund"


class Level(StrEnum):
    """Whose figure it is; a shop's figure is the same in the rows of all its agents."""

    AGENT = "agent"
    SHOP = "shop"


class Quantile(Declared):
    """The value below which the share `q` of all values lies, linear between neighbours."""

    of: str
    q: Decimal = Field(gt=0, lt=1)


class Aggregate(Declared):
    """One figure over the rows of one relation.

    With `every`, a distinct count takes only things for which that holds in each of their rows.
    """

    from_: str = Field(alias="from")
    where: str | None = None
    count: Literal["rows"] | None = None
    sum: str | None = None
    distinct: str | None = None
    every: str | None = None
    max: str | None = None
    min: str | None = None
    quantile: Quantile | None = None
    agent: str = "agent"
    by_day_window: str | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return which aggregate functions are given; one is right."""
        return tuple(k for k in ("count", "sum", "distinct", "max", "min", "quantile") if getattr(self, k) is not None)

    @property
    def kind(self) -> str:
        """Return the aggregate function's key."""
        return self.kinds[0]

    @property
    def expression(self) -> str | None:
        """Return the SQL that is summed or ranked; None for counts."""
        return self.quantile.of if self.quantile else self.sum or self.max or self.min

    @property
    def distinct_column(self) -> str:
        """Return the column whose values are counted once."""
        return (self.distinct or "").split(" ")[0]

    @property
    def per_day(self) -> bool:
        """Return whether distinct values are counted once per local day, then summed over the days."""
        return (self.distinct or "").endswith(" per day")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if len(self.kinds) != 1:
            raise ValueError("exactly one of count, sum, distinct, max, min, quantile")
        if self.every is not None and self.distinct is None:
            raise ValueError("every belongs to distinct")
        return self


class Ratio(Declared):
    """Numerator over denominator; each its own aggregate or the name of another metric."""

    numerator: Aggregate | str
    denominator: Aggregate | str


class Difference(Declared):
    """One metric less another."""

    of: str
    minus: str


class Counted(StrEnum):
    """What a platform's rule counts."""

    ROUND = "round"
    PERSON = "person"
    SESSION = "session"
    MESSAGE = "message"


class Grade(StrEnum):
    """How well a rule is known: the platform's own page, working public code, an article, or inferred."""

    PLATFORM = "A"
    CODE = "B"
    ARTICLE = "C"
    INFERRED = "I"


class Rule(Declared):
    """What a platform asks from a day on; a change is one more rule with its date, the past stays as it was.

    `hours` are [from, to) on the clock. Expressions of the metric name its values in braces (see rules.py).
    """

    from_: date = Field(alias="from")
    hours: tuple[int, int] = (0, 24)
    unit: Counted
    within_seconds: int | None = None
    cap_seconds: int | None = None
    at_least: Decimal | None = Field(default=None, gt=0, le=1)
    at_most_seconds: int | None = None
    leaves_out: Words | None = None
    grade: Grade
    source: Words

    @model_validator(mode="after")
    def _hours_of_a_day(self) -> Self:
        if not 0 <= self.hours[0] < self.hours[1] <= 24:
            raise ValueError("hours are [from, to) within 0 and 24")
        return self


class Asked(Declared):
    """The report that an example asks for; rows by these dimensions, separated by commas (none: one row)."""

    from_: str = Field(alias="from")
    to: str
    by: str = "agent"
    policy: str | None = None


class Example(Declared):
    """A worked example: small canonical tables in, the expected rows of the report out, all as text."""

    title: Words
    tables: dict[str, str]
    settings: dict[str, str] = {}
    report: Asked
    rows: str


class Metric(Declared):
    """One metric: what it is called and why, how it is computed, when it is mature, and worked examples.

    `place` is its place among the metrics of its group; without one it comes last.
    """

    name: str = ""
    group: Group
    place: int = 1000
    label: Words
    why: Words
    formula: Words
    unit: Unit
    direction: Direction
    maturity: Maturity = Maturity.NONE
    needs: tuple[str, ...]
    level: Level = Level.AGENT
    value: Aggregate | None = None
    ratio: Ratio | None = None
    difference: Difference | None = None
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.value, self.ratio, self.difference)) != 1:
            raise ValueError("exactly one of value, ratio, difference")
        if len({rule.from_ for rule in self.rules}) != len(self.rules):
            raise ValueError("two rules from the same day")
        return self
