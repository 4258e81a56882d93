"""What all drawn charts share: the frame with its words for those who can not see it, round steps, short texts.

Places across are percentages, so that a chart is as wide as its reader's screen and its letters stay as large.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import ceil, floor, log10

from rich.cells import cell_len, set_cell_size

from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.chart import Chart
from xiaoer.actions.render.page import Cell, Column, Kind, Page, mark_of

LONGEST_LABEL = 14  # as wide as seven Chinese characters
MOST_STEPS = 4
CLOCK_STEPS = (1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0)


@dataclass(frozen=True)
class Point:
    """One row of a chart: its label, its cell, and the cell's value as a number; None where nothing is known."""

    label: str
    cell: Cell
    value: float | None

    @property
    def text(self) -> str:
        """Return the figure as the table has it, with its marks."""
        return self.cell.text + mark_of(self.cell)

    @property
    def said(self) -> str:
        """Return the label and the figure."""
        return f"{self.label} {self.text}"

    @property
    def kind(self) -> str:
        """Return the classes of the point's state."""
        return " ".join(name for name, holds in (("late", self.cell.immature), ("short", self.cell.missed)) if holds)


def points_of(page: Page, chart: Chart) -> list[Point]:
    """Return a point for each row of the page; its label is the row's first cell."""
    place = next(place for place, column in enumerate(page.columns) if column.name == chart.columns[0])
    return [Point(row[0].text, row[place], number_of(row[place])) for row in page.rows]


def column_of(page: Page, name: str) -> Column:
    """Return the page's column of a name."""
    return next(column for column in page.columns if column.name == name)


def number_of(cell: Cell) -> float | None:
    """Return the cell's value as a number for drawing; None where it is none."""
    return float(cell.value) if isinstance(cell.value, int | float | Decimal) else None


def framed(name: str, title: str, said: Iterable[str], drawing: str, *, high: int, note: str = "") -> str:
    """Return a figure with its title above, and with all that it shows as words inside."""
    told = "；".join(said)
    below = f'<p class="chart-note">{escape(note)}</p>' if note else ""
    return (
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption>'
        f'<svg role="img" aria-labelledby="{name}-t {name}-d" width="100%" height="{high}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(told)}</desc>{drawing}</svg>'
        f"{below}</figure>"
    )


def steps_to(highest: float, kind: Kind) -> list[float]:
    """Return round numbers from 0 up to the first at or above the highest, at most five of them.

    Durations go by seconds, minutes and hours as clocks have them.
    """
    if highest <= 0:
        return [0.0, 1.0]
    size = 10.0 ** floor(log10(highest))
    sizes = [size * part for part in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5)]
    if kind is Kind.SECONDS:
        sizes = [*CLOCK_STEPS, *(3600.0 * hours for hours in sizes if hours >= 1)]
    one = next((one for one in sizes if highest / one <= MOST_STEPS), size * 10)
    return [one * number for number in range(ceil(highest / one) + 1)]


def step_text(kind: Kind, value: float, language: str) -> str:
    """Return a round number as short as it goes."""
    whole = round(value) if kind is Kind.COUNT and value == round(value) else round(value, 6)
    text = cell_text(kind, whole, language)
    return text.replace(".0%", "%").removesuffix(".00")


def short(text: str) -> str:
    """Return a label that fits beside a bar."""
    return text if cell_len(text) <= LONGEST_LABEL else set_cell_size(text, LONGEST_LABEL - 1).rstrip() + "…"
