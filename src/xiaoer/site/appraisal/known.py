"""Kept months as pages need them, opened once for as long as nothing of them changes."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from xiaoer.actions.appraise_close import Check, CloseAsk, failing
from xiaoer.actions.appraise_kept import CLOSED, DRAFT, REVIEW, Entry, Months, months_of
from xiaoer.actions.appraise_kept_month import KeptPages, open_month
from xiaoer.base.language import Language
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.months import Month, month_of

__all__ = ["CLOSED", "DRAFT", "REVIEW", "Opened", "asked_month", "checks_of", "month_opened", "opened", "shop_months"]


@dataclass(frozen=True)
class Opened:
    """A month asked for: where it stands, and its document where it was ever computed."""

    month: Month
    name: str
    months: Months
    pages: KeptPages | None

    @property
    def entry(self) -> Entry | None:
        """Return the line of the log that holds; None for a month never computed."""
        return self.months.entries.get(self.name)

    @property
    def state(self) -> str:
        """Return draft, review, closed, or nothing."""
        return self.entry.what if self.entry else ""

    @property
    def shown_to_agents(self) -> bool:
        """Return whether agents see their statements: once the month was submitted for review."""
        return self.state in (REVIEW, CLOSED)


def shop_months(shop: Shop) -> Months:
    """Return the kept months of a shop."""
    return months_of(settings.SITE.home, shop.name)


def asked_month(shop: Shop, asked: str | None) -> tuple[Month, str]:
    """Return the month asked for and its name, else the last with data; NoData without any."""
    month = month_of(asked, shop)
    return month, f"{month.first:%Y-%m}"


def opened(shop: Shop, asked: str | None, language: Language) -> Opened:
    """Return the month asked for, else the last with data; NoData without any."""
    month, name = asked_month(shop, asked)
    months = shop_months(shop)
    entry = months.entries.get(name)
    return Opened(month, name, months, None if entry is None else month_opened(shop.name, name, language, entry))


def checks_of(shop: Shop, found: Opened, ask: CloseAsk, language: Language) -> tuple[Check, ...]:
    """Return the checks of a month that do not pass."""
    assert found.entry is not None
    return kept(_checks, ask, language, found.entry)


def month_opened(shop: str, month: str, language: Language, entry: Entry) -> KeptPages:
    """Return a kept month as of a line of the log, which is part of the question: another draft is another one."""
    return kept(_opened, shop, month, language, entry)


def _opened(home: Path, shop: str, month: str, language: Language, _entry: Entry) -> KeptPages:
    return open_month(home, month, shop, language)


def _checks(home: Path, ask: CloseAsk, language: Language, _entry: Entry) -> tuple[Check, ...]:
    return failing(home, ask, language)
