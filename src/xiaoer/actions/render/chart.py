"""A chart of a page: which of the page's own columns it draws, and how; it holds no number of its own."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ChartKind(StrEnum):
    """How a chart is drawn: bars, lines and columns of the rows, a funnel of the totals."""

    BAR = "bar"
    LINE = "line"
    COLUMN = "column"
    FUNNEL = "funnel"


@dataclass(frozen=True)
class Chart:
    """One chart: the names of the columns drawn, its title, and the target that is drawn as a line."""

    kind: ChartKind
    columns: tuple[str, ...]
    title: str
    target: Decimal | None = None
