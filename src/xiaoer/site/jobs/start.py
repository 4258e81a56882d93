"""Start a job in a process of its own, so that the site answers while it works."""

import os
import sys
from collections.abc import Mapping
from subprocess import DEVNULL, Popen
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from xiaoer.site.audit import note
from xiaoer.site.models import Job, Person, Shop

UNDER_WAY = (Job.State.WAITING, Job.State.RUNNING)


def start(kind: str, *, by: Person, shop: Shop | None = None, asked: Mapping[str, Any] | None = None) -> Job:
    """Return a job that is under way."""
    with transaction.atomic():
        job = Job.objects.create(kind=kind, started_by=by, shop=shop, asked=dict(asked or {}))
        note(f"{kind}_started", person=by, shop=shop, about=job)
    language = by.language or settings.SITE.language
    command = [sys.executable, "-m", "xiaoer.site.jobs.process", str(settings.SITE.home), language, str(job.pk)]
    process = Popen(command, stdin=DEVNULL)
    Job.objects.filter(pk=job.pk, process=None).update(process=process.pid)
    Thread(target=process.wait, daemon=True).start()  # so that it leaves no dead entry behind
    return job


def stop(job: Job, *, by: Person) -> None:
    """Ask a job to stop; it does at its next step, and nothing of the step under way counts."""
    with transaction.atomic():
        asked = Job.objects.filter(pk=job.pk, state__in=UNDER_WAY)
        if asked.update(state=Job.State.STOPPED, finished_at=timezone.now()):
            note("job_stopped", person=by, shop=job.shop, about=job)


def end_orphans() -> None:
    """Mark jobs whose process is gone, as after a power cut, so that nobody waits for them."""
    for job in Job.objects.filter(state__in=UNDER_WAY):
        if is_gone(job):
            end(job)


def end(job: Job) -> None:
    """Mark a job as failed, unless it was over in the meantime."""
    under_way = Job.objects.filter(pk=job.pk, state__in=UNDER_WAY)
    under_way.update(state=Job.State.FAILED, finished_at=timezone.now())


def is_gone(job: Job) -> bool:
    """Return whether the job's process is not there, or never was."""
    if job.process is None:
        return True
    try:
        os.kill(job.process, 0)
    except OSError:
        return True
    return False
