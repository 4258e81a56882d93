"""People needed against planned: whole people by interval, the worst first."""

from datetime import date
from fractions import Fraction

import numpy as np

from xiaoer.actions.plan_against import Against, gaps_of
from xiaoer.actions.plan_needed import Asked, Load, needed
from xiaoer.planning.need import Work, read_goal

DAYS = (date(2024, 8, 5), date(2024, 8, 6))


def against(planned: list[list[float]] | None) -> Against:
    """Return two days of three intervals of an hour: 0, 10 and 60 calls of 180 s, with a fifth of all away."""
    load = Load(DAYS, 60, (540, 600, 660), np.array([[0.0, 10.0, 60.0]] * 2))
    made = needed(load, Asked(Work((180.0,)), (read_goal("80/20"),), Fraction(1, 5)))
    return Against(made, None if planned is None else np.array(planned))


def test_people_to_spare_are_whole_people_and_part_of_an_hour_is_nobody() -> None:
    found = against([[0, 2, 6], [0, 3.9, 8]])
    assert found.needed.people[0].tolist() == [0, 2, 5]
    assert found.needed.roster[0].tolist() == [0, 3, 7]
    assert found.spare.tolist() == [[0, -1, -1], [0, 0, 1]]
    assert found.at_work.tolist() == [[0, 1, 4], [0, 3, 6]]
    assert gaps_of(found, most=5) == [(DAYS[0], 600, 1), (DAYS[0], 660, 1)]


def test_the_worst_gap_comes_first_and_nobody_planned_lacks_all() -> None:
    assert gaps_of(against([[0, 0, 7], [0, 3, 2]]), most=1) == [(DAYS[1], 660, 5)]
    assert gaps_of(against(None), most=9)[0] == (DAYS[0], 660, 7)
    assert gaps_of(against([[0, 3, 7]] * 2), most=9) == []
