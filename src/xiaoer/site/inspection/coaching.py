"""Coaching notes: what was said to whom, about what, and when to look again."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoer.actions.inspect_scorecard import item_labels
from xiaoer.actions.shops import accounts_known
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.inspection.appeals import today_of
from xiaoer.site.inspection.changes import end_note
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.kept import kept
from xiaoer.site.models import CoachingNote, Shop
from xiaoer.site.no_data import days_with_data

SHOWN = 100


class NoteForm(PlainForm):
    """What is to be remembered."""

    agent = forms.ChoiceField(label=gettext_lazy("Agent"))
    item = forms.ChoiceField(label=gettext_lazy("About which item"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What was said, or is to be done"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Write no customer's name."),
    )  # fmt: skip
    look_again_on = day_field(
        gettext_lazy("Look again on"),
        required=False,
    )
    shown = forms.BooleanField(label=gettext_lazy("The agent may read it"), required=False, initial=True)

    def __init__(self, shop: Shop, language: Language, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["agent"].choices = [("", ""), *kept(accounts_known, shop.name).items()]
        self.fields["item"].choices = [("", gettext_lazy("no certain one")), *kept(item_labels, language).items()]

    def clean_agent(self) -> str:
        """Return the account; one must be chosen."""
        agent: str = self.cleaned_data["agent"]
        if not agent:
            raise ValidationError(_("Choose whom it is about."))
        return agent


def coaching(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the notes, those to look at again first; write a new one."""
    days_with_data(shop)  # NoData: there is nothing to write about
    usual = {name: request.GET.get(name, "") for name in ("agent", "item")}
    form = NoteForm(shop, request.reads, *([request.POST] if request.method == "POST" else []), initial=usual)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = CoachingNote.objects.create(shop=shop, by=request.user, **form.cleaned_data)
            note("coached", person=request.user, shop=shop, about=made)
        return redirect("coaching", shop.pk)
    every = CoachingNote.objects.filter(shop=shop).select_related("by")
    running = sorted(every.filter(done_at=None), key=lambda one: (one.look_again_on or date.max, -one.pk))
    today = today_of(shop)
    due = sum(one.look_again_on is not None and one.look_again_on <= today for one in running)
    title = ngettext("%(number)s agent is to be looked at again", "%(number)s agents are to be looked at again", due)
    shown, labels = kept(accounts_known, shop.name), kept(item_labels, request.reads)

    def row(one: CoachingNote) -> dict[str, Any]:
        late = one.done_at is None and one.look_again_on is not None and one.look_again_on <= today
        return {"note": one, "agent": shown.get(one.agent, one.agent), "item": labels.get(one.item, ""), "due": late}

    return render(request, "inspection/coaching.html", {
        "shop": shop, "tabs": tabs_of(request, shop), "form": form,
        "title": title % {"number": due} if due else _("Coaching"), "running": [row(one) for one in running],
        "done": [row(one) for one in every.filter(done_at__isnull=False)[:SHOWN]],
    }, status=422 if form.errors else 200)  # fmt: skip


def coaching_done(request: HttpRequest, shop: Shop, coached: int) -> HttpResponse:
    """Mark a note as done."""
    end_note(get_object_or_404(CoachingNote, pk=coached, shop=shop), by=request.user)
    return redirect("coaching", shop.pk)
