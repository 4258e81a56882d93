"""Which figure is to be explained, as the reader wrote it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExplainAsk:
    """Which figure: a metric over days, of one agent (or the whole shop), perhaps of one day of them.

    `of` are further values of its row: of a group, a role, a week, a month (their first days) or an hour.
    """

    metric: str
    first: str
    last: str
    agent: str | None = None
    shop: str | None = None
    day: str | None = None
    policy: str | None = None
    snapshot: int | None = None
    of: tuple[tuple[str, str], ...] = ()
    engine: str = "duckdb"
