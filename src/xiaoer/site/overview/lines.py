"""The figures of the overview: one line each, by period, with what each is held against and how it went lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.actions.render.page import Cell, Column, For, Page
from xiaoer.actions.report import report
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.site.agents.trend import short_day
from xiaoer.site.charts import Chart, Drawn, Series, point_of
from xiaoer.site.kept import kept
from xiaoer.site.overview.asked import Overview
from xiaoer.site.pages.table import Shown, table_of


@dataclass(frozen=True)
class Figure:
    """One figure of a period: where what stands behind it is, and what it is held against."""

    shown: Shown
    address: str
    beside: Shown | None


@dataclass(frozen=True)
class Line:
    """One metric: its words, its figure of each period, and its trend."""

    name: str
    label: str
    unit: str
    help: str
    figures: tuple[Figure, ...]
    spark: Chart | None


def lines_of(asked: Overview, language: Language) -> list[Line]:
    """Return the lines, each metric with its figures in the order of the periods."""
    found = [_figures(asked, period, compare, language) for period, compare in asked.periods]
    sparks = _sparks(asked, language)
    columns = {column.name: column for columns, _ in found for column in columns}
    return [
        Line(
            name, column.label, column.unit, column.help,
            tuple(figures[name] for _, figures in found if name in figures), sparks.get(name),
        )
        for name, column in columns.items()
    ]  # fmt: skip


def rows_of(page: Page, asked: Overview) -> list[tuple[dict[str, object], int]]:
    """Return the plain rows of a page that are of whom the overview is, each with its place."""
    rows = page.data["rows"]
    assert isinstance(rows, list)
    return [(row, at) for at, row in enumerate(rows) if asked.mine(row)]


def _figures(
    asked: Overview, period: Period, compare: str, language: Language
) -> tuple[list[Column], dict[str, Figure]]:
    page = kept(report, asked.figures(period, compare), language).shown_to(For.READING)
    metrics = [column for column in page.columns if not column.fixed and not column.beside]
    mine = rows_of(page, asked)
    if not mine:
        return metrics, {one.name: Figure(Shown("–", "", "number", (), False), "", None) for one in metrics}
    shown = dict(zip((one.name for one in page.columns), table_of(page).rows[mine[0][1]], strict=True))
    return metrics, {
        one.name: Figure(shown[one.name], _door(asked, period, one.name), shown.get(f"{one.name}.{compare}"))
        for one in metrics
    }


def _door(asked: Overview, period: Period, figure: str) -> str:
    question = {"period": "days", "from": str(period.first), "to": str(period.last), "figure": figure}
    question |= {"in_group": asked.group} if asked.group else {}
    return f"{reverse('explain', args=[asked.shop.pk])}?{urlencode(question)}"


def _sparks(asked: Overview, language: Language) -> dict[str, Chart]:
    page = kept(report, asked.by_day(), language).shown_to(For.READING)
    cells = {str(row["day"]): page.rows[at] for row, at in rows_of(page, asked)}
    days = [day for day in asked.trend.days() if str(day) in cells]
    if len(days) < 2:  # a line has two ends
        return {}
    places = tuple(short_day(day) for day in days)
    return {
        column.name: _spark(column, places, [cells[str(day)][at] for day in days])
        for at, column in enumerate(page.columns)
        if not column.fixed
    }


def _spark(column: Column, places: tuple[str, ...], cells: Sequence[Cell]) -> Chart:
    said = _("%(figure)s from %(first)s (%(from)s) to %(last)s (%(to)s)") % {
        "figure": column.label, "first": places[0], "from": cells[0].text, "last": places[-1], "to": cells[-1].text,
    }  # fmt: skip
    series = Series(column.label, tuple(point_of(cell) for cell in cells))
    return Chart(f"spark-{column.name}", Drawn.SPARK, said, places, (series,), column.kind)
