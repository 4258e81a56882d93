"""A job as its page shows it: one whose process is gone is over, so that nobody waits for it."""

from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone

from xiaoer.site.jobs.start import end, is_gone
from xiaoer.site.models import Job, Shop

STARTS_WITHIN = timedelta(minutes=1)


def job_found(number: int, *, shop: Shop | None, kind: str | None = None) -> Job:
    """Return a job of a shop, or of the site; Http404 where there is none of this kind."""
    kinds = {} if kind is None else {"kind": kind}
    found: Job = get_object_or_404(Job, pk=number, shop=shop, **kinds)
    begins = found.process is None and timezone.now() - found.created_at < STARTS_WITHIN
    if not found.over and not begins and is_gone(found):
        end(found)
        found.refresh_from_db()
    return found
