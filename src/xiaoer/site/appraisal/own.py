"""One's own statement: what each line came from, confirmed by name or appealed line by line; nobody else's."""

from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.appraisal import changes
from xiaoer.site.appraisal.accounts import accounts_of
from xiaoer.site.appraisal.changes import Line
from xiaoer.site.appraisal.forms import AppealForm
from xiaoer.site.appraisal.known import Opened, opened
from xiaoer.site.appraisal.sheet import Sheet, doors_of, sheet_of
from xiaoer.site.appraisal.statement import pdf_answer
from xiaoer.site.forms import PlainForm
from xiaoer.site.models import PayAppeal, Shop


class SignForm(PlainForm):
    """The lines that are right, and the name of who says so."""

    lines = forms.MultipleChoiceField(required=False)
    name = forms.CharField(
        label=gettext_lazy("Sign with your name"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip

    def __init__(self, sheet: Sheet, name: str, *args: object) -> None:
        super().__init__(*args)
        self.own_name = name
        waiting = [one.line.name for one in sheet.lines if not one.confirmed and not one.open]
        self.fields["lines"].choices = [(line, line) for line in waiting]

    def clean(self) -> dict[str, object]:
        """Return the answers; a signature is the person's own name, under at least one line."""
        asked = super().clean() or self.cleaned_data
        if asked.get("name") and asked["name"].strip() != self.own_name:
            self.add_error("name", _("Write your name as it stands here: %(name)s") % {"name": self.own_name})
        if not asked.get("lines") and "lines" not in self.errors:
            self.add_error(None, _("Tick the lines that are right."))
        return asked


def own_pay(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the reader's statements of a month."""
    return _page(request, shop, request.GET.get("month"))


def own_pay_sign(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Confirm lines of a statement by name."""
    mine = _mine(request, shop)
    if mine is None:
        return _changed(request, shop)
    found, sheet = mine
    form = SignForm(sheet, request.user.name, request.POST)
    if not form.is_valid():
        return _page(request, shop, found.name, sign={sheet.agent: form})
    of = Line(shop, found.name, sheet.agent, sheet.document)
    changes.sign(of, form.cleaned_data["lines"], form.cleaned_data["name"].strip(), by=request.user)
    return _back(shop, found)


def own_pay_appeal(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Appeal one line of a statement."""
    mine = _mine(request, shop)
    if mine is None:
        return _changed(request, shop)
    found, sheet = mine
    form = AppealForm(request.POST)
    if form.is_valid():
        line = next((one for one in sheet.lines if one.line.name == form.cleaned_data["line"]), None)
        if line is None or sheet.until is None:
            return _changed(request, shop)
        if sheet.late:
            form.add_error(None, _("The time for appeals of this statement is over."))
        else:
            of = Line(shop, found.name, sheet.agent, sheet.document, line.line.name)
            asked = form.cleaned_data
            made = changes.appeal(
                of, line.line.amount, asked["wanted"], asked["reason"], decide_by=sheet.until, by=request.user
            )
            if made is not None:
                return _back(shop, found)
            form.add_error(None, _("There is an appeal of this line already."))
    return _page(request, shop, found.name, appeal=form)


def own_appeal_withdraw(request: HttpRequest, shop: Shop, pay_appeal: int) -> HttpResponse:
    """Take one's own appeal back."""
    found = get_object_or_404(PayAppeal, pk=pay_appeal, shop=shop)
    if found.person_id == request.user.pk:
        changes.withdraw_appeal(found, by=request.user)
    return redirect(f"{reverse('own_pay', args=[shop.pk])}?month={found.month}")


def own_pay_pdf(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return one's own statements of a month as PDF."""
    found = opened(shop, request.GET.get("month"), request.reads)
    people = _people(request, shop, found)
    if not people:
        return _page(request, shop, request.GET.get("month"))
    return pdf_answer(request, shop, found, people)


def _page(
    request: HttpRequest, shop: Shop, asked: str | None, *, sign: dict[str, SignForm] | None = None,
    appeal: AppealForm | None = None, changed: bool = False,
) -> HttpResponse:  # fmt: skip
    found = opened(shop, asked, request.reads)
    sheets = [sheet_of(shop, found, agent, request.reads) for agent in _people(request, shop, found)]
    parts = [
        {
            "sheet": one, "doors": doors_of(shop, found.name, one.accounts, to="own_explain"),
            "sign": (sign or {}).get(one.agent) or SignForm(one, request.user.name),
        }
        for one in sheets
    ]  # fmt: skip
    total = sum((line.line.amount for one in sheets for line in one.lines), Decimal(0))
    wrong = appeal is not None or bool(sign) or changed
    return render(request, "appraisal/own.html", {
        "shop": shop, "found": found, "month": found.month, "parts": parts, "appeal": appeal or AppealForm(),
        "appeal_line": appeal["line"].value() if appeal else "", "total": f"¥{total:,.2f}", "changed": changed,
        "bound": request.user.accounts.filter(shop=shop).exists(),
    }, status=422 if wrong else 200)  # fmt: skip


def _people(request: HttpRequest, shop: Shop, found: Opened) -> list[str]:
    """Return whose results of a month are the reader's: of accounts that were theirs alone in it."""
    if found.pages is None or not found.shown_to_agents:
        return []
    mine = set(accounts_of(request.user, shop, found.name))
    joined = found.pages.kept.joined
    return [row["agent"] for row in found.pages.results if set(joined.get(row["agent"], (row["agent"],))) <= mine]


def _mine(request: HttpRequest, shop: Shop) -> tuple[Opened, Sheet] | None:
    """Return the statement that a form is about; None where it is not theirs, or was computed again meanwhile."""
    found = opened(shop, request.POST.get("month"), request.reads)
    agent = request.POST.get("agent", "")
    if agent not in _people(request, shop, found):
        return None
    sheet = sheet_of(shop, found, agent, request.reads)
    return (found, sheet) if request.POST.get("document") == sheet.document else None


def _changed(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the page again, saying that nothing was done."""
    return _page(request, shop, request.POST.get("month"), changed=True)


def _back(shop: Shop, found: Opened) -> HttpResponse:
    return redirect(f"{reverse('own_pay', args=[shop.pk])}?month={found.name}")
