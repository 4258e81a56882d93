"""The pages of corrections: all of a shop, a new one, a filtered contact put back, one withdrawn."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from xiaoer.actions.correct import ContactAsk, correct_contact, correct_order
from xiaoer.actions.corrections import list_corrections
from xiaoer.actions.filtered import FilteredAsk, filtered
from xiaoer.actions.shops import accounts_known
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say_issues
from xiaoer.base.mask import masked_name
from xiaoer.site.audit import REASONS
from xiaoer.site.corrections.contact_key import Row, contact_of
from xiaoer.site.corrections.forms import ContactForm, KeepForm, OrderForm, WithdrawForm
from xiaoer.site.corrections.written import withdraw, write
from xiaoer.site.forms import PlainForm
from xiaoer.site.kept import kept
from xiaoer.site.models import AuditEntry, Shop
from xiaoer.site.no_data import days_with_data
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.months import month_of
from xiaoer.site.pages.table import table_of

Make = Callable[[HttpRequest, Shop, PlainForm], None]

ROWS = 50
SHOWN = ("what", "original", "author", "reason", "state")


def corrections(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show every correction of the shop, customers masked."""
    return _list(request, shop)


def correction_withdraw(request: HttpRequest, shop: Shop, correction: int) -> HttpResponse:
    """Take a correction out of force, for a reason that the log keeps."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _list(request, shop, status=422)
    page = list_corrections(settings.SITE.home, request.reads, shop=shop.name)
    if correction not in {one["id"] for one in data_rows(page, "corrections")}:
        raise Http404
    withdraw(correction, reason=form.cleaned_data["reason"], by=request.user, shop=shop)
    return redirect("corrections", shop.pk)


def correction_of_order(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Say who an order is credited to."""
    form = OrderForm(request.POST or None)
    return _made(request, shop, form, _write_order)


def correction_of_contact(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Say what a contact really was."""
    form = ContactForm(request.POST or None)
    return _made(request, shop, form, _write_contact)


def keep(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Put a filtered contact back, for a reason."""
    month = month_of(request.GET.get("month"), shop)
    page = kept(filtered, FilteredAsk(str(month.period.first), str(month.period.last), shop.name), request.reads)
    row = contact_of(request.GET.get("contact", ""), data_rows(page, "rows"))
    form = KeepForm(request.POST if request.method == "POST" else None)
    if row is not None and request.method == "POST" and form.is_valid():
        problems = _kept(request, shop, row, form)
        if not problems:
            return redirect(f"{reverse('filtered', args=[shop.pk])}?month={month.first:%Y-%m}&put=back")
        form.add_error(None, problems)
    shown = {"shop": shop, "month": month, "form": form, "row": _masked(row, request.reads)}
    wrong = form.errors or row is None
    return render(request, "corrections/keep.html", shown, status=422 if wrong else 200)


def _kept(request: HttpRequest, shop: Shop, row: Row, form: KeepForm) -> str:
    contact = ContactAsk(str(row["buyer"]), str(row["agent"]), str(row["day"]))
    try:
        write(
            lambda given: correct_contact(settings.SITE.home, contact, given, keep=True),
            reason=form.cleaned_data["reason"], by=request.user, shop=shop,
        )  # fmt: skip
    except ReportableError as error:
        return _said(request, error)
    return ""


def _masked(row: Row | None, language: Language) -> dict[str, str] | None:
    if row is None:
        return None
    reason = word(f"reason_{row['reason']}", language)
    return {"buyer": masked_name(str(row["buyer"])), "agent": str(row["agent"]), "day": str(row["day"]),
            "reason": reason}  # fmt: skip


def _write_order(request: HttpRequest, shop: Shop, form: PlainForm) -> None:
    asked = form.cleaned_data
    agent = asked["account"] if asked["decision"] == "agent" else None
    write(
        lambda given: correct_order(
            settings.SITE.home, asked["order_id"].strip(), given, agent=agent,
            nobody=asked["decision"] == "nobody", test=asked["decision"] == "test",
        ),
        reason=asked["reason"], by=request.user, shop=shop,
    )  # fmt: skip


def _write_contact(request: HttpRequest, shop: Shop, form: PlainForm) -> None:
    asked = form.cleaned_data
    contact = ContactAsk(asked["buyer"].strip(), asked["agent"], str(asked["day"]))
    other = asked["account"] if asked["decision"] == "other" else None
    write(
        lambda given: correct_contact(
            settings.SITE.home, contact, given, handled_by=other,
            spam=asked["decision"] == "spam", keep=asked["decision"] == "keep",
        ),
        reason=asked["reason"], by=request.user, shop=shop,
    )  # fmt: skip


def _made(request: HttpRequest, shop: Shop, form: PlainForm, make: Make) -> HttpResponse:
    days_with_data(shop)  # NoData: there is nothing to write about
    if request.method == "POST" and form.is_valid():
        try:
            make(request, shop, form)
        except ReportableError as error:
            form.add_error(None, _said(request, error))
        else:
            return redirect("corrections", shop.pk)
    accounts = kept(accounts_known, shop.name)
    shown = {"shop": shop, "form": form, "accounts": accounts, "of_order": isinstance(form, OrderForm)}
    return render(request, "corrections/new.html", shown, status=422 if form.errors else 200)


def _list(request: HttpRequest, shop: Shop, *, status: int = 200) -> HttpResponse:
    days_with_data(shop)  # NoData: there is nothing to write about
    page = list_corrections(settings.SITE.home, request.reads, shop=shop.name, masked=True)
    made = data_rows(page, "corrections")
    leaf = Paginator(list(zip(made, table_of(page).rows, strict=True)), ROWS).get_page(request.GET.get("page"))
    back = _withdrawals(shop)
    rows = [
        {
            "number": one["id"], "in_force": one["state"] != "withdrawn", "back": back.get(one["id"]),
            "at": datetime.fromisoformat(one["at"]),
            "cells": [cell for column, cell in zip(page.columns, row, strict=True) if column.name in SHOWN],
        }
        for one, row in leaf.object_list
    ]  # fmt: skip
    shown = {
        "shop": shop, "rows": rows, "leaf": leaf, "number": len(made), "asked_again": status == 422,
        "columns": [column for column in page.columns if column.name in SHOWN],
        "withdrawals": WithdrawForm().fields["reason"].choices,
        "may_correct": request.viewer.may("correct_data", shop),
    }  # fmt: skip
    return render(request, "corrections/corrections.html", shown, status=status)


def _withdrawals(shop: Shop) -> dict[int, str]:
    """Return of each withdrawn correction who took it back, and why."""
    found = AuditEntry.objects.filter(shop=shop, act="correction_withdrawn").select_related("person")
    return {int(one.about.split()[-1]): f"{one.person.name}: {REASONS.get(one.reason, '')}" for one in found}


def _said(request: HttpRequest, error: ReportableError) -> str:
    return say_issues(error.issues, request.reads)
