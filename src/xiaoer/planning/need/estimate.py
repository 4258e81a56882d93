"""How long people wait and contacts take, measured; who was answered before giving up only tells a lower bound."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.special import gammaincinv

SURE_SHARE = 0.95
Z = 1.959963984540054  # of the normal curve, for SURE_SHARE
FEWEST_ENDS = 30  # below so many ends a mean of its own says little: its level is put together with the one before


@dataclass(frozen=True)
class MeanSeconds:
    """A mean duration with its 95 % interval, and how many ends it rests on; `high` is inf where nothing ended."""

    mean: float
    low: float
    high: float
    ends: int


@dataclass(frozen=True)
class Step:
    """A step of a Kaplan–Meier curve: from these seconds on this share still waits, with its 95 % interval."""

    seconds: float
    share: float
    low: float
    high: float


def exponential_mean(total_seconds: float, ends: int) -> MeanSeconds:
    """Return the mean of exponential durations of which `ends` ended in a total time under observation.

    Σ time ÷ ends is the maximum-likelihood mean with right censoring; the interval is 2T/χ² (Epstein & Sobel 1953).
    """
    tail = (1 - SURE_SHARE) / 2
    low = total_seconds / float(gammaincinv(ends + 1, 1 - tail))
    if not ends:
        return MeanSeconds(math.inf, low, math.inf, 0)
    return MeanSeconds(total_seconds / ends, low, total_seconds / float(gammaincinv(ends, tail)), ends)


def patience(waits: Iterable[tuple[float, bool]]) -> MeanSeconds:
    """Return the mean patience of waits (seconds, whether they ended by giving up); the answered are censored."""
    total, gone = 0.0, 0
    for seconds, gave_up in waits:
        total += seconds
        gone += gave_up
    return exponential_mean(total, gone)


def kaplan_meier(waits: Iterable[tuple[float, bool]]) -> list[Step]:
    """Return the share still waiting after each time at which somebody gave up, Greenwood's interval on log(−log S).

    Somebody answered at the very second at which another gave up was still waiting then.
    """
    ordered = sorted(waits, key=lambda one: (one[0], not one[1]))
    left, share, spread, steps, place = len(ordered), 1.0, 0.0, [], 0
    while place < len(ordered):
        seconds = ordered[place][0]
        same = [gave_up for at, gave_up in _from(ordered, place) if at == seconds]
        gone = sum(same)
        if gone:
            share *= 1 - gone / left
            spread += gone / (left * (left - gone)) if left > gone else 0.0
            steps.append(Step(seconds, share, *_greenwood(share, spread)))
        left -= len(same)
        place += len(same)
    return steps


def _from(ordered: Sequence[tuple[float, bool]], place: int) -> Iterable[tuple[float, bool]]:
    seconds = ordered[place][0]
    while place < len(ordered) and ordered[place][0] == seconds:
        yield ordered[place]
        place += 1


def _greenwood(share: float, spread: float) -> tuple[float, float]:
    if share in (0.0, 1.0):
        return share, share
    width = Z * math.sqrt(spread) / abs(math.log(share))
    return share ** math.exp(width), share ** math.exp(-width)


def by_contacts_in_hand(spans: Iterable[tuple[str, float, float]], *, most: int) -> list[MeanSeconds]:
    """Return the mean handle time with 1, 2, … contacts in hand, of spans (agent, start, end) in seconds.

    With j in hand a contact ends at rate 1/T_j: T_j is the contact-seconds spent at j ÷ the contacts that ended at j.
    Levels with fewer than FEWEST_ENDS ends are put together with the one before; the list ends with the last level that
    was reached, at most `most`: what happens while more are in hand tells nothing of plans with so many.
    """
    spent, ended = [0.0] * (most + 1), [0] * (most + 1)
    for _, events in _events_by_agent(spans):
        inhand, before = 0, 0.0
        for at, change in events:
            if inhand <= most:
                spent[inhand] += inhand * (at - before)
                ended[inhand] += change < 0
            inhand, before = inhand + change, at
    reached = max((level for level in range(1, most + 1) if spent[level] > 0), default=0)
    found: list[MeanSeconds] = []
    level = 1
    while level <= reached:
        upto, seconds, ends = level, spent[level], ended[level]
        while ends < FEWEST_ENDS and upto < reached:
            upto += 1
            seconds, ends = seconds + spent[upto], ends + ended[upto]
        if ends < FEWEST_ENDS and found:
            found += [found[-1]] * (upto - level + 1)
        elif ends:
            found += [exponential_mean(seconds, ends)] * (upto - level + 1)
        level = upto + 1
    return found


def worth_taking(means: Sequence[MeanSeconds]) -> int:
    """Return up to how many contacts at once somebody finishes more per hour with each further one."""
    paces = [place / one.mean for place, one in enumerate(means, start=1)]
    return next((place for place in range(1, len(paces)) if paces[place] <= paces[place - 1]), len(paces))


def _events_by_agent(spans: Iterable[tuple[str, float, float]]) -> list[tuple[str, list[tuple[float, int]]]]:
    """Return each agent's beginnings (+1) and ends (−1) in order; what ends as another begins ends first."""
    found: dict[str, list[tuple[float, int]]] = {}
    for agent, start, end in spans:
        if end > start:
            found.setdefault(agent, []).extend(((start, 1), (end, -1)))
    return [(agent, sorted(events)) for agent, events in sorted(found.items())]
