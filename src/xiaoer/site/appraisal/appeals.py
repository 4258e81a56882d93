"""The inbox of appeals of pay lines: what waits, by when, and what was decided; each decided by another person."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xiaoer.actions.appraise_given import wanted_values
from xiaoer.actions.appraise_review import who_may_not_close
from xiaoer.base.errors import ReportableError
from xiaoer.site.appraisal import changes
from xiaoer.site.appraisal.accounts import period_of
from xiaoer.site.appraisal.forms import DecisionForm
from xiaoer.site.appraisal.incidents import kind_label
from xiaoer.site.appraisal.known import opened, shop_months
from xiaoer.site.appraisal.sheet import doors_of, sheet_of
from xiaoer.site.corrections.written import author_of
from xiaoer.site.kept import kept
from xiaoer.site.models import PayAppeal, PayIncident, Person, Shop

ROWS = 40


def pay_appeals(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the appeals, those that wait first."""
    made = PayAppeal.objects.filter(shop=shop).select_related("person", "decided_by")
    waiting = [one for one in made if one.state == PayAppeal.State.OPEN]
    over = [one for one in made.order_by("-decided_at", "-id") if one.state != PayAppeal.State.OPEN]
    leaf = Paginator([*waiting, *over], ROWS).get_page(request.GET.get("page"))
    return render(request, "appraisal/appeals.html", {
        "shop": shop, "waiting": len(waiting), "leaf": leaf, "rows": leaf.object_list,
        "may_decide": request.viewer.may("decide_pay_appeals", shop),
    })  # fmt: skip


def pay_appeal(request: HttpRequest, shop: Shop, pay_appeal: int) -> HttpResponse:
    """Show one appeal beside its line, and decide it."""
    found = get_object_or_404(PayAppeal.objects.select_related("person", "decided_by"), pk=pay_appeal, shop=shop)
    month = opened(shop, found.month, request.reads)
    form = DecisionForm(_values(shop, found, request), _incidents(shop, found, request),
                        *([request.POST] if request.method == "POST" else []))  # fmt: skip
    barred = why_not(shop, found, request.user)
    if request.method == "POST":
        if barred:
            form.add_error(None, barred)
        elif form.is_valid():
            changes.decide(found, form.decision(), by=request.user)
            return redirect("pay_appeals", shop.pk)
    sheet = line = None
    if month.pages is not None:
        try:
            sheet = sheet_of(shop, month, found.agent, request.reads)
            line = next((one for one in sheet.lines if one.line.name == found.line), None)
        except ReportableError:
            sheet = None  # computed again since, without this account
    return render(request, "appraisal/appeal.html", {
        "shop": shop, "appeal": found, "form": form, "barred": barred, "line": line, "sheet": sheet,
        "doors": doors_of(shop, found.month, sheet.accounts, to="explain") if sheet else {},
        "closed": month.state == "closed",
    }, status=422 if form.errors else 200)  # fmt: skip


def why_not(shop: Shop, found: PayAppeal, person: Person) -> str:
    """Return why somebody may not decide an appeal; empty where they may."""
    if found.state != PayAppeal.State.OPEN:
        return ""
    if found.person_id == person.pk:
        return _("Nobody decides their own appeal.")
    months = shop_months(shop)
    if found.month in months.entries and author_of(person) in who_may_not_close(months, found.month):
        return _("You computed or submitted this month; another person decides its appeals.")
    return ""


def _values(shop: Shop, found: PayAppeal, request: HttpRequest) -> list[tuple[str, str]]:
    try:
        wanted = kept(wanted_values, found.month, shop.name, request.reads)
    except ReportableError:
        return []
    return [(one.name, one.label) for one in wanted if not one.by_hand]


def _incidents(shop: Shop, found: PayAppeal, request: HttpRequest) -> list[tuple[str, str]]:
    days = period_of(found.month)
    made = PayIncident.objects.filter(
        shop=shop, parts__agent=found.agent, state=PayIncident.State.CONFIRMED, day__range=(days.first, days.last)
    )
    return [(str(one.pk), f"{one.pk} · {one.day} · {kind_label(one.kind, request.reads)}") for one in made]
