"""Bars that lie, one a row, the longest on top; the target is a line across."""

from html import escape

from rich.cells import cell_len

from xiaoer.actions.render.chart import Chart
from xiaoer.actions.render.chart_frame import Point, column_of, framed, points_of, short, step_text
from xiaoer.actions.render.page import Page
from xiaoer.actions.wording import word

FIGURES = 26  # hundredths that the figures behind the longest bar take
NARROW, PER_CHARACTER, WIDEST = 4, 1.75, 25  # hundredths that labels take on a phone
HIGH, THICK = 22, 14
MOST = 40  # more bars than this are not looked at one by one


def bars_svg(name: str, page: Page, chart: Chart) -> str:
    """Return the bars of one column, the longest first; then what rests on few cases, and what is unknown last."""
    points = sorted(points_of(page, chart), key=_place)
    shown, rest = points[:MOST], len(points) - MOST
    target = float(chart.target) if chart.target is not None else None
    highest = max([point.value or 0.0 for point in shown] + [target or 0.0]) or 1.0
    top = HIGH if target is not None else 0
    left = min(WIDEST, NARROW + PER_CHARACTER * max((cell_len(point.label) for point in shown), default=0))
    longest = 100 - FIGURES - left
    drawing = "".join(
        _bar(point, top + number * HIGH, left=left, wide=max(0.0, point.value or 0.0) / highest * longest)
        for number, point in enumerate(shown)
    )
    high = top + len(shown) * HIGH
    if target is not None:
        kind = column_of(page, chart.columns[0]).kind
        said = word("chart_target", page.language, value=step_text(kind, target, page.language))
        drawing += _across(left + target / highest * longest, said, high)
    note = word("chart_rest", page.language, shown=MOST, rest=rest) if rest > 0 else ""
    return framed(name, chart.title, [point.said for point in shown], drawing, high=high, note=note)


def _place(point: Point) -> tuple[bool, bool, float]:
    return point.value is None, point.cell.few, -(point.value or 0.0)


def _bar(point: Point, top: float, *, left: float, wide: float) -> str:
    middle = top + HIGH / 2 + 4
    upper, end = top + (HIGH - THICK) / 2, left + wide
    return (
        f"<g><title>{escape(point.said)}</title>"
        f'<text x="0" y="{middle:g}">{escape(short(point.label))}</text>'
        f'<rect class="bar {point.kind}" x="{left:.2f}%" y="{upper:g}" width="{wide:.2f}%" height="{THICK}"/>'
        f'<text class="figure {point.kind}" x="{end:.2f}%" dx="5" y="{middle:g}">{escape(point.text)}</text></g>'
    )


def _across(place: float, said: str, high: int) -> str:
    return (
        f'<line class="target" x1="{place:.2f}%" x2="{place:.2f}%" y1="{HIGH - 6}" y2="{high}"/>'
        f'<text class="target" x="{place:.2f}%" y="{HIGH - 10}" text-anchor="middle">{escape(said)}</text>'
    )
