"""A request answered: the report of a session, and the same as if nobody had corrected anything."""

from collections.abc import Mapping
from dataclasses import replace

from xiaoer.actions.corrections import corrections_within
from xiaoer.actions.shop_data import ShopData
from xiaoer.metrics import (
    Found,
    Metric,
    Report,
    Request,
    assemble_report,
    can_come_from_sums,
    compile_from_sums,
    compile_report,
)
from xiaoer.store.engine_session import EngineSession


def report_of(data: ShopData, engine: EngineSession, request: Request) -> Report:
    """Return the report of a request: of many days from sums by day, else from a session that holds what it needs."""
    metrics: Mapping[str, Metric] = data.metrics
    both = (request, replace(request, by=()))
    answers = None
    if request.metrics and can_come_from_sums(request):
        answers = data.of_sums(request, [compile_from_sums(one, metrics) for one in both])
    rows, total = answers or [engine.answer(compile_report(one, metrics)) for one in both]
    found = Found(
        tables=data.tables,
        coverage=data.coverage,
        snapshot=data.snapshot.seq,
        corrections=len(corrections_within(data, request.period)),
    )
    return assemble_report(request, metrics, rows=rows, total=total, found=found)


def uncorrected_report(data: ShopData, request: Request) -> Report:
    """Return the report as it would be had nobody corrected anything."""
    imported = replace(data, snapshot=replace(data.snapshot, corrections=()))
    with imported.session(request) as engine:
        return report_of(imported, engine, request)
