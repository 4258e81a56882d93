"""The team around one's own figure: places on a line, and nothing where it would tell who is who."""

from xiaoer.actions.render.page import Cell
from xiaoer.site.agents.spread import EDGE, FEWEST_OTHERS, WIDTH, spread_of
from xiaoer.site.session_rules import IDLE_MINUTES, over
from xiaoer.site.settings import SESSION_HOURS


def test_places_run_from_the_lowest_to_the_highest() -> None:
    found = spread_of(Cell(30, "30"), [10.0, 20.0, 40.0, 50.0, 60.0])
    assert found is not None
    assert (found.others[0], found.others[-1], found.number) == (EDGE, WIDTH - EDGE, 5)
    assert found.own == EDGE + round((30 - 10) / 50 * (WIDTH - 2 * EDGE))


def test_who_would_lie_upon_another_stands_beside_and_a_hundred_stay_small() -> None:
    found = spread_of(Cell(1, "1"), [1.0, 1.0, 1.0, 9.0, 9.0])
    assert found is not None
    assert found.dots == "M8 10h0M8 6h0M8 14h0M192 10h0M192 6h0"
    many = spread_of(Cell(1, "1"), [float(n % 40) for n in range(99)])
    assert many is not None
    assert len(many.dots) < 1_000


def test_too_few_others_are_not_drawn() -> None:
    assert spread_of(Cell(1, "1"), [float(n) for n in range(FEWEST_OTHERS - 1)]) is None


def test_without_an_own_figure_the_team_is_still_drawn() -> None:
    found = spread_of(Cell(None, "–"), [1.0] * FEWEST_OTHERS)
    assert found is not None
    assert found.own is None
    assert set(found.others) == {EDGE}


def test_sessions_end() -> None:
    assert over(100.0, started=None, seen=None)
    assert not over(100.0, started=0.0, seen=100.0)
    assert over(IDLE_MINUTES * 60.0, started=0.0, seen=0.0)
    assert over(SESSION_HOURS * 3600.0, started=0.0, seen=SESSION_HOURS * 3600.0 - 1)
