"""A scheme being written: parts in a form, every fault beside its field, tried on the past, then put in force."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.appraise_text import BLOCKS, NAME, SchemeParts, faults_of, parts_in, parts_of, put_in_force, text_of
from xiaoer.actions.settings import show_settings
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say
from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm
from xiaoer.site.models import SchemeDraft, Shop
from xiaoer.site.pages.data_rows import data_rows

FIRST_TEMPLATE = "six_indicators"
ROWS = {"parameters": 5, "inputs": 9, "steps": 16, "lines": 8}
CODE = {"spellcheck": "false", "wrap": "off", "class": "form-control code"}


def _block(label: Any, help_text: Any, name: str, *, required: bool = True) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=label, help_text=help_text, max_length=60_000, strip=False, required=required,
        widget=forms.Textarea(attrs=CODE | {"rows": ROWS[name]}),
    )  # fmt: skip


class SchemeForm(PlainForm):
    """The parts of a scheme."""

    name = forms.CharField(
        label=gettext_lazy("Name of the scheme"), max_length=48,
        help_text=gettext_lazy("Small letters, digits and underscores. A scheme of this name gets one more version."),
    )  # fmt: skip
    label_zh = forms.CharField(label=gettext_lazy("What it is called, in Chinese"), max_length=60)
    label_en = forms.CharField(label=gettext_lazy("What it is called, in English"), max_length=60)
    why_zh = forms.CharField(label=gettext_lazy("What it rewards and why, in Chinese"), max_length=400)
    why_en = forms.CharField(label=gettext_lazy("What it rewards and why, in English"), max_length=400)
    first = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    roles = forms.CharField(
        label=gettext_lazy("For which roles"), max_length=200, required=False,
        help_text=gettext_lazy("As in the table of agents, with commas; empty: every role."),
    )  # fmt: skip
    groups = forms.CharField(label=gettext_lazy("For which groups"), max_length=200, required=False)
    two_people = forms.BooleanField(
        label=gettext_lazy("Two people: who computes a month does not close it"), required=False
    )
    parameters = _block(
        gettext_lazy("Numbers of the scheme"), gettext_lazy("A name, what it is called, its value."), "parameters",
        required=False,
    )  # fmt: skip
    inputs = _block(
        gettext_lazy("What goes in"), gettext_lazy("Figures of the data (metric), or values that people give (table)."),
        "inputs",
    )  # fmt: skip
    steps = _block(gettext_lazy("Steps"), gettext_lazy("Each uses what stands before it."), "steps")
    lines = _block(
        gettext_lazy("Lines of pay"),
        gettext_lazy("kind: wage, bonus, penalty (lessens the bonus) or deduction."),
        "lines",
    )
    score = forms.CharField(label=gettext_lazy("Which step is the score"), max_length=48, required=False)
    grade = forms.CharField(label=gettext_lazy("Which step gives the grade"), max_length=48, required=False)

    def parts(self) -> SchemeParts:
        """Return what was written."""
        asked = {name: value for name, value in self.cleaned_data.items() if name != "name"}
        blocks = {name: str(asked[name]).replace("\r\n", "\n") for name in BLOCKS}
        return SchemeParts(**{**asked, **blocks, "first": str(asked["first"])})


def scheme_new(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Write a scheme, beginning with one that is there."""
    template = request.GET.get("from", FIRST_TEMPLATE)[:60]
    if request.method == "POST":
        return _written(request, shop, None)
    parts = parts_of(settings.SITE.home, template)
    form = SchemeForm(initial={**asdict(parts), "name": f"{template}_2"[:48], "two_people": True, "first": ""})
    return _page(request, shop, form, None)


def scheme_draft(request: HttpRequest, shop: Shop, scheme_draft: int) -> HttpResponse:
    """Go on writing a scheme."""
    found = get_object_or_404(SchemeDraft, pk=scheme_draft, shop=shop)
    if request.method == "POST" and found.state == SchemeDraft.State.OPEN:
        return _written(request, shop, found)
    form = SchemeForm(initial={**asdict(parts_in(found.text)), "name": found.name})
    return _page(request, shop, form, found)


def scheme_drop(request: HttpRequest, shop: Shop, scheme_draft: int) -> HttpResponse:
    """Stop writing a scheme; its text stays on record."""
    found = get_object_or_404(SchemeDraft, pk=scheme_draft, shop=shop)
    with transaction.atomic():
        if SchemeDraft.objects.filter(pk=found.pk, state=SchemeDraft.State.OPEN).update(
            state=SchemeDraft.State.DROPPED
        ):
            note("scheme_dropped", person=request.user, shop=shop, about=found)
    return redirect("schemes", shop.pk)


def scheme_in_force(request: HttpRequest, shop: Shop, scheme_draft: int) -> HttpResponse:
    """Put a scheme in force from its day on, for every shop that chooses it."""
    found = get_object_or_404(SchemeDraft, pk=scheme_draft, shop=shop)
    if found.state != SchemeDraft.State.OPEN:
        return redirect("schemes", shop.pk)
    form = SchemeForm(initial={**asdict(parts_in(found.text)), "name": found.name})
    parts = parts_in(found.text)
    try:
        faults = faults_of(settings.SITE.home, found.name, parts, request.reads, law=law_of_shop(shop))
        if faults:
            raise ReportableError([one.issue for one in faults])
        with transaction.atomic():
            found.state, found.put_by, found.put_at = SchemeDraft.State.IN_FORCE, request.user, timezone.now()
            found.save()
            note("scheme_in_force", person=request.user, shop=shop, about=found, details={"name": found.name})
            put_in_force(settings.SITE.home, found.name, parts)
    except ReportableError as error:
        found.state = SchemeDraft.State.OPEN
        said = [say(issue, request.reads) for issue in error.issues]
        return _page(request, shop, form, found, problems=said)
    return redirect("schemes", shop.pk)


def law_of_shop(shop: Shop) -> str:
    """Return whose law of wages guards the shop's pay now."""
    rows = data_rows(show_settings(settings.SITE.home, "en", shop=shop.name), "settings")
    return [str(row["value"]) for row in rows if row["name"] == "wage_law"][-1]


def _written(request: HttpRequest, shop: Shop, found: SchemeDraft | None) -> HttpResponse:
    form = SchemeForm(request.POST)
    if not form.is_valid():
        return _page(request, shop, form, found)
    name, parts = form.cleaned_data["name"].strip(), form.parts()
    for one in faults_of(settings.SITE.home, name, parts, request.reads, law=law_of_shop(shop)):
        where = _("Line %(line)s: ") % {"line": one.line} if one.line else ""
        form.add_error(one.part if one.part in form.fields else None, where + say(one.issue, request.reads))
    taken = SchemeDraft.objects.filter(shop=shop, name=name, state=SchemeDraft.State.OPEN).exclude(
        pk=found.pk if found else None
    )
    if NAME.match(name) and taken.exists():
        form.add_error("name", _("A scheme of this name is being written already."))
    if form.errors:
        return _page(request, shop, form, found)
    with transaction.atomic():
        kept = found or SchemeDraft(shop=shop, made_by=request.user)
        kept.name, kept.text = name, text_of(parts)
        kept.save()
        note("scheme_drafted", person=request.user, shop=shop, about=kept, details={"name": name})
    return redirect("scheme_draft", shop.pk, kept.pk)


def _page(
    request: HttpRequest, shop: Shop, form: SchemeForm, found: SchemeDraft | None, *, problems: list[str] | None = None
) -> HttpResponse:  # fmt: skip
    number = sum(len(each) for each in form.errors.values())
    return render(request, "appraisal/scheme.html", {
        "shop": shop, "form": form, "draft": found, "problems": problems or [], "number": number,
        "may_put": request.viewer.may("put_schemes_in_force", shop),
        "open": found is None or found.state == SchemeDraft.State.OPEN,
    }, status=422 if form.errors or problems else 200)  # fmt: skip
