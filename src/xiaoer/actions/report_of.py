"""A request answered: the report of a session, and the same as if nobody had corrected anything."""

from collections.abc import Mapping
from dataclasses import replace

from xiaoer.actions.corrections import corrections_within
from xiaoer.actions.shop_data import ShopData
from xiaoer.metrics import Found, Metric, Report, Request, assemble_report, compile_report
from xiaoer.store.engine import Engine


def report_of(data: ShopData, engine: Engine, request: Request) -> Report:
    """Return the report of a request from a session that holds what it needs."""
    metrics: Mapping[str, Metric] = data.metrics
    return assemble_report(
        request,
        metrics,
        rows=engine.answer(compile_report(request, metrics)),
        total=engine.answer(compile_report(replace(request, by=()), metrics)),
        found=Found(
            tables=data.tables,
            coverage=data.coverage,
            snapshot=data.snapshot.seq,
            corrections=len(corrections_within(data, request.period)),
        ),  # fmt: skip
    )


def uncorrected_report(data: ShopData, request: Request) -> Report:
    """Return the report as it would be had nobody corrected anything."""
    imported = replace(data, snapshot=replace(data.snapshot, corrections=()))
    with imported.session(request) as engine:
        return report_of(imported, engine, request)
