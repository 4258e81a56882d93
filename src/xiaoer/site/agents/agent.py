"""One agent's page for whoever leads the team: the figures, the team around them, how they go by day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xiaoer.actions.shops import accounts_known
from xiaoer.base.days import Period
from xiaoer.site.agents.sheet import Asked, sheet_of
from xiaoer.site.agents.spread import FEWEST_OTHERS
from xiaoer.site.agents.trend import trend_of
from xiaoer.site.kept import kept
from xiaoer.site.models import Account, Shop
from xiaoer.site.pages.months import month_of
from xiaoer.site.performance.explain import people_of
from xiaoer.site.performance.state import State, state_of_days


def agent(request: HttpRequest, shop: Shop, agent: str) -> HttpResponse:
    """Show the figures of an account; of one that is not there, or not of the reader's groups, nothing is there."""
    month = month_of(request.GET.get("month"), shop)
    state = state_of_days(month.period, shop)
    _must_see(request, shop, state, agent)
    door = f"{reverse('explain', args=[shop.pk])}?{state.query()}"
    sheet = sheet_of(Asked(shop, agent, month.period, month.period, before=True), request.reads, door)
    return render(request, "agents/agent.html", {
        "shop": shop, "month": month, "sheet": sheet, "agent": agent, "fewest": FEWEST_OTHERS,
        "name": kept(accounts_known, shop.name).get(agent, agent), "whose": _people(shop, agent, month.period),
        "address": reverse("agent", args=[shop.pk, agent]),
    })  # fmt: skip


def agent_days(request: HttpRequest, shop: Shop, agent: str) -> HttpResponse:
    """Show how the figures of an account go by day; part of the page."""
    month = month_of(request.GET.get("month"), shop)
    state = state_of_days(month.period, shop)
    _must_see(request, shop, state, agent)
    door = f"{reverse('explain', args=[shop.pk])}?month={month.first:%Y-%m}"
    charts = trend_of(shop, agent, month.period, request.reads, door=door)
    template = "agents/days_part.html" if request.headers.get("HX-Request") else "agents/days.html"
    return render(request, template, {
        "shop": shop, "charts": charts, "account": agent, "month": month,
        "back": reverse("agent", args=[shop.pk, agent]),
    })  # fmt: skip


def _must_see(request: HttpRequest, shop: Shop, state: State, agent: str) -> None:
    known = kept(accounts_known, shop.name)
    limited = request.viewer.groups("see_team", shop) is not None
    if agent not in known or (limited and agent not in people_of(request, shop, state)):
        raise Http404


def _people(shop: Shop, agent: str, days: Period) -> list[Account]:
    """Return whose the account was on these days."""
    bound = Account.objects.filter(shop=shop, account=agent, first_day__lte=days.last).select_related("person")
    return [one for one in bound if one.last_day is None or one.last_day >= days.first]
