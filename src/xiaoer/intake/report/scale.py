"""Shares written without a percent sign: 0–1 or 0–100, decided for each column from its own numbers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xiaoer.intake.report.figure import plain_share

CLEARLY = Decimal(2)  # a share may pass 1 a little, as invitations per reception do; never 2


def percent_columns(shares: Mapping[int, Sequence[str | None]]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the columns read as 0–100 and those read as 0–1; columns without a plain number are in neither.

    Above 2 it is 0–100, up to 1 it is 0–1; between, what another column of the table clearly is, else 0–100.
    """
    largest = {}
    for column, cells in shares.items():
        numbers = [abs(number) for cell in cells if (number := plain_share(cell)) is not None]
        if numbers:
            largest[column] = max(numbers)
    clear = {column for column, number in largest.items() if number > CLEARLY}
    whole = {column for column, number in largest.items() if number <= 1}
    between = set(largest) - clear - whole
    percent = clear if whole and not clear else clear | between
    return frozenset(percent), frozenset(set(largest) - percent)
