"""What a report is asked for, made into tables: metrics and rows, given one by one or by the name of a view."""

from collections.abc import Sequence
from dataclasses import dataclass

from xiaoer.actions.shop_data import ShopData
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.metrics import Dimension, View, check_metric_names, dimensions_of, load_views, view_named

EVERYTHING = "all"  # in the place of names


@dataclass(frozen=True)
class ReportAsk:
    """What a report is asked for, as the reader wrote it; without metrics or a view it is the usual table.

    Without `by` the rows are the view's own, or agents.
    """

    first: str
    last: str
    shop: str | None = None
    by: tuple[str, ...] | None = None
    metrics: tuple[str, ...] = ()
    policy: str | None = None
    snapshot: int | None = None
    view: str | None = None
    intervals: bool = False
    compare: tuple[str, ...] = ()
    sort: str | None = None
    engine: str = "duckdb"


@dataclass(frozen=True)
class Wanted:
    """One table wanted; its columns were asked for one by one, or its view was asked for by name, or neither."""

    names: tuple[str, ...]
    by: tuple[Dimension, ...]
    view: View | None = None
    asked_for: bool = False
    named: bool = False


def wanted_page(ask: ReportAsk, data: ShopData) -> Wanted:
    """Return the one table asked for; a ReportableError names every unknown name at once."""
    if ask.view and ask.metrics:
        raise ReportableError.of("view.and_metrics")
    issues: list[Issue] = []
    by: tuple[Dimension, ...] | None = None
    view: View | None = None
    names: tuple[str, ...] = ()
    try:
        by = None if ask.by is None else dimensions_of(ask.by)
    except ReportableError as error:
        issues += error.issues
    try:
        if ask.metrics:
            every = ask.metrics == (EVERYTHING,)
            names = check_metric_names(tuple(data.metrics) if every else ask.metrics, data.metrics)
        else:
            view = view_named(ask.view, views_of(data)) if ask.view else usual_view(data)
        ranked_by = check_metric_names([ask.sort] if ask.sort else [], data.metrics)
    except ReportableError as error:
        issues += error.issues
    if issues:
        raise ReportableError(issues)
    if view is None:
        shown = tuple(dict.fromkeys((*names, *ranked_by)))  # what rows are ranked by is seen
        return Wanted(shown, (Dimension.AGENT,) if by is None else by, asked_for=True)
    columns = tuple(dict.fromkeys((*view.columns, *ranked_by)))
    return Wanted(columns, view.dimensions if by is None else by, view, named=bool(ask.view))


def wanted_views(ask: ReportAsk, names: Sequence[str], data: ShopData) -> tuple[list[Wanted], list[View]]:
    """Return the tables of these views and, of all views, those without data; a ReportableError names unknown ones."""
    if ask.view:
        raise ReportableError.of("view.twice")
    if ask.metrics:
        raise ReportableError.of("view.and_metrics")
    by = None if ask.by is None else dimensions_of(ask.by)
    views = views_of(data)
    chosen = list(views.values()) if tuple(names) == (EVERYTHING,) else _named(names, views)
    known = [view for view in chosen if view.known_columns(data.metrics, data.tables)] or chosen[:1]
    tables = [
        Wanted(view.columns, view.dimensions if by is None else by, view, named=True) for view in known
    ]  # fmt: skip
    return tables, [view for view in chosen if view not in known]


def views_of(data: ShopData) -> dict[str, View]:
    """Return every view of the home's catalog; a ReportableError lists what is wrong in any of them."""
    return load_views(data.catalog, data.metrics)


def usual_view(data: ShopData) -> View:
    """Return the first view that there is data for: the team's, or that of calls where a shop has nothing else."""
    views = list(views_of(data).values())
    return next((view for view in views if view.known_columns(data.metrics, data.tables)), views[0])


def _named(names: Sequence[str], views: dict[str, View]) -> list[View]:
    issues: list[Issue] = []
    found: dict[str, View] = {}
    for name in names:
        try:
            view = view_named(name, views)
        except ReportableError as error:
            issues += error.issues
        else:
            found[view.name] = view
    if issues:
        raise ReportableError(issues)
    return list(found.values())
