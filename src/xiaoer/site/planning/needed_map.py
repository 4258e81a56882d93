"""People needed against planned as pictures: a map of day by interval, and the steps of one day."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_against import Against
from xiaoer.site.charts import Chart, Drawn, Point, Series
from xiaoer.site.planning.asked import Asked

DAYS = 7
SHADES = 5


@dataclass(frozen=True)
class Spot:
    """One interval of a day: people to spare or lacking, or to plan where nobody is planned; and how dark it is."""

    text: str
    shade: str


@dataclass(frozen=True)
class NeededMap:
    """Some days as columns with their doors, their intervals as rows; intervals that nobody needs are left out."""

    days: tuple[tuple[date, str], ...]
    rows: tuple[tuple[str, tuple[Spot, ...]], ...]


def needed_map(found: Against, asked: Asked, days: range) -> NeededMap:
    """Return the map of some of the days, by their places."""
    load, spare, roster = found.needed.load, found.spare, found.needed.roster
    places = [day for day in days if day < len(load.days)]
    most = max(int(abs(spare[places]).max(initial=0)), 1)

    def spot(day: int, at: int) -> Spot:
        if found.planned is None:
            number = int(roster[day, at])
            return Spot(str(number) if number else "", _shade("w", number, int(roster.max(initial=1))))
        number = int(spare[day, at])
        if not number and not roster[day, at]:
            return Spot("", "")
        return Spot(f"{number:+d}" if number else "0", _shade("l" if number < 0 else "s", abs(number), most))

    rows = tuple((clock_text(load.starts[at]), tuple(spot(day, at) for day in places)) for at in _busy(found, places))
    heads = tuple((day, asked.query(on=day)) for place in places if (day := load.days[place]) is not None)
    return NeededMap(heads, rows)


def steps(found: Against, place: int) -> Chart:
    """Return one day as steps: people to plan, and people planned."""
    load = found.needed.load
    busy = _busy(found, [place])
    series = [Series(_("To plan"), tuple(_people(found.needed.roster[place, at]) for at in busy))]
    if found.planned is not None:
        series.append(Series(_("Planned"), tuple(_people(found.planned[place, at]) for at in busy)))
    places = tuple(clock_text(load.starts[at]) for at in busy)
    return Chart("steps", Drawn.STEPS, _("People by interval: to plan and planned"), places, tuple(series))


def _busy(found: Against, places: list[int]) -> range:
    """Return the intervals from the first to the last in which anybody is needed or planned."""
    there = found.needed.roster[places] > 0
    if found.planned is not None:
        there = there | (found.planned[places] > 0)
    busy = [at for at in range(there.shape[1]) if there[:, at].any()]
    return range(busy[0], busy[-1] + 1) if busy else range(0)


def _people(number: float) -> Point:
    return Point(float(number), f"{float(number):g}")


def _shade(name: str, number: int, most: int) -> str:
    return f"{name}{max(1, round(number / most * SHADES))}" if number else ""
