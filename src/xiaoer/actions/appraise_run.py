"""A month appraised: a draft made of the data as they are, with what closed months owe by now; kept to be looked at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from xiaoer.actions.appraise_kept import DRAFT, Entry, Months, entry_of, keep, months_of
from xiaoer.actions.appraise_month import MonthData, agent_rows, month_data, month_figures, with_settings_of
from xiaoer.actions.appraise_values import read_values
from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.appraisal.appraise import Appraised
from xiaoer.appraisal.kept import KeptMonth, document_of, law_json, recompute, results_in
from xiaoer.appraisal.law import law_issues, law_of
from xiaoer.appraisal.load import load_schemes, scheme_named
from xiaoer.appraisal.month import (
    Given,
    MonthInputs,
    as_main,
    assign,
    days_of_month,
    decided_of,
    joined,
    versions_on,
    with_given,
)
from xiaoer.appraisal.pay import Adjustment
from xiaoer.appraisal.restate import adjustments_of, changed_inputs, decided_lines, paid_already
from xiaoer.appraisal.scheme import Scheme
from xiaoer.base.environment import user_name
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import Language

MOST_BACK = 12  # closed months that are looked at again


@dataclass(frozen=True)
class AppraiseAsk:
    """Which month of which shop, by which schemes (without: the shop's own), with which tables of values.

    `given` is what a program hands in beside tables, by month: inspection scores, incidents, decisions on appeals.
    """

    month: str
    shop: str | None = None
    schemes: tuple[str, ...] = ()
    values: tuple[Path, ...] = ()
    author: str | None = None
    given: Mapping[str, Given] = field(default_factory=dict)
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a person's accounts, by the main one


@dataclass(frozen=True)
class Run:
    """A month appraised: what it was computed from, what came out, what to know of it, and its line of the log."""

    kept: KeptMonth
    results: Sequence[Appraised]
    data: MonthData
    nobody: tuple[str, ...]
    entry: Entry | None = None


def run(home: Path, ask: AppraiseAsk, language: Language) -> Run:
    """Return a month appraised and keep it as a draft; a ReportableError names everything that stands in the way.

    A closed month is refused: what changed since goes into the next open one.
    """
    days_of_month(ask.month)
    with shop_of(home, ask.shop) as data:
        months = months_of(home, data.shop or "")
        if months.is_closed(ask.month):
            raise ReportableError.of("appraisal.closed_already", values={"month": ask.month})
        made = appraised(data, ask, months, language)
    document = document_of(made.kept, made.results)
    entry = keep(home, entry_of(DRAFT, made.kept, document, author=author_of(ask.author)), document)
    return replace(made, entry=entry)


@contextmanager
def shop_of(home: Path, shop: str | None, *, snapshot: int | None = None) -> Iterator[ShopData]:
    """Open the one shop asked for; a ReportableError lists the shops where it is not clear which."""
    with open_shops(home, shop, snapshot=snapshot) as data:
        if data.shop is None:
            raise ReportableError.of("cli.which_shop", values={"shops": ", ".join(data.shops)})
        yield data


def author_of(author: str | None) -> str:
    """Return who does it: the name given, else the user of this computer."""
    return (author or "").strip() or user_name() or "–"


def appraised(data: ShopData, ask: AppraiseAsk, months: Months, language: Language) -> Run:
    """Return a month of an open shop appraised; nothing is written."""
    last = days_of_month(ask.month)[1]
    law = law_of(data.catalog, data.settings.on(last).text("wage_law"))
    schemes = chosen_schemes(data, ask)
    issues = [issue for scheme in schemes for issue in law_issues(scheme, law, last, language)]
    versions = versions_on(schemes, last)
    issues += [Issue("appraisal.not_yet", values={"scheme": one.name, "month": ask.month})
               for one in schemes if one.name not in versions]  # fmt: skip
    if issues:
        raise ReportableError(issues)
    accounts = sorted({*agent_rows(data), *month_figures(data, ask.month, ()).accounts})
    tables = read_values(ask.values, ask.month, versions.values(), shop=data.shop or "", accounts=accounts,
                        names=data.agent_names)  # fmt: skip
    given = {
        month: as_main(one, ask.joined if month == ask.month else joined_then(months, month))
        for month, one in joined(ask.given, tables).items()
    }
    metrics = sorted({name for version in versions.values() for name in version.metrics})
    found = month_data(data, ask.month, metrics, given[ask.month], months, joined=ask.joined)
    assigned = assign(found.inputs.people, versions)
    if assigned.several:
        raise ReportableError([
            Issue("appraisal.two_schemes", values={"agent": agent, "schemes": ", ".join(names)})
            for agent, names in assigned.several.items()
        ])  # fmt: skip
    kept = KeptMonth(
        data.shop or "",
        data.snapshot.seq,
        data.policy(None, last),
        dict(data.settings.on(last).values),
        found.inputs,
        {scheme.name: Path(scheme.file).read_text(encoding="utf-8") for scheme in schemes},
        assigned.by_agent,
        law_json(law),
        with_decided(owed(data, ask.month, months, given), found.inputs),
        data.shown_agents(found.inputs.people),
        {one: each for one, each in given.items() if one != ask.month},
        ask.joined,
    )
    return Run(kept, recompute(kept, data.metrics), found, assigned.nobody)


def chosen_schemes(data: ShopData, ask: AppraiseAsk) -> list[Scheme]:
    """Return the schemes asked for by name, else those that the shop has set; a ReportableError lists all issues."""
    schemes = load_schemes(data.catalog, data.metrics)
    names = ask.schemes or data.settings.on(days_of_month(ask.month)[1]).items("appraisal_schemes")
    if not names:
        raise ReportableError.of("appraisal.no_scheme", values={"schemes": ", ".join(schemes)})
    chosen: dict[str, Scheme] = {}
    issues: list[Issue] = []
    for name in names:
        try:
            one = scheme_named(name, schemes)
            chosen[one.name] = one
        except ReportableError as error:
            issues += error.issues
    if issues:
        raise ReportableError(issues)
    return list(chosen.values())


def owed(data: ShopData, month: str, months: Months, given: Mapping[str, Given]) -> dict[str, list[Adjustment]]:
    """Return by agent what closed months before this one owe or are owed by now: later refunds, upheld appeals …

    The data are today's; settings, schemes and law are those that the month was closed with.
    """
    before = [one for one in months.closed if one < month][-MOST_BACK:]
    documents = {one: months.document(one) for one in months.closed}
    paid = paid_already([results_in(content) for content in documents.values()])
    for one in sorted({*given} - {month} - {*before}):
        raise ReportableError.of("appraisal.values_of_open_month", values={"month": one})
    found: dict[str, list[Adjustment]] = {}
    for one in before:
        kept = months.kept(one)
        restated = [months.kept(later).restated.get(one) for later in months.closed if later > one]
        today = kept.inputs
        for said in [*restated, given.get(one)]:
            today = with_given(today, said) if said is not None else today
        today = replace(today, figures=figures_today(data, kept))
        results = recompute(kept, data.metrics, inputs=today)
        because = changed_inputs(kept.inputs, today)
        for agent, lines in adjustments_of(
            one, results_in(documents[one]), results, already=paid, because=because, decided=decided_of(today)
        ).items():  # fmt: skip
            found.setdefault(agent, []).extend(lines)
    return found


def joined_then(months: Months, month: str) -> Mapping[str, Sequence[str]]:
    """Return which accounts were appraised as one in a closed month; none of a month that is not kept."""
    return months.kept(month).joined if month in months.entries else {}


def with_decided(adjustments: Mapping[str, list[Adjustment]], inputs: MonthInputs) -> dict[str, list[Adjustment]]:
    """Return the adjustments with what decisions on appeals add to lines of the month itself."""
    decided = decided_lines(inputs)
    return {agent: [*adjustments.get(agent, ()), *decided.get(agent, ())] for agent in {**adjustments, **decided}}


def figures_today(data: ShopData, kept: KeptMonth) -> Mapping[str, Mapping[str, Fraction | None]]:
    """Return a closed month's figures as today's data give them, under the settings and policy it was closed with."""
    settings = data.store.snapshot(kept.snapshot).settings_of(kept.shop)
    then = with_settings_of(data, settings)
    names = sorted(kept.inputs.figures)
    return month_figures(then, kept.month, names, policy=kept.policy, joined=kept.joined).by_metric
