"""Closing a month: the check list, then the draft that was looked at holds; and a closed month verified."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xiaoer.actions.appraise_kept import CLOSED, Months, entry_of, keep, months_of
from xiaoer.actions.appraise_kept_month import KeptPages, month_in
from xiaoer.actions.appraise_month import MonthData, month_data, month_figures
from xiaoer.actions.appraise_review import two_people_issue
from xiaoer.actions.appraise_run import author_of, shop_of
from xiaoer.actions.shop_data import ShopData
from xiaoer.appraisal.kept import KeptMonth, document_of, recompute
from xiaoer.appraisal.load import load_schemes
from xiaoer.appraisal.month import Given, assign, days_of_month, month_before
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.base.language import Language
from xiaoer.base.near_names import near_names

NEVER = frozenset({"maturity", "fresh", "two_people"})  # checks that nothing stands above
CHECKS = ("coverage", "maturity", "unbound", "nobody", "unknown", "appeals", "order", "fresh", "two_people")


@dataclass(frozen=True)
class CloseAsk:
    """Which month of which shop, who closes it, despite which checks and why, how many appeals are open.

    `overtaken`: people said something since the draft that it does not hold, such as an appeal decided.
    """

    month: str
    shop: str | None = None
    author: str | None = None
    despite: tuple[str, ...] = ()
    reason: str = ""
    open_appeals: int = 0
    overtaken: bool = False


@dataclass(frozen=True)
class Check:
    """One check of the list that did not pass, with what to say of it."""

    name: str
    issue: Issue


def close(home: Path, ask: CloseAsk, language: Language) -> KeptPages:
    """Close a month whose draft was looked at; a ReportableError lists every check that did not pass.

    Checks may be set aside by name with a reason, but for figures that are not mature and a draft that data overtook.
    """
    days_of_month(ask.month)
    _may_be_set_aside(ask)
    with shop_of(home, ask.shop) as data:
        months = months_of(home, data.shop or "")
        if months.is_closed(ask.month):
            raise ReportableError.of("appraisal.closed_already", values={"month": ask.month})
        month = month_in(data, months, ask.month, language)
        failed = list(checks(data, month, months, ask))
        left = [one.issue for one in failed if one.name not in ask.despite]
        if left:
            raise ReportableError(left)
        content = months.document(ask.month)
        despite = tuple(one.name for one in failed)
        entry = entry_of(CLOSED, month.kept, content, author=author_of(ask.author))
        entry = replace(entry, despite=despite, reason=ask.reason if despite else "")
    keep(home, entry, content)
    return replace(month, entry=entry)


def failing(home: Path, ask: CloseAsk, language: Language) -> tuple[Check, ...]:
    """Return the checks that do not pass for who would close a month now; nothing is written."""
    with shop_of(home, ask.shop) as data:
        months = months_of(home, data.shop or "")
        return tuple(checks(data, month_in(data, months, ask.month, language), months, ask))


def _may_be_set_aside(ask: CloseAsk) -> None:
    for name in ask.despite:
        if name not in CHECKS or name in NEVER:
            near = ", ".join(near_names(name, set(CHECKS) - NEVER) or sorted(set(CHECKS) - NEVER))
            raise ReportableError.of("appraisal.unknown_check", values={"name": name[:40], "near": near})
    if ask.despite and not ask.reason.strip():
        raise ReportableError.of("appraisal.despite_needs_reason")


def checks(data: ShopData, month: KeptPages, months: Months, ask: CloseAsk) -> Iterator[Check]:
    """Yield the checks that do not pass, in the order of the list."""
    kept = month.kept
    found = month_data(data, kept.month, sorted(kept.inputs.figures), Given(), months, joined=kept.joined)
    values: dict[str, str | int] = {"month": kept.month}
    if found.days_without_data:
        yield Check("coverage", Issue("appraisal.check_coverage", values=values | _days(found.days_without_data)))
    for metric, day in sorted(found.immature.items()):
        label = month.metrics[metric].label.in_language(month.language)
        yield Check("maturity", Issue("appraisal.check_maturity", values={"metric": label, "day": str(day)}))
    if found.unbound:
        yield Check("unbound", Issue("appraisal.check_unbound", values={"agents": _few(month, found.unbound)}))
    nobody = assign(kept.inputs.people, month.versions).nobody
    if nobody:
        yield Check("nobody", Issue("appraisal.check_nobody", values={"agents": _few(month, nobody)}))
    unknown = [row["agent"] for row in month.results if row["unknown"]]
    if unknown:
        yield Check("unknown", Issue("appraisal.check_unknown", values={"agents": _few(month, unknown)}))
    if ask.open_appeals:
        yield Check("appeals", Issue("appraisal.check_appeals", values={"number": ask.open_appeals}))
    before = month_before(kept.month)
    if before in months.entries and not months.is_closed(before):
        yield Check("order", Issue("appraisal.check_order", values={"month": before}))
    if ask.overtaken or _overtaken(data, kept, found):
        yield Check("fresh", Issue("appraisal.check_fresh", values=values))
    two = any(version.spec.two_people for version in month.versions.values())
    issue = two_people_issue(months, kept.month, author=author_of(ask.author)) if two else None
    if issue is not None:
        yield Check("two_people", issue)


def _days(days: Sequence[date]) -> dict[str, str | int]:
    return {"days": len(days), "first": str(days[0])}


def _few(month: KeptPages, agents: Sequence[str], *, most: int = 8) -> str:
    shown = [month.shown(agent) for agent in agents]
    return ", ".join(shown[:most]) + ("…" if len(shown) > most else "")


def _overtaken(data: ShopData, kept: KeptMonth, found: MonthData) -> bool:
    """Return whether the draft would come out otherwise now: other figures, people, settings, schemes."""
    last = days_of_month(kept.month)[1]
    texts = {name: Path(one.file).read_text(encoding="utf-8") for name, one in
             load_schemes(data.catalog, data.metrics).items() if name in kept.schemes}  # fmt: skip
    people = {agent: found.inputs.people.get(agent) for agent in kept.inputs.people}
    return (
        found.inputs.figures != kept.inputs.figures
        or people != kept.inputs.people
        or found.inputs.minimum_wage != kept.inputs.minimum_wage
        or dict(found.inputs.history) != dict(kept.inputs.history)
        or dict(data.settings.on(last).values) != dict(kept.settings)
        or texts != dict(kept.schemes)
    )


def verify(home: Path, month: str, shop: str | None, language: Language) -> KeptPages:
    """Return a kept month after computing it again: from its own document, and its figures from its snapshot's data.

    A ReportableError says what did not come out bit for bit.
    """
    with shop_of(home, shop) as data:
        months = months_of(home, data.shop or "")
        opened = month_in(data, months, month, language)
        kept = opened.kept
        if document_of(kept, recompute(kept, data.metrics)) != months.document(month):
            raise ReportableError.of("appraisal.not_the_same", values={"month": month})
    with shop_of(home, kept.shop, snapshot=kept.snapshot) as then:
        names = sorted(kept.inputs.figures)
        figures = month_figures(then, month, names, policy=kept.policy, joined=kept.joined)
    if figures.by_metric != kept.inputs.figures:
        raise ReportableError.of("appraisal.not_the_same", values={"month": month})
    return opened
