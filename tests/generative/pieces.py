"""One shop's tables in overlapping pieces, as a shop exports them: every week again, older weeks less complete."""

from hypothesis import strategies as st

from tests.reference.shop import Row

TIMES = {"messages": "sent_at", "orders": "created_at", "refunds": "requested_at", "calls": "offered_at"}
# What an earlier export did not know yet.
LATER = {"orders": ("paid_at", "closed_at"), "refunds": ("finished_at",)}
Tables = dict[str, list[Row]]


@st.composite
def pieces(draw: st.DrawFn, tables: Tables) -> list[Tables]:
    """Draw two or three overlapping pieces that together hold every row; of a row in several the last is complete."""
    count = draw(st.integers(2, 3))
    made: list[Tables] = [{} for _ in range(count)]
    for name, rows in tables.items():
        for number, part in enumerate(draw(_parts(rows, TIMES.get(name), count))):
            made[number][name] = part
    for number in range(count - 1):
        for name, columns in LATER.items():
            later = [row for piece in made[number + 1 :] for row in piece.get(name, [])]
            made[number][name] = [_earlier(row, columns) if row in later else row for row in made[number].get(name, [])]
    return made


@st.composite
def _parts(draw: st.DrawFn, rows: list[Row], time: str | None, count: int) -> list[list[Row]]:
    """Cut rows where the time changes, so that ties stay together, each part reaching into the one before it."""
    if time is None or not rows:
        return [rows] * count
    ordered = sorted(rows, key=lambda row: (row[time], row.get("source_row", 0)))
    edges = [0, *(at for at in range(1, len(ordered)) if ordered[at][time] != ordered[at - 1][time]), len(ordered)]
    cuts = sorted(draw(st.lists(st.sampled_from(edges), min_size=count - 1, max_size=count - 1)))
    starts = [0, *(draw(st.sampled_from([edge for edge in edges if edge <= cut])) for cut in cuts)]
    return [ordered[start:stop] for start, stop in zip(starts, [*cuts, len(ordered)], strict=True)]


def _earlier(row: Row, columns: tuple[str, ...]) -> Row:
    return {name: None if name in columns else value for name, value in row.items()}
