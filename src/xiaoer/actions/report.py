"""The report: asked for by names, answered as a page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from xiaoer.actions.corrections import corrections_within
from xiaoer.actions.render.page import Page
from xiaoer.actions.report_context import Context, Counts
from xiaoer.actions.report_page import report_page
from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.base.days import Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import Language
from xiaoer.base.steps import Step
from xiaoer.metrics import (
    Dimension,
    Found,
    Metric,
    Report,
    Request,
    assemble_report,
    check_metric_names,
    compile_report,
    dimensions_of,
    table_columns,
)
from xiaoer.store.engine import Engine

EVERYTHING = "all"  # in the place of metric names


@dataclass(frozen=True)
class ReportAsk:
    """What a report is asked for, as the reader wrote it; no metrics are the usual table's."""

    first: str
    last: str
    shop: str | None = None
    by: tuple[str, ...] = ("agent",)
    metrics: tuple[str, ...] = ()
    policy: str | None = None
    snapshot: int | None = None


def report(home: Path, ask: ReportAsk, language: Language) -> Page:
    """Return the report as a page; a ReportableError names everything in the asking that can not be used."""
    period = asked_period(ask.first, ask.last)
    with open_shops(home, ask.shop, snapshot=ask.snapshot) as data:
        dimensions, names = _asked_names(ask, data)
        policy = data.policy(ask.policy, period.last)
        request = Request(period, names, by=dimensions, shop=data.shop, policy=policy, settings=data.settings)
        with data.session(request) as engine:
            answered = report_of(data, engine, request)
            accounts = [str(row.dimensions.get("agent") or "") for row in answered.rows]
            agents = data.shown_agents(accounts)
            context = Context(data, request, counted(engine, period), agents, asked_for=bool(ask.metrics))
            return report_page(answered, context, language)


def _asked_names(ask: ReportAsk, data: ShopData) -> tuple[tuple[Dimension, ...], tuple[str, ...]]:
    """Return dimensions and metrics; a ReportableError names the unknown ones of both at once."""
    issues: list[Issue] = []
    try:
        dimensions = dimensions_of(ask.by)
    except ReportableError as error:
        issues += error.issues
    try:
        wanted = tuple(data.metrics) if ask.metrics == (EVERYTHING,) else ask.metrics
        names = check_metric_names(wanted, data.metrics)
    except ReportableError as error:
        issues += error.issues
    if issues:
        raise ReportableError(issues)
    return dimensions, names or usual_metrics(data)


def asked_period(first: str, last: str) -> Period:
    """Return the days from --from to --to; a ReportableError names the option that can not be read."""
    return Period(parse_day(first, name="--from"), parse_day(last, name="--to"))


def usual_metrics(data: ShopData) -> tuple[str, ...]:
    """Return the columns of the usual table, or all that calls can tell where a shop has nothing but calls."""
    columns = table_columns(data.catalog, dict(data.metrics))
    if any(data.tables.issuperset(data.metrics[name].needs) for name in columns):
        return columns
    return tuple(name for name, metric in data.metrics.items() if data.tables.issuperset(metric.needs)) or columns


def report_of(data: ShopData, engine: Engine, request: Request) -> Report:
    """Return the report of a request from a session that holds what it needs."""
    metrics: Mapping[str, Metric] = data.metrics
    return assemble_report(
        request,
        metrics,
        rows=engine.query(compile_report(request, metrics)),
        total=engine.query(compile_report(replace(request, by=()), metrics)),
        found=Found(
            tables=data.tables,
            coverage=data.coverage,
            snapshot=data.snapshot.seq,
            corrections=len(corrections_within(data, request.period)),
        ),  # fmt: skip
    )


def counted(engine: Engine, period: Period) -> Counts:
    """Return how many contacts were filtered, how many orders were created, how many have no name to match by."""
    days = f"day BETWEEN DATE '{period.first}' AND DATE '{period.last}'"
    sql = {
        "filtered": f"SELECT COUNT(*) AS n FROM contact WHERE filter_reason IS NOT NULL AND {days}",
        "orders": f"SELECT COUNT(*) AS n FROM created_order WHERE {days}",
        "unmatched": f"SELECT COUNT(*) AS n FROM created_order WHERE (buyer IS NULL OR buyer LIKE '%*%') AND {days}",
    }
    return Counts(**{name: int(engine.query([Step(name, each)])["n"][0].as_py()) for name, each in sql.items()})
