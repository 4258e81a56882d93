"""The engine as these tests ask it: a made-up shop in, rows of dimensions and figures out."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pyarrow as pa

from tests.generative.canonical import canonical
from tests.reference.shop import Row, Shop
from xiaoer.base.catalog import Catalog
from xiaoer.base.corrections import Correction
from xiaoer.base.days import Period
from xiaoer.base.tables import canonical_tables
from xiaoer.facts.relations import relations_of
from xiaoer.metrics import Found, Metric, Request, assemble_report, compile_report, dimensions_of, load_metrics

By = tuple[str, ...]
NO_TOTAL = pa.table({"nothing": [1]})  # to ask for it costs as much as to ask for the rows


@cache
def declared_metrics() -> dict[str, Metric]:
    """Return every metric of the catalog by name."""
    return load_metrics(Catalog())


def engine_reports(
    shop: Shop,
    *,
    period: Period,
    bys: list[By],
    policy: str,
    metrics: tuple[str, ...],
    corrections: Sequence[Correction] = (),
) -> dict[By, list[Row]]:
    """Return the rows of one report for each list of dimensions; the totals row is that of (), and of no other here."""
    declared = declared_metrics()
    # Whether a table was ever imported is another test's matter: here every table is known.
    found = Found(tables=frozenset(canonical_tables()))
    reports = {}
    whole = Request(period, metrics, by=(), shop=shop.name, policy=policy, settings=shop.settings)
    with relations_of(canonical(shop), shop.settings, policy=policy, corrections=corrections) as engine:
        for by in bys:
            asked = replace(whole, by=dimensions_of(by))
            rows = engine.query(compile_report(asked, declared))
            total = NO_TOTAL if by else rows
            report = assemble_report(asked, declared, rows=rows, total=total, found=found)
            reports[by] = [{**row.dimensions, **row.figures} for row in report.rows]
    return reports
