"""What needs attention, each with the door to where it is mended; nothing that the reader could not open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoer.actions.data_span import data_reach
from xiaoer.actions.imports import list_imports
from xiaoer.actions.render.page import IMMATURE_MARK, For
from xiaoer.actions.report import report
from xiaoer.actions.shops import clock_of
from xiaoer.actions.unmatched import UnmatchedAsk, unmatched
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.kept import kept
from xiaoer.site.models import Account, Job
from xiaoer.site.overview.asked import Overview
from xiaoer.site.overview.lines import Line, rows_of

NAMED = 3  # so many people are named, the others counted
LATE_AFTER = timedelta(days=2)  # data of yesterday are there today, or tomorrow morning
FAILED_LATELY = timedelta(days=14)
TABLES = {
    "messages": gettext_lazy("chats"), "orders": gettext_lazy("orders"), "calls": gettext_lazy("calls"),
    "presence": gettext_lazy("online times"),
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One thing that needs attention: in words, where it is mended, and what that page is called."""

    said: str
    address: str
    door: str
    urgent: bool = False


def attention_of(asked: Overview, lines: list[Line], request: HttpRequest) -> list[Thing]:
    """Return what needs attention, what stops the figures first."""
    language: Language = request.reads
    found: list[Thing] = []
    parts: tuple[tuple[str, Callable[[], Iterator[Thing]]], ...] = (
        ("import_data", lambda: _imports(asked)),
        ("import_data", lambda: _missing(asked)),
        ("see_team", lambda: _missed(asked, language)),
        ("correct_data", lambda: _unmatched(asked, language)),
        ("manage_people", lambda: _unbound(asked, language)),
        ("see_team", lambda: _immature(asked, lines)),
    )
    for needs, part in parts:
        if request.viewer.may(needs, asked.shop):
            found += part()
    return found


def _imports(asked: Overview) -> Iterator[Thing]:
    """Yield the imports that failed lately, and those of which rows were left out."""
    pk = asked.shop.pk
    since = datetime.now(UTC) - FAILED_LATELY
    for job in Job.objects.filter(shop=asked.shop, kind="import", state=Job.State.FAILED, created_at__gte=since)[:3]:
        said = _("An import of %(day)s failed.") % {"day": f"{job.created_at:%Y-%m-%d}"}
        yield Thing(said, reverse("import_work", args=[pk, job.pk]), _("See why"), urgent=True)
    left = [one for one in kept(list_imports, shop=asked.shop.name) if one.get("rejected") and not one["undone"]]
    if left:
        number = sum(int(one["rejected"]) for one in left)
        said = ngettext(
            "%(number)s row was left out by imports.", "%(number)s rows were left out by imports.", number
        ) % {"number": f"{number:,}"}
        yield Thing(said, reverse("imports", args=[pk]), _("To the imports"))


def _missing(asked: Overview) -> Iterator[Thing]:
    """Yield which data end before the others, and whether all of them end long ago."""
    reach, address = kept(data_reach, asked.shop.name), reverse("imports", args=[asked.shop.pk])
    for table, last in reach.items():
        if last < asked.last:
            said = _("The %(what)s end on %(day)s; other data reach %(last)s.") % {
                "what": TABLES[table], "day": last, "last": asked.last
            }  # fmt: skip
            yield Thing(said, address, _("Import newer ones"), urgent=True)
    today = kept(clock_of, asked.shop.name).local_day(datetime.now(UTC))
    if today - asked.last > LATE_AFTER:
        said = _("No data since %(day)s: %(number)s days.") % {"day": asked.last, "number": (today - asked.last).days}
        yield Thing(said, address, _("Import newer ones"), urgent=True)


def _missed(asked: Overview, language: Language) -> Iterator[Thing]:
    """Yield by figure who of the month misses its target."""
    page = kept(report, asked.by_agent(), language).shown_to(For.READING)
    rows = [page.rows[at] for _row, at in rows_of(page, asked)]
    agent = next(at for at, column in enumerate(page.columns) if column.name == "agent")
    for at, column in enumerate(page.columns):
        below = [row for row in rows if row[at].missed]
        if below:
            who = _names([f"{row[agent].text} {row[at].text}" for row in below])
            said = _("%(figure)s: %(who)s miss the target this month.") % {"figure": column.label, "who": who}
            yield Thing(said, _team(asked, sort=column.name), _("To the table"))


def _unmatched(asked: Overview, language: Language) -> Iterator[Thing]:
    """Yield the month's orders whose buyer nobody knows."""
    ask = UnmatchedAsk(str(asked.month.first), str(asked.month.last), asked.shop.name)
    try:
        page = kept(unmatched, ask, language)
    except ReportableError:
        return  # a shop without orders
    if page.rows:
        address = reverse("correction_of_order", args=[asked.shop.pk])
        yield Thing(page.title.split(" · ")[0], address, _("Say whose an order is"))


def _unbound(asked: Overview, language: Language) -> Iterator[Thing]:
    """Yield the accounts that received customers this month and are nobody's: their people see nothing."""
    page = kept(report, asked.by_agent(), language).shown_to(For.READING)
    agent = next(at for at, column in enumerate(page.columns) if column.name == "agent")
    bound = {one.account for one in Account.objects.filter(shop=asked.shop) if _runs(one, asked.last)}
    free = [page.rows[at][agent].text for row, at in rows_of(page, asked) if row["agent"] not in bound]
    if free:
        said = ngettext(
            "%(number)s account is nobody's: %(who)s.", "%(number)s accounts are nobody's: %(who)s.", len(free)
        ) % {"number": len(free), "who": _names(free)}
        yield Thing(said, reverse("people"), _("Bind them to people"))


def _immature(asked: Overview, lines: list[Line]) -> Iterator[Thing]:
    """Yield which figures of the month can still change, and until when."""
    for line in lines:
        figure = line.figures[-1]
        if any(mark == IMMATURE_MARK for mark, _said in figure.shown.marks):
            said = _("%(figure)s %(value)s: %(state)s") % {
                "figure": line.label, "value": figure.shown.text, "state": figure.shown.hint
            }  # fmt: skip
            yield Thing(said, figure.address, _("What is behind it"))


def _runs(account: Account, day: date) -> bool:
    return account.first_day <= day and (account.last_day is None or account.last_day >= day)


def _names(names: list[str]) -> str:
    shown = _(", ").join(names[:NAMED])
    if len(names) <= NAMED:
        return shown
    return _("%(who)s and %(number)s more") % {"who": shown, "number": len(names) - NAMED}


def _team(asked: Overview, *, sort: str) -> str:
    question = {"period": "days", "from": str(asked.month.first), "to": str(asked.month.last), "sort": sort}
    return f"{reverse('team', args=[asked.shop.pk])}?{urlencode(question)}"
