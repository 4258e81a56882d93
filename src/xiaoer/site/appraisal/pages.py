"""The page of a month: what to check, where it stands, everybody's results; computing, submitting, closing it."""

import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.appraise_close import CHECKS, CloseAsk
from xiaoer.actions.appraise_given import Wanted, accounts_appraised, check_values, wanted_values
from xiaoer.actions.appraise_page import month_page
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say, say_issues, say_reason
from xiaoer.site.appraisal import changes
from xiaoer.site.appraisal.accounts import joined_accounts, shared_accounts
from xiaoer.site.appraisal.forms import BackForm, CloseForm, ValuesForm
from xiaoer.site.appraisal.known import CLOSED, Opened, checks_of, opened
from xiaoer.site.appraisal.overtaken import overtaken
from xiaoer.site.appraisal.pasted import empty_tables, write_tables
from xiaoer.site.appraisal.said import waiting_appeals
from xiaoer.site.appraisal.schemes import schemes_used
from xiaoer.site.corrections.written import author_of
from xiaoer.site.jobs.start import UNDER_WAY, start
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.kept import kept
from xiaoer.site.models import Job, PayIncident, PaySignature, PayTable, Shop
from xiaoer.site.pages.months import Month
from xiaoer.site.pages.table import table_of

ROWS = 60


@dataclass(frozen=True)
class Checked:
    """One check of the list: what it is called, and what is wrong; empty where it passes."""

    name: str
    label: str
    problem: str


def appraisal(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show a month: its state, results with doors, what can be done next."""
    return _month(request, shop)


def appraisal_checks(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the check list of a month; a part of its page."""
    found = opened(shop, request.GET.get("month"), request.reads)
    template = "appraisal/checks_part.html" if request.headers.get("HX-Request") else "appraisal/checks.html"
    return render(
        request, template, {"shop": shop, "found": found, "month": found.month, **_closing(request, shop, found)}
    )


def appraisal_run(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Begin to compute a month; one that is under way already is shown."""
    found = opened(shop, request.POST.get("month"), request.reads)
    if found.state == CLOSED:
        raise ReportableError.of("appraisal.closed_already", values={"month": found.name})
    running = Job.objects.filter(shop=shop, kind="appraise", state__in=UNDER_WAY).first()
    job = running or start("appraise", by=request.user, shop=shop, asked={"month": found.name})
    return redirect("appraisal_work", shop.pk, job.pk)


def _work(_request: HttpRequest, job: Job) -> dict[str, Any]:
    assert job.shop is not None
    month, shop = job.asked["month"], job.shop
    return {
        "heading": _("Computing %(month)s") % {"month": month}, "about": shop.name,
        "back": Way(f"{reverse('appraisal', args=[shop.pk])}?month={month}", _("The month")),
        "wider": Way(reverse("schemes", args=[shop.pk]), _("Schemes")),
    }  # fmt: skip


APPRAISAL_WORK = Watched(
    "appraise", "appraisal_work", _work, leads_back=True,
    stopped=gettext_lazy("It was stopped. What was there before holds."),
)  # fmt: skip


def appraisal_submit(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Submit the draft for review: agents see their statements from then on."""
    found = opened(shop, request.POST.get("month"), request.reads)
    changes.submit_month(shop, found.name, by=request.user)
    return _back_to(shop, found)


def appraisal_back(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Send a month back to who computed it."""
    found = opened(shop, request.POST.get("month"), request.reads)
    form = BackForm(request.POST)
    if not form.is_valid():
        return _month(request, shop, asked=request.POST.get("month"), back=form)
    changes.send_month_back(shop, found.name, form.cleaned_data["reason"], by=request.user)
    return _back_to(shop, found)


def appraisal_close(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Close a month for good, after its checks."""
    found = opened(shop, request.POST.get("month"), request.reads)
    if found.entry is None:
        return _month(request, shop, asked=request.POST.get("month"))
    checks = _checks(request, shop, found)
    form = CloseForm([(one.name, one.label) for one in checks if one.problem], request.POST)
    if not form.is_valid():
        return _month(request, shop, asked=found.name, close=form)
    asked = form.cleaned_data
    ask = _ask(request, shop, found, tuple(asked["despite"]), asked["reason"])
    try:
        changes.close_month(shop, ask, request.reads, by=request.user)
    except ReportableError as error:
        form.add_error(None, "\n".join(say_reason(issue, request.reads) for issue in error.issues))
        return _month(request, shop, asked=found.name, close=form)
    return _back_to(shop, found)


def appraisal_values(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Give the values of a month that people say: scores, targets, attendance, sums by hand."""
    found = opened(shop, request.GET.get("month"), request.reads)
    home, problems, wanted = settings.SITE.home, "", list[Wanted]()
    try:
        wanted = kept(wanted_values, found.name, shop.name, request.reads)
    except ReportableError as error:
        problems = say_issues(error.issues, request.reads)
    table = PayTable.objects.filter(shop=shop, month=found.name).select_related("made_by").first()
    text = table.text if table else empty_tables(wanted, kept(accounts_appraised, found.name, shop.name))
    form = ValuesForm(request.POST if request.method == "POST" else None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            with tempfile.TemporaryDirectory() as folder:
                given = form.cleaned_data["text"]
                check_values(
                    home, found.name, shop.name, write_tables(given, Path(folder), author=author_of(request.user))
                )
        except ReportableError as error:
            for issue in error.issues:
                form.add_error("text", say(issue, request.reads))
        else:
            changes.keep_table(shop, found.name, given, by=request.user)
            return _back_to(shop, found)
    return render(request, "appraisal/values.html", {
        "shop": shop, "month": found.month, "found": found, "form": form, "wanted": wanted, "kept": table,
        "problems": problems,
    }, status=422 if form.errors else 200)  # fmt: skip


def _month(
    request: HttpRequest, shop: Shop, *, asked: str | None = None, close: CloseForm | None = None,
    back: BackForm | None = None,
) -> HttpResponse:  # fmt: skip
    found = opened(shop, asked or request.GET.get("month"), request.reads)
    shown: dict[str, object] = {
        "shop": shop, "month": found.month, "found": found, "back_form": back or BackForm(),
        "may_run": request.viewer.may("run_appraisal", shop), "may_close": request.viewer.may("close_month", shop),
        "running": Job.objects.filter(shop=shop, kind="appraise", state__in=UNDER_WAY).first(),
        "waiting_incidents": _waiting_incidents(shop, found.month),
        "values": PayTable.objects.filter(shop=shop, month=found.name).select_related("made_by").first(),
        "shared": shared_accounts(shop, found.name), "chosen": bool(schemes_used(shop)),
    }  # fmt: skip
    if found.pages is not None:
        shown |= _results(request, shop, found)
    if close is not None:
        shown |= _closing(request, shop, found) | {"close_form": close}
    wrong = (close is not None and close.errors) or (back is not None and back.errors)
    return render(request, "appraisal/month.html", shown, status=422 if wrong else 200)


def _results(request: HttpRequest, shop: Shop, found: Opened) -> dict[str, object]:
    pages = found.pages
    assert pages is not None
    page = month_page(pages)
    table = table_of(page)
    agents = [str(row["agent"]) for row in pages.results]
    signed = set(
        PaySignature.objects.filter(shop=shop, month=found.name, document=pages.entry.document).values_list(
            "agent", flat=True
        )
    )
    leaf = Paginator(list(zip(agents, table.rows, strict=True)), ROWS).get_page(request.GET.get("page"))
    totals = [row for row in pages.results if row["total"] is not None]
    paid = sum((Decimal(row["total"]) for row in totals), Decimal(0))
    return {
        "table": table, "page": page, "leaf": leaf, "rows": leaf.object_list, "people": len(agents),
        "paid": f"¥{paid:,.2f}", "unknown": len(agents) - len(totals), "signed": signed,
        "signed_number": len(signed),
        "joined": joined_accounts(shop, found.name),
    }  # fmt: skip


def _closing(request: HttpRequest, shop: Shop, found: Opened) -> dict[str, object]:
    if found.entry is None:
        return {"checks": []}
    checks = _checks(request, shop, found)
    form = CloseForm([(one.name, one.label) for one in checks if one.problem])
    return {
        "checks": checks, "close_form": form, "may_close": request.viewer.may("close_month", shop),
        "open": sum(bool(one.problem) for one in checks),
    }  # fmt: skip


def _checks(request: HttpRequest, shop: Shop, found: Opened) -> list[Checked]:
    failing = {} if found.state == CLOSED else _failing(request, shop, found)
    return [Checked(name, word(f"check_{name}", request.reads), "\n".join(failing.get(name, ()))) for name in CHECKS]


def _failing(request: HttpRequest, shop: Shop, found: Opened) -> dict[str, list[str]]:
    failing: dict[str, list[str]] = {}
    for one in checks_of(shop, found, _ask(request, shop, found), request.reads):
        failing.setdefault(one.name, []).append(say_reason(one.issue, request.reads))
    return failing


def _ask(
    request: HttpRequest, shop: Shop, found: Opened, despite: tuple[str, ...] = (), reason: str = ""
) -> CloseAsk:  # fmt: skip
    waiting = waiting_appeals(shop, found.name)
    return CloseAsk(
        found.name, shop.name, author_of(request.user), despite, reason, waiting, overtaken(shop, found)
    )  # fmt: skip


def _waiting_incidents(shop: Shop, month: Month) -> int:
    days = month.period
    return PayIncident.objects.filter(shop=shop, day__range=(days.first, days.last), state="written").count()


def _back_to(shop: Shop, found: Opened) -> HttpResponse:
    return redirect(f"{reverse('appraisal', args=[shop.pk])}?month={found.name}")
