"""Days shared out by activity: the cheapest of all on tiny days, by the rules on larger ones, whatever the order."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference.activity_day import Person, TinyDay, allowed, cheapest, price
from xiaoer.planning.roster.activities import DayWork, Effort, Worker, changeovers_of, share_out

ENOUGH = Effort(seconds=60.0)


def made_day(seed: int, *, people: int, slots: int, activities: int) -> TinyDay:
    """Return a day in which people come and go, rest, are there for part of a slot, and can do different things."""
    chance = random.Random(seed)
    team = []
    for _ in range(people):
        first, last = sorted(chance.sample(range(slots + 1), 2))
        there = {slot: chance.choice((15, 15, 15, 5)) for slot in range(first, last) if chance.random() < 0.85}
        can = tuple(sorted(chance.sample(range(activities), chance.randint(1, activities))))
        team.append(Person(can, there or {first: 15}))
    need = {
        (activity, slot): float(chance.randint(0, max(1, people // 2)))
        for activity in range(activities)
        for slot in range(slots)
        if chance.random() < 0.9
    }
    shortest = [chance.randint(1, 3) for _ in range(activities)]
    lack = [chance.choice((60.0, 100.0)) for _ in range(activities)]
    return TinyDay(15, shortest, lack, 4.0, chance.choice((0.0, 5.0, 30.0)), need, team)


def work_of(day: TinyDay) -> DayWork:
    workers = tuple(
        Worker(f"P{number:02}", person.can, tuple(person.there), tuple(person.there.values()))
        for number, person in enumerate(day.people)
    )
    return DayWork(
        day.slot_minutes, tuple(day.shortest), tuple(day.lack), day.surplus, day.changeover, day.need, workers
    )


@settings(max_examples=20)
@given(seed=st.integers(0, 100_000))
def test_a_tiny_day_is_shared_out_as_cheaply_as_anything_can_be(seed: int) -> None:
    day = made_day(seed, people=3, slots=5, activities=2)
    found = share_out(work_of(day), ENOUGH)
    assert all(allowed(day, person, line) for person, line in zip(day.people, found.doing, strict=True))
    assert found.cost == pytest.approx(price(day, found.doing))
    assert found.cost == pytest.approx(cheapest(day), abs=1e-3)
    assert found.bound == pytest.approx(found.cost, abs=1e-3)


@settings(max_examples=8)
@given(seed=st.integers(0, 100_000), nodes=st.sampled_from((0, 1_000)))
def test_a_larger_day_keeps_the_rules_and_no_order_of_people_changes_it(seed: int, nodes: int) -> None:
    day = made_day(seed, people=12, slots=24, activities=3)
    work = work_of(day)
    found = share_out(work, replace(ENOUGH, nodes=nodes), turn=seed)
    assert all(allowed(day, person, line) for person, line in zip(day.people, found.doing, strict=True))
    assert found.cost == pytest.approx(price(day, found.doing))
    assert found.bound <= found.cost
    turned = share_out(replace(work, workers=work.workers[::-1]), replace(ENOUGH, nodes=nodes), turn=seed)
    assert turned.doing[::-1] == found.doing


def test_without_time_everybody_does_one_thing_that_they_can() -> None:
    day = made_day(7, people=6, slots=12, activities=3)
    found = share_out(work_of(day), replace(ENOUGH, over=lambda: True, nodes=0, seconds=0.0))
    assert all(allowed(day, person, line) for person, line in zip(day.people, found.doing, strict=True))
    assert found.cost >= share_out(work_of(day), ENOUGH).cost


def test_a_day_on_which_nobody_works_or_nothing_is_needed_is_no_fault() -> None:
    work = work_of(made_day(3, people=2, slots=6, activities=2))
    idle = share_out(replace(work, workers=()), ENOUGH)
    assert (idle.doing, idle.cost) == ((), idle.bound)
    assert share_out(replace(work, workers=(), people={}), ENOUGH).cost == 0.0


def test_changing_costs_as_much_as_is_said_and_no_more_than_needed() -> None:
    """Two people who can both: one of each is needed, then twice the other; each of the rules alone decides."""
    both = Person((0, 1), dict.fromkeys(range(8), 15))
    need = {(0, slot): 2.0 if slot < 4 else 0.0 for slot in range(8)} | {
        (1, slot): 0.0 if slot < 4 else 2.0 for slot in range(8)
    }
    day = TinyDay(15, (1, 1), (100.0, 100.0), 4.0, 5.0, need, (both, both))
    assert changeovers_of(share_out(work_of(day), ENOUGH).doing) == 2
    assert changeovers_of(share_out(work_of(replace(day, changeover=1_000.0)), ENOUGH).doing) == 0
    assert changeovers_of(share_out(work_of(replace(day, shortest=(1, 5))), ENOUGH).doing) == 2
    late = share_out(work_of(replace(day, shortest=(5, 5))), ENOUGH)
    assert changeovers_of(late.doing) == 0
