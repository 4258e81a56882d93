"""What Parquet footers tell without reading a row: the span of a column's values."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Span = tuple[Any, Any]  # the lowest value or less, the highest or more; of one type


def span_of(file: Path, column: str, *, unknown_too: bool = True) -> Span | None:
    """Return within which values a column of a file lies; None where all are unknown.

    Where not to have `unknown_too`, None also where one is, and where the footer does not say.
    """
    footer = pq.read_metadata(file)
    place = footer.schema.to_arrow_schema().get_field_index(column)
    found: list[Span] = []
    for number in range(footer.num_row_groups):
        said = footer.row_group(number).column(place).statistics
        if said is not None and said.has_min_max:
            found.append((said.min, said.max))
        if not unknown_too and (said is None or not said.has_min_max or said.null_count):
            return None
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def lie_apart(spans: Iterable[Span]) -> bool:
    """Return whether no value can be in two of these spans."""
    return all(before[1] < after[0] for before, after in pairwise(sorted(spans)))
