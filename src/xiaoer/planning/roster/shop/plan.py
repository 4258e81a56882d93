"""A shop's own roster as it was asked for: days, shifts, people, need, leave, wishes, rules."""

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class Break:
    """A break of some minutes that lies wholly within a window (minutes since the midnight before the shift)."""

    minutes: int
    first: int
    last: int


@dataclass(frozen=True)
class Shift:
    """A kind of shift, in minutes since midnight (an end after 1440 is on the next day)."""

    name: str
    start: int
    end: int
    breaks: tuple[Break, ...] = ()
    handover_minutes: int = 0
    night: bool = False

    @property
    def paid_minutes(self) -> int:
        """Return the minutes that count as work: breaks do not."""
        return self.end - self.start - sum(one.minutes for one in self.breaks)


@dataclass(frozen=True)
class Member:
    """One person with contract, and what they bring from the weeks before; None: the rule of the shop holds."""

    name: str
    skills: frozenset[str] = frozenset()
    level: str = ""  # senior, newcomer, or nothing
    hours_least: float = 0.0
    hours_most: float | None = None
    days_in_a_row: int | None = None
    weekends_most: int | None = None
    nights_most: int | None = None
    shifts: frozenset[str] | None = None
    last_shift: str | None = None  # "" is a day off, None is not known
    days_so_far: int = 1
    nights_before: int = 0
    weekends_before: int = 0
    holidays_before: int = 0


@dataclass(frozen=True)
class Need:
    """People needed in one interval; `skill` is what they all must have, if anything."""

    day: int
    start: int
    minutes: int
    people: float
    skill: str = ""


@dataclass(frozen=True)
class ShopWish:
    """A wish for a day: a shift, or None for being off; `want` says whether it is wanted or not wanted."""

    person: str
    day: int
    shift: str | None
    want: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Activity:
    """What a need's skill is as work of a quarter of an hour: its shortest stretch, and what one missing costs."""

    name: str
    shortest_minutes: int
    lack_an_hour: float


@dataclass(frozen=True)
class RosterPlan:
    """All of it; days count from `first`."""

    first: date
    days: int
    shifts: tuple[Shift, ...]
    people: tuple[Member, ...]
    need: tuple[Need, ...]
    leave: frozenset[tuple[str, int]] = frozenset()
    wishes: tuple[ShopWish, ...] = ()
    fixed: dict[tuple[str, int], str | None] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    activities: tuple[Activity, ...] = ()  # of those that are not named here the rules hold

    def date_of(self, day: int) -> date:
        """Return the date of a day."""
        return self.first + timedelta(days=day)

    def activity(self, name: str) -> Activity:
        """Return an activity by name."""
        usual = Activity(name, self.whole("activity_minutes"), self.number("lack_an_hour"))
        return next((one for one in self.activities if one.name == name), usual)

    def number(self, rule: str) -> float:
        """Return a rule that is a number."""
        return float(self.rules[rule])

    def whole(self, rule: str) -> int:
        """Return a rule that is a whole number."""
        return int(self.number(rule))
