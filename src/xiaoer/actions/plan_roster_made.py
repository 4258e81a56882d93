"""Rosters made and mended from tables that people keep: what the command prints and the site keeps, as values."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiaoer.actions.plan_roster_value import Kept, RosterProblem, duties_kept, given
from xiaoer.actions.plan_roster_ways import Lacking, lacking
from xiaoer.actions.plan_roster_words import NONE_KNOWN
from xiaoer.actions.plan_stop import Stop
from xiaoer.planning.roster import Broken, Roster, best_roster, kinds_of, possible
from xiaoer.planning.roster.shop import ShopProblem
from xiaoer.planning.roster.shop.repair import repair

MOST_TOUCHED = 3


@dataclass(frozen=True)
class MadeRoster:
    """A roster that was found, with the rules that had to be let go for it and how long it took."""

    shop: ShopProblem
    roster: Roster
    broken: tuple[Broken, ...]
    seconds: float

    @property
    def bound(self) -> float | None:
        """Return the cost below which no roster can be; None where it is not known."""
        return self.roster.bound if self.roster.bound > NONE_KNOWN else None

    @property
    def duties(self) -> list[dict[str, object]]:
        """Return who works when, as it is kept."""
        return duties_kept(self.shop, self.roster.lines)

    def lacking(self) -> list[Lacking]:
        """Return where people are missing most, with the cheapest ways to mend it."""
        return lacking(self.shop, self.roster)


@dataclass(frozen=True)
class Changed:
    """One day of one person that became another: shifts by name, empty for a day off."""

    person: str
    day: date
    before: str
    after: str


@dataclass(frozen=True)
class Mended:
    """A roster mended for absences: who was touched, what changed, and what it would cost to move nobody else."""

    shop: ShopProblem
    roster: Roster
    touched: tuple[str, ...]
    changes: tuple[Changed, ...]
    cost_alone: float
    seconds: float

    @property
    def duties(self) -> list[dict[str, object]]:
        """Return who works when, as it is kept."""
        return duties_kept(self.shop, self.roster.lines)


def make_roster(problem: RosterProblem, stop: Stop) -> MadeRoster:
    """Return the best roster found until told to stop; input, seed and a count of rounds decide it."""
    able, broken = possible(problem.shop.problem)
    shop = ShopProblem(problem.shop.plan, able, problem.shop.rows, problem.shop.ways)
    watch = stop.watch()
    roster = best_roster(able, watch, seed=stop.seed)
    return MadeRoster(shop, roster, broken, watch.past)


def mend_roster(problem: RosterProblem, duties: Sequence[Kept], absent: Mapping[str, Sequence[date]]) -> Mended:
    """Return the roster mended for these absences, touching at most three people, the absent ones among them."""
    shop = problem.shop
    base, breaks = given(problem, duties)
    away = {name: [(day - shop.plan.first).days for day in days] for name, days in absent.items()}
    began = time.monotonic()
    done = repair(shop, base, away, breaks, most_people=MOST_TOUCHED)
    changes = []
    for person, line in zip(shop.problem.people, done.roster.lines, strict=True):
        after = kinds_of(shop.problem, person, line) if line is not None else base[person.name]
        changes += [
            Changed(person.name, shop.plan.date_of(day), _name(shop, was), _name(shop, now))
            for day, (was, now) in enumerate(zip(base[person.name], after, strict=True))
            if was != now
        ]
    return Mended(shop, done.roster, done.touched, tuple(changes), done.cost_alone, time.monotonic() - began)


def _name(shop: ShopProblem, kind: int) -> str:
    return shop.problem.kinds[kind - 1] if kind else ""
