"""Quantiles by dimensions: each value's count, the places it takes in order, each quantile in whole numbers."""

from xiaoer.base.steps import Step
from xiaoer.metrics.measure import Measure
from xiaoer.metrics.scan import Rows, grouping, named


def quantile_scan(name: str, rows: Rows, measures: list[Measure]) -> list[Step]:
    """Return the steps to quantiles of one expression over the rows themselves; the last one has the name."""
    return [counted_values(f"{name}_counted", rows, measures[0]), *quantiles_of_counts(name, rows, measures)]


def counted_values(name: str, rows: Rows, measure: Measure) -> Step:
    """Return the step to how often (`n`) each value (`v`) of a quantile's expression occurs, by the dimensions."""
    value = f"({measure.aggregate.expression})"
    return Step(
        name,
        f"SELECT {', '.join([*rows.dimensions, f'{value} AS v', 'COUNT(*) AS n'])} {rows.source} "
        f"AND {value} IS NOT NULL AND {measure.condition}{grouping([*map(rows.spelled, rows.by), value])}",
    )


def quantiles_of_counts(name: str, rows: Rows, measures: list[Measure]) -> list[Step]:
    """Return two steps over `<name>_counted`: the places each value takes in ascending order, then each quantile.

    With q = a/b and n values, the quantile lies (n - 1) * a / b places above the lowest. The two neighbours weighted by
    b - r and r (r the remainder) give b times the quantile exactly; the division comes at the very end.
    """
    keys = [named(dimension) for dimension in rows.by]
    partition = f"PARTITION BY {', '.join(keys)} " if keys else ""
    upto = f"SUM(n) OVER ({partition}ORDER BY v ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    placed = Step(
        f"{name}_placed",
        f"SELECT {', '.join([*keys, 'v', f'{upto} - n AS first_place', f'{upto} - 1 AS last_place'])}, "
        f"SUM(n) OVER ({partition.strip()}) AS places FROM {name}_counted",
    )
    columns = [*keys, *map(_quantile, measures)]
    return [placed, Step(name, f"SELECT {', '.join(columns)} FROM {placed.name}{grouping(keys)}")]


def _quantile(measure: Measure) -> str:
    assert measure.aggregate.quantile is not None  # grouped by kind before
    a, b = measure.aggregate.quantile.q.as_integer_ratio()
    above = f"((places - 1) * {a})"  # in units of 1/b
    lower = f"{above} >= first_place * {b} AND {above} < (last_place + 1) * {b}"
    upper = f"{above} >= (first_place - 1) * {b} AND {above} < last_place * {b}"
    return (
        f"SUM(CASE WHEN {lower} THEN v * ({b} - {above} % {b}) ELSE 0 END "
        f"+ CASE WHEN {upper} THEN v * ({above} % {b}) ELSE 0 END) AS {measure.name}"
    )
