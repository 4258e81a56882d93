"""Charts with an upright scale: lines of days, columns of hours; round steps behind, the target across."""

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from rich.cells import cell_len

from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.chart_frame import Point, column_of, framed, points_of, step_text, steps_to
from xiaoer.actions.render.page import Page
from xiaoer.actions.wording import word

TOP, HIGH, BELOW = 26, 150, 20
MOST_LABELS = 8
PER_CHARACTER, WIDEST = 1.75, 22  # hundredths that words take on a phone
_DAY = re.compile(r"\d{4}-(\d\d)-(\d\d)")


@dataclass(frozen=True)
class _Scale:
    """Where things stand: the round steps, how many rows there are, and how much is left for the steps' words."""

    steps: tuple[float, ...]
    rows: int
    left: float

    @property
    def step(self) -> float:
        """Return how wide one row is, in hundredths."""
        return (100 - self.left) / max(1, self.rows)

    def across(self, number: int) -> float:
        """Return the middle of a row, in hundredths from the left."""
        return self.left + (number + 0.5) * self.step

    def high(self, value: float) -> float:
        """Return where a value stands, in pixels from the top."""
        return TOP + HIGH * (1 - max(0.0, value) / self.steps[-1])


def upright_svg(name: str, page: Page, chart: Chart) -> str:
    """Return the line or the columns of one column's rows, in the rows' order."""
    points = points_of(page, chart)
    kind = column_of(page, chart.columns[0]).kind
    target = float(chart.target) if chart.target is not None else None
    steps = steps_to(max([point.value or 0.0 for point in points] + [target or 0.0]), kind)
    words = [step_text(kind, step, page.language) for step in steps]
    left = min(WIDEST, PER_CHARACTER * (max(map(cell_len, words)) + 1))
    scale = _Scale(tuple(steps), len(points), left)
    parts = [_step(scale, step, text) for step, text in zip(steps, words, strict=True)]
    parts += _line(points, scale) if chart.kind is ChartKind.LINE else _columns(points, scale)
    parts += _labels(points, scale)
    if target is not None:
        said = word("chart_target", page.language, value=step_text(kind, target, page.language))
        parts.append(_across(scale, target, said))
    parts += _extremes(points, scale)
    late = any(point.cell.immature for point in points)
    note = word("chart_immature", page.language) if late else ""
    said_all = [point.said for point in points]
    return framed(name, chart.title, said_all, "".join(parts), high=TOP + HIGH + BELOW, note=note)


def _step(scale: _Scale, value: float, text: str) -> str:
    high = scale.high(value)
    return (
        f'<line class="step" x1="{scale.left:.2f}%" x2="100%" y1="{high:.1f}" y2="{high:.1f}"/>'
        f'<text class="step" x="{scale.left:.2f}%" dx="-6" y="{high + 4:.1f}" text-anchor="end">{escape(text)}</text>'
    )


def _line(points: list[Point], scale: _Scale) -> list[str]:
    placed = [
        (number, scale.across(number), scale.high(point.value), point)
        for number, point in enumerate(points)
        if point.value is not None
    ]
    parts = [
        f'<line class="line {"late" if one[3].cell.immature or two[3].cell.immature else ""}" '
        f'x1="{one[1]:.2f}%" y1="{one[2]:.1f}" x2="{two[1]:.2f}%" y2="{two[2]:.1f}"/>'
        for one, two in pairwise(placed)
        if two[0] - one[0] == 1  # no line over rows of which nothing is known
    ]
    parts += [
        f'<circle class="dot {point.kind}" cx="{across:.2f}%" cy="{high:.1f}" r="3">'
        f"<title>{escape(point.said)}</title></circle>"
        for _, across, high, point in placed
    ]
    return parts


def _columns(points: list[Point], scale: _Scale) -> list[str]:
    return [
        f'<rect class="bar {point.kind}" x="{scale.across(number) - scale.step * 0.36:.2f}%" '
        f'y="{scale.high(point.value):.1f}" width="{scale.step * 0.72:.2f}%" '
        f'height="{TOP + HIGH - scale.high(point.value):.1f}"><title>{escape(point.said)}</title></rect>'
        for number, point in enumerate(points)
        if point.value is not None
    ]


def _labels(points: list[Point], scale: _Scale) -> list[str]:
    every = -(-len(points) // MOST_LABELS)
    return [
        f'<text class="label" x="{scale.across(number):.2f}%" y="{TOP + HIGH + 15}" text-anchor="middle">'
        f"{escape(_short_day(point.label))}</text>"
        for number, point in enumerate(points)
        if number % every == 0
    ]


def _short_day(label: str) -> str:
    """Return a day without its year and an hour without its minutes; the table has them whole."""
    day = _DAY.fullmatch(label)
    return f"{int(day[1])}-{int(day[2])}" if day else label.removesuffix(":00")


def _extremes(points: list[Point], scale: _Scale) -> list[str]:
    """Return the figures of the highest point, above it, and of the lowest, below; pointing tells all others."""
    known = [(point.value, number) for number, point in enumerate(points) if point.value is not None]
    if not known:
        return []
    chosen = {max(known)[1]: -8, min(known)[1]: 16 if scale.high(min(known)[0]) < TOP + HIGH - 16 else -8}
    return [
        f'<text class="figure {points[number].kind}" x="{scale.across(number):.2f}%" '
        f'y="{scale.high(points[number].value or 0.0) + away:.1f}" '
        f'text-anchor="{_anchor(scale.across(number), scale)}">'
        f"{escape(points[number].text)}</text>"
        for number, away in sorted(chosen.items())
    ]


def _anchor(across: float, scale: _Scale) -> str:
    return "start" if across < scale.left + 10 else "end" if across > 90 else "middle"


def _across(scale: _Scale, target: float, said: str) -> str:
    high = scale.high(target)
    return (
        f'<line class="target" x1="{scale.left:.2f}%" x2="100%" y1="{high:.1f}" y2="{high:.1f}"/>'
        f'<text class="target" x="{scale.left:.2f}%" dx="2" y="{high - 5:.1f}">{escape(said)}</text>'
    )
