"""How one account's figures go by day, as charts with tables behind them."""

from datetime import date
from urllib.parse import urlencode

from xiaoer.actions.render.page import For
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.site.charts import Chart, Drawn, Point, Series, point_of
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop

METRICS = ("received_buyers", "average_response_seconds", "conversion_share_final", "sales_yuan")


def trend_of(shop: Shop, account: str, days: Period, language: Language, *, door: str) -> list[Chart]:
    """Return a chart of each figure; days on which the account has no row are gaps."""
    ask = ReportAsk(str(days.first), str(days.last), shop.name, by=("agent", "day"), metrics=METRICS)
    page = kept(report, ask, language).shown_to(For.READING)
    rows = page.data["rows"]
    assert isinstance(rows, list)
    mine = {row["day"]: cells for row, cells in zip(rows, page.rows, strict=True) if row["agent"] == account}
    if not mine:
        return []
    every = list(days.days())
    charts = []
    for at, column in enumerate(page.columns):
        if not column.fixed:
            points = tuple(
                point_of(mine[str(day)][at], _address(door, column.name, account, day))
                if str(day) in mine
                else Point(None, "–")
                for day in every
            )
            charts.append(Chart(
                f"trend-{column.name}", Drawn.LINES, column.heading, tuple(short_day(day) for day in every),
                (Series(column.label, points),), column.kind, place_label=page.columns[1].label,
            ))  # fmt: skip
    return charts


def short_day(day: date) -> str:
    """Return a day of a chart: month and day."""
    return f"{day.month}-{day.day:02}"


def _address(door: str, figure: str, account: str, day: date) -> str:
    return f"{door}&{urlencode({'figure': figure, 'agent': account, 'day': str(day)})}"
