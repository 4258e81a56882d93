"""Rosters of made-up instances: valid by another judge, not below the bound, best where all can be tried."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.made_instance import made_instance
from tests.reference.shift_instance import ShiftInstance, broken_by_line, broken_rules, penalty, read_shift_instance
from xiaoer.planning.roster import Problem, Roster, Watch, best_roster, kinds_of, possible, read_instance


def solution_of(problem: Problem, roster: Roster) -> dict[str, list[str]]:
    names = ("", *problem.kinds)
    return {
        person.name: [names[kind] for kind in kinds_of(problem, person, line)]
        for person, line in zip(problem.people, roster.lines, strict=True)
        if line is not None
    }


def best_of_all(instance: ShiftInstance) -> int:
    """Return the lowest penalty by trying every roster."""
    every = list(product(("", *instance.minutes), repeat=instance.days))
    lines = {name: [line for line in every if not broken_by_line(instance, name, line)] for name in instance.staff}
    return min(penalty(instance, dict(zip(lines, chosen, strict=True))) for chosen in product(*lines.values()))


@settings(max_examples=8)
@given(
    seed=st.integers(0, 10_000), days=st.sampled_from((7, 14, 21)), people=st.integers(3, 7), kinds=st.integers(1, 4)
)
def test_rosters_keep_the_rules_and_say_their_cost(seed: int, days: int, people: int, kinds: int) -> None:
    text = made_instance(seed, days=days, people=people, kinds=kinds)
    problem, broken = possible(read_instance(text, "made").problem)
    roster = best_roster(problem, Watch(rounds=2), seed=seed)
    instance, solution = read_shift_instance(text), solution_of(problem, roster)
    wrong = {rule.split(":")[0] for rule in broken_rules(instance, solution)}
    assert wrong == {one.person for one in broken}
    if not broken:
        assert roster.cost == penalty(instance, solution)
        assert roster.bound <= roster.cost


@settings(max_examples=6)
@given(seed=st.integers(0, 10_000), kinds=st.sampled_from((1, 2)))
def test_what_is_proven_to_be_best_is_best(seed: int, kinds: int) -> None:
    text = made_instance(seed, days=7 if kinds == 1 else 5, people=2, kinds=kinds)
    problem, broken = possible(read_instance(text, "made").problem)
    roster = best_roster(problem, Watch(rounds=3), seed=seed)
    if not broken:
        lowest = best_of_all(read_shift_instance(text))
        assert roster.bound <= lowest <= roster.cost
        assert roster.cost == lowest


@settings(max_examples=2)
@given(seed=st.integers(0, 10_000))
def test_the_same_input_and_seed_give_the_same_roster(seed: int) -> None:
    problem, _ = possible(read_instance(made_instance(seed, days=14, people=6, kinds=3), "made").problem)
    first, second = (best_roster(problem, Watch(rounds=2), seed=1) for _ in range(2))
    assert first == second
