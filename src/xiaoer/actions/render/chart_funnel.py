"""A funnel: stages below one another, each as long as what is left of the first, with its share and what was lost."""

from html import escape

from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.chart import Chart
from xiaoer.actions.render.chart_frame import Point, framed, number_of
from xiaoer.actions.render.page import Kind, Page
from xiaoer.actions.wording import word

HIGH, THICK = 50, 18


def funnel_svg(name: str, page: Page, chart: Chart) -> str:
    """Return the funnel of the totals row, or of the only row where there is no total."""
    row = page.total or page.rows[0]
    places = {column.name: place for place, column in enumerate(page.columns)}
    stages = [
        Point(page.columns[place].label, row[place], number_of(row[place]))
        for place in (places[name] for name in chart.columns)
    ]
    first = stages[0].value or 0.0
    drawing = "".join(
        _stage(stage, number * HIGH, said=_said(stages, number, page.language), wide=_wide(stage, first))
        for number, stage in enumerate(stages)
    )
    said = [f"{stage.said} {_said(stages, number, page.language)}".strip() for number, stage in enumerate(stages)]
    return framed(name, chart.title, said, drawing, high=len(stages) * HIGH)


def _wide(stage: Point, first: float) -> float:
    return min(100.0, stage.value / first * 100) if stage.value and first else 0.0


def _said(stages: list[Point], number: int, language: str) -> str:
    """Return the share of the first stage that is left, and how many the step before lost; nothing for the first."""
    first, before, here = stages[0].value, stages[number - 1].value, stages[number].value
    if number == 0 or not first or before is None or here is None:
        return ""
    share = cell_text(Kind.SHARE, here / first, language)
    of_first = word("chart_of_first", language, first=stages[0].label, share=share)
    lost = word("chart_lost", language, number=f"{round(before - here):,}")
    return f"{of_first} · {lost}"


def _stage(stage: Point, top: int, *, said: str, wide: float) -> str:
    return (
        f'<g><text x="0" y="{top + 14}">{escape(stage.label)} <tspan class="figure">{escape(stage.text)}</tspan></text>'
        f'<text class="step" x="100%" y="{top + 14}" text-anchor="end">{escape(said)}</text>'
        f'<rect class="rest" x="0" y="{top + 20}" width="100%" height="{THICK}"/>'
        f'<rect class="bar {stage.kind}" x="0" y="{top + 20}" width="{wide:.2f}%" height="{THICK}"/></g>'
    )
