"""Errors that service caused: written by one person with their evidence and whose they are, agreed to by another."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.appraise_values import INCIDENT_KINDS
from xiaoer.actions.shops import accounts_known
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.site.appraisal import changes
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.kept import kept
from xiaoer.site.models import PayIncident, Shop
from xiaoer.site.no_data import days_with_data

ROWS = 40
MOST_PARTS, WHOLE = 4, 100
SOURCES = {
    "hand": gettext_lazy("noticed by a person"),
    "inspection": gettext_lazy("found by inspection"),
    "complaint": gettext_lazy("a customer's complaint"),
}
OURS = re.compile(r"^/s/\d+/[\w/?&=%:.,+\-]*$")
State = PayIncident.State


class IncidentForm(PlainForm):
    """What happened, what it cost, what proves it, and whose it is."""

    day = day_field(gettext_lazy("Day"))
    kind = forms.CharField(
        label=gettext_lazy("Kind"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "kinds", "autocomplete": "off"}),
    )
    source = forms.ChoiceField(label=gettext_lazy("How it came to light"), choices=list(SOURCES.items()))
    cost = forms.DecimalField(
        label=gettext_lazy("What it cost, in yuan"), min_value=0, max_digits=12, decimal_places=2, initial=0
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"), max_length=300,
        help_text=gettext_lazy("What proves it, such as the conversation and the waybill. No customer's name in it."),
    )  # fmt: skip
    door = forms.CharField(
        label=gettext_lazy("Address of the conversation"), max_length=300, required=False,
        help_text=gettext_lazy("Copied from the page of the conversation on this site."),
    )  # fmt: skip
    parts = forms.CharField(
        label=gettext_lazy("Whose, and how much of it"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("One agent a line with a share in per cent, such as Amy 70; together at most 100."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, accounts: dict[str, str], language: Language, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.accounts, self.language = accounts, language

    def clean_kind(self) -> str:
        """Return the kind by its own name where the label of one was typed."""
        typed = str(self.cleaned_data["kind"]).strip()
        return {word(f"incident_{one}", self.language): one for one in INCIDENT_KINDS}.get(typed, typed)

    def clean_door(self) -> str:
        """Return an address of this site without what stands before its path."""
        typed = re.sub(r"^https?://[^/]+", "", str(self.cleaned_data["door"]).strip())
        if typed and not OURS.match(typed):
            raise forms.ValidationError(_("Copy the address of a page of this site."))
        return typed

    def clean_parts(self) -> dict[str, Decimal]:
        """Return the share of each account; together at most the whole."""
        named = {shown: account for account, shown in self.accounts.items()} | {one: one for one in self.accounts}
        found: dict[str, Decimal] = {}
        lines = [line.split() for line in re.split(r"[\n;；]", self.cleaned_data["parts"]) if line.strip()]
        for words in lines:
            share = _percent(words[-1]) if len(words) > 1 else Decimal(100)
            name = " ".join(words[:-1] if len(words) > 1 else words)
            if name not in named or share is None or named[name] in found:
                raise forms.ValidationError(
                    _("“%(line)s” is not an agent with a share.") % {"line": " ".join(words)[:60]}
                )
            found[named[name]] = share / 100
        if len(found) > MOST_PARTS or sum(found.values()) > 1:
            raise forms.ValidationError(_("At most four agents, and at most 100 per cent together."))
        return found


def _percent(text: str) -> Decimal | None:
    try:
        value = Decimal(text.rstrip("%％"))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value <= WHOLE and value == round(value, 2) else None


def incidents(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the incidents, those that wait first; write a new one."""
    days_with_data(shop)  # NoData: there is nothing to write about
    accounts = kept(accounts_known, shop.name)
    given = {
        name: request.GET[name][:300] for name in ("day", "kind", "door", "parts", "source") if name in request.GET
    }
    posted = [request.POST] if request.method == "POST" else []
    form = IncidentForm(accounts, request.reads, *posted, initial=given or None)
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        parts = asked.pop("parts")
        changes.write_incident(PayIncident(shop=shop, **asked), parts, by=request.user)
        return redirect("incidents", shop.pk)
    made = PayIncident.objects.filter(shop=shop).select_related("written_by", "decided_by").prefetch_related("parts")
    ordered = sorted(made, key=lambda one: (one.state != State.WRITTEN, -one.day.toordinal(), -one.pk))
    leaf = Paginator(ordered, ROWS).get_page(request.GET.get("page"))
    return render(request, "appraisal/incidents.html", {
        "shop": shop, "form": form, "leaf": leaf, "accounts": accounts, "given": bool(given),
        "waiting": sum(one.state == State.WRITTEN for one in ordered), "number": len(ordered),
        "kinds": [word(f"incident_{one}", request.reads) for one in INCIDENT_KINDS],
        "rows": [_row(one, accounts, request) for one in leaf.object_list],
    }, status=422 if form.errors else 200)  # fmt: skip


def incident_decide(request: HttpRequest, shop: Shop, pay_incident: int) -> HttpResponse:
    """Agree to an incident, refuse it, or take one back that counted; never one's own."""
    found = get_object_or_404(PayIncident, pk=pay_incident, shop=shop)
    states = {"confirm": State.CONFIRMED, "refuse": State.REFUSED, "revoke": State.REVOKED}
    state, answer = states.get(request.POST.get("do", "")), request.POST.get("answer", "").strip()[:300]
    if state is not None and found.written_by_id != request.user.pk and (answer or state == State.CONFIRMED):
        changes.decide_incident(found, state, answer, by=request.user)
    return redirect(reverse("incidents", args=[shop.pk]))


def kind_label(kind: str, language: Language) -> str:
    """Return what a kind of incident is called."""
    return word(f"incident_{kind}", language) if kind in INCIDENT_KINDS else kind


def _row(one: PayIncident, accounts: dict[str, str], request: HttpRequest) -> dict[str, Any]:
    return {
        "incident": one, "kind": kind_label(one.kind, request.reads), "source": SOURCES.get(one.source, one.source),
        "parts": [(accounts.get(part.agent, part.agent), f"{(part.share * 100).normalize():f}%")
                  for part in one.parts.all()],
        "mine": one.written_by_id == request.user.pk,
    }  # fmt: skip
