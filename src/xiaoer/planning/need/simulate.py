"""A floor played contact by contact: the check on the formulas, and the answer where no formula reaches.

Kinds of contacts (calls alone, chats side by side), people with skills, contacts handed on to another kind. Poisson
arrivals, exponential work and patience; a contact proceeds the slower the more its agent has in hand. Whoever can take
a contact and has fewest gets it (the first of equals); whoever finishes takes the one who waited longest of those he
can take. The same seed gives the same floor.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xiaoer.planning.need.floor import FIGURES, Floats, Rules, empty, play
from xiaoer.planning.need.work import Work

WARM_UP_SHARE = 0.1


@dataclass(frozen=True)
class Kind:
    """A kind of contact: how many come per second, how they are served, when an answer is in time, who is handed on."""

    contacts_per_second: float
    work: Work
    within_seconds: float = 20.0
    handed_on_share: float = 0.0
    handed_on_to: int = 0


@dataclass(frozen=True)
class Estimate:
    """A simulated figure and its standard error over the runs."""

    mean: float
    error: float


@dataclass(frozen=True)
class Played:
    """What came of one kind; shares of all who came."""

    waits_share: Estimate
    abandoned_share: Estimate
    answered_in_time_share: Estimate
    mean_wait_seconds: Estimate
    answer_seconds: Estimate


def simulated(
    kinds: Sequence[Kind], skills: Sequence[Sequence[bool]], *, contacts: int = 60_000, runs: int = 8, seed: int = 1
) -> list[Played]:
    """Return what each kind sees with these people, each a row of the kinds he can take; `contacts` come in a run."""
    widest = max(kind.work.side_by_side for kind in kinds)
    handle = np.ones((len(kinds), widest + 1))
    for place, kind in enumerate(kinds):
        handle[place, 1 : kind.work.side_by_side + 1] = kind.work.handle_seconds
    quiet = [math.inf if not kind.work.giving_up_rate else 1 / kind.work.giving_up_rate for kind in kinds]
    rules = Rules(
        np.array([kind.contacts_per_second for kind in kinds]), handle,
        np.array([kind.work.side_by_side for kind in kinds], dtype=np.int64), np.array(quiet),
        np.array([kind.within_seconds for kind in kinds]), np.array([kind.handed_on_share for kind in kinds]),
        np.array([kind.handed_on_to for kind in kinds], dtype=np.int64), np.array(skills, dtype=np.bool_),
    )  # fmt: skip
    sums = []
    for run in range(runs):
        state = empty(rules, contacts)
        play(rules, state, seed * 1_000_003 + run, contacts, int(contacts * WARM_UP_SHARE))
        sums.append(state.sums)
    found = np.array(sums)
    return [_played(found[:, place]) for place in range(len(kinds))]


def _played(runs: Floats) -> Played:
    offered, waited, gone, in_time, wait, answer = (runs[:, place] for place in range(FIGURES))
    return Played(
        waits_share=_estimate(waited / offered),
        abandoned_share=_estimate(gone / offered),
        answered_in_time_share=_estimate(in_time / offered),
        mean_wait_seconds=_estimate(wait / offered),
        answer_seconds=_estimate(answer / np.maximum(offered - gone, 1)),
    )


def _estimate(values: Floats) -> Estimate:
    error = float(values.std(ddof=1) / math.sqrt(len(values))) if len(values) > 1 else math.inf
    return Estimate(float(values.mean()), error)
