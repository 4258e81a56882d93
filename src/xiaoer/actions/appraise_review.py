"""Between draft and closed: who computed a month submits it for review; the reviewer closes it, or sends it back."""

from dataclasses import replace
from pathlib import Path

from xiaoer.actions.appraise_kept import DRAFT, REVIEW, Entry, Months, entry_of, keep, months_of
from xiaoer.actions.appraise_run import author_of, shop_of
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue


def submit(home: Path, month: str, shop: str | None, *, author: str | None) -> Entry:
    """Submit a month's draft for review; a ReportableError where there is none, or it is closed."""
    return _become(home, (month, shop), REVIEW, author=author)


def send_back(home: Path, month: str, shop: str | None, *, author: str | None, reason: str) -> Entry:
    """Make a submitted month a draft again, with the reason; a ReportableError without one."""
    if not reason.strip():
        raise ReportableError.of("appraisal.back_needs_reason")
    return _become(home, (month, shop), DRAFT, author=author, reason=reason.strip())


def _become(home: Path, which: tuple[str, str | None], what: str, *, author: str | None, reason: str = "") -> Entry:
    month, shop = which
    with shop_of(home, shop) as data:
        months = months_of(home, data.shop or "")
    entry = months.entries.get(month)
    if entry is None:
        known = ", ".join(sorted(months.entries)) or "–"
        raise ReportableError.of("appraisal.no_month", values={"month": month, "known": known})
    if what == DRAFT and entry.what != REVIEW:
        raise ReportableError.of("appraisal.not_submitted", values={"month": month})
    content = months.document(month)
    made = entry_of(what, months.kept(month), content, author=author_of(author))
    return keep(home, replace(made, reason=reason), content)


def who_may_not_close(months: Months, month: str) -> frozenset[str]:
    """Return who computed or submitted what holds of a month now: by a scheme of two people somebody else closes it."""
    document = months.entries[month].document
    made = (one for one in months.history.get(month, ()) if one.document == document)
    return frozenset(one.author for one in made if not one.reason)  # with a reason it was sent back, by a reviewer


def two_people_issue(months: Months, month: str, *, author: str) -> Issue | None:
    """Return what stands in the way of closing by an author where two people have to: no review, or the same person."""
    if months.entries[month].what != REVIEW:
        return Issue("appraisal.check_review", values={"month": month})
    if author in who_may_not_close(months, month):
        return Issue("appraisal.check_two_people", values={"author": author})
    return None
