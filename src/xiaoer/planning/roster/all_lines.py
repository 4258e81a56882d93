"""All lines of a person that cost at most so much: from the cheapest completions, one step after the other."""

import numpy as np
from numpy.typing import NDArray

from xiaoer.facts.compiled import compiled
from xiaoer.planning.roster.rules import Rules
from xiaoer.planning.roster.shortest import next_state

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
MOST_CELLS = 3_000_000


def lines_within(rules: Rules, toll: Floats, *, most_cost: float, most: int) -> list[list[int]] | None:
    """Return the kinds by day of all lines that cost at most this; None when there are more than `most`."""
    if len(toll) * rules.states * len(rules.last_toll) > MOST_CELLS:
        return None
    own = np.ascontiguousarray(toll[:, rules.kinds])
    tables = (rules.lengths, rules.kind_class, rules.may_follow, rules.table_of, rules.tables)
    ahead = _completions(own, *tables, rules.last_toll, rules.states)
    found = np.empty((most, len(toll)), dtype=np.int8)
    count = _walk_all(own, *tables, ahead, rules.first_state, most_cost, found)
    return None if count > most else [[int(rules.kinds[kind]) for kind in row] for row in found[:count].tolist()]


@compiled
def _completions(  # noqa: PLR0913 -- compiled functions know arrays only
    toll: Floats, lengths: Ints, kind_class: Ints, may_follow: NDArray[np.bool_], table_of: Ints, tables: Ints,
    last_toll: Floats, states: int,
) -> Floats:  # fmt: skip
    """Return [day, state, place]: what it costs at least to come from there to the end."""
    days, kinds = toll.shape
    places = len(last_toll)
    ahead = np.full((days + 1, states, places), np.inf)
    ahead[days, :] = last_toll
    for day in range(days - 1, -1, -1):
        for state in range(states):
            for kind in range(kinds):
                cost = toll[day, kind]
                target = -1 if cost == np.inf else next_state(state, kind, day, lengths, kind_class, may_follow)
                if target < 0:
                    continue
                table = tables[table_of[day, kind, 1 if state >= lengths[2] else 0]]
                for place in range(places):
                    goes = table[place]
                    if goes >= 0:
                        value = cost + ahead[day + 1, target, goes]
                        ahead[day, state, place] = min(ahead[day, state, place], value)
    return ahead


@compiled
def _walk_all(  # noqa: PLR0913 -- compiled functions know arrays only
    toll: Floats, lengths: Ints, kind_class: Ints, may_follow: NDArray[np.bool_], table_of: Ints, tables: Ints,
    ahead: Floats, first_state: int, most_cost: float, found: NDArray[np.int8],
) -> int:  # fmt: skip
    """Fill in the lines, in order, and return how many there are; more than fit: one more than that."""
    days, kinds = toll.shape
    state = np.zeros(days + 1, dtype=np.int32)
    place = np.zeros(days + 1, dtype=np.int32)
    spent = np.zeros(days + 1)
    tried = np.full(days + 1, -1, dtype=np.int32)
    state[0] = first_state
    count, day = 0, 0
    while day >= 0:
        if day == days:
            if count == len(found):
                return count + 1
            for index in range(days):
                found[count, index] = tried[index]
            count += 1
            day -= 1
            continue
        tried[day] += 1
        kind = tried[day]
        if kind >= kinds:
            tried[day] = -1
            day -= 1
            continue
        cost = toll[day, kind]
        target = -1 if cost == np.inf else next_state(state[day], kind, day, lengths, kind_class, may_follow)
        if target < 0:
            continue
        goes = tables[table_of[day, kind, 1 if state[day] >= lengths[2] else 0], place[day]]
        if goes >= 0 and spent[day] + cost + ahead[day + 1, target, goes] <= most_cost:
            spent[day + 1] = spent[day] + cost
            state[day + 1] = target
            place[day + 1] = goes
            day += 1
    return count
