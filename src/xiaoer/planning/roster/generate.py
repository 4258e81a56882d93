"""Column generation: lines are added to the mix while some line would make it cheaper. What remains is a proven bound."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xiaoer.planning.roster.master import Master, Mix
from xiaoer.planning.roster.standing import NEARLY, Standing

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
    """Add lines of these people until none helps, the rounds are done, or time is over; at the root, raise the bound."""
    pricer, constant = standing.pricer, standing.problem.constant
    mix = master.solve()
    centre = None
    best = -np.inf
    for _ in range(until.rounds):
        if standing.watch.over or standing.watch.past > until.seconds:
            return Generated(mix, complete=False)
        smoothed = is_root and len(within) >= LARGE and centre is not None
        duals = SMOOTH * centre + (1 - SMOOTH) * mix.duals if smoothed and centre is not None else mix.duals
        found = pricer.lines(within, pricer.by_duals(duals), most=MOST_ENDS)
        if is_root:
            low = _lagrangian(standing, duals, [lines[0][0] for lines in found]) + constant
            standing.raise_bound(low)
            if low > best:
                best, centre = low, duals
        added = 0
        prices = pricer.by_duals(mix.duals) if smoothed else None
        for number, lines in zip(within, found, strict=True):
            for cost, line in lines:
                if prices is not None:
                    options = prices[standing.problem.people[number].group]
                    cost = line.cost + sum(float(options[option]) for option in line.options if option >= 0)
                if cost - mix.person_duals[number] < -NEARLY:
                    added += master.add(number, line)
        if not added:
            if not smoothed:
                return Generated(mix, complete=True)
            centre = None
            continue
        mix = master.solve()
        if is_root and standing.problem.whole and standing.bound >= np.ceil(mix.cost + constant - 1e-4):
            return Generated(mix, complete=True)
    return Generated(mix, complete=False)


def _lagrangian(standing: Standing, duals: np.ndarray, cheapest: Sequence[float]) -> float:
    """Return the lower bound that these prices of cover prove: what is wanted at its worth, and everyone's cheapest line.

    A lack or surplus of a row is chosen at its cheapest, too: with prices between its pieces' prices that is none at all.
    """
    cover = standing.problem.cover
    reduced = cover.price + cover.sign * duals[cover.row]
    falls = np.flatnonzero(reduced < -1e-7)
    gains = reduced[falls] * cover.width[falls]
    return float(duals @ cover.target + gains.sum() + sum(cheapest))
