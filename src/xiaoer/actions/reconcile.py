"""Another tool's report beside ours: read, kept as an import, compared, and the differences explained."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.actions.import_files import ImportOutcome, import_files
from xiaoer.actions.reconcile_context import Reconciled
from xiaoer.actions.reconcile_page import reconcile_page
from xiaoer.actions.reconcile_rows_page import rows_page
from xiaoer.actions.render.book import Book
from xiaoer.actions.report_file import read_report
from xiaoer.actions.shop_data import ShopData, accounts_in, open_shops
from xiaoer.base.days import Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.settings import check_setting
from xiaoer.facts.relations import Scope
from xiaoer.facts.supposed import SupposedRelations, Supposition
from xiaoer.metrics import Found, Request, days_needed
from xiaoer.reconcile.asked import Asked
from xiaoer.reconcile.cause import Cause, cause_issues, load_causes, variants_of
from xiaoer.reconcile.compare import Here, compare
from xiaoer.reconcile.people import people_of
from xiaoer.reconcile.reported import Reported, policies_of
from xiaoer.reconcile.touches import Touches


@dataclass(frozen=True)
class ReconcileAsk:
    """Which report, of which shop, which of its days, and the policy that ours are computed by."""

    file: Path
    shop: str | None = None
    first: str | None = None
    last: str | None = None
    policy: str | None = None


Say = Callable[[int], None]


def reconcile(home: Path, ask: ReconcileAsk, language: Language, *, say: Say = lambda number: None) -> Book:
    """Return the report beside ours: a page of figures and one of the rows that move; keep the report as an import.

    A ReportableError says when the file is no report, has no figures of these days or can not be read; `say` hears
    how many sets of causes were computed.
    """
    with open_shops(home, ask.shop) as data:
        if data.shop is None:
            raise ReportableError.of("cli.which_shop", values={"shops": ", ".join(data.shops)})
        shop = data.shop
        if ask.policy is not None:
            check_setting("credit_policy", ask.policy)
        report = read_report(ask.file, data, days=_days(ask))
        wanted = _of_days(report.figures, ask)  # whatever is refused is refused before anything is kept
    days = (ask.first, ask.last) if report.days is not None else (None, None)
    kept = import_files(home, [ask.file], shop=shop, days=days, language=language)
    with open_shops(home, shop) as data:
        made = _reconciled(data, wanted, ask, kept, say)
        page = reconcile_page(made, language)
        rows = rows_page(made, language)
        return Book(page.title, (page, rows) if rows.rows else (page,), language, page.data)


def _days(ask: ReconcileAsk) -> Period | None:
    """Return the days of a report that does not say them: --from and --to, where both are given."""
    if ask.first is None or ask.last is None:
        return None
    return Period(parse_day(ask.first, name="--from"), parse_day(ask.last, name="--to"))


def _of_days(reported: Sequence[Reported], ask: ReconcileAsk) -> tuple[Reported, ...]:
    """Return the figures whose days lie within --from and --to."""
    first = parse_day(ask.first, name="--from") if ask.first else date.min
    last = parse_day(ask.last, name="--to") if ask.last else date.max
    wanted = tuple(one for one in reported if first <= one.first_date and one.last_date <= last)
    if not wanted:
        days = sorted({f"{one.first_date} – {one.last_date}" for one in reported})
        values = {"file": ask.file.name, "days": ", ".join(days[:5])}
        raise ReportableError.of("reconcile.no_figures_then", values=values)
    return wanted


def _reconciled(
    data: ShopData, reported: Sequence[Reported], ask: ReconcileAsk, kept: ImportOutcome, say: Say
) -> Reconciled:
    period = Period(min(one.first_date for one in reported), max(one.last_date for one in reported))
    policy = data.policy(ask.policy or _said_policy(reported), period.last)
    causes = _causes(data)
    request = Request(period, (), shop=data.shop, policy=policy, settings=data.settings)
    found = Found(tables=data.tables, coverage=data.coverage, snapshot=data.snapshot.seq)
    with closing(_relations(data, reported, request, causes)) as relations:
        asked = Asked(relations, Touches(data.metrics), data.metrics, request, found)
        engine = relations.session(Supposition())
        people = people_of({one.agent for one in reported if one.agent}, accounts_in(engine), data.agent_names)
        comparison = compare(asked, reported, people, here=_here(data, policy), causes=causes, say=say)
        beside = people.not_listed(accounts_in(engine, period=period)) if people.accounts else ()
    return Reconciled(data, ask.file.name, kept, request, _said_policy(reported), comparison, beside)


def _said_policy(reported: Sequence[Reported]) -> str | None:
    """Return the policy that the report says it follows; None when it says none, or several."""
    said = policies_of(reported)
    return said.pop() if len(said) == 1 else None


def _causes(data: ShopData) -> tuple[Cause, ...]:
    causes = load_causes(data.catalog)
    issues = cause_issues(causes, data.metrics)
    if issues:
        raise ReportableError(issues)
    return causes


def _relations(
    data: ShopData, reported: Sequence[Reported], request: Request, causes: Sequence[Cause]
) -> SupposedRelations:
    """Return relations that reach as far as any metric of the report and any supposed setting needs."""
    metrics = sorted({one.metric for one in reported if one.metric is not None and one.metric in data.metrics})
    wanted = Request(request.period, tuple(metrics), settings=request.settings)
    back = (request.period.last - days_needed(wanted, data.metrics).first).days
    look_back = back if back > (request.period.last - request.period.first).days else 0
    scope = Scope(data.shops, request.period, request.policy, look_back_days=look_back)
    settings = [variant.change.settings for variant in variants_of(causes, request.period) if variant.change.settings]
    return SupposedRelations(data.store, data.snapshot, scope, settings=settings)


def _here(data: ShopData, policy: str) -> Here:
    return Here(
        tables=data.tables,
        days=frozenset(day for run in data.days_with_data() for day in run.days()),
        coverage=data.coverage,
        settings=tuple(data.snapshot.settings_of(shop) for shop in data.shops),
        policy=policy,
        corrected=any(one.shop in data.shops for one in data.snapshot.corrections),
    )
