"""People needed for a load, and what they give: values in, values out."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xiaoer.base.errors import ReportableError
from xiaoer.planning.need import READ, Figure, Goal, Served, Work, of_people, on_the_roster, people_needed
from xiaoer.planning.need.goal import LEVELS

SHOWN = (Figure.ABANDONED, Figure.WAIT, Figure.OCCUPANCY)
DEFAULT_SECONDS = 20.0
MOST_AGENTS = 5_000


@dataclass(frozen=True)
class NeedAsk:
    """How contacts are to be served, as the reader wrote it; what is left open is measured or as the shop has set."""

    goals: tuple[str, ...] = ()
    handle: str | None = None
    patience: str | None = None
    shrinkage: str | None = None
    quantile: str | None = None
    load: Path | None = None
    contacts: float | None = None
    agents: int | None = None
    shifts: Path | None = None
    closed: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Load:
    """Contacts per interval of some days; `of` what is said of where they come from."""

    days: tuple[date | None, ...]
    minutes: int
    starts: tuple[int, ...]  # the minute of the wall clock at which each interval of a day begins
    contacts: NDArray[np.float64]  # day × interval


@dataclass(frozen=True)
class Asked:
    """How contacts are served and what has to hold."""

    work: Work
    goals: tuple[Goal, ...]
    shrinkage: Fraction


Gives = dict[Goal | Figure, NDArray[np.float64]]


@dataclass(frozen=True)
class Needed:
    """The people of each interval, and what they give."""

    load: Load
    asked: Asked
    people: NDArray[np.int64]  # at work, day × interval
    gives: Gives

    @property
    def work(self) -> Work:
        """Return how contacts are served."""
        return self.asked.work

    @property
    def goals(self) -> tuple[Goal, ...]:
        """Return what has to hold."""
        return self.asked.goals

    @property
    def shrinkage(self) -> Fraction:
        """Return the share of planned time in which somebody is not at work."""
        return self.asked.shrinkage

    @cached_property
    def roster(self) -> NDArray[np.int64]:
        """Return the people to plan, so that enough are at work."""
        most = int(self.people.max(initial=0))
        table = np.array([on_the_roster(number, self.shrinkage) for number in range(most + 1)], dtype=np.int64)
        return np.asarray(table[self.people])

    def hours(self, people: NDArray[np.int64], place: int) -> float:
        """Return the hours of people of a day."""
        return float(people[place].sum()) * self.load.minutes / 60


def needed(load: Load, asked: Asked, *, agents: int | None = None) -> Needed:
    """Return the people that a load needs, or what this many agents give it."""
    if agents is None:
        people = people_needed(_rates(load), asked.work, asked.goals).reshape(load.contacts.shape)
    else:
        if not 0 <= agents <= MOST_AGENTS:
            raise ReportableError.of("planning.agents")
        people = np.full(load.contacts.shape, agents, dtype=np.int64)
    return Needed(load, asked, people, given_by(load, asked, people))


def given_by(load: Load, asked: Asked, people: NDArray[np.int64]) -> Gives:
    """Return the figures that goals are about, and the usual ones, where these people serve a load."""
    rates = _rates(load)
    by_seconds: dict[float, Served] = {}
    for seconds in {goal.seconds for goal in asked.goals if goal.figure in LEVELS} or {DEFAULT_SECONDS}:
        by_seconds[seconds] = of_people(rates, people.ravel(), asked.work, within_seconds=seconds)
    anyhow = next(iter(by_seconds.values()))
    gives: Gives = {}
    for goal in asked.goals:
        gives[goal] = READ[goal.figure](by_seconds.get(goal.seconds, anyhow)).reshape(load.contacts.shape)
    for figure in SHOWN:
        if all(goal.figure is not figure for goal in asked.goals):
            gives[figure] = READ[figure](anyhow).reshape(load.contacts.shape)
    return gives


def _rates(load: Load) -> NDArray[np.float64]:
    return np.asarray((load.contacts / (load.minutes * 60)).ravel())
