"""How long customers waited: how often each wait, by account, put into bands and exact quantiles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from typing import Any

from xiaoer.base.days import MICROS_PER_SECOND, Period
from xiaoer.base.settings import DaySettings
from xiaoer.base.steps import Step
from xiaoer.metrics.scan import AGENT_PLACE, within


class Waited(StrEnum):
    """Which waits: until the first answer of a session that the customer opened, or until each answer."""

    FIRST = "first"
    EACH = "each"


class Grade(StrEnum):
    """What a wait is by the shop's standards; between the usual and the poor there is no name."""

    GOOD = "good"
    NORMAL = "normal"
    SLOW = "slow"
    POOR = "poor"


@dataclass(frozen=True)
class Source:
    """The relation that holds waits of a kind: the column of the wait, when it began, which rows have one."""

    relation: str
    wait: str
    began: str
    known: str


SOURCES = {
    Waited.FIRST: Source("session", "first_response_micros", "start_at", "first_response_micros IS NOT NULL"),
    Waited.EACH: Source("round", "wait_micros", "opened_at", "answered_at IS NOT NULL"),
}
MARKS = (
    10,
    20,
    180,
    300,
    600,
)  # seconds at which bands end beside the shop's standards: 3 minutes is a platform's rule


@dataclass(frozen=True)
class Band:
    """Waits over `above` seconds and up to `upto`; an `open` end does not hold its own second, None has no end."""

    above: int | None
    upto: int | None
    grade: Grade
    holds_above: bool = False
    holds_upto: bool = True

    def holds(self, micros: int) -> bool:
        """Return whether a wait is in the band."""
        low, high = ((None if end is None else end * MICROS_PER_SECOND) for end in (self.above, self.upto))
        over = low is None or micros > low or (self.holds_above and micros == low)
        return over and (high is None or micros < high or (self.holds_upto and micros == high))


def bands_of(settings: DaySettings) -> tuple[Band, ...]:
    """Return the bands of a day's standards in order: up to good, up to normal, from poor on, and usual marks."""
    good, normal, poor = (settings.count(f"response_{name}_seconds") for name in ("good", "normal", "poor"))
    normal, poor = max(good, normal), max(good, normal, poor)
    ends = sorted(
        {(second, True) for second in (*MARKS, good, normal) if second != poor} | {(poor, poor in (good, normal))}
    )
    bands: list[Band] = []
    above, held = None, False
    for upto, holds in [*ends, (None, True)]:
        grade = _grade(above, upto, good=good, normal=normal, poor=poor)
        bands.append(Band(above, upto, grade, held, holds))
        above, held = upto, not holds
    return tuple(bands)


def _grade(above: int | None, upto: int | None, *, good: int, normal: int, poor: int) -> Grade:
    if upto is not None and upto <= good:
        return Grade.GOOD
    if upto is not None and upto <= normal:
        return Grade.NORMAL
    return Grade.POOR if above is not None and above >= poor else Grade.SLOW


@dataclass(frozen=True)
class Waits:
    """How often each wait, from the shortest."""

    times: tuple[tuple[int, int], ...] = ()

    @property
    def number(self) -> int:
        """Return how many waits there are."""
        return sum(times for _, times in self.times)

    def within(self, band: Band) -> int:
        """Return how many waits are in a band."""
        return sum(times for micros, times in self.times if band.holds(micros))

    def quantile(self, q: Decimal) -> Fraction | None:
        """Return the quantile in seconds, linear between the two nearest waits as metrics have it; None without any."""
        if not self.times:
            return None
        place = (self.number - 1) * Fraction(q)
        upto = list(accumulate(times for _, times in self.times))
        below, above = (self._at(upto, at) for at in (int(place), min(int(place) + 1, self.number - 1)))
        return (below + (above - below) * (place - int(place))) / MICROS_PER_SECOND

    def _at(self, upto: Sequence[int], place: int) -> int:
        return next(micros for (micros, _), many in zip(self.times, upto, strict=True) if place < many)

    @property
    def longest(self) -> Fraction | None:
        """Return the longest wait in seconds; None without any."""
        return Fraction(self.times[-1][0], MICROS_PER_SECOND) if self.times else None


@dataclass(frozen=True)
class Whose:
    """Whose waits: an account with its group; a robot's have no account."""

    agent: str | None
    group: str | None


def waits_steps(period: Period, waited: Waited) -> list[Step]:
    """Return the steps that count how often each wait of a period was, by account."""
    source = SOURCES[waited]
    counted = (
        f"SELECT agent, group_name, {source.wait} AS micros, COUNT(*) AS times FROM {source.relation} "
        "LEFT JOIN agent_place ON shop = of_shop AND agent = of_agent "
        f"WHERE {within(period)} AND {source.known} GROUP BY agent, group_name, {source.wait}"
    )
    return [AGENT_PLACE, Step("waits", counted)]


def waits_by_whom(rows: Iterable[Mapping[str, Any]]) -> dict[Whose, Waits]:
    """Return the steps' rows by whose they are."""
    found: dict[Whose, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(Whose(row["agent"], row["group_name"]), []).append((int(row["micros"]), int(row["times"])))
    return {whose: Waits(tuple(sorted(times))) for whose, times in found.items()}


def together(each: Iterable[Waits]) -> Waits:
    """Return the waits of several together."""
    found: dict[int, int] = {}
    for one in each:
        for micros, times in one.times:
            found[micros] = found.get(micros, 0) + times
    return Waits(tuple(sorted(found.items())))
