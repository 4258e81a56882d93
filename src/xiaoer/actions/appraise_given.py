"""What a program hands in to an appraisal beside the data: what schemes ask people for, and scores of inspection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xiaoer.actions.appraise_kept import Months, months_of
from xiaoer.actions.appraise_month import agent_rows, month_figures
from xiaoer.actions.appraise_run import MOST_BACK, AppraiseAsk, chosen_schemes, shop_of
from xiaoer.actions.appraise_values import read_values
from xiaoer.actions.inspect_decisions import Decision, FindingId
from xiaoer.actions.inspect_findings import scores_of
from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.appraisal.member import Incident, Manual
from xiaoer.appraisal.month import OF_A_LINE, Given, days_of_month, versions_on
from xiaoer.base.language import Language
from xiaoer.inspection.score import Score

__all__ = ["INSPECTION_SCORE", "OF_A_LINE", "Given", "Incident", "Manual", "Wanted", "accounts_appraised",
           "check_values", "inspection_scores", "may_be_put_right", "wanted_values"]  # fmt: skip

INSPECTION_SCORE = "inspection_score"  # the column of a scheme that takes the score of inspection


@dataclass(frozen=True)
class Wanted:
    """A value that schemes ask people for: the column, its label, its bounds; `by_hand`: a sum with a reason."""

    name: str
    label: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    by_hand: bool = False


def wanted_values(home: Path, month: str, shop: str, language: Language) -> list[Wanted]:
    """Return what the shop's schemes ask people for in a month; a ReportableError where it is not set which schemes."""
    with shop_of(home, shop) as data:
        versions = versions_on(chosen_schemes(data, AppraiseAsk(month, shop)), days_of_month(month)[1])
    found: dict[str, Wanted] = {}
    for version in versions.values():
        for one in version.spec.inputs.values():
            if one.table is not None and one.label is not None and one.table != INSPECTION_SCORE:
                label = one.label.in_language(language)
                found.setdefault(one.table, Wanted(one.table, label, one.at_least, one.at_most))
        for step in version.steps:
            if step.kind == "manual":
                found.setdefault(step.name, Wanted(step.name, step.label.in_language(language), by_hand=True))
    return list(found.values())


def accounts_appraised(home: Path, month: str, shop: str) -> list[str]:
    """Return how the accounts are shown that can have a result in a month, ascending."""
    with shop_of(home, shop) as data:
        accounts = {*agent_rows(data), *month_figures(data, month, ()).accounts}
        return sorted(data.shown_agents(accounts).values())


def check_values(home: Path, month: str, shop: str, files: Sequence[Path]) -> None:
    """Do nothing where the tables can be used for a month; else a ReportableError lists everything wrong in them."""
    with shop_of(home, shop) as data:
        versions = versions_on(chosen_schemes(data, AppraiseAsk(month, shop)), days_of_month(month)[1])
        accounts = sorted({*agent_rows(data), *month_figures(data, month, ()).accounts})
        read_values(files, month, versions.values(), shop=shop, accounts=accounts, names=data.agent_names)


def inspection_scores(
    home: Path, month: str, shop: str, decisions: Mapping[FindingId, Decision], *,
    joined: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, dict[str, Decimal]]:  # fmt: skip
    """Return everybody's score of inspection after people's decisions, where a scheme of the month asks for it.

    That of accounts joined is Σ scores ÷ Σ conversations of all of them, under the one that stands for them.
    """
    first, last = days_of_month(month)
    with shop_of(home, shop) as data:
        versions = versions_on(chosen_schemes(data, AppraiseAsk(month, shop)), last)
    if not any(one.table == INSPECTION_SCORE for version in versions.values() for one in version.spec.inputs.values()):
        return {}
    rows = scores_of(home, InspectAsk(str(first), str(last), shop), decisions=decisions)
    main = {account: name for name, accounts in (joined or {}).items() for account in accounts}
    found: dict[str, Score] = {}
    for row in rows:
        agent, one = main.get(row.key[0], row.key[0]), row.decided
        was = found.get(agent, Score(Decimal(0), 0, 0, 0))
        found[agent] = Score(was.total + one.total, was.of + one.of, was.fatal + one.fatal, was.findings + one.findings)
    return {agent: {INSPECTION_SCORE: one.value} for agent, one in found.items() if one.value is not None}


def may_be_put_right(home: Path, shop: str, month: str) -> list[str]:
    """Return the closed months before one that its adjustments can still put right, ascending."""
    months: Months = months_of(home, shop)
    return [one for one in months.closed if one < month][-MOST_BACK:]
