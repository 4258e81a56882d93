"""The floor's clockwork, compiled: people with contacts in hand, queues by kind, one event after another."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xiaoer.facts.compiled import compiled

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Flags = NDArray[np.bool_]

FIGURES = 6
OFFERED, WAITED, GONE, IN_TIME, WAIT, ANSWER = range(FIGURES)


class Rules(NamedTuple):
    """How the floor works; arrays by kind, `handle` by kind and contacts in hand, `skills` by person and kind."""

    rates: Floats
    handle: Floats
    places: Wholes
    patience: Floats
    within: Floats
    handed_share: Floats
    handed_to: Wholes
    skills: Flags


class State(NamedTuple):
    """The floor as it stands: what people have in hand, and who waits, by kind, in the order of coming."""

    left: Floats  # person × place: work left, inf where the place is free
    doing: Wholes
    inhand: Wholes
    since: Floats
    until: Floats
    counted: Flags
    first: Wholes
    last: Wholes
    sums: Floats


def empty(rules: Rules, contacts: int) -> State:
    """Return the floor before anybody comes; queues have room for everybody handed on once, too."""
    kinds, people = len(rules.rates), len(rules.skills)
    return State(
        np.full((people, int(rules.places.max())), np.inf), np.zeros(people, np.int64), np.zeros(people, np.int64),
        np.zeros((kinds, 2 * contacts)), np.zeros((kinds, 2 * contacts)), np.zeros((kinds, 2 * contacts), np.bool_),
        np.zeros(kinds, np.int64), np.zeros(kinds, np.int64), np.zeros((kinds, FIGURES)),
    )  # fmt: skip


@compiled
def play(rules: Rules, state: State, seed: int, contacts: int, warm_up: int) -> None:
    """Let so many contacts come, and add up kind by kind in `state.sums` what those after the warm-up met."""
    np.random.seed(seed)
    now, came, total = 0.0, 0, rules.rates.sum()
    arrival = np.random.exponential(1 / total)
    while came < contacts:
        who, place, after = _next_end(rules, state)
        step = min(arrival - now, after)
        _proceed(rules, state, step)
        now += step
        if after <= step:
            kind = state.doing[who]
            state.left[who, place] = np.inf
            state.inhand[who] -= 1
            if np.random.random() < rules.handed_share[kind]:
                _come(rules, state, rules.handed_to[kind], now, came > warm_up)
            _take(rules, state, who, now)
        else:
            came += 1
            arrival = now + np.random.exponential(1 / total)
            _come(rules, state, _kind(rules, total), now, came > warm_up)


@compiled
def _next_end(rules: Rules, state: State) -> tuple[int, int, float]:
    """Return whose contact ends next, at which of his places, and after how long."""
    who, place, soonest = -1, -1, np.inf
    for person in range(len(state.inhand)):
        if state.inhand[person] == 0:
            continue
        pace = rules.handle[state.doing[person], state.inhand[person]]
        for at in range(state.left.shape[1]):
            after = state.left[person, at] * pace
            if after < soonest:
                who, place, soonest = person, at, after
    return who, place, soonest


@compiled
def _proceed(rules: Rules, state: State, step: float) -> None:
    """Let everybody work for a while: the more contacts in hand, the slower each proceeds."""
    for person in range(len(state.inhand)):
        if state.inhand[person] > 0:
            done = step / rules.handle[state.doing[person], state.inhand[person]]
            for at in range(state.left.shape[1]):
                state.left[person, at] -= done


@compiled
def _kind(rules: Rules, total: float) -> int:
    drawn = np.random.random() * total
    for kind in range(len(rules.rates)):
        drawn -= rules.rates[kind]
        if drawn < 0:
            return kind
    return len(rules.rates) - 1


@compiled
def _come(rules: Rules, state: State, kind: int, now: float, counts: bool) -> None:
    """Put a contact at the end of its queue, and let whoever has fewest take it where somebody can."""
    at = state.last[kind]
    if at >= state.since.shape[1]:
        return
    state.since[kind, at] = now
    state.until[kind, at] = now + (
        np.random.exponential(rules.patience[kind]) if rules.patience[kind] < np.inf else np.inf
    )
    state.counted[kind, at] = counts
    state.last[kind] += 1
    best, fewest = -1, rules.places[kind]
    for person in range(len(state.inhand)):
        if _can(rules, state, person, kind) and state.inhand[person] < fewest:
            best, fewest = person, state.inhand[person]
    if best >= 0:
        _take(rules, state, best, now)


@compiled
def _can(rules: Rules, state: State, person: int, kind: int) -> bool:
    """Return whether a person can take one more of a kind: he knows it, and has room beside others of that kind."""
    if not rules.skills[person, kind]:
        return False
    if state.inhand[person] == 0:
        return True
    return bool(state.doing[person] == kind and state.inhand[person] < rules.places[kind])


@compiled
def _take(rules: Rules, state: State, who: int, now: float) -> None:
    """Let a person take those who waited longest, as long as he can take any; who gave up before is counted so."""
    while True:
        chosen, longest = -1, np.inf
        for kind in range(len(rules.rates)):
            _drop_gone(state, kind, now)
            at = state.first[kind]
            if at < state.last[kind] and _can(rules, state, who, kind) and state.since[kind, at] < longest:
                chosen, longest = kind, state.since[kind, at]
        if chosen < 0:
            return
        at = state.first[chosen]
        state.first[chosen] += 1
        if state.counted[chosen, at]:
            wait = now - state.since[chosen, at]
            _count(state.sums[chosen], wait, wait <= rules.within[chosen])
        for place in range(state.left.shape[1]):
            if state.left[who, place] == np.inf:
                state.left[who, place] = np.random.exponential(1.0)
                break
        state.doing[who] = chosen
        state.inhand[who] += 1


@compiled
def _count(sums: Floats, wait: float, in_time: bool) -> None:
    sums[OFFERED] += 1
    sums[WAITED] += wait > 0
    sums[IN_TIME] += in_time
    sums[WAIT] += wait
    sums[ANSWER] += wait


@compiled
def _drop_gone(state: State, kind: int, now: float) -> None:
    """Pass over those at the head of a queue whose patience has ended."""
    while state.first[kind] < state.last[kind] and state.until[kind, state.first[kind]] <= now:
        at = state.first[kind]
        if state.counted[kind, at]:
            state.sums[kind, OFFERED] += 1
            state.sums[kind, WAITED] += 1
            state.sums[kind, GONE] += 1
            state.sums[kind, WAIT] += state.until[kind, at] - state.since[kind, at]
        state.first[kind] += 1
