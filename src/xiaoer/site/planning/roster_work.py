"""Long work on rosters: making one, taking its need from the forecast, mending it when somebody falls out."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.plan_data import PlanAsk
from xiaoer.actions.plan_need import plan_need
from xiaoer.actions.plan_needed import NeedAsk
from xiaoer.actions.plan_roster_made import make_roster, mend_roster
from xiaoer.actions.plan_roster_words import gap_text
from xiaoer.actions.plan_stop import Stop
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.jobs.found import job_found
from xiaoer.site.jobs.process import SECONDS_BETWEEN, Tell
from xiaoer.site.jobs.start import UNDER_WAY
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.models import Job, Roster, RosterChange, Shop
from xiaoer.site.planning.roster_changes import Change, change_duties, change_tables, keep_outcome
from xiaoer.site.planning.roster_known import problem_known

MAKE, NEED, MEND, SHARE = "roster", "roster_need", "roster_mend", "roster_share"
KINDS = (MAKE, NEED, MEND, SHARE)


def work_under_way(roster: Roster) -> Job | None:
    """Return the work on a roster that is not over; while there is some, nobody changes it by hand."""
    found: Job | None = Job.objects.filter(
        shop=roster.shop, kind__in=KINDS, state__in=UNDER_WAY, asked__roster=roster.pk
    ).first()
    return found


def make(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Make a roster until it is proven best, its time is up or somebody takes the best so far; keep it."""
    roster, asked = Roster.objects.select_related("shop").get(pk=job.asked["roster"]), job.asked
    came: dict[str, Any] = {}

    def hear(seconds: float, cost: float, bound: float | None) -> None:
        came.update(seconds=seconds, cost=cost, bound=bound)

    stop = Stop(asked["seconds"], asked["rounds"], asked["seed"], tell=hear)
    over = Event()
    beside = Thread(target=tell_on, args=(job.pk, stop, over, came), daemon=True)
    beside.start()
    try:
        made = make_roster(problem_known(roster, language), stop)
    finally:
        over.set()
        beside.join()
    tell("explaining", 0, 0)
    lacks = [asdict(one) | {"day": str(one.day)} for one in made.lacking()]
    change_duties(roster, Change(made.duties, RosterChange.Kind.MADE, asked["version"]), by=job.started_by)
    keep_outcome(roster, {
        "cost": made.roster.cost, "bound": made.bound, "seconds": made.seconds, "seed": asked["seed"],
        "rounds": asked["rounds"], "lacks": lacks, "broken": [one.person for one in made.broken],
        "version": asked["version"] + 1,
    })  # fmt: skip


def tell_on(number: int, stop: Stop, over: Event, came: Mapping[str, Any]) -> None:
    """Note how good the best is and how long it took until it is over; end the search once somebody takes the best."""
    whole = int(stop.seconds or 0)
    mine = Job.objects.filter(pk=number)
    while not over.wait(SECONDS_BETWEEN):
        past = int(came.get("seconds", 0))
        mine.update(stage="rostering", done=min(past, whole), total=whole, came=dict(came))
        if mine.filter(asked__enough=True).exists():
            stop.end()


def take_need(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Take the people needed on the days of a roster from the forecasts of each kind, for whoever has its skill."""
    roster, asked = Roster.objects.select_related("shop").get(pk=job.asked["roster"]), job.asked
    need: list[dict[str, str]] = []
    for done, (kind, skill) in enumerate(asked["kinds"].items()):
        tell("needing", done, len(asked["kinds"]))
        ask = PlanAsk(str(roster.first), str(roster.last), roster.shop.name, kind, interval=asked["interval"])
        need += [row | ({"skill": skill} if skill else {}) for row in _needed(home, ask, language)]
    change_tables(roster, roster.tables | {"need": need}, edition=asked["edition"], by=job.started_by)


def _needed(home: Path, ask: PlanAsk, language: Language) -> list[dict[str, str]]:
    rows = plan_need(home, ask, NeedAsk(by="interval"), language).data["rows"]
    assert isinstance(rows, list)
    return [{"day": row["day"], "start": row["from"], "people": str(row["roster"])} for row in rows]


def mend(home: Path, language: Language, tell: Tell, job: Job) -> None:
    """Find how a roster is mended for somebody's absence; it is only taken when somebody says so."""
    roster, asked = Roster.objects.select_related("shop").get(pk=job.asked["roster"]), job.asked
    tell("mending", 0, 0)
    days = [date.fromisoformat(day) for day in asked["days"]]
    done = mend_roster(problem_known(roster, language), roster.duties, {asked["person"]: days})
    changes = [asdict(one) | {"day": str(one.day)} for one in done.changes]
    Job.objects.filter(pk=job.pk).update(came={
        "duties": done.duties, "changes": changes, "touched": list(done.touched), "cost": done.roster.cost,
        "alone": done.cost_alone,
    })  # fmt: skip


class Making(Watched):
    """The page of a roster being made: stopping it takes the best so far."""

    def stop(self, request: HttpRequest, work: int, shop: Shop | None = None) -> HttpResponse:
        """Let the search end with the best roster so far, which is kept."""
        job = job_found(work, shop=shop, kind=self.kind)
        if Job.objects.filter(pk=job.pk, state__in=UNDER_WAY).update(asked=job.asked | {"enough": True}):
            note("roster_best_taken", person=request.user, shop=shop, about=job)
        return redirect(self.address(job))


def _back(job: Job, page: str = "roster") -> Way:
    return Way(reverse(page, args=[job.shop_id, job.asked["roster"]]), _("To the roster"))


def _standing(request: HttpRequest, job: Job) -> dict[str, Any]:
    came = job.came
    if job.asked.get("enough"):
        count = _("Taking the best so far …")
    elif "cost" not in came:
        count = ""
    elif came["bound"] is None:
        count = _("best so far %(cost)s") % {"cost": said_cost(came["cost"])}
    else:
        count = _("best so far %(cost)s; none can be below %(bound)s, so at most %(gap)s is left to gain") % {
            "cost": said_cost(came["cost"]), "bound": said_cost(came["bound"]),
            "gap": gap_text(came["cost"], came["bound"]),
        }  # fmt: skip
    return {"heading": _("Making the roster"), "back": _back(job), "count": count}


def _mended(_request: HttpRequest, job: Job) -> dict[str, Any]:
    published = Roster.objects.filter(pk=job.asked["roster"], state=Roster.State.PUBLISHED).exists()
    return {"heading": _("Mending the roster"), "back": _back(job), "came": job.came, "published": published}


def said_cost(cost: float) -> str:
    """Return a cost as it is read."""
    return f"{cost:,.0f}"


MAKING = Making(
    kind=MAKE, name="roster_work", shown=_standing, stopped=gettext_lazy("It was stopped."),
    stop_label=gettext_lazy("Take the best so far"), leads_back=True,
)  # fmt: skip
NEEDING = Watched(
    kind=NEED, name="roster_need_work", leads_back=True,
    shown=lambda _request, job: {
        "heading": _("Taking the need from the forecast"), "back": _back(job, "roster_tables"),
    },
    stopped=gettext_lazy("It was stopped. The need stayed as it was."),
)  # fmt: skip
MENDING = Watched(
    kind=MEND, name="roster_mend_work", template="planning/mended.html",
    shown=_mended,
    stopped=gettext_lazy("It was stopped. The roster stayed as it was."),
)  # fmt: skip
