"""The days of the week by the hours of the day: how much comes in, how long people wait, as shades of a table."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import For, Kind, Page
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.site.analysis.figures import number_of
from xiaoer.site.analysis.whose import Whose
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.no_data import days_with_data
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.performance.state import State

# What can be shown; contacts are those of an average day, the others Σ/Σ of all such hours.
SHOWN = ("received_buyers", "average_response_seconds", "first_response_seconds", "three_minute_share")
ARRIVALS = SHOWN[0]
BETTER_HIGH = frozenset({"three_minute_share"})
SHADES = 9
WEEKDAYS, HOURS = range(1, 8), range(24)


@dataclass(frozen=True)
class Spot:
    """One hour of a weekday: its figure, how dark it is (0–9), and its place, which the map's door needs."""

    text: str
    shade: int
    at: str


@dataclass(frozen=True)
class Heat:
    """The map: weekdays as columns, hours as rows; what it says in words; its door; the figures that can be shown."""

    label: str
    said: str
    door: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Spot, ...]], ...]
    choices: tuple[tuple[str, str], ...]


def heat_of(shop: Shop, state: State, whose: Whose, figure: str, language: Language) -> Heat:
    """Return the map of a figure."""
    days = state.days.period
    over = ("agent",) if whose.agent is not None else ("group",) if whose.group is not None else ()
    ask = ReportAsk(str(days.first), str(days.last), shop.name, by=(*over, "weekday", "hour"), metrics=SHOWN)
    page = kept(report, ask, language).shown_to(For.READING)
    labels = {column.name: column.label for column in page.columns}
    values = _values(page, figure, whose.agent if whose.agent is not None else whose.group, over)
    many = _weekdays(shop, state)
    if figure == ARRIVALS:
        values = {place: value / many[place[0]] for place, value in values.items() if many[place[0]]}
    hours = [hour for hour in HOURS if any((day, hour) in values for day in WEEKDAYS)]
    span = range(min(hours), max(hours) + 1) if hours else range(0)
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)

    def spot(day: int, hour: int) -> Spot:
        value = values.get((day, hour))
        if value is None:
            return Spot("", 0, "")
        dark = (high - value if figure in BETTER_HIGH else value - low) / ((high - low) or 1.0)
        return Spot(_text(value, figure, language), round(dark * SHADES), f"{day}.{hour}")

    return Heat(
        labels[figure], _said(values, figure, language), f"figure={figure}{whose.door}",
        tuple(word(f"weekday_{day}", language) for day in WEEKDAYS),
        tuple((f"{hour:02}:00", tuple(spot(day, hour) for day in WEEKDAYS)) for hour in span),
        tuple((name, labels[name]) for name in SHOWN),
    )  # fmt: skip


def _values(page: Page, figure: str, key: str | None, over: tuple[str, ...]) -> dict[tuple[int, int], float]:
    place = next(at for at, column in enumerate(page.columns) if column.name == figure)
    found = {}
    for row, cells in zip(data_rows(page, "rows"), page.rows, strict=True):
        value = number_of(cells[place])
        if value is not None and (not over or row[over[0]] == key):
            found[row["weekday"], row["hour"]] = value
    return found


def _weekdays(shop: Shop, state: State) -> Counter[int]:
    """Return how many of the days asked for are of each weekday, days before and after all data left out."""
    known = days_with_data(shop)
    return Counter(day.isoweekday() for day in state.days.period.days() if known.first <= day <= known.last)


def _text(value: float, figure: str, language: Language) -> str:
    if figure == ARRIVALS:
        return f"{value:.1f}"
    return cell_text(Kind.SHARE if figure in BETTER_HIGH else Kind.SECONDS, value, language)


def _said(values: dict[tuple[int, int], float], figure: str, language: Language) -> str:
    """Return where the map is darkest, in words."""
    if not values:
        return _("Nothing in these days.")
    worst = min if figure in BETTER_HIGH else max
    day, hour = worst(sorted(values), key=lambda place: values[place])
    named = {
        "day": word(f"weekday_{day}", language), "hour": f"{hour:02}:00",
        "figure": _text(values[day, hour], figure, language),
    }  # fmt: skip
    if figure == ARRIVALS:
        return _("Busiest: %(day)s at %(hour)s, %(figure)s people on an average day.") % named
    if figure in BETTER_HIGH:
        return _("Lowest: %(day)s at %(hour)s, %(figure)s.") % named
    return _("Slowest: %(day)s at %(hour)s, %(figure)s.") % named
