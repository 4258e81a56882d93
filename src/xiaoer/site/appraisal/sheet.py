"""A person's statement as its page shows it: each line as a tree, what was confirmed or appealed, and where it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from django.urls import reverse

from xiaoer.actions.appraise_kept import CLOSED, REVIEW, Entry, Months
from xiaoer.actions.appraise_kept_month import open_month
from xiaoer.actions.appraise_statement import statement
from xiaoer.actions.appraise_tree import PaidLine, lines_of
from xiaoer.actions.render.page import Page
from xiaoer.actions.shops import clock_of
from xiaoer.base.language import Language
from xiaoer.site.appraisal.known import Opened, month_opened, shop_months
from xiaoer.site.kept import kept
from xiaoer.site.models import PayAppeal, PaySignature, Shop

APPEAL_DAYS = "pay_appeal_days"


@dataclass(frozen=True)
class Answered:
    """A line with what its agent said of it: when they confirmed it, and the latest appeal."""

    line: PaidLine
    confirmed: PaySignature | None
    appeal: PayAppeal | None
    went: tuple[str, str] | None = None  # what an upheld appeal brought: the month it came in, and how much

    @property
    def open(self) -> bool:
        """Return whether an appeal of it waits for a decision."""
        return self.appeal is not None and self.appeal.state == PayAppeal.State.OPEN


@dataclass(frozen=True)
class Sheet:
    """One person's statement: the engine's page, its lines, who signed, until when it can be appealed."""

    agent: str
    shown: str
    page: Page
    lines: tuple[Answered, ...]
    total: str
    scheme: str
    needs: tuple[tuple[str, str, str], ...]
    signatures: tuple[PaySignature, ...]
    document: str
    until: date | None
    late: bool
    accounts: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Return whether every line is confirmed."""
        return bool(self.lines) and all(one.confirmed for one in self.lines)

    @property
    def to_confirm(self) -> int:
        """Return how many lines wait for the agent's word."""
        return sum(not one.confirmed and not one.open for one in self.lines)


def sheet_of(shop: Shop, found: Opened, agent: str, language: Language) -> Sheet:
    """Return a person's statement of an opened month; a ReportableError where there is none of this name."""
    pages = found.pages
    assert pages is not None
    row = pages.result_of(agent)
    name: str = row["agent"]
    page, lines = kept(_statement, shop.name, name, language, pages.entry)
    document = pages.entry.document
    signatures = tuple(PaySignature.objects.filter(shop=shop, month=found.name, agent=name).select_related("person"))
    confirmed = {line: one for one in signatures if one.document == document for line in one.lines}
    asked = PayAppeal.objects.filter(shop=shop, month=found.name, agent=name).order_by("id")
    appeals = {one.line: one for one in asked.select_related("person", "decided_by")}
    until = last_day_of_appeals(shop, found)
    today = kept(clock_of, shop.name).local_day(datetime.now().astimezone())
    return Sheet(
        name, pages.shown(name), page,
        tuple(
            Answered(line, confirmed.get(line.name), appeals.get(line.name),
                     went_to(shop, found, name, line.name, language))
            for line in lines
        ),
        next((cells[3].text for cells in reversed(page.rows) if cells[0].text == page.rows[0][0].text), ""),
        page.lead[0] if page.lead else "",
        _part(page, page.data["next_bands"]),
        signatures, document, until, until is not None and today > until,
        tuple(pages.kept.joined.get(name, (name,))),
        tuple(pages.words(row["scheme"]).label(one) for one in row["unknown"]),
    )  # fmt: skip


def _part(page: Page, bands: object) -> tuple[tuple[str, str, str], ...]:
    """Return what the next band of each step needs: the last rows of the engine's page, one for each band."""
    assert isinstance(bands, Sequence)
    rows = page.rows[len(page.rows) - len(bands) :]
    return tuple((cells[1].text, cells[2].text, cells[3].text) for cells in rows)


def last_day_of_appeals(shop: Shop, found: Opened) -> date | None:
    """Return until when a line can be appealed: so many days after agents could first see it; None before."""
    entry = found.entry
    if entry is None or not found.shown_to_agents or found.pages is None:
        return None
    shown = [one for one in found.months.history.get(found.name, ()) if one.what in (REVIEW, CLOSED)]
    first = next(one for one in shown if one.document == entry.document)
    days = int(found.pages.kept.settings.get(APPEAL_DAYS, "7"))
    return kept(clock_of, shop.name).local_day(datetime.fromisoformat(first.at)) + timedelta(days=days)


def went_to(shop: Shop, found: Opened, agent: str, line: str, language: Language) -> tuple[str, str] | None:
    """Return in which later month a line was put right, and by how much; None where it was not."""
    months: Months = shop_months(shop)
    of = line if "/" in line else f"{found.name}/{line}"
    for later in sorted(months.entries):
        if later <= found.name:
            continue
        pages = month_opened(shop.name, later, language, months.entries[later])
        for row in pages.results:
            for one in row["lines"]:
                if row["agent"] == agent and one["of"] == of:
                    return later, f"{Decimal(one['amount']):+,.2f}"
    return None


def doors_of(shop: Shop, month: str, accounts: Sequence[str], *, to: str) -> Mapping[str, str]:
    """Return for each account of a person the beginning of the address of what stands behind its figures."""
    return {
        one: f"{reverse(to, args=[shop.pk])}?{urlencode({'month': month, 'agent': one})}&figure=" for one in accounts
    }


def _statement(home: Path, shop: str, agent: str, language: Language, entry: Entry) -> tuple[Page, list[PaidLine]]:
    month = open_month(home, entry.month, shop, language)
    return statement(month, agent), lines_of(month, agent)
