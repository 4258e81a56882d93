"""The forecast as charts: what came, what is told, and the band between low and high."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from xiaoer.actions.plan_forecast import came_before
from xiaoer.actions.plan_foretold import Foretold
from xiaoer.site.charts import Chart, Drawn, Mark, Point, Series

BEFORE_DAYS = 28
EXACT_BELOW = 10


def drawn_days(found: Foretold, days: Sequence[Mapping[str, Any]]) -> Chart:
    """Return the days to come after the four weeks before them."""
    before = came_before(found, BEFORE_DAYS)
    places = [str(day)[5:] for day, _came in before] + [row["day"][5:] for row in days]
    came = [came for _day, came in before] + [row["came"] for row in days]
    marks = (Mark(len(before), _("from here on told"), at_place=True),)
    return _chart("by_day", _("Contacts by day, what came and what is told"), places, came, days, marks)


def drawn_intervals(rows: Sequence[Mapping[str, Any]]) -> Chart:
    """Return one day by interval."""
    places, came = [row["from"] for row in rows], [row["came"] for row in rows]
    return _chart("by_interval", _("Contacts by interval, what came and what is told"), places, came, rows, ())


def _chart(
    name: str, said: str, places: Sequence[str], came: Sequence[float | None], told: Sequence[Mapping[str, Any]],
    marks: tuple[Mark, ...],
) -> Chart:  # fmt: skip
    empty = [None] * (len(places) - len(told))
    series = [
        Series(label, _points([*empty, *(row[key] for row in told)]), edge=edge)
        for label, key, edge in ((_("Told"), "contacts", False), (_("Low (10 %)"), "q10", True),
                                 (_("High (90 %)"), "q90", True))
    ]  # fmt: skip
    first = [Series(_("Came"), _points(came))] if any(one is not None for one in came) else []
    return Chart(name, Drawn.LINES, said, tuple(places), (*first, *series), marks=marks)


def _points(values: Sequence[float | None]) -> tuple[Point, ...]:
    return tuple(
        Point(None, "–") if one is None else Point(round(one, 1), f"{one:,.0f}" if one >= EXACT_BELOW else f"{one:.1f}")
        for one in values
    )
