"""Long work: the days of a roster shared out by activity."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.plan_activities import share_roster
from xiaoer.actions.plan_stop import Stop
from xiaoer.base.language import Language
from xiaoer.site.jobs.process import Tell
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.models import Job, Roster
from xiaoer.site.planning.activity_days import keep_days
from xiaoer.site.planning.roster_known import problem_known
from xiaoer.site.planning.roster_work import SHARE


def share(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Share all days of a roster out and keep them; nothing is kept of work that is stopped."""
    roster, asked = Roster.objects.select_related("shop").get(pk=job.asked["roster"]), job.asked
    problem, stop = problem_known(roster, language), Stop(asked["seconds"], asked["rounds"], asked["seed"])
    tell("sharing", 0, len(problem.days))
    keep_days(roster, share_roster(problem, roster.duties, stop, lambda done, days: tell("sharing", done, days)))


def _sharing(_request: HttpRequest, job: Job) -> dict[str, Any]:
    back = Way(reverse("roster_activities", args=[job.shop_id, job.asked["roster"]]), _("To the days by activity"))
    return {"heading": _("Sharing the days out by activity"), "back": back}


SHARING = Watched(
    kind=SHARE, name="roster_share_work", shown=_sharing, leads_back=True,
    stopped=gettext_lazy("It was stopped. What was shared out before stayed."),
)  # fmt: skip
