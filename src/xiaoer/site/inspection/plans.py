"""The page of plans: what people are to judge, how far they are; a new one is drawn as work of its own."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoer.actions.shops import accounts_known
from xiaoer.site.inspection.changes import end_plan
from xiaoer.site.inspection.forms import WAYS, PlanForm
from xiaoer.site.inspection.home import days_read
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.jobs.start import UNDER_WAY, start
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.kept import kept
from xiaoer.site.models import InspectionPlan, Job, Review, Shop
from xiaoer.site.no_data import days_with_data

MOST = 50


def inspection_plans(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the plans and how far each is; make a new one."""
    last = days_with_data(shop).last
    usual = {"first": last.replace(day=1), "last": last, "number": 5, "way": "agent", "readers": "1"}
    form = PlanForm(shop, *([request.POST] if request.method == "POST" else []), initial=usual)
    if request.method == "POST" and form.is_valid():
        work = start("draw", by=request.user, shop=shop, asked=form.asked())
        return redirect("inspection_drawing", shop.pk, work.pk)
    counted = Count("reviews"), Count("reviews", filter=Q(reviews__done_at__isnull=False))
    plans = InspectionPlan.objects.filter(shop=shop).annotate(number_of=counted[0], done=counted[1])
    running = [one for one in plans[:MOST] if one.ended_at is None and one.done < one.number_of]
    left = sum(one.number_of - one.done for one in running)
    title = ngettext("%(number)s conversation is still to be judged", "%(number)s conversations are still to be judged",
                     left) % {"number": f"{left:,}"} if running else _("No plan is under way")  # fmt: skip
    return render(request, "inspection/plans.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "form": form, "title": title,
        "plans": [_plan(one) for one in plans[:MOST]],
        "work": Job.objects.filter(shop=shop, kind="draw", state__in=UNDER_WAY).first(),
    }, status=422 if form.errors else 200)  # fmt: skip


def inspection_plan(request: HttpRequest, shop: Shop, plan: int) -> HttpResponse:
    """Show one plan: who has how many, and how many are done."""
    found = get_object_or_404(InspectionPlan, pk=plan, shop=shop)
    people = [_person(found, one) for one in found.inspectors.order_by("name")]
    reviews = Review.objects.filter(plan=found)
    agents = reviews.values("agent").annotate(all=Count("id"), done=Count("id", filter=Q(done_at__isnull=False)))
    shown = kept(accounts_known, shop.name)
    return render(request, "inspection/plan.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "plan": found, "people": people, "way": WAYS[found.way],
        "agents": [one | {"shown": shown.get(one["agent"], one["agent"])} for one in agents.order_by("agent")],
        "number": reviews.count(), "done": reviews.filter(done_at__isnull=False).count(),
    })  # fmt: skip


def inspection_plan_end(request: HttpRequest, shop: Shop, plan: int) -> HttpResponse:
    """End a plan; what was judged stays."""
    end_plan(get_object_or_404(InspectionPlan, pk=plan, shop=shop), by=request.user)
    return redirect("inspection_plans", shop.pk)


def _drawing(_request: HttpRequest, job: Job) -> dict[str, Any]:
    assert job.shop is not None
    made = job.came.get("plan")
    at = (
        reverse("inspection_plan", args=[job.shop.pk, made])
        if made
        else reverse("inspection_plans", args=[job.shop.pk])
    )
    return {
        "heading": job.asked["name"], "about": f"{job.asked['first']} – {job.asked['last']}", "count": days_read(job),
        "back": Way(at, _("Back")),
    }  # fmt: skip


DRAWING = Watched(
    "draw", "inspection_drawing", _drawing, leads_back=True,
    stopped=gettext_lazy("It was stopped. No plan was made."),
)  # fmt: skip


def _plan(one: InspectionPlan) -> dict[str, Any]:
    way = str(WAYS[one.way]) + (f" · {one.number}" if one.number else "")
    over = one.ended_at is not None or one.done >= one.number_of
    return {"plan": one, "way": way, "over": over, "people": [each.name for each in one.inspectors.all()]}


def _person(plan: InspectionPlan, person: Any) -> dict[str, Any]:  # noqa: ANN401 -- a person of the query
    own = Review.objects.filter(plan=plan, inspector=person)
    return {"name": person.name, "all": own.count(), "done": own.filter(done_at__isnull=False).count()}
