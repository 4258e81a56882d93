"""Finding the header among the first rows: titles stand above it, and it may take up to three rows."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from xiaoer.intake.vocabulary import is_header

ROWS_LOOKED_AT = 30
MOST_HEADER_ROWS = 3
LONGEST_HEADER = 40
_LIKE_A_VALUE = re.compile(r"\d{4,}|^\W*[\d.,%:/ -]+\W*$|\d[:/-]\d")


@dataclass(frozen=True)
class HeaderFound:
    """A header: its names, the index of its first row and how many rows it takes."""

    names: tuple[str, ...]
    first_row: int
    rows: int
    known: int  # how many names some platform knows


def find_header(rows: Sequence[Sequence[str]], known: Set[str]) -> HeaderFound | None:
    """Return the header among the first rows, or None when no row looks like one.

    The rows whose names are best known are the header; where none is known, the first row that looks like names.
    """
    best: HeaderFound | None = None
    for first in range(min(len(rows), ROWS_LOOKED_AT)):
        for depth in range(1, min(MOST_HEADER_ROWS, len(rows) - first) + 1):
            names = joined(rows[first : first + depth])
            count = len({name for name in names if is_header(name, known)})
            if count and (best is None or (count, -depth) > (best.known, -best.rows)):
                best = HeaderFound(names, first, depth, count)
    if best is not None and (best.known > 1 or len([name for name in best.names if name]) <= 2):
        return best
    for index, row in enumerate(rows[:ROWS_LOOKED_AT]):
        if looks_like_names(row):
            return HeaderFound(joined([row]), index, 1, 0)
    return None


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return one name per column: merged cells above are spread over the cells below, as in 总/发出."""
    width = max(len(row) for row in rows)
    padded = [[_bare(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    for upper, lower in reversed(list(zip(padded, padded[1:], strict=False))):
        carried = ""
        for column in range(width):
            carried = upper[column] or (carried if lower[column] else "")
            upper[column] = carried
    names = []
    for column in range(width):
        parts = [row[column] for row in padded if row[column]]
        names.append("/".join(dict.fromkeys(parts)))
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def looks_like_names(row: Sequence[str]) -> bool:
    """Tell whether the cells look like column names: several, short, different, no numbers and no times."""
    cells = [_bare(cell) for cell in row if _bare(cell)]
    return (
        len(cells) >= 2
        and len(set(cells)) > len(cells) // 2
        and all(len(cell) <= LONGEST_HEADER and not _LIKE_A_VALUE.search(cell) for cell in cells)
    )


def _bare(cell: str) -> str:
    return cell.replace("\ufeff", "").strip().replace("\n", "")
