"""A queue the slow way: every state of a long chain, and the wait of each newcomer by stepping through time."""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_QUEUE = 250
STEPS = 400


@dataclass(frozen=True)
class Expected:
    """What the chain gives; shares are of all who come."""

    waits: float
    abandoned: float
    in_time: float
    mean_wait: float
    places_taken: float


def queue(rate: float, agents: int, handle: Sequence[float], patience: float | None, within: float) -> Expected:
    """Return what comes of people who share contacts evenly, by the balance of flows between neighbouring states."""
    places, theta = agents * len(handle), 0.0 if patience is None else 1 / patience

    def finished(state: int) -> float:
        inhand = [state // agents + (person < state % agents) for person in range(agents)]
        return sum(count / handle[count - 1] for count in inhand if count)

    down = [0.0] + [finished(min(state, places)) + max(state - places, 0) * theta
                    for state in range(1, places + LONGEST_QUEUE + 1)]  # fmt: skip
    weights = [1.0]
    for state in range(1, len(down)):
        weights.append(weights[-1] * rate / down[state])
    total = sum(weights)
    share = [weight / total for weight in weights]
    queued = sum((state - places) * one for state, one in enumerate(share) if state > places)
    busy = sum(min(state, places) * one for state, one in enumerate(share))
    waiting = share[places:]
    return Expected(
        waits=sum(waiting), abandoned=theta * queued / rate,
        in_time=sum(share[:places]) + _served_within(waiting, finished(places), theta, within),
        mean_wait=queued / rate, places_taken=busy / places,
    )  # fmt: skip


def _served_within(waiting: Sequence[float], pace: float, theta: float, within: float) -> float:
    """Return how many are served within the time, of those who find 0, 1, 2 … before them, by small steps of time."""
    ahead = [share for share in waiting if share > 1e-15]
    done, step = 0.0, within / STEPS

    def flows(state: list[float]) -> tuple[list[float], float]:
        moved = []
        for place, one in enumerate(state):
            behind = (pace + (place + 1) * theta) * state[place + 1] if place + 1 < len(state) else 0.0
            moved.append(behind - (pace + (place + 1) * theta) * one)
        return moved, pace * state[0]

    for _ in range(STEPS):
        first, out = flows(ahead)
        half = [one + step / 2 * change for one, change in zip(ahead, first, strict=True)]
        middle, out_middle = flows(half)
        ahead = [one + step * change for one, change in zip(ahead, middle, strict=True)]
        done += step * out_middle if out >= 0 else 0.0
    return done
