"""Hours that people can be planned for, week by week, in hours of somebody experienced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from xiaoer.base.catalog import Catalog, Declared, Words

WEEK = timedelta(days=7)
EXPERIENCED, NEWCOMER, TEMPORARY = "experienced", "newcomer", "temporary"
DAYS_OF_MONTH = Fraction(365, 12)


class Kind(Declared):
    """How much of an experienced person's work is done in the first, second, … week; later weeks count in full."""

    label: Words
    weeks_percent: tuple[int, ...]


class Version(Declared):
    """How people grow into the work, from a day on."""

    since: date
    kinds: dict[str, Kind]


class RampUp(Declared):
    """The dated list of it."""

    source: Words
    versions: tuple[Version, ...]

    def on(self, day: date) -> Mapping[str, Kind]:
        """Return the kinds that hold on a day; before the first date, those of the first."""
        holding = [one for one in self.versions if one.since <= day] or list(self.versions[:1])
        return max(holding, key=lambda one: one.since).kinds


def load_ramp_up(catalog: Catalog) -> RampUp:
    """Return how newcomers grow into the work, as the catalog has it."""
    return catalog.load_one("planning/ramp_up.yaml", RampUp)


@dataclass(frozen=True)
class Cohort:
    """People who join on a day; a negative number leaves."""

    day: date
    people: Fraction
    kind: str = EXPERIENCED


def hours_by_week(
    cohorts: Sequence[Cohort], weeks: Sequence[date], ramp_up: RampUp | None, *, week_hours: Fraction, leaving: Fraction
) -> list[Fraction]:
    """Return the hours of each week beginning on these days: people × week_hours × how much they count by then.

    `leaving` is the share of people who leave in a month; it takes from everybody who joined, by the day. Without a
    ramp-up everybody counts in full: these are the hours that are paid.
    """
    return [sum((_hours(one, week, ramp_up, leaving) for one in cohorts), Fraction(0)) * week_hours for week in weeks]


def _hours(cohort: Cohort, week: date, ramp_up: RampUp | None, leaving: Fraction) -> Fraction:
    total = Fraction(0)
    for after in range(7):
        day = week + timedelta(days=after)
        served = (day - cohort.day).days
        if served < 0:
            continue
        kinds = {} if ramp_up is None or cohort.people < 0 else ramp_up.on(cohort.day)
        percents = kinds[cohort.kind].weeks_percent if kinds else ()
        place = served // 7
        counts = Fraction(percents[place], 100) if place < len(percents) else Fraction(1)
        left = 1 - leaving * Fraction(served) / DAYS_OF_MONTH if cohort.people > 0 else Fraction(1)
        total += cohort.people * counts * max(left, Fraction(0)) / 7
    return total
