"""The report: asked for by names, answered as a page, or as a book of several views."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xiaoer.actions.comparisons import Answered, check_comparisons, compare, that_fit
from xiaoer.actions.render.book import Book
from xiaoer.actions.render.page import Page
from xiaoer.actions.report_book import book_of_pages
from xiaoer.actions.report_context import Context, Counts
from xiaoer.actions.report_of import report_of, uncorrected_report
from xiaoer.actions.report_page import report_page
from xiaoer.actions.report_wanted import ReportAsk, Wanted, wanted_page, wanted_views
from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.days import Period, parse_day
from xiaoer.base.language import Language
from xiaoer.metrics import Request, Row, check_metric_names, comparisons_of, counts_beside, ranked, standings_of
from xiaoer.metrics.request import AGENT_DIMENSIONS
from xiaoer.store.engine_session import EngineSession


def report(home: Path, ask: ReportAsk, language: Language) -> Page:
    """Return the report as a page; a ReportableError names everything in the asking that can not be used."""
    period = asked_period(ask.first, ask.last)
    asked = comparisons_of(ask.compare)
    with open_shops(home, ask.shop, snapshot=ask.snapshot, engine=ask.engine) as data:
        wanted = wanted_page(ask, data)
        check_comparisons(asked, Request(period, (), by=wanted.by))
        return _pages(data, ask, period, [wanted], language)[0]


def report_book(home: Path, ask: ReportAsk, views: Sequence[str], language: Language) -> Book:
    """Return the views of these names as a book, `all` for every one; views without data are left out and named."""
    period = asked_period(ask.first, ask.last)
    comparisons_of(ask.compare)
    with open_shops(home, ask.shop, snapshot=ask.snapshot, engine=ask.engine) as data:
        check_metric_names([ask.sort] if ask.sort else [], data.metrics)
        wanted, empty = wanted_views(ask, views, data)
        days = word("period", language, first=period.first, last=period.last)
        title = " · ".join([" + ".join(data.shops), word("sheet_report", language), days])
        return book_of_pages(title, _pages(data, ask, period, wanted, language), wanted, empty)


def _pages(data: ShopData, ask: ReportAsk, period: Period, wanted: Sequence[Wanted], language: Language) -> list[Page]:
    """Return the page of each table wanted; what the data hold is read once for all of them."""
    policy = data.policy(ask.policy, period.last)
    names = tuple(dict.fromkeys(name for one in wanted for name in one.names))
    whole = Request(period, names, shop=data.shop, policy=policy, settings=data.settings)
    with data.session(whole) as engine:
        counts = counted(data, engine, replace(whole, metrics=()))
        return [
            _page(_answered(data, engine, replace(whole, metrics=one.names, by=one.by)), ask, one, counts, language)
            for one in wanted
        ]


def _answered(data: ShopData, engine: EngineSession, request: Request) -> Answered:
    """Return the report with the state of its figures; only where something was corrected is it computed twice."""
    report = report_of(data, engine, request)
    uncorrected = uncorrected_report(data, request) if report.meta["corrections"] else None
    few_below = request.last_settings.count("few_cases")
    standings = standings_of(report, data.metrics, few_below=few_below, uncorrected=uncorrected)
    return Answered(data, engine, request, report, standings)


def _page(answered: Answered, ask: ReportAsk, wanted: Wanted, counts: Counts, language: Language) -> Page:
    """Return the page of one table; of several, each is compared and ranked by what fits its rows and columns."""
    data, report, ranking = answered.data, answered.report, None
    if wanted.named:
        report = replace(report, rows=tuple(row for row in report.rows if _says_something(row, answered.request)))
        answered = replace(answered, report=report)  # who is not shown is no member of the team either
    if ask.sort in answered.request.metrics:
        few_below = answered.standings.few_below
        ranking = ranked(report, data.metrics[ask.sort], data.metrics, few_below=few_below)
    context = Context(
        data,
        answered.request,
        counts,
        data.shown_agents(str(row.dimensions.get("agent") or "") for row in report.rows),
        answered.standings,
        asked_for=wanted.asked_for,
        view=wanted.view,
        named=wanted.named,
        intervals=ask.intervals,
        comparisons=compare(that_fit(comparisons_of(ask.compare), answered.request), answered),
        ranking=ranking,
    )
    return report_page(report if ranking is None else replace(report, rows=ranking.rows), context, language)


def _says_something(row: Row, request: Request) -> bool:
    """Return whether a row of people has any figure but nought: a view of calls need not list who takes none."""
    return not AGENT_DIMENSIONS & set(request.by) or any(row.figures.values())


def asked_period(first: str, last: str) -> Period:
    """Return the days from --from to --to; a ReportableError names the option that can not be read."""
    return Period(parse_day(first, name="--from"), parse_day(last, name="--to"))


def counted(data: ShopData, engine: EngineSession, request: Request) -> Counts:
    """Return how many contacts were filtered, how many orders were created, and how their buyers are known."""
    answers = data.of_sums(request, [counts_beside(request.period, from_sums=True)])
    (table,) = answers or [engine.answer(counts_beside(request.period))]
    (row,) = table.to_pylist()
    found = {name: int(value or 0) for name, value in row.items()}
    of_how = {how: found[f"beside__{how}"] for how in ("given", "order_id", "masked_nick", "none")}
    return Counts(
        filtered=found["beside__filtered"],
        orders=sum(of_how.values()),
        given=of_how["given"],
        by_order_id=of_how["order_id"],
        by_masked_nick=of_how["masked_nick"],
        unmatched=of_how["none"],
    )
