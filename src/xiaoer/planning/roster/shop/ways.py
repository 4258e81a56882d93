"""The ways to work a shift: where its breaks may lie, and how much of each interval each way is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from xiaoer.planning.roster.shop.plan import Shift

MOST_WAYS = 16


@dataclass(frozen=True)
class WayToWork:
    """One choice of breaks, as (start, end) minutes in order."""

    shift: Shift
    breaks: tuple[tuple[int, int], ...]

    def presence(self, minutes: int) -> dict[int, float]:
        """Return the share of each interval (of so many minutes, from midnight) that a person is there."""
        until = self.shift.end - self.shift.handover_minutes
        there: dict[int, float] = {}
        for interval in range(self.shift.start // minutes, -(-until // minutes)):
            begin, end = interval * minutes, (interval + 1) * minutes
            free = _overlap(begin, end, self.shift.start, until)
            free -= sum(_overlap(begin, min(end, until), first, last) for first, last in self.breaks)
            if free > 0:
                there[interval] = free / minutes
        return there


def ways_to_work(shift: Shift, step: int) -> tuple[WayToWork, ...]:
    """Return the ways, thinned where there are too many: breaks start every `step` minutes and never overlap."""
    starts = [range(one.first, one.last - one.minutes + 1, max(step, 1)) for one in shift.breaks]
    found = []
    for chosen in product(*starts):
        breaks = tuple(sorted((at, at + one.minutes) for at, one in zip(chosen, shift.breaks, strict=True)))
        if all(a[1] <= b[0] for a, b in zip(breaks, breaks[1:], strict=False)):
            found.append(WayToWork(shift, breaks))
    return tuple(_thinned(found)) or (WayToWork(shift, ()),)


def _thinned(ways: Sequence[WayToWork]) -> Iterable[WayToWork]:
    if len(ways) <= MOST_WAYS:
        return ways
    return [ways[round(at * (len(ways) - 1) / (MOST_WAYS - 1))] for at in range(MOST_WAYS)]


def _overlap(first: int, last: int, begin: int, end: int) -> int:
    return max(0, min(last, end) - max(first, begin))
