"""Where one figure lies among the team's: dots on a line, nobody named."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xiaoer.actions.render.page import Cell, Page

FEWEST_OTHERS = 5  # with fewer, a spread without names would still tell whose figure is whose
WIDTH, EDGE = 200, 8
DOT = 4
LEVELS = (10, 6, 14, 2, 18)  # of a line twenty high, from its middle outwards


@dataclass(frozen=True)
class Spread:
    """Where the others' figures lie and where one's own, as places on a line; how many others have one, lie below."""

    others: tuple[int, ...]
    own: int | None
    number: int
    below: int = 0
    above: int = 0

    @property
    def dots(self) -> str:
        """Return a path with a dot for each of the others: who would lie upon another stands above or below it."""
        there: Counter[int] = Counter()
        drawn = []
        for place in self.others:
            column = round(place / DOT) * DOT
            drawn.append(f"M{column} {LEVELS[min(there[column], len(LEVELS) - 1)]}h0")
            there[column] += 1
        return "".join(dict.fromkeys(drawn))


def spread_of(own: Cell, others: Sequence[float]) -> Spread | None:
    """Return the places on a line of the others and of one's own; None for too few others."""
    if len(others) < FEWEST_OTHERS:
        return None
    mine = number_of(own)
    every = [*others, *([mine] if mine is not None else [])]
    low, high = min(every), max(every)
    span = high - low or 1.0

    def place(value: float) -> int:
        return EDGE + round((value - low) / span * (WIDTH - 2 * EDGE))

    below, above = (0, 0) if mine is None else (sum(one < mine for one in others), sum(one > mine for one in others))
    places = tuple(sorted(place(one) for one in others))
    return Spread(places, None if mine is None else place(mine), len(others), below, above)


def others_of(name: str, team: Page, account: str) -> list[float]:
    """Return everybody else's figures of a metric."""
    place = next((at for at, column in enumerate(team.columns) if column.name == name), None)
    if place is None:
        return []
    rows = team.data["rows"]
    assert isinstance(rows, list)
    found = [
        number_of(cells[place]) for plain, cells in zip(rows, team.rows, strict=True) if plain.get("agent") != account
    ]
    return [one for one in found if one is not None]


def number_of(cell: Cell) -> float | None:
    """Return a cell's number; None for a cell without one."""
    return float(cell.value) if isinstance(cell.value, int | float | Decimal) else None
