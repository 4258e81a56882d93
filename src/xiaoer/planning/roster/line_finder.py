"""The cheapest lines of one person under given tolls of days and kinds: exact, by the person's own rules."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.roster.all_lines import lines_within
from xiaoer.planning.roster.problem import Person, Problem, Tally
from xiaoer.planning.roster.rules import Rules, cheapest_lines, rules_of
from xiaoer.planning.roster.totals import tally_cost

Floats = NDArray[np.float64]
Kept = dict[tuple[object, ...], tuple[Rules, bool]]
PLACES = 400  # more places of all tallies than these: mere limits are only watched once a line breaks them
MOST_CELLS = 60_000_000  # days × states × places that fit into memory and time; beyond it, totals are held in a band
BANDS = (24, 12, 6, 3)


class LineFinder:
    """Knows one person's rules. Not all limits are always watched: those that no line breaks cost nothing."""

    def __init__(self, problem: Problem, person: Person, kept: Kept) -> None:
        """Compile the rules, or take those of somebody with the same."""
        self.problem, self.person, self._kept = problem, person, kept
        self.watched = _first_watched(person)
        self._compile()

    def cheapest(self, toll: Floats, most: int = 1) -> list[tuple[float, list[int]]]:
        """Return the cheapest lines by the toll of each (day, kind): cost and kinds; none when no line is allowed."""
        while True:
            found = cheapest_lines(self.rules, toll, most=most)
            if not self._watch_more(kinds for _, kinds in found):
                return found

    def within(self, toll: Floats, *, most_cost: float, most: int) -> list[list[int]] | None:
        """Return all lines that cost at most this; None when there are more than `most`."""
        found = lines_within(self.rules, toll, most_cost=most_cost, most=most) if self.exact else None
        return None if found is None else [kinds for kinds in found if not self._broken(kinds)]

    def _watch_more(self, lines: Iterable[list[int]]) -> bool:
        """Watch the first limit that some line breaks, and return whether there was one."""
        for kinds in lines:
            for tally in self._broken(kinds):
                if all(tally is not known for known in self.watched):
                    self.watched = [*self.watched, tally]
                    self._compile()
                    return True
        return False

    def _broken(self, kinds: Sequence[int]) -> list[Tally]:
        first = self.problem.first_weekday
        return [
            tally for tally in self.person.tallies if not np.isfinite(tally_cost(tally, kinds, first_weekday=first))
        ]

    def _compile(self) -> None:
        person, watched = self.person, self.watched
        usable = np.isfinite(person.toll).any(axis=0).tobytes()
        key = (
            usable, person.longest_run, person.shortest_run, person.shortest_rest, person.start,
            tuple(_key(tally) for tally in watched),
        )  # fmt: skip
        if key not in self._kept:
            self._kept[key] = self._banded()
        self.rules, self.exact = self._kept[key]

    def _banded(self) -> tuple[Rules, bool]:
        states = self.person.shortest_rest + min(self.person.longest_run, self.problem.days) * len(self.problem.kinds)
        for band in (None, *BANDS):
            places = 1
            for tally in self.watched:
                size = len(tally.toll)
                places *= size if band is None or tally.weekly else min(size, 2 * band + 1)
            if self.problem.days * states * places <= MOST_CELLS:
                break
        return rules_of(self.problem, self.person, self.watched, band=band), band is None


def _key(tally: Tally) -> tuple[object, ...]:
    weights = b"" if tally.weights is None else tally.weights.tobytes()
    return tally.name, tally.toll.tobytes(), weights, tally.weekly


def _first_watched(person: Person) -> list[Tally]:
    """Return all tallies if they are few enough, else those that are more than a mere limit."""
    if np.prod([float(len(tally.toll)) for tally in person.tallies]) <= PLACES:
        return list(person.tallies)
    return [tally for tally in person.tallies if tally.weekend or tally.toll.any()]
