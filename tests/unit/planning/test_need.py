"""People needed: the formulas against a slow chain, goals, shrinkage, shifts, the floor that is played."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from tests.reference.queue_chain import queue
from xiaoer.base.errors import ReportableError
from xiaoer.planning.need import (
    Shift,
    Work,
    cheapest_cover,
    of_people,
    on_the_roster,
    people_needed,
    read_goal,
    served,
)
from xiaoer.planning.need.simulate import Kind, simulated

CASES = [
    (0.05, 6, (100.0,), None, 20.0), (0.05, 6, (100.0,), 60.0, 20.0), (0.05, 4, (100.0,), 60.0, 20.0),
    (0.02, 3, (200.0, 300.0), 90.0, 30.0), (0.015, 3, (200.0, 260.0, 400.0), None, 15.0),
    (0.06, 2, (150.0, 200.0, 260.0), 45.0, 30.0),
]  # fmt: skip


@pytest.mark.parametrize(("rate", "agents", "handle", "patience", "within"), CASES)
def test_figures_are_those_of_a_chain_walked_state_by_state(
    rate: float, agents: int, handle: tuple[float, ...], patience: float | None, within: float
) -> None:
    found = served([rate], [agents], Work(handle, patience), within_seconds=within)
    expected = queue(rate, agents, handle, patience, within)
    assert found.waits_share[0] == pytest.approx(expected.waits, abs=1e-6)
    assert found.abandoned_share[0] == pytest.approx(expected.abandoned, abs=1e-6)
    assert found.answered_in_time_share[0] == pytest.approx(expected.in_time, abs=2e-6)
    assert found.mean_wait_seconds[0] == pytest.approx(expected.mean_wait, abs=1e-4)
    assert found.places_taken_share[0] == pytest.approx(expected.places_taken, abs=1e-6)


def test_known_values_of_erlang_a_the_answered_wait_too() -> None:
    known = [(100 / 1800, 180.0, 300.0, 14, 0.145260, 0.013984, 0.916792, 0.064641 * 60),
             (48 / 60, 60.0, 120.0, 50, 0.467774, 0.030912, 0.943019, 0.060265 * 60),
             (100 / 1800, 180.0, 120.0, 9, 0.613307, 0.192156, 0.524066, 0.349044 * 60)]  # fmt: skip
    for rate, handle, patience, agents, waits, gone, in_time, answer in known:
        found = served([rate], [agents], Work((handle,), patience), within_seconds=20)
        assert found.waits_share[0] == pytest.approx(waits, abs=1e-6)
        assert found.abandoned_share[0] == pytest.approx(gone, abs=1e-6)
        assert found.answered_in_time_share[0] == pytest.approx(in_time, abs=1e-6)
        assert found.answer_seconds[0] == pytest.approx(answer, abs=1e-4)


def test_nobody_answers_nobody_and_too_few_without_patience_wait_for_ever() -> None:
    nobody = served([0.1], [0], Work((60.0,), 30.0), within_seconds=10)
    assert (nobody.waits_share[0], nobody.abandoned_share[0], nobody.mean_wait_seconds[0]) == (1.0, 1.0, 30.0)
    swamped = served([1.0], [2], Work((60.0,)), within_seconds=10)
    assert swamped.answered_in_time_share[0] == 0 and np.isinf(swamped.mean_wait_seconds[0])


def test_the_fewest_people_keep_every_goal_and_one_fewer_does_not() -> None:
    goals = [read_goal("80/20"), read_goal("abandonment_share=3%"), read_goal("occupancy_share=85%")]
    work = Work((180.0,), 60.0)
    rates = np.array([0.0, 0.01, 0.2, 1.3])
    people = people_needed(rates, work, goals)
    assert people[0] == 0
    for rate, number in zip(rates[1:], people[1:], strict=True):
        holds = [
            all(bool(goal.met(served([rate], [each], work, within_seconds=goal.seconds))[0]) for goal in goals)
            for each in (number - 1, number)
        ]
        assert holds == [False, True]


def test_the_classic_examples() -> None:
    assert people_needed([100 / 1800], Work((180.0,)), [read_goal("80/20")]).tolist() == [14]
    both = [read_goal("80/20"), read_goal("occupancy_share=70%")]
    assert people_needed([100 / 1800], Work((180.0,)), both).tolist() == [15]
    assert (on_the_roster(14, Fraction(3, 10)), on_the_roster(15, Fraction(3, 10))) == (20, 22)
    assert on_the_roster(91, Fraction(3, 10)) == 130  # not 91 × 1.3 = 119


@pytest.mark.parametrize(("figure", "better"), [("offered", 0.5), ("answered", 0.5), ("without_early_abandons", 0.5)])
def test_service_levels_differ_by_what_they_divide_by(figure: str, better: float) -> None:
    name = f"service_level_{'of_' if figure != 'without_early_abandons' else ''}{figure}=50%/20s"
    goal = read_goal(name)
    it = served([0.05], [4], Work((100.0,), 60.0), within_seconds=goal.seconds)
    in_time, gone, early = it.answered_in_time_share[0], it.abandoned_share[0], it.gone_in_time_share[0]
    expected = {"offered": in_time, "answered": in_time / (1 - gone), "without_early_abandons": in_time / (1 - early)}
    assert bool(goal.met(it)[0]) == (expected[figure] >= better)
    assert expected["offered"] < expected["without_early_abandons"] < expected["answered"]


@pytest.mark.parametrize(
    "text", ["200/10", "80", "level=80%", "abandonment_share=5%/3", "service_level_of_offered=80%"]
)
def test_a_goal_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ReportableError):
        read_goal(text)


def test_a_quiet_interval_is_all_well() -> None:
    quiet = of_people([0.0], np.array([0]), Work((60.0,)), within_seconds=10)
    assert (quiet.answered_in_time_share[0], quiet.mean_wait_seconds[0], quiet.places_taken_share[0]) == (1, 0, 0)


def test_the_cheapest_cover_is_that_of_trying_everything() -> None:
    need = [1, 0, 2, 3, 1, 2]
    shifts = [Shift("a", 0, 720, 5), Shift("b", 480, 960, 3), Shift("c", 720, 1440, 4), Shift("d", 1200, 480, 6)]

    def enough(people: tuple[int, ...]) -> bool:
        at = [sum(n for n, shift in zip(people, shifts, strict=True) if shift.covers(240 * p)) for p in range(6)]
        return all(there >= wanted for there, wanted in zip(at, need, strict=True))

    best = min(sum(n * s.cost for n, s in zip(people, shifts, strict=True))
               for people in product(range(4), repeat=4) if enough(people))  # fmt: skip
    found = cheapest_cover(need, shifts)
    assert found.cost == best and enough(found.people)
    with pytest.raises(ReportableError):
        cheapest_cover(need, shifts[:1])


def test_the_floor_that_is_played_agrees_with_the_formulas() -> None:
    for rate, agents, work in ((0.05, 5, Work((100.0,), 60.0)), (0.05, 6, Work((100.0,)))):
        played = simulated([Kind(rate, work, 20.0)], [[True]] * agents, contacts=12_000, runs=6)[0]
        exact = served([rate], [agents], work, within_seconds=20.0)
        for estimate, value in (
            (played.waits_share, exact.waits_share), (played.abandoned_share, exact.abandoned_share),
            (played.answered_in_time_share, exact.answered_in_time_share),
            (played.mean_wait_seconds, exact.mean_wait_seconds),
        ):  # fmt: skip
            assert abs(estimate.mean - value[0]) <= 3 * estimate.error + 1e-12


def test_the_floor_knows_skills_and_contacts_handed_on() -> None:
    kinds = [Kind(0.02, Work((120.0,), 90.0)), Kind(0.02, Work((120.0,), 90.0))]
    apart = simulated(kinds, [[True, False]] * 3 + [[False, True]] * 3, contacts=3_000, runs=4)
    shared = simulated(kinds, [[True, True]] * 6, contacts=3_000, runs=4)
    assert shared[0].waits_share.mean < apart[0].waits_share.mean
    assert simulated(kinds, [[True, True]] * 6, contacts=3_000, runs=4) == shared
    handed = [kinds[0], Kind(0.02, Work((120.0,), 90.0), handed_on_share=0.5, handed_on_to=0)]
    busier = simulated(handed, [[True, False]] * 3 + [[False, True]] * 3, contacts=3_000, runs=4)
    assert busier[0].waits_share.mean > apart[0].waits_share.mean + 3 * apart[0].waits_share.error
