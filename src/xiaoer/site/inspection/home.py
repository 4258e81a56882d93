"""The first page of inspection: what was found by item and by agent in some days, and how much of it people judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoer.actions.inspect_load import InspectAsk
from xiaoer.actions.inspect_summary import AgentCount, ItemCount, Score, Summary, decided_scores, inspection_summary
from xiaoer.actions.render.cell_text import share_text
from xiaoer.base.days import Period
from xiaoer.site.inspection.card import said_points
from xiaoer.site.inspection.decisions import decisions_of
from xiaoer.site.inspection.precision import Precision, precision_of
from xiaoer.site.inspection.reading import AT_ONCE, reading_known
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.jobs.start import UNDER_WAY, start
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.kept import is_kept, kept
from xiaoer.site.models import Job, Review, Shop
from xiaoer.site.performance.state import State, state_of

AGENTS = 50  # on a page, the lowest scores first


@dataclass(frozen=True)
class ItemLine:
    """One item as the page has it, with the door to its findings and what people say of it."""

    item: ItemCount
    points: str
    address: str
    judged: Precision | None

    @property
    def found(self) -> str:
        """Return how often it was found."""
        return f"{self.item.found:,}"


@dataclass(frozen=True)
class AgentLine:
    """One account as the page has it: both scores, and the door to its findings."""

    agent: AgentCount
    conversations: str
    touched: str
    findings: str
    machine: str
    decided: str
    fatal: int
    address: str


def inspection(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show what was found; where many days are not read yet, how to have them read."""
    state = state_of(request.GET, shop)
    days = state.days.period
    ask = InspectAsk(str(days.first), str(days.last), shop.name)
    reading = reading_known(ask)
    shown = {"shop": shop, "state": state, "tabs": tabs_of(request, shop), "reading": reading, "kept": state.hidden(
        "period", "from", "to")}  # fmt: skip
    work = Job.objects.filter(shop=shop, kind="inspect", state__in=UNDER_WAY).first()
    if reading.read > AT_ONCE or not reading.days:
        title = _("Nothing is known of these days yet") if reading.days else _("No conversations in these days")
        return render(request, "inspection/home.html", shown | {"title": title, "work": work})
    if request.headers.get("HX-Request"):
        kept(inspection_summary, ask, request.reads)
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    if "now" not in request.GET and not is_kept(inspection_summary, ask, request.reads):
        return render(request, "inspection/home.html", shown | {"title": _("Counting what was found"), "later": True})
    summary = kept(inspection_summary, ask, request.reads)
    decisions = decisions_of(shop, day__range=(days.first, days.last))
    decided = decided_scores(settings.SITE.home, ask, summary, decisions)
    agents = sorted(summary.agents, key=lambda one: (decided.get(one.agent, one.machine).value or 0, one.agent))
    leaf = Paginator(agents, AGENTS).get_page(request.GET.get("page"))
    return render(request, "inspection/home.html", shown | {
        "title": title_of(summary), "lead": coverage_of(shop, days, summary), "summary": summary,
        "items": _items(shop, state, summary), "leaf": leaf,
        "agents": [_agent(shop, state, one, decided) for one in leaf.object_list],
        "whole": _agent(shop, state, summary.whole, decided), "people": bool(decided),
    })  # fmt: skip


def inspection_read(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Begin to read the days asked for, or lead to the reading that is under way."""
    state = state_of(request.POST, shop)
    days = state.days.period
    work = Job.objects.filter(shop=shop, kind="inspect", state__in=UNDER_WAY).first()
    if work is None:
        asked = {"first": str(days.first), "last": str(days.last), "query": state.query()}
        work = start("inspect", by=request.user, shop=shop, asked=asked)
    return redirect("inspection_reading", shop.pk, work.pk)


def _reading(_request: HttpRequest, job: Job) -> dict[str, Any]:
    assert job.shop is not None
    return {
        "heading": _("Reading conversations"), "about": f"{job.asked['first']} – {job.asked['last']}",
        "count": days_read(job),
        "back": Way(f"{reverse('inspection', args=[job.shop.pk])}?{job.asked.get('query', '')}", _("Back")),
    }  # fmt: skip


READING = Watched(
    "inspect", "inspection_reading", _reading, leads_back=True,
    stopped=gettext_lazy("It was stopped. Days that were read stay read."),
)  # fmt: skip


def days_read(job: Job) -> str:
    """Return how many days of how many a job has read."""
    return _("%(done)s of %(total)s days") % {"done": job.done, "total": job.total} if job.total else ""


def title_of(summary: Summary) -> str:
    """Return the page's answer."""
    whole = summary.whole
    if not whole.conversations:
        return _("No conversations in these days")
    said = {"touched": f"{whole.touched:,}", "of": f"{whole.conversations:,}"}
    text = _("%(touched)s of %(of)s conversations have something to look at") % said
    if not whole.machine.fatal:
        return text
    fatal = ngettext("%(number)s has something fatal", "%(number)s have something fatal", whole.machine.fatal)
    return f"{text}{_(', ')}{fatal % {'number': f'{whole.machine.fatal:,}'}}"


def coverage_of(shop: Shop, days: Period, summary: Summary) -> str:
    """Return how much machines read and how much people judged."""
    judged = Review.objects.filter(shop=shop, day__range=(days.first, days.last), done_at__isnull=False)
    number = judged.values("day", "agent", "buyer").distinct().count()
    of = summary.whole.conversations
    said = {"days": summary.days, "judged": f"{number:,}", "share": share_text(number / of) if of else "–"}
    text = _(
        "Every conversation of %(days)s days was held against the standards. People judged %(judged)s (%(share)s)."
    )
    return text % said


def _items(shop: Shop, state: State, summary: Summary) -> list[ItemLine]:
    known = precision_of(shop, first=date.min, last=date.max)
    address = reverse("inspection_findings", args=[shop.pk])
    return [
        ItemLine(one, said_points(one.points), f"{address}?{state.query()}&{urlencode({'item': one.item})}",
                 known.get(one.item))
        for one in summary.items
    ]  # fmt: skip


def _agent(shop: Shop, state: State, one: AgentCount, decided: Mapping[str, Score]) -> AgentLine:
    score = decided.get(one.agent, one.machine)
    address = f"{reverse('inspection_findings', args=[shop.pk])}?{state.query()}"
    return AgentLine(
        one, f"{one.conversations:,}", f"{one.touched:,}", f"{one.machine.findings:,}", said_score(one.machine.value),
        said_score(score.value), score.fatal,
        f"{address}&{urlencode({'agent': one.agent})}" if one.agent else address,
    )  # fmt: skip


def said_score(value: object) -> str:
    """Return a score as it is read: two places, a dash for none."""
    return "–" if value is None else f"{value:.2f}"
