"""The cheapest line of one person as a shortest path over days, compiled: a plain loop over states and tallies.

A state is a run of days off (its length, up to the shortest rest) or of work (what may follow, its length); beside it
stands the place of all tallies. `tables[t]` says where each place goes by one more day, −1 where it may not.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiaoer.facts.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@compiled
def next_state(state: int, kind: int, day: int, lengths: Ints, kind_class: Ints, may_follow: NDArray[np.bool_]) -> Any:  # noqa: ANN401 -- an integer, of numpy's or of Python's
    """Return the state after working this kind on this day, −1 where a rule forbids it."""
    longest, shortest, rest = lengths[0], lengths[1], lengths[2]
    off = state < rest
    run = state + 1 if off else (state - rest) % longest + 1
    touches = lengths[3] == 1 and (run == day or day == 0)
    if kind == 0:
        if not off:
            return 0 if run >= shortest or touches else -1
        return 0 if day == 0 and lengths[3] == 1 else min(run, rest - 1)
    if off:
        return rest + kind_class[kind] * longest if run >= rest or touches else -1
    if run >= longest or not may_follow[(state - rest) // longest, kind]:
        return -1
    return rest + kind_class[kind] * longest + run


@compiled
def walk_days(  # noqa: PLR0913 -- compiled functions know arrays only
    toll: Floats,  # [day, kind], 0 is off; infinite: not allowed
    lengths: Ints,  # longest run, shortest run, shortest rest, 1 if runs from before the first day count as long enough
    kind_class: Ints,  # [kind] which kinds may follow
    may_follow: NDArray[np.bool_],  # [class, kind]
    table_of: Ints,  # [day, kind, worked the day before] → table
    tables: Ints,  # [table, place] → place
    values: Floats,  # [state, place] at the start; overwritten by those of the last day
    came: Ints,  # [day, state, place]: out: state and place before
    by: NDArray[np.int8],  # [day, state, place]: out: kind that led here
) -> None:
    """Fill in the cheapest way to each state and place after the last day."""
    days, kinds = toll.shape
    states, places = values.shape
    after = np.empty_like(values)
    for day in range(days):
        after[:] = np.inf
        for state in range(states):
            worked = 1 if state >= lengths[2] else 0
            for kind in range(kinds):
                cost = toll[day, kind]
                target = -1 if cost == np.inf else next_state(state, kind, day, lengths, kind_class, may_follow)
                if target < 0:
                    continue
                table = tables[table_of[day, kind, worked]]
                for place in range(places):
                    value = values[state, place]
                    if value == np.inf:
                        continue
                    goes = table[place]
                    if goes >= 0 and value + cost < after[target, goes]:
                        after[target, goes] = value + cost
                        came[day, target, goes] = state * places + place
                        by[day, target, goes] = kind
        values[:] = after


@compiled
def marginal_costs(  # noqa: PLR0913 -- compiled functions know arrays only
    begins: Ints,
    rows: Ints,
    adds: Floats,
    off_target: Floats,  # [row] there now, less the target
    piece_begins: Ints,  # [row + 1]
    pieces: Floats,  # [piece, (sign, start, width, toll)]
    out: Floats,  # [option]
) -> None:
    """Fill in what each option would add to the cost of cover, were it worked beside all that is there."""
    for option in range(len(begins) - 1):
        total = 0.0
        for index in range(begins[option], begins[option + 1]):
            row = rows[index]
            for piece in range(piece_begins[row], piece_begins[row + 1]):
                sign, start, width, toll = pieces[piece]
                was = min(max(off_target[row] * sign - start, 0.0), width)
                now = min(max((off_target[row] + adds[index]) * sign - start, 0.0), width)
                total += (now - was) * toll
        out[option] = total
