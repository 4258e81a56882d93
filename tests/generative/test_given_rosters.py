"""Rosters changed at random: the product names a broken rule exactly where another judge finds one."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.made_instance import made_instance
from tests.reference.shift_instance import broken_by_line, read_shift_instance
from tests.reference.shop_roster import broken_in_shop
from xiaoer.actions.plan_roster_value import problem_of, value_of
from xiaoer.planning.roster import breaches_of, cost_apart, read_instance
from xiaoer.planning.roster.line_finder import LineFinder
from xiaoer.planning.roster.problem import Start
from xiaoer.planning.roster.totals import own_cost

PEOPLE, SHIFTS = (
    ("小禾", "小满", "小雪"),
    {"早": ("08:00", "17:00"), "晚": ("14:00", "23:00"), "夜": ("22:00", "30:00")},
)
MARKS = {  # of what the other judge says, the rule that the product names
    "rest": ("rests",), "longest_run": ("days on end",), "week_hours": ("in week",),
    "minutes": ("minutes",),
}  # fmt: skip


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), days=st.sampled_from((7, 14)), kinds=st.integers(1, 3))
def test_a_line_of_an_instance_breaks_what_another_judge_says(seed: int, days: int, kinds: int) -> None:
    text, chance = made_instance(seed, days=days, people=2, kinds=kinds), random.Random(seed)
    problem, instance = read_instance(text, "made").problem, read_shift_instance(text)
    names = ("", *problem.kinds)
    for person in problem.people:
        line = [chance.randint(0, kinds) for _ in range(days)]
        broken = broken_by_line(instance, person.name, [names[kind] for kind in line])
        assert bool(breaches_of(problem, person, line)) == bool(broken)


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), kinds=st.integers(1, 3))
def test_a_line_is_allowed_exactly_when_the_search_could_find_it(seed: int, kinds: int) -> None:
    chance = random.Random(seed)
    problem = read_instance(made_instance(seed, days=7, people=1, kinds=kinds), "made").problem
    person = problem.people[0]
    if chance.random() < 0.7:
        person = replace(person, start=Start(chance.randint(0, kinds), chance.randint(1, 4)))
    found = LineFinder(problem, person, {}).cheapest(person.toll)
    line = list(found[0][1]) if found else [0] * 7
    for _ in range(chance.randint(0, 2)):
        line[chance.randrange(7)] = chance.randint(0, kinds)
    only = np.full(person.toll.shape, np.inf)
    for day, kind in enumerate(line):
        only[day, kind] = person.toll[day, kind]
    allowed = bool(LineFinder(problem, replace(person, toll=only), {}).cheapest(only))
    assert allowed == (not breaches_of(problem, person, line))
    if allowed:
        assert cost_apart(problem, person, line) == pytest.approx(
            own_cost(person, line, first_weekday=problem.first_weekday)
        )


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_a_shops_roster_breaks_what_another_judge_says(seed: int) -> None:
    chance = random.Random(seed)
    days = [f"2026-06-{day:02}" for day in range(3, 17)]
    rows = {
        "people": [{"name": name, "hours_most": "60"} for name in PEOPLE],
        "shifts": [{"name": name, "start": start, "end": end} for name, (start, end) in SHIFTS.items()],
        "need": [{"day": day, "start": "09:00", "people": "1"} for day in days],
        "rules": [{"name": "weekends_free", "value": "0"}, {"name": "shortest_run", "value": "1"}],
    }
    duties = [
        {"person": name, "day": day, "shift": shift, "start": SHIFTS[shift][0], "end": SHIFTS[shift][1], "breaks": []}
        for name in PEOPLE
        for day in days
        if chance.random() < 0.65
        for shift in [chance.choice(list(SHIFTS))]
    ]
    value = value_of(problem_of(rows, "zh"), duties)
    said = {(one.person, one.rule) for one in value.broken if one.rule in MARKS}
    judged = broken_in_shop(duties, rest_hours=11, longest_run=6, week_hours=44, most_hours=60)
    assert said == {(what.split(" ")[0], _rule(what)) for what in judged}
    assert list(value.duties) == duties


def _rule(said: str) -> str:
    return next(rule for rule, marks in MARKS.items() if any(mark in said for mark in marks))
