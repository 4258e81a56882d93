"""All lines of a person that cost at most so much: from the cheapest completions, one step after the other."""

import numpy as np
from numpy.typing import NDArray

from xiaoer.facts.compiled import compiled
from xiaoer.planning.roster.rules import Rules
from xiaoer.planning.roster.shortest import next_state

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
MOST_CELLS = 3_000_000


def lines_within(rules: Rules, price: Floats, *, most_cost: float, most: int) -> list[list[int]] | None:
    """Return the kinds of each day of every allowed line that costs at most this; None when there are more than `most`."""
    if len(price) * rules.states * len(rules.last_price) > MOST_CELLS:
        return None
    own = np.ascontiguousarray(price[:, rules.kinds])
    tables = (rules.lengths, rules.kind_class, rules.may_follow, rules.table_of, rules.tables)
    ahead = _completions(own, *tables, rules.last_price, rules.states)
    found = np.empty((most, len(price)), dtype=np.int8)
    count = _walk_all(own, *tables, ahead, rules.first_state, most_cost, found)
    return None if count > most else [[int(rules.kinds[kind]) for kind in row] for row in found[:count].tolist()]


@compiled
def _completions(
    price: Floats, lengths: Ints, kind_class: Ints, may_follow: NDArray[np.bool_], table_of: Ints, tables: Ints,
    last_price: Floats, states: int,
) -> Floats:  # fmt: skip
    """Return [day, state, place]: what it costs at least to come from there to the end."""
    days, kinds = price.shape
    places = len(last_price)
    ahead = np.full((days + 1, states, places), np.inf)
    ahead[days, :] = last_price
    for day in range(days - 1, -1, -1):
        for state in range(states):
            for kind in range(kinds):
                cost = price[day, kind]
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
def _walk_all(
    price: Floats, lengths: Ints, kind_class: Ints, may_follow: NDArray[np.bool_], table_of: Ints, tables: Ints,
    ahead: Floats, first_state: int, most_cost: float, found: NDArray[np.int8],
) -> int:  # fmt: skip
    """Fill in the lines, in order, and return how many there are; more than fit: one more than that."""
    days, kinds = price.shape
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
        cost = price[day, kind]
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
