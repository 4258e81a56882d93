"""A chart as a page has it: what is drawn, and the same as a table for whoever does not see it.

Lines and columns have a place for each step of the horizontal axis; a heat map has a series for each of its rows.
`static/xiaoer/charts.js` draws it; the numbers here are for drawing only, the texts are what is read.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from xiaoer.actions.render.page import Cell, Kind


class Drawn(StrEnum):
    """How a chart is drawn; steps stay until the next place; a spark is a line without axes, as high as a text."""

    LINES = "lines"
    STEPS = "steps"
    COLUMNS = "columns"
    HEAT = "heat"
    SPARK = "spark"


@dataclass(frozen=True)
class Point:
    """One figure: a number to draw, the text to read, where a click leads, and whether it can still change."""

    value: float | None
    text: str
    address: str = ""
    pale: bool = False


@dataclass(frozen=True)
class Series:
    """What one line, one set of columns or one row of a heat map shows; earlier days are drawn in the background.

    Two `edge`s, the low one first, are drawn as the band between them.
    """

    label: str
    points: tuple[Point, ...]
    earlier: bool = False
    edge: bool = False


@dataclass(frozen=True)
class Mark:
    """A line with words across the chart: at a value, or, for `at_place`, at a place of the horizontal axis."""

    at: float
    label: str
    at_place: bool = False


@dataclass(frozen=True)
class Chart:
    """One chart; `name` is unlike any other of the page, `said` is its answer in words."""

    name: str
    drawn: Drawn
    said: str
    places: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Kind = Kind.NUMBER
    marks: tuple[Mark, ...] = ()
    place_label: str = ""

    @property
    def upright(self) -> bool:
        """Return whether the table has a row for each place; the rows of a heat map stay rows."""
        return self.drawn is not Drawn.HEAT

    @property
    def rows(self) -> list[tuple[str, list[Point]]]:
        """Return the table behind the chart: of each row its heading and its figures."""
        if not self.upright:
            return [(one.label, list(one.points)) for one in self.series]
        return [(place, [one.points[at] for one in self.series]) for at, place in enumerate(self.places)]

    @property
    def heads(self) -> tuple[str, ...]:
        """Return the headings of the table's figures."""
        return tuple(one.label for one in self.series) if self.upright else self.places

    @property
    def json(self) -> dict[str, Any]:
        """Return what the script draws."""
        return {
            "drawn": self.drawn.value,
            "kind": self.kind.value,
            "places": self.places,
            "series": [_json(one) for one in self.series],
            "marks": [{"at": one.at, "label": one.label, "atPlace": one.at_place} for one in self.marks],
        }


def point_of(cell: Cell, address: str = "") -> Point:
    """Return a cell of a page as a point; whatever is no number is not drawn."""
    number = isinstance(cell.value, int | float | Decimal)
    return Point(float(cell.value) if number else None, cell.text, address, cell.immature)  # type: ignore[arg-type]


def _json(series: Series) -> dict[str, Any]:
    pale = [at for at, one in enumerate(series.points) if one.pale]
    return {
        "label": series.label,
        "earlier": series.earlier,
        "values": [one.value for one in series.points],
        "texts": [one.text for one in series.points],
        **({"edge": True} if series.edge else {}),
        **({"leads": True} if any(one.address for one in series.points) else {}),
        **({"pale": pale} if pale else {}),
    }
