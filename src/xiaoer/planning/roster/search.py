"""The search for a roster: a first one, the bound by whole lines, a dive, choices, and neighbourhoods."""

import random
from dataclasses import dataclass

import numpy as np

from xiaoer.planning.roster.choose import Choice, Limits, choose
from xiaoer.planning.roster.dive import dive
from xiaoer.planning.roster.everyone import Everyone
from xiaoer.planning.roster.generate import Until, generate
from xiaoer.planning.roster.master import Master, Mix
from xiaoer.planning.roster.problem import Line, Problem, Roster
from xiaoer.planning.roster.standing import Standing, descend, first_roster
from xiaoer.planning.roster.watch import Watch

MANY = 6_000  # lines that a proof looks at
ROOT_SHARE, DIVE_SHARE = 0.4, 0.7  # of the time, after which the bound and the first dive are ended
FEW = 3_000  # lines that one choice looks at


def best_roster(problem: Problem, watch: Watch, *, seed: int = 0, threads: int = 2) -> Roster:
    """Return the best roster found with its bound when the watch says stop, or when it is proven to be the best."""
    standing = first_roster(Everyone(problem, threads=threads), watch)
    if standing.free:
        _improve(standing, random.Random(seed))
    return standing.roster()


def _improve(standing: Standing, chance: random.Random) -> None:
    master = Master(standing.problem)
    for number in standing.free:
        _keep(standing, master, number)
    standing.step = "bound"
    whole = standing.watch.seconds or np.inf
    root = generate(standing, master, within=standing.free, until=Until(seconds=whole * ROOT_SHARE), is_root=True)
    if not standing.over:
        standing.step = "dive"
        dive(standing, master, root.mix, within=standing.free, seconds=whole * DIVE_SHARE)
    if root.complete and not standing.over:
        _choose_all(standing, master, root.mix)
        _close(standing, root.mix)
    _neighbourhoods(standing, master, chance)


def _keep(standing: Standing, master: Master, number: int) -> None:
    line = standing.lines[number]
    if line is not None:
        master.add(number, line)


def reduced_costs(standing: Standing, master: Master, mix: Mix) -> list[float]:
    """Return what each line of the master costs more than it is worth."""
    tolls = standing.everyone.by_duals(mix.duals)
    people = standing.problem.people
    return [
        line.cost + sum(float(tolls[people[number].group][option]) for option in line.options if option >= 0)
        - mix.person_duals[number]
        for number, line in zip(master.owner, master.lines, strict=True)
    ]  # fmt: skip


def _choose_all(standing: Standing, master: Master, mix: Mix) -> None:
    """Choose among all lines that can be part of a better roster, the most promising first."""
    standing.step = "choose"
    for number in standing.free:
        _keep(standing, master, number)
    over = reduced_costs(standing, master, mix)
    gap = standing.cost - standing.problem.constant - mix.cost
    order = sorted((cost, at) for at, cost in enumerate(over) if cost <= gap + 1e-6)[:FEW]
    _offer_choice(standing, [(master.owner[at], master.lines[at]) for _, at in order], seconds=60.0)


def _close(standing: Standing, mix: Mix) -> None:
    """Choose among all lines that a better roster can be made of, if they are few: the best of these is best."""
    standing.step = "close"
    tolls = standing.everyone.by_duals(mix.duals)
    gap = standing.cost - standing.problem.constant - mix.cost - (1 if standing.problem.whole else 0) + 1e-4
    candidates: list[tuple[int, Line]] = []
    for number in standing.free:
        most_cost = float(mix.person_duals[number]) + gap
        group = standing.problem.people[number].group
        if standing.over:
            return
        lines = standing.everyone.all_lines(number, tolls[group], most_cost=most_cost, most=MANY - len(candidates))
        if lines is None:
            return
        candidates += [(number, line) for line in lines]
    best = choose_within(standing, candidates, seconds=standing.watch.left / 3, nodes=100_000)
    if best is not None and best.proven:
        standing.offer(best.lines)
        standing.raise_bound(standing.cost)


def _offer_choice(
    standing: Standing, candidates: list[tuple[int, Line]], *, seconds: float, nodes: int = 2_000
) -> bool:
    found = choose_within(standing, candidates, seconds=seconds, nodes=nodes)
    return found is not None and standing.offer(found.lines)


def choose_within(
    standing: Standing, candidates: list[tuple[int, Line]], *, seconds: float, nodes: int
) -> Choice | None:
    """Return the choice among these lines and those of the best roster."""
    seen = set(candidates)
    numbers = {number for number, _ in candidates}
    mine = [(number, line) for number in sorted(numbers) if (line := standing.lines[number]) is not None]
    candidates = candidates + [pair for pair in mine if pair not in seen]
    counted = standing.watch.rounds is not None  # then no clock may have a say in the result
    limits = Limits(
        nodes=nodes,
        seconds=standing.watch.left if counted else min(seconds, standing.watch.left),
        over=lambda: standing.watch.over,
    )
    return choose(standing.problem, standing.lines, candidates, limits)


@dataclass
class _Size:
    """How many people a neighbourhood frees: more while choices end early without result, fewer otherwise."""

    now: float


def _neighbourhoods(standing: Standing, master: Master, chance: random.Random) -> None:
    standing.step = "improve"
    size = _Size(now=min(8.0, len(standing.free)))
    done = 0
    while not standing.over and (standing.watch.rounds is None or done < standing.watch.rounds):
        done += 1
        chosen = sorted(chance.sample(standing.free, max(1, min(len(standing.free), round(size.now)))))
        began = standing.watch.past
        better = _neighbourhood(standing, chosen)
        took = standing.watch.past - began
        if standing.watch.rounds is None:
            size.now = max(
                3.0, min(size.now * (1.1 if took < 2.0 and not better else 0.9 if took > 6.0 else 1.0), 40.0)
            )
        if better:
            descend(standing, standing.lines)


def _neighbourhood(standing: Standing, chosen: list[int]) -> bool:
    """Find all lines anew for these people beside everyone else's, and choose; return whether that is better."""
    master = Master(standing.problem)
    for number in standing.free:
        _keep(standing, master, number)
    for number in chosen:
        for column in [at for at, owner in enumerate(master.owner) if owner == number]:
            master.allow([column], np.inf)
    made = generate(standing, master, within=chosen, until=Until(rounds=60))
    over = reduced_costs(standing, master, made.mix)
    gap = standing.cost - standing.problem.constant - made.mix.cost
    if gap < (1 - 1e-4 if standing.problem.whole else 1e-6):
        return False
    picked = set(chosen)
    order = sorted((cost, at) for at, cost in enumerate(over) if master.owner[at] in picked and cost <= gap + 1e-6)[
        :FEW
    ]
    return _offer_choice(standing, [(master.owner[at], master.lines[at]) for _, at in order], seconds=20.0, nodes=300)
