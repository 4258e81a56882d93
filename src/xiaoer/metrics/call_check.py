"""Do service level and abandonment move against each other? If not, the call data or their definitions are suspect."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xiaoer.metrics.call_intervals import CallCounts, CallInterval, added_up
from xiaoer.metrics.rank_correlation import RankCorrelation, rank_correlation

ALPHA = 0.05
FEWEST_INTERVALS = 5  # of four, not even the clearest order is significant
HALF, MOST, NOTABLE = Fraction(1, 2), Fraction(4, 5), Fraction(1, 20)


class CallVerdict(StrEnum):
    """What the check says of the calls."""

    AS_EXPECTED = "as_expected"  # the higher the service level, the lower the abandonment
    UNRELATED = "unrelated"
    SAME_DIRECTION = "same_direction"  # both rise and fall together
    CONSTANT = "constant"  # one of them is the same in every interval
    TOO_FEW = "too_few"


class CallSuspicion(StrEnum):
    """What in the calls may be why a check fails."""

    NO_ABANDONS = "no_abandons"
    EARLY_ABANDONS = "early_abandons"
    NO_ENDING = "no_ending"
    NO_WAITS = "no_waits"
    SAME_LEVEL = "same_level"


@dataclass(frozen=True)
class CallCheck:
    """The verdict, what it rests on, and what may be the matter: each suspicion with the share of what it is about."""

    verdict: CallVerdict
    correlation: RankCorrelation
    used: tuple[CallInterval, ...]
    left_out: int
    suspicions: dict[CallSuspicion, Fraction]

    @property
    def flagged(self) -> bool | None:
        """Return whether the data are suspect; None when there is nothing to tell it from."""
        if self.verdict in (CallVerdict.CONSTANT, CallVerdict.TOO_FEW):
            return None
        return self.verdict is not CallVerdict.AS_EXPECTED


def check_calls(intervals: Sequence[CallInterval], *, least: int) -> CallCheck:
    """Return the check over the intervals with at least so many offered calls; the others are left out and counted."""
    used = tuple(one for one in intervals if one.counts.offered >= max(1, least))
    pairs = [
        (Fraction(one.counts.in_time, one.counts.offered), Fraction(one.counts.abandoned, one.counts.offered))
        for one in used
    ]
    correlation = rank_correlation(pairs)
    verdict = _verdict(correlation)
    suspicions = (
        {} if verdict is CallVerdict.AS_EXPECTED else _suspicions(added_up(intervals), [level for level, _ in pairs])
    )
    return CallCheck(verdict, correlation, used, len(intervals) - len(used), suspicions)


def _verdict(correlation: RankCorrelation) -> CallVerdict:
    if correlation.pairs < FEWEST_INTERVALS:
        return CallVerdict.TOO_FEW
    if correlation.rho is None or correlation.p_value is None:
        return CallVerdict.CONSTANT
    if correlation.p_value >= ALPHA:
        return CallVerdict.UNRELATED
    return CallVerdict.AS_EXPECTED if correlation.rho < 0 else CallVerdict.SAME_DIRECTION


def _suspicions(whole: CallCounts, levels: Sequence[Fraction]) -> dict[CallSuspicion, Fraction]:
    """Return what all calls of the period, in used intervals or not, show; each with its share."""
    if not whole.offered:
        return {}
    found: dict[CallSuspicion, Fraction] = {}
    if not whole.abandoned:
        found[CallSuspicion.NO_ABANDONS] = Fraction(0)
    elif (early := Fraction(whole.abandoned_early, whole.abandoned)) >= HALF:
        found[CallSuspicion.EARLY_ABANDONS] = early
    if (open_ := Fraction(whole.offered - whole.answered - whole.abandoned, whole.offered)) >= NOTABLE:
        found[CallSuspicion.NO_ENDING] = open_
    if whole.answered and not whole.wait_micros:
        found[CallSuspicion.NO_WAITS] = Fraction(1)
    if levels and (same := Fraction(max(Counter(levels).values()), len(levels))) >= MOST:
        found[CallSuspicion.SAME_LEVEL] = same
    return found
