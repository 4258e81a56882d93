"""From a mix to a roster: fix the surest lines, let everyone else's lines be found again, and so on to the end."""

from collections.abc import Sequence

import numpy as np

from xiaoer.planning.roster.generate import Until, generate
from xiaoer.planning.roster.master import Master, Mix
from xiaoer.planning.roster.problem import Line
from xiaoer.planning.roster.standing import Standing, descend

SURE = 0.85
ROUNDS = 12  # of new lines after each fixing


def dive(
    standing: Standing, master: Master, mix: Mix, *, within: Sequence[int], seconds: float = np.inf
) -> list[Line | None]:
    """Return a roster in which these people have lines of the dive, the others those of the best roster.

    So many seconds after the start of the search all that is left is fixed at once.
    """
    free = list(within)
    lines = list(standing.lines)
    closed: list[int] = []
    while free and not standing.watch.over:
        late = standing.watch.past > seconds
        chosen = _surest(
            master, mix, free, most=len(free) if late else max(1, len(free) // 10), sure=0.0 if late else SURE
        )
        for column in chosen:
            number = master.owner[column]
            lines[number] = master.lines[column]
            free.remove(number)
            others = [at for at, owner in enumerate(master.owner) if owner == number and at != column]
            master.allow(others, 0.0)
            closed += others
        if free:
            mix = generate(standing, master, within=free, until=Until(rounds=ROUNDS, seconds=seconds)).mix
    master.allow(closed, np.inf)
    return descend(standing, lines) if not free else list(standing.lines)


def _surest(master: Master, mix: Mix, free: Sequence[int], *, most: int, sure: float) -> list[int]:
    """Return the lines to fix now: the largest shares, one per person, all sure ones up to so many."""
    waiting = set(free)
    columns = [column for column, owner in enumerate(master.owner) if owner in waiting]
    columns.sort(key=lambda column: (-mix.shares[column], column))
    best: dict[int, int] = {}
    for column in columns:
        best.setdefault(master.owner[column], column)
    ordered = list(best.values())
    return [ordered[0], *(column for column in ordered[1:most] if mix.shares[column] >= sure)]
