"""A month's inputs from a shop's data: who is there, their exact figures with maturity, and what tables give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xiaoer.actions.appraise_kept import Months
from xiaoer.actions.report_of import report_of
from xiaoer.actions.shop_data import ShopData, accounts_in
from xiaoer.appraisal.exact import exactly
from xiaoer.appraisal.kept import results_in
from xiaoer.appraisal.member import Grades, Person
from xiaoer.appraisal.month import Given, MonthInputs, days_of_month, month_before
from xiaoer.base.days import Period
from xiaoer.base.settings import ShopSettings
from xiaoer.metrics import Request, Row, joined_figure, standings_of

LONGEST_STREAK = 36
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class MonthData:
    """A month's inputs with what a reader should know of them: maturity, few cases, days, accounts."""

    inputs: MonthInputs
    immature: Mapping[str, date] = field(default_factory=dict)  # metric → the day on which it will be mature
    few: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (metric, agent) → cases
    days_without_data: tuple[date, ...] = ()
    unbound: tuple[str, ...] = ()  # accounts that received somebody and that the table of agents does not name


@dataclass(frozen=True)
class Figures:
    """Exact figures by metric and agent, and how far they can be relied on."""

    by_metric: Mapping[str, Mapping[str, Fraction | None]]
    immature: Mapping[str, date]
    few: Mapping[tuple[str, str], int]
    accounts: tuple[str, ...]  # who received anybody


def month_data(
    data: ShopData,
    month: str,
    metrics: Sequence[str],
    given: Given,
    months: Months,
    *,
    joined: Mapping[str, Sequence[str]] | None = None,
) -> MonthData:
    """Return what goes into a month of one shop at the data's snapshot."""
    found = month_figures(data, month, metrics, joined=joined)
    first, last = days_of_month(month)
    rows = agent_rows(data)
    listed = [one for one, row in rows.items() if _there(row, first, last)]
    others = {account for main, accounts in (joined or {}).items() for account in accounts if account != main}
    there = {*found.accounts, *listed, *given.values, *(one.agent for one in given.incidents)}
    agents = sorted(there - others)
    settings = data.settings.on(last)
    wage = settings.count("minimum_wage_yuan")
    with_data = {day for run in data.days_with_data() for day in run.days()}
    return MonthData(
        MonthInputs(
            month,
            {agent: _person(rows.get(agent, {}), last) for agent in agents},
            found.by_metric,
            given.values,
            given.incidents,
            given.manual,
            {agent: grades for agent, grades in history_of(months, month).items() if agent in agents},
            Decimal(wage) if wage else None,
        ),
        found.immature,
        found.few,
        tuple(day for day in Period(first, last).days() if day not in with_data),
        tuple(account for account in found.accounts if account not in rows),
    )


def month_figures(
    data: ShopData,
    month: str,
    metrics: Sequence[str],
    *,
    policy: str | None = None,
    joined: Mapping[str, Sequence[str]] | None = None,
) -> Figures:
    """Return the month's figures of these metrics by agent, as exact fractions; of joined accounts as one agent's."""
    period = Period(*days_of_month(month))
    request = Request(period, tuple(metrics), shop=data.shop, policy=data.policy(policy, period.last),
                      settings=data.settings)  # fmt: skip
    with data.session(request) as engine:
        report = report_of(data, engine, request)
        accounts = accounts_in(engine, period=period)
    few_below = request.last_settings.count("few_cases")
    standings = standings_of(report, data.metrics, few_below=few_below)
    by_metric: dict[str, dict[str, Fraction | None]] = {name: {} for name in metrics}
    few: dict[tuple[str, str], int] = {}
    main = {account: name for name, accounts in (joined or {}).items() for account in accounts}
    rows: dict[str, list[Row]] = {}
    for row in report.rows:
        agent = row.dimensions["agent"]
        if isinstance(agent, str):
            rows.setdefault(main.get(agent, agent), []).append(row)
    for agent, theirs in rows.items():
        for name in metrics:
            by_metric[name][agent] = joined_figure(data.metrics[name], data.metrics, theirs)
            cases = [standings.of(row, name).few_cases for row in theirs]
            few |= {(name, agent): sum(filter(None, cases))} if all(one is not None for one in cases) else {}
    immature: dict[str, date] = {}
    for one in report.immature:
        immature[one.metric] = max(one.mature_on, immature.get(one.metric, one.mature_on))
    return Figures(by_metric, immature, few, accounts)


def agent_rows(data: ShopData) -> dict[str, dict[str, Any]]:
    """Return what the table of agents says of each account."""
    rows = data.store.current(data.snapshot, "agents", shops=data.shops).to_pylist()
    return {row["agent"]: row for row in sorted(rows, key=lambda row: str(row["agent"]))}


def _there(row: Mapping[str, Any], first: date, last: date) -> bool:
    hired, left = row.get("hired_on"), row.get("left_on")
    return (hired is None or hired <= last) and (left is None or left >= first)


def _person(row: Mapping[str, Any], last: date) -> Person:
    hired = row.get("hired_on")
    with exactly():
        weeks = None if hired is None else Decimal((last - hired).days) / DAYS_OF_WEEK
    return Person(row.get("role") or "", row.get("group") or "", weeks)


def history_of(months: Months, month: str) -> dict[str, list[Grades]]:
    """Return the grades of each person in the closed months right before one, the latest first."""
    history: dict[str, list[Grades]] = {}
    before = month_before(month)
    for back in range(LONGEST_STREAK):
        if not months.is_closed(before):
            break
        for row in results_in(months.document(before)):
            grades = history.setdefault(row["agent"], [{} for _ in range(back)])
            grades += [{} for _ in range(back - len(grades))]
            grades.append(row["grades"])
        before = month_before(before)
    return history


def with_settings_of(data: ShopData, settings: ShopSettings) -> ShopData:
    """Return the data as of their snapshot, but under other settings."""
    assert data.shop is not None
    kept = {**data.snapshot.settings, data.shop: settings}
    return replace(data, snapshot=replace(data.snapshot, settings=kept))
