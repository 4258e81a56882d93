"""The page of work that belongs to no shop: making the example data."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.models import Job


def _example(_request: HttpRequest, job: Job) -> dict[str, Any]:
    done = job.state == Job.State.DONE
    return {
        "heading": _("Example data: a simulated shop"),
        "count": _("%(done)s of %(total)s files") % {"done": job.done, "total": job.total} if job.total else "",
        "back": Way(reverse("home"), _("To the figures")) if done else Way(reverse("shops"), _("To the shops")),
    }


EXAMPLE = Watched(
    "example", "job", _example,
    stopped=gettext_lazy("It was stopped. What had been imported by then can be undone, or the work be started again."),
    failed=gettext_lazy(
        "It ended before it was done, and we do not know why. Start it again; what is there already counts once."
    ),
)  # fmt: skip
