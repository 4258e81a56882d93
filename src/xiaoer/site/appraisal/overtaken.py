"""Whether people said something since a draft was made that it does not hold."""

from datetime import datetime

from django.db.models import Max

from xiaoer.actions.appraise_given import INSPECTION_SCORE
from xiaoer.actions.appraise_kept import DRAFT
from xiaoer.site.appraisal.accounts import joined_accounts, period_of
from xiaoer.site.appraisal.known import Opened
from xiaoer.site.models import FindingDecision, Job, PayAppeal, PayIncident, PayTable, Shop


def overtaken(shop: Shop, found: Opened) -> bool:
    """Return whether values, incidents, decisions or whose accounts are whose changed since the draft that holds."""
    made_at = _drafted_at(shop, found)
    if made_at is None or found.pages is None:
        return False
    kept = found.pages.kept
    joined = {agent: tuple(accounts) for agent, accounts in kept.joined.items()}
    words = _last_words(shop, found.name)
    if any(INSPECTION_SCORE in each for each in kept.inputs.values.values()):
        words.append(_last_finding(shop, found.name))
    return joined_accounts(shop, found.name) != joined or any(
        at is not None and at.replace(microsecond=0) > made_at for at in words
    )


def _drafted_at(shop: Shop, found: Opened) -> datetime | None:
    """Return when the draft that holds began to be made: what was said while it was computed may not be in it."""
    drafts = [one for one in found.months.history.get(found.name, ()) if one.what == DRAFT and not one.reason]
    if not drafts:
        return None
    job = Job.objects.filter(shop=shop, kind="appraise", state=Job.State.DONE, asked__month=found.name).first()
    at = datetime.fromisoformat(drafts[-1].at)
    return at if job is None else min(at, job.created_at)


def _last_words(shop: Shop, month: str) -> list[datetime | None]:
    last = period_of(month).last
    decided = (PayAppeal.State.UPHELD,)
    found = (
        PayTable.objects.filter(shop=shop, month=month).aggregate(at=Max("made_at")),
        PayIncident.objects.filter(shop=shop, day__lte=last).exclude(state="refused").aggregate(at=Max("decided_at")),
        PayAppeal.objects.filter(shop=shop, month__lte=month, state__in=decided).aggregate(at=Max("decided_at")),
    )
    return [one["at"] for one in found]


def _last_finding(shop: Shop, month: str) -> datetime | None:
    days = period_of(month)
    at: datetime | None = FindingDecision.objects.filter(shop=shop, day__range=(days.first, days.last)).aggregate(
        at=Max("at")
    )["at"]
    return at
