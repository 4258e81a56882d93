"""What a number of people gives: waits, givings-up, loads of a queue served by n people, each with up to K contacts.

K = 1 without patience is Erlang C, with patience Erlang A, both exact. K > 1 is the balanced chain: arrivals go to
whoever has fewest, so with j contacts in hand everybody has ⌊j/n⌋ or one more. Poisson arrivals, exponential
handle times and patience, first come first served.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiaoer.planning.need.tail import Numbers, as_numbers, log_tail, mean_of_tail
from xiaoer.planning.need.work import Work

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Served:
    """What comes of n people, for each interval; shares are 0–1 of all who came unless said otherwise."""

    agents: Whole
    waits_share: Numbers  # have to wait at all
    abandoned_share: Numbers
    answered_in_time_share: Numbers  # answered within the seconds asked for
    gone_in_time_share: Numbers  # gave up within these seconds
    short_offer_share: Numbers  # would be offered an agent within these seconds, if nobody gave up himself
    mean_wait_seconds: Numbers  # of all who came
    answer_seconds: Numbers  # of the answered
    places_taken_share: Numbers  # contacts in hand ÷ places: the occupancy of people where K = 1
    busy_share: Numbers  # people with at least one contact
    side_by_side: Numbers  # contacts per busy agent

    @property
    def answered_share(self) -> Numbers:
        """Return answered ÷ all."""
        return 1 - self.abandoned_share


def finish_rates(agents: int, work: Work) -> Numbers:
    """Return how many contacts n people finish per second with 0, 1, … n·K contacts in hand, spread evenly."""
    pace = np.array([0.0, *(count / seconds for count, seconds in enumerate(work.handle_seconds, start=1))])
    inhand = np.arange(agents * work.side_by_side + 1)
    each, more = np.divmod(inhand, max(agents, 1))
    ahead = np.minimum(each + 1, work.side_by_side)
    return np.asarray((agents - more) * pace[each] + more * pace[ahead])


def served(
    contacts_per_second: ArrayLike,
    agents: ArrayLike,
    work: Work,
    *,
    within_seconds: float = 0.0,
    with_means: bool = True,
) -> Served:  # fmt: skip
    """Return what each number of people gives at each rate of arrivals (> 0); nobody at all answers nobody.

    Without means, answer seconds are not computed and are NaN where people can give up.
    """
    rates, staff = as_numbers(contacts_per_second), np.atleast_1d(np.asarray(agents, dtype=np.int64))
    arrival, people = (np.ascontiguousarray(one) for one in np.broadcast_arrays(rates, staff))
    crowd = _Crowd.of(arrival, people, work)
    with np.errstate(all="ignore"):
        queue = _Queue.of(arrival, crowd, work.giving_up_rate, within_seconds)
        gone = queue.gone()
        in_time = queue.in_time(within_seconds)
        places = people * work.side_by_side
        inhand = (1 - queue.waits) * crowd.mean_inhand + queue.waits * places
        busy = (1 - queue.waits) * crowd.mean_busy + queue.waits * people
        kept_on = np.exp(-work.giving_up_rate * within_seconds)
        return Served(
            agents=people,
            waits_share=queue.waits,
            abandoned_share=gone,
            answered_in_time_share=in_time,
            gone_in_time_share=np.clip(1 - queue.beyond * kept_on - in_time, 0, 1),
            short_offer_share=1 - queue.beyond,
            mean_wait_seconds=queue.mean_wait(gone),
            answer_seconds=queue.answer(gone) if with_means else np.full_like(arrival, np.nan),
            places_taken_share=inhand / np.maximum(places, 1),
            busy_share=busy / np.maximum(people, 1),
            side_by_side=np.divide(inhand, busy, out=np.zeros_like(busy), where=busy > 0),
        )


@dataclass(frozen=True)
class _Queue:
    """Those who find every place taken. E is the weight of the states below, J the tail; waits = λJ ÷ (E + λJ)."""

    arrival: Numbers
    most: Numbers  # finished per second while every place is taken
    giving_up: float
    whole: Numbers  # ln J(0)
    edge: Numbers  # 1 ÷ (E + λJ)
    waits: Numbers
    beyond: Numbers  # would wait longer than the seconds asked for

    @classmethod
    def of(cls, arrival: Numbers, crowd: "_Crowd", giving_up: float, seconds: float) -> "_Queue":
        whole, late = (log_tail(arrival, crowd.fastest, giving_up, at) for at in (0.0, seconds))
        endless = np.isposinf(whole)
        below = np.log(crowd.below) - np.log(arrival)
        waits = np.where(endless, 1.0, 1 / (1 + np.exp(below - whole)))
        edge = np.where(endless, 0.0, np.exp(-np.log(arrival) - np.logaddexp(below, whole)))
        beyond = np.where(endless, 1.0, waits * np.exp(late - whole))
        return cls(arrival, crowd.fastest, giving_up, whole, edge, waits, beyond)

    def gone(self) -> Numbers:
        """Return the share that gives up: (1 + (λ − c)·J) ÷ (E + λJ)."""
        if not self.giving_up:
            return np.zeros_like(self.arrival)
        return np.asarray(np.clip(self.edge + (self.arrival - self.most) / self.arrival * self.waits, 0, 1))

    def in_time(self, seconds: float) -> Numbers:
        """Return the share answered within seconds; of those who wait (e^G(t) − 1 + c·(J(0) − J(t))) ÷ (E + λJ)."""
        if not self.giving_up:
            return np.asarray(1 - self.beyond)
        growth = self.arrival / self.giving_up * -np.expm1(-self.giving_up * seconds) - self.most * seconds
        soon = self.edge * np.expm1(growth) + self.most / self.arrival * (self.waits - self.beyond)
        return np.asarray(np.clip(1 - self.waits + soon, 0, 1))

    def mean_wait(self, gone: Numbers) -> Numbers:
        """Return the mean wait of all: those who give up, by the rate at which they do; endless where it only grows."""
        if self.giving_up:
            return gone / self.giving_up
        return np.where(self.most > self.arrival, self.waits / (self.most - self.arrival), np.inf)

    def answer(self, gone: Numbers) -> Numbers:
        """Return the mean wait of the answered: (c·∫v·e^G dv − J) ÷ (E + λJ) ÷ their share."""
        if not self.giving_up:
            return self.mean_wait(gone)
        mean = mean_of_tail(self.arrival, self.most, self.giving_up, self.whole)
        answered = np.maximum(1 - gone, 1e-300)
        return np.maximum(self.waits / self.arrival * (self.most * mean - 1), 0) / answered


@dataclass(frozen=True)
class _Crowd:
    """Of the states with a free place: their weight in units of the last of them, and means over them."""

    below: Numbers  # E = Σ π_j / π_(N−1), j < N
    mean_inhand: Numbers
    mean_busy: Numbers
    fastest: Numbers  # finished per second while every place is taken

    @classmethod
    def of(cls, arrival: Numbers, people: Whole, work: Work) -> "_Crowd":
        """Walk the chain up, state by state, for all intervals at once: E_j = 1 + E_(j−1) · μ_j / λ."""
        order = np.argsort(-people, kind="stable")  # those who need more steps first: each step works on a beginning
        rate, staff = arrival[order], people[order]
        numbers, row = np.unique(staff, return_inverse=True)
        table = [finish_rates(int(number), work) for number in numbers]
        pace = np.zeros((max(map(len, table)), len(table)))
        for place, rates in enumerate(table):
            pace[: len(rates), place] = rates
        places = staff * work.side_by_side
        below, inhand, busy = np.ones_like(rate), np.zeros_like(rate), np.zeros_like(rate)
        with np.errstate(over="ignore", invalid="ignore"):
            for state in range(1, int(places.max(initial=1))):
                on = int(np.searchsorted(-places, -state, side="left"))  # places > state
                below[:on] = 1 + below[:on] * pace[state, row[:on]] / rate[:on]
                last = 1 / below[:on]
                inhand[:on] += last * (state - inhand[:on])
                busy[:on] += last * (np.minimum(state, staff[:on]) - busy[:on])
        nobody = places == 0
        below[nobody] = 0.0
        fastest = np.array([rates[-1] for rates in table])[row]
        back = np.argsort(order, kind="stable")
        return cls(*(one[back] for one in (below, inhand, busy, fastest)))
