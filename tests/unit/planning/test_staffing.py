"""Hours of people who join and leave, week by week."""

from datetime import date
from fractions import Fraction

from xiaoer.base.catalog import Catalog
from xiaoer.planning.staffing import Cohort, hours_by_week, load_ramp_up

WEEKS = [date(2024, 9, 2), date(2024, 9, 9), date(2024, 9, 16)]
FORTY, NOBODY = Fraction(40), Fraction(0)


def test_newcomers_count_in_part_at_first_and_who_leaves_is_gone() -> None:
    ramp_up = load_ramp_up(Catalog())
    cohorts = [Cohort(date(2024, 1, 1), Fraction(3)), Cohort(WEEKS[0], Fraction(2), "newcomer"),
               Cohort(WEEKS[2], Fraction(-1))]  # fmt: skip
    found = hours_by_week(cohorts, WEEKS, ramp_up, week_hours=FORTY, leaving=NOBODY)
    assert found == [40 * (3 + 2 * Fraction(30, 100)), 40 * (3 + 2 * Fraction(70, 100)), 40 * (3 + 2 - 1)]


def test_joining_in_the_middle_of_a_week_counts_the_days_left() -> None:
    found = hours_by_week([Cohort(date(2024, 9, 6), Fraction(1))], WEEKS[:2], load_ramp_up(Catalog()),
                          week_hours=FORTY, leaving=NOBODY)  # fmt: skip
    assert found == [40 * Fraction(3, 7), 40]


def test_people_leave_by_the_month() -> None:
    (hours,) = hours_by_week([Cohort(date(2024, 9, 1), Fraction(10))], [date(2024, 10, 1)], load_ramp_up(Catalog()),
                             week_hours=FORTY, leaving=Fraction(1, 10))  # fmt: skip
    served = [30 + day for day in range(7)]
    assert hours == 400 * sum(1 - Fraction(one) / Fraction(365, 12) / 10 for one in served) / 7


def test_newcomers_are_paid_in_full_from_their_first_day() -> None:
    cohorts = [Cohort(date(2024, 9, 2), Fraction(4), "newcomer"), Cohort(date(2024, 9, 9), Fraction(-1))]
    weeks = [date(2024, 9, 2), date(2024, 9, 9)]
    assert hours_by_week(cohorts, weeks, None, week_hours=FORTY, leaving=NOBODY) == [160, 120]
