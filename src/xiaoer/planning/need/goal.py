"""Goals: what has to hold of the people of an interval; each is a figure, its bound, and whether more is better."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names
from xiaoer.planning.need.chain import Served
from xiaoer.planning.need.tail import Numbers


class Figure(StrEnum):
    """What a goal can be about. Service levels differ in what they divide by, and each says it in its name."""

    LEVEL_OF_OFFERED = "service_level_of_offered"
    LEVEL_OF_ANSWERED = "service_level_of_answered"
    LEVEL_WITHOUT_EARLY = "service_level_without_early_abandons"
    LEVEL_VIRTUAL = "service_level_virtual"
    THREE_MINUTE = "three_minute_share"
    ABANDONED = "abandonment_share"
    WAIT = "mean_wait_seconds"
    ANSWER = "average_speed_of_answer_seconds"
    OCCUPANCY = "occupancy_share"
    WAITS = "waits_share"


LEVELS = frozenset({
    Figure.LEVEL_OF_OFFERED, Figure.LEVEL_OF_ANSWERED, Figure.LEVEL_WITHOUT_EARLY, Figure.LEVEL_VIRTUAL,
    Figure.THREE_MINUTE,
})  # fmt: skip
THREE_MINUTES = 180.0

READ: dict[Figure, Callable[[Served], Numbers]] = {
    Figure.LEVEL_OF_OFFERED: lambda it: it.answered_in_time_share,
    Figure.LEVEL_OF_ANSWERED: lambda it: it.answered_in_time_share / _some(it.answered_share),
    Figure.LEVEL_WITHOUT_EARLY: lambda it: it.answered_in_time_share / _some(1 - it.gone_in_time_share),
    Figure.LEVEL_VIRTUAL: lambda it: it.short_offer_share,
    Figure.THREE_MINUTE: lambda it: it.answered_in_time_share,
    Figure.ABANDONED: lambda it: it.abandoned_share,
    Figure.WAIT: lambda it: it.mean_wait_seconds,
    Figure.ANSWER: lambda it: it.answer_seconds,
    Figure.OCCUPANCY: lambda it: it.places_taken_share,
    Figure.WAITS: lambda it: it.waits_share,
}


def _some(share: Numbers) -> Numbers:
    return np.asarray(share.clip(1e-12))


@dataclass(frozen=True)
class Goal:
    """One bound: service levels are to be at least, everything else at most; `seconds` only of service levels."""

    figure: Figure
    bound: float
    seconds: float = 0.0

    def met(self, it: Served) -> NDArray[np.bool_]:
        """Return for which intervals the goal holds; `it` must be of this goal's seconds."""
        found = READ[self.figure](it)
        return np.asarray(found >= self.bound if self.figure in LEVELS else found <= self.bound)

    @property
    def text(self) -> str:
        """Return the goal as it is written: service_level_of_offered=80%/20s."""
        if self.figure in (Figure.WAIT, Figure.ANSWER):
            return f"{self.figure}={self.bound:g}s"
        share = f"{self.figure}={self.bound * 100:g}%"
        return f"{share}/{self.seconds:g}s" if self.figure in LEVELS and self.figure != Figure.THREE_MINUTE else share


_SHORT = re.compile(r"(\d+(?:\.\d+)?)\s*%?\s*/\s*(\d+(?:\.\d+)?)\s*s?")
_NAMED = re.compile(r"([a-z_]+)\s*(?:=|<=|>=|≤|≥)\s*(\d+(?:\.\d+)?)\s*(%|s)?\s*(?:/\s*(\d+(?:\.\d+)?)\s*s?)?")


def read_goal(text: str) -> Goal:
    """Return the goal of a text: "80/20" (of all offered), or "abandonment_share=5%", "mean_wait_seconds=30s".

    A ReportableError names the figures there are, or says what is wrong with a bound.
    """
    plain = text.strip().replace("％", "%").replace("／", "/")
    short = _SHORT.fullmatch(plain)
    if short:
        return _checked(Goal(Figure.LEVEL_OF_OFFERED, float(short[1]) / 100, float(short[2])), text)
    named = _NAMED.fullmatch(plain)
    if named is None or named[1] not in set(Figure):
        asked = named[1] if named else plain
        near = ", ".join(near_names(asked, list(Figure)) or list(Figure))
        raise ReportableError.of("planning.unknown_goal", values={"found": text[:40], "near": near})
    figure, value, unit, seconds = Figure(named[1]), float(named[2]), named[3], named[4]
    timed = figure in (Figure.WAIT, Figure.ANSWER)
    bound = value if timed or unit is None else value / 100
    if figure is Figure.THREE_MINUTE:
        seconds = str(THREE_MINUTES)
    if (figure in LEVELS) != (seconds is not None) or (timed and unit == "%"):
        raise ReportableError.of("planning.bad_goal", values={"found": text[:40]})
    return _checked(Goal(figure, bound, float(seconds or 0)), text)


def _checked(goal: Goal, text: str) -> Goal:
    timed = goal.figure in (Figure.WAIT, Figure.ANSWER)
    if not (goal.bound > 0 and (timed or goal.bound < 1)):
        raise ReportableError.of("planning.bad_goal", values={"found": text[:40]})
    return goal
