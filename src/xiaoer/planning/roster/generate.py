"""Column generation: lines are added to the mix while some line makes it cheaper; what remains is a proven bound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.roster.master import Master, Mix
from xiaoer.planning.roster.problem import Line
from xiaoer.planning.roster.standing import NEARLY, Standing

Floats = NDArray[np.float64]
MOST_ENDS = 4
SMOOTH = 0.5
LARGE = 25  # people from whom on the worth of cover is smoothed between rounds


@dataclass(frozen=True)
class Until:
    """When to end early: after so many rounds, or so many seconds after the start of the search."""

    rounds: int = 10_000
    seconds: float = np.inf


ALWAYS = Until()


@dataclass(frozen=True)
class Generated:
    """The last mix and whether no line is left that would make it cheaper."""

    mix: Mix
    complete: bool


def generate(
    standing: Standing, master: Master, *, within: Sequence[int], until: Until = ALWAYS, is_root: bool = False
) -> Generated:
    """Add lines of these people until none helps or it is time; at the root, raise the bound."""
    everyone, constant = standing.everyone, standing.problem.constant
    mix = master.solve()
    centre: Floats | None = None
    best = -np.inf
    for _ in range(until.rounds):
        if standing.watch.over or standing.watch.past > until.seconds:
            return Generated(mix, complete=False)
        smoothed = is_root and len(within) >= LARGE and centre is not None
        duals = SMOOTH * centre + (1 - SMOOTH) * mix.duals if smoothed and centre is not None else mix.duals
        found = everyone.lines(within, everyone.by_duals(duals), most=MOST_ENDS)
        if is_root:
            low = _lagrangian(standing, duals, [lines[0][0] for lines in found]) + constant
            standing.raise_bound(low)
            best, centre = (low, duals) if low > best else (best, centre)
        if _add(standing, master, mix, zip(within, found, strict=True)):
            mix = master.solve()
            if is_root and standing.problem.whole and standing.bound >= np.ceil(mix.cost + constant - 1e-4):
                return Generated(mix, complete=True)
        elif smoothed:
            centre = None  # once more with the true tolls
        else:
            return Generated(mix, complete=True)
    return Generated(mix, complete=False)


def _add(standing: Standing, master: Master, mix: Mix, found: Iterable[tuple[int, list[tuple[float, Line]]]]) -> int:
    """Add the lines that cost less than they are worth in the mix, and return how many."""
    tolls = standing.everyone.by_duals(mix.duals)
    added = 0
    for number, lines in found:
        options = tolls[standing.problem.people[number].group]
        for _, line in lines:
            worth = sum(float(options[option]) for option in line.options if option >= 0) - mix.person_duals[number]
            if line.cost + worth < -NEARLY:
                added += master.add(number, line)
    return added


def _lagrangian(standing: Standing, duals: Floats, cheapest: Sequence[float]) -> float:
    """Return the bound that these tolls of cover prove: what is wanted at its worth, and all cheapest lines.

    Lack and surplus are chosen at their cheapest, too: at tolls between those of the pieces, none at all.
    """
    cover = standing.problem.cover
    reduced = cover.toll + cover.sign * duals[cover.row]
    falls = np.flatnonzero(reduced < -1e-7)
    gains = reduced[falls] * cover.width[falls]
    return float(duals @ cover.target + gains.sum() + sum(cheapest))
