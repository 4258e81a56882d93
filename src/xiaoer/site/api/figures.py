"""Figures: reports, the rows behind a figure, the catalog of metrics."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from ninja import Query

from xiaoer.actions.explain import explain as explained
from xiaoer.actions.explain_ask import ExplainAsk
from xiaoer.actions.metric_pages import list_metrics, show_metric
from xiaoer.actions.report import report as report_of
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.shops import last_change
from xiaoer.base.mask import masked_name
from xiaoer.site.api.cursor import cursor_of, numbers_of, part
from xiaoer.site.api.shapes import ExplainAsked, Leaf, LeafShape, MetricName, ReportAsked, only_known
from xiaoer.site.api.shops import shop_of
from xiaoer.site.kept import kept

CUSTOMERS = frozenset({"buyer", "caller"})


def report(request: HttpRequest, shop: int, asked: Query[ReportAsked]) -> JsonResponse:
    """Read a report of a shop, as `xiaoer report --format json` gives it."""
    only_known(request, asked)
    ask = ReportAsk(
        str(asked.first), str(asked.last), shop_of(request, shop).name, by=_names(asked.by) if asked.by else None,
        metrics=_names(asked.metrics), policy=asked.policy, snapshot=asked.snapshot, view=asked.view,
        compare=_names(asked.compare), sort=asked.sort,
    )  # fmt: skip
    return _as_it_is(dict(kept(report_of, ask, request.reads).data))


def explain(request: HttpRequest, shop: int, metric: MetricName, asked: Query[ExplainAsked]) -> JsonResponse:
    """Read the rows behind a figure, part by part; all parts are of one snapshot, customers are masked."""
    only_known(request, asked)
    start, snapshot = 0, asked.snapshot
    if asked.cursor is not None:
        start, snapshot = numbers_of(asked.cursor, count=2)
    elif snapshot is None:
        snapshot = last_change(settings.SITE.home)
    ask = ExplainAsk(
        metric, str(asked.first), str(asked.last), agent=asked.agent, shop=shop_of(request, shop).name,
        day=str(asked.day) if asked.day else None, policy=asked.policy, snapshot=snapshot,
    )  # fmt: skip
    found = dict(explained(settings.SITE.home, ask, request.reads).data)
    every: Any = found.pop("rows")
    rows, following = part(every, start, asked.limit)
    corrections = found.pop("corrections", [])
    masked = _masked({"rows": rows, "corrections": corrections})
    return _as_it_is({**found, **masked, "next": None if following is None else cursor_of(following, snapshot)})


def metrics(request: HttpRequest, asked: Query[Leaf]) -> LeafShape:
    """Read the catalog of metrics, part by part."""
    only_known(request, asked)
    start = numbers_of(asked.cursor, count=1)[0] if asked.cursor is not None else 0
    every: Any = list_metrics(settings.SITE.home, request.reads).data["metrics"]
    items, following = part(every, start, asked.limit)
    return LeafShape(items=items, next=None if following is None else cursor_of(following))


def metric(request: HttpRequest, metric: MetricName) -> dict[str, Any]:
    """Read one metric: its formula, its rules, its worked examples."""
    return dict(show_metric(settings.SITE.home, metric, request.reads).data)


def _as_it_is(data: dict[str, Any]) -> JsonResponse:
    """Return the answer with all that the action says, as the command line prints it."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _masked(value: Any) -> Any:  # noqa: ANN401 -- any JSON
    """Return JSON in which nobody can tell who the customers are."""
    match value:
        case Mapping():
            return {
                name: masked_name(one) if name in CUSTOMERS and isinstance(one, str) else _masked(one)
                for name, one in value.items()
            }
        case list() | tuple():
            return [_masked(one) for one in value]
        case _:
            return value
